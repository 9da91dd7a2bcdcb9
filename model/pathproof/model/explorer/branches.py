"""From the tree of a function's branches to straight-line code: every question becomes a selection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pathproof.model.domains import Choice, SetOf, TableOf
from pathproof.model.explorer.places import Place
from pathproof.model.explorer.straight import Operand, Truth
from pathproof.model.explorer.words import Words
from pathproof.model.lift import Leaf, Tree
from pathproof.model.symbolic import Outcome
from pathproof.model.terms import ChoiceTerm


@dataclass(frozen=True)
class Effect:
    """What an action does: where it is enabled, the fields it writes, and where a value does not fit."""

    enabled: Truth
    writes: Mapping[str, Operand] = field(default_factory=dict)
    bad: Truth = False


def effect(words: Words, tree: Tree[Outcome]) -> Effect:
    """The code of an action's tree."""
    if isinstance(tree, Leaf):
        return _leaf(words, tree.value)
    condition = words.truth(tree.condition)
    bad = words.take_bad()
    yes, no = effect(words, tree.yes), effect(words, tree.no)
    code = words.code
    return Effect(
        code.choose_truth(condition, yes.enabled, no.enabled),
        _merged(words, condition, yes, no),
        code.either(bad, code.choose_truth(condition, yes.bad, no.bad)),
    )


def _merged(words: Words, condition: Truth, yes: Effect, no: Effect) -> Mapping[str, Operand]:
    # What is written where the action is not enabled is never looked at, so the other side serves.
    if yes.enabled is False:
        return no.writes
    if no.enabled is False:
        return yes.writes
    names = dict.fromkeys([*yes.writes, *no.writes])
    return {
        name: words.code.choose(
            condition,
            yes.writes[name] if name in yes.writes else words.extract(name),
            no.writes[name] if name in no.writes else words.extract(name),
        )
        for name in names
    }


def _leaf(words: Words, outcome: Outcome) -> Effect:
    if not outcome.enabled:
        return Effect(False)
    writes = {name: _stored(words, words.fields[name][1], value) for name, value in outcome.updates.items()}
    return Effect(True, writes, words.take_bad())


def _stored(words: Words, place: Place, value: Any) -> Operand:
    """The bits that stand for a value in a field; a lane whose value the field cannot hold is marked."""
    if place.kind is Choice:
        return _chosen(words, place, value)
    if place.kind is SetOf:
        mask = words.mask(value)
        if mask.possible & ~place.mask:
            words.mark(words.code.compare("slt", place.mask, mask.code))
        return mask.code
    if place.kind is TableOf:
        entries = words.entries(value)
        if (entries.place.keys, entries.place.entry) != (place.keys, place.entry):
            raise TypeError(
                f"{place.name} is given the table of {entries.place.name}, which has other bounds"
            )
        return entries.code
    number = words.number(value)
    if number.low < 0:
        words.mark(words.code.compare("slt", number.code, 0))
    if number.high > place.highest:
        words.mark(words.code.compare("slt", place.highest, number.code))
    return number.code


def _chosen(words: Words, place: Place, value: Any) -> Operand:
    if not isinstance(value, ChoiceTerm):
        return place.names.index(value)
    if words.fields[value.args[0]][1].names != place.names:
        raise TypeError(f"{place.name} is given the choice of {value.args[0]}, which has other names")
    return words.extract(value.args[0])


def written(words: Words, before: Sequence[Operand], writes: Mapping[str, Operand]) -> list[Operand]:
    """The words of a state with the fields written."""
    return [_written(words, which, word, writes) for which, word in enumerate(before)]


def _written(words: Words, which: int, word: Operand, writes: Mapping[str, Operand]) -> Operand:
    code, kept, result = words.code, -1, word
    places = {name: words.fields[name][1] for name in writes if words.fields[name][1].word == which}
    for place in places.values():
        kept &= ~(place.mask << place.shift)
    result = code.number("and", result, kept)
    for name, place in places.items():
        result = code.number("or", result, code.number("shl", writes[name], place.shift))
    return result


def holds(words: Words, tree: Tree[bool]) -> tuple[Truth, Truth]:
    """Where a claim holds, and where a value on the way could not be held."""
    if isinstance(tree, Leaf):
        return tree.value, False
    condition = words.truth(tree.condition)
    bad = words.take_bad()
    (yes, yes_bad), (no, no_bad) = holds(words, tree.yes), holds(words, tree.no)
    code = words.code
    return (
        code.choose_truth(condition, yes, no),
        code.either(bad, code.choose_truth(condition, yes_bad, no_bad)),
    )
