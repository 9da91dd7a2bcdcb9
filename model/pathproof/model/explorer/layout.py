"""How a state is packed into one word, two or four, and what does not fit."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from pathproof.model.domains import Choice, SetOf, TableOf
from pathproof.model.explorer.places import WORD_BITS, Place, Places, placed, sized, total
from pathproof.model.machine import Machine
from pathproof.model.plain import PlainNumbers, PlainTable

WORDS = {1: "one word", 2: "two words", 4: "four words"}
"""How many words a state may have. (A cache line of the table holds no whole number of three.)"""


class BoundTooLarge(ValueError):
    """Bounds under which a state, or a number on the way to one, does not fit the compiled engine."""


class RangeError(ValueError):
    """A value outside the domain of the field that it was written to."""


class Layout:
    """The places of all fields of a machine's state, under some parameters.

    A state takes one word where that is enough, or else two, or else four; `words` asks for that many. Raises
    `BoundTooLarge` where they are not enough.

    >>> from pathproof.model.explorer.toy import TOY
    >>> layout = Layout(TOY, TOY.setting({"most": 3}))
    >>> [(place.name, place.offset, place.bits) for place in layout.places.values()]
    [('next', 0, 2), ('held', 2, 3)]
    >>> [(place.name, place.offset) for place in Layout(TOY, layout.parameters, words=2).places.values()]
    [('next', 64), ('held', 0)]
    """

    def __init__(self, machine: Machine, parameters: Any, words: int | None = None) -> None:
        self.machine = machine
        self.parameters = parameters
        found = sized(machine, parameters)
        self.bits = total(found)
        for self.words in [words] if words else WORDS:
            places = placed(found, self.words)
            if places is not None:
                self.places: Places = places
                return
        raise BoundTooLarge(_refusal(machine, parameters, found, self.words))

    def pack(self, state: Any) -> int:
        """The number that a state is packed into.

        Raises `RangeError` for a value outside its field's domain.
        """
        packed = 0
        for name, place in self.places.items():
            packed |= value_bits(place, getattr(state, name)) << place.offset
        return packed

    def unpack(self, packed: int) -> Any:
        """The state that was packed, as the executed engine has it.

        >>> from pathproof.model.explorer.toy import TOY
        >>> layout = Layout(TOY, TOY.setting({"most": 3}))
        >>> layout.unpack(0b10101)
        State(next=1, held={0, 2})
        """
        state = self.machine.state()
        for name, place in self.places.items():
            setattr(state, name, _from_bits(place, packed >> place.offset & place.mask))
        return state


def _refusal(machine: Machine, parameters: Any, fields: Places, words: int) -> str:
    """One line about why a state does not fit so many words."""
    bits = total(fields)
    needs = f"{machine.name} at these bounds needs {bits} bits of state"
    large = next((place for place in fields.values() if place.bits > WORD_BITS), None)
    why = f", and its fields do not fit {WORDS[words]} of {WORD_BITS}"
    if large is not None:
        why = f", {large.bits} of them for {large.name}, and a field may have {WORD_BITS}"
    elif bits > words * WORD_BITS:
        why = f"; {WORDS[words]} hold{'s' * (words == 1)} {words * WORD_BITS}"
    return needs + why + _what_to_lower(machine, parameters, bits)


def _what_to_lower(machine: Machine, parameters: Any, bits: int) -> str:
    """The parameters that save bits when they are lower by one, the best three first."""
    saved = {}
    for declared in fields(parameters):
        value = getattr(parameters, declared.name)
        if declared.init and isinstance(value, int) and value > declared.metadata.get("least", 0):
            less = sized(machine, replace(parameters, **{declared.name: value - 1}))
            saved[declared.name] = bits - total(less)
    best = sorted((name for name in saved if saved[name] > 0), key=lambda name: -saved[name])
    return f": lower {' or '.join(best[:3])}" if best else ""


def value_bits(place: Place, value: Any) -> int:
    """The bits that stand for a value in a field.

    Raises `RangeError` for a value outside the field's domain.
    """
    if place.kind is Choice:
        return place.names.index(value)
    if isinstance(value, PlainNumbers):
        _check(place, value, all(0 <= member < place.keys for member in value.members))
        return sum(1 << member for member in value.members)
    if isinstance(value, PlainTable):
        entries = value.entries.items()
        _check(place, value, all(0 <= key < place.keys and 0 < n <= place.highest for key, n in entries))
        return sum(number << key * place.entry for key, number in entries)
    _check(place, value, 0 <= value <= place.highest)
    return int(value)


def _check(place: Place, value: Any, fits: bool) -> None:
    if fits:
        return
    if place.kind is SetOf:
        raise RangeError(f"{value} to {place.name}, which holds numbers below {place.keys}")
    if place.kind is TableOf:
        span = f"keys below {place.keys} and values up to {place.highest}"
        raise RangeError(f"{value} to {place.name}, which has {span}")
    raise RangeError(f"{value} to {place.name}, which ranges from 0 to {place.highest}")


def _from_bits(place: Place, bits: int) -> Any:
    if place.kind is Choice:
        return place.names[bits]
    if place.kind is SetOf:
        return PlainNumbers(member for member in range(place.keys) if bits >> member & 1)
    if place.kind is TableOf:
        entry = (1 << place.entry) - 1
        return PlainTable({key: bits >> key * place.entry & entry for key in range(place.keys)})
    return bits
