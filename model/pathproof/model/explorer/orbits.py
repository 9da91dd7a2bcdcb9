"""The smallest of all states that differ by an exchange of names, as straight-line code.

All orders of the names are gone through by exchanging two neighbours at a time, so that each costs only a few
operations: two members of a set, or two entries of a table, change places by a masked exchange of bits, and a
number that is one of the two names becomes the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pathproof.model.domains import Domain, SetOf, TableOf, Upto
from pathproof.model.explorer.naming import Group
from pathproof.model.explorer.places import Places
from pathproof.model.explorer.straight import Operand, Straight, Truth
from pathproof.model.explorer.values import ones

Swap = tuple[str, int]
"""A sort, and the first of the two neighbouring names that change places."""


def plain_changes(many: int) -> list[int]:
    """Exchanges of neighbours that lead through all orders of so many things.

    >>> plain_changes(3)
    [1, 0, 1, 0, 1]
    """
    if many < 2:
        return []
    down, up = list(range(many - 2, -1, -1)), list(range(many - 1))
    changes = list(down)
    for place, inner in enumerate(plain_changes(many - 1)):
        # Where the largest thing stands in front, the others are one place further on.
        changes.append(inner + 1 if place % 2 == 0 else inner)
        changes += up if place % 2 == 0 else down
    return changes


def swaps(groups: Sequence[Group]) -> list[Swap]:
    """Exchanges that lead through all orders of the names of all sorts."""
    path: list[Swap] = []
    for group in groups:
        inner, forward = path, True
        path = list(inner)
        for change in plain_changes(group.free):
            forward = not forward
            path.append((group.sort, group.first + change))
            path += inner if forward else inner[::-1]
    return path


@dataclass(frozen=True)
class Orbits:
    """Writes the code for the fields of a machine."""

    domains: Mapping[str, Domain]
    places: Places
    groups: Sequence[Group]

    def smallest(self, code: Straight, words: Sequence[Operand]) -> list[Operand]:
        """The words of the smallest state among those that an exchange of names leads to."""
        best = here = list(words)
        for sort, name in swaps(self.groups):
            here = [self._swapped(code, which, word, sort, name) for which, word in enumerate(here)]
            less = _less(code, here, best)
            best = [code.choose(less, one, other) for one, other in zip(here, best, strict=True)]
        return best

    def _swapped(self, code: Straight, which: int, word: Operand, sort: str, name: int) -> Operand:
        for shift, bits, ranged in self._numbers(which, sort):
            word = _other_name(code, word, ones(bits) << shift, shift, name + ranged.none)
        for distance, mask in self._exchanges(which, sort, name).items():
            word = _exchanged(code, word, distance, mask)
        return word

    def _numbers(self, which: int, sort: str) -> Iterator[tuple[int, int, Upto]]:
        """Where in a word there are names of a sort: the shift, the bits and the domain of each."""
        for name, domain in self.domains.items():
            place = self.places[name]
            ranged = domain.values if isinstance(domain, TableOf) else domain
            if place.word == which and isinstance(ranged, Upto) and ranged.sort == sort:
                for key in range(place.keys):
                    yield place.shift + key * place.entry, place.entry, ranged

    def _exchanges(self, which: int, sort: str, name: int) -> dict[int, int]:
        """The bits that change places with others so many places further up, by that distance."""
        masks: dict[int, int] = {}
        for field, domain in self.domains.items():
            place = self.places[field]
            keyed = domain.members if isinstance(domain, SetOf) else None
            keyed = domain.keys if isinstance(domain, TableOf) else keyed
            if place.word == which and keyed is not None and keyed.sort == sort and place.entry:
                key = name + keyed.none
                mask = ones(place.entry) << place.shift + key * place.entry
                masks[place.entry] = masks.get(place.entry, 0) | mask
        return masks


def _other_name(code: Straight, word: Operand, mask: int, shift: int, name: int) -> Operand:
    """The word with a name turned into the next one, or the next one into it."""
    bits = code.number("and", word, mask)
    first, second = (code.compare("eq", bits, one << shift) for one in (name, name + 1))
    flip = code.choose(code.either(first, second), (name ^ name + 1) << shift, 0)
    return code.number("xor", word, flip)


def _exchanged(code: Straight, word: Operand, distance: int, mask: int) -> Operand:
    """The word with the bits of a mask and those so much further up in each other's place."""
    moved = code.number("lshr", word, distance)
    differ = code.number("and", code.number("xor", word, moved), mask)
    both = code.number("or", differ, code.number("shl", differ, distance))
    return code.number("xor", word, both)


def _less(code: Straight, left: Sequence[Operand], right: Sequence[Operand]) -> Truth:
    """Whether one state is smaller than another as a packed number: the last word counts most."""
    result: Truth = False
    for one, other in zip(left, right, strict=True):
        if one == other:
            continue
        less = code.compare("slt", one, other)
        result = code.either(less, code.both(code.compare("eq", one, other), result))
    return result
