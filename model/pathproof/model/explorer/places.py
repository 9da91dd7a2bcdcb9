"""How many bits each field takes, and where it lives in one word, or in two.

A word holds 63 bits: the sign bit stays clear, so that words order alike as signed and unsigned numbers. No
field straddles two words. A packed state is one number, its words side by side with 64 bits for each, so that
a place in it is one offset.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pathproof.model.domains import Choice, Domain, SetOf, TableOf, Upto
from pathproof.model.machine import Machine

WORD_BITS = 63
STRIDE = 64
"""Bits of a packed state from the beginning of one word to that of the next."""


@dataclass(frozen=True)
class Place:
    """The bits of one field.

    `keys` is how many numbers a set may hold or how many entries a table has (1 for numbers and choices);
    `entry` is the bits of one number or table entry and `highest` its largest value.
    """

    name: str
    keys: int
    entry: int
    highest: int
    names: tuple[str, ...] = ()
    kind: type[Domain] = Upto
    offset: int = 0

    @property
    def word(self) -> int:
        """Which of the state's words the field is in."""
        return self.offset // STRIDE

    @property
    def shift(self) -> int:
        """Where in its word the field begins."""
        return self.offset % STRIDE

    @property
    def bits(self) -> int:
        """How many bits the field takes."""
        return self.keys * self.entry

    @property
    def mask(self) -> int:
        """A one for each bit of the field, from bit 0 up."""
        return (1 << self.bits) - 1


Places = Mapping[str, Place]


def total(places: Places) -> int:
    """How many bits fields take together."""
    return sum(place.bits for place in places.values())


def sized(machine: Machine, parameters: Any) -> Places:
    """Every field of a machine's state with the bits that it takes, all still at offset 0."""
    return {name: _sized(name, domain, vars(parameters)) for name, domain in machine.domains().items()}


def _sized(name: str, domain: Domain, parameters: dict[str, Any]) -> Place:
    if isinstance(domain, Choice):
        last = len(domain.names) - 1
        return Place(name, 1, last.bit_length(), last, domain.names, Choice)
    if isinstance(domain, SetOf):
        return Place(name, max(domain.members.highest(parameters) + 1, 0), 1, 1, (), SetOf)
    if isinstance(domain, TableOf):
        highest = domain.values.highest(parameters)
        keys = max(domain.keys.highest(parameters) + 1, 0)
        return Place(name, keys, highest.bit_length(), highest, (), TableOf)
    highest = domain.highest(parameters)
    return Place(name, 1, highest.bit_length(), highest)


def placed(fields: Places, words: int) -> Places:
    """The fields one behind the other, in their order, in one word or in two."""
    first = _first_half(fields) if words == 2 else fields
    ends = [0, STRIDE]
    places = {}
    for name, place in fields.items():
        word = 0 if name in first else 1
        places[name] = replace(place, offset=ends[word])
        ends[word] += place.bits
    return places


def _first_half(fields: Places) -> tuple[str, ...]:
    """The fields of the first of two words, so chosen that the two are as even as can be."""
    ways: dict[int, tuple[str, ...]] = {0: ()}
    for name, place in fields.items():
        longer = {bits + place.bits: (*names, name) for bits, names in ways.items()}
        ways = longer | ways
    return ways[min(ways, key=lambda bits: abs(2 * bits - total(fields)))]


def fits(places: Places) -> bool:
    """Whether no field reaches beyond the end of its word."""
    return all(place.shift + place.bits <= WORD_BITS for place in places.values())
