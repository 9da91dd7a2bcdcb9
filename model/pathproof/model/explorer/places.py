"""How many bits each field takes, and where it lives in one word, in two or in four.

A word holds 63 bits: the sign bit stays clear, so that words order alike as signed and unsigned numbers. No
field straddles words. A packed state is one number, its words side by side with 64 bits for each, so that
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


def placed(fields: Places, words: int) -> Places | None:
    """The fields of each word one behind the other, in their order; None where they do not fit."""
    chosen = [dict.fromkeys(fields, 0), _halves(fields), dealt(fields, words)][min(words, 3) - 1]
    if chosen is None:
        return None
    ends = [STRIDE * word for word in range(words)]
    places = {}
    for name, place in fields.items():
        word = chosen[name]
        places[name] = replace(place, offset=ends[word])
        ends[word] += place.bits
    return places if all(end - STRIDE * word <= WORD_BITS for word, end in enumerate(ends)) else None


def dealt(fields: Places, words: int) -> dict[str, int] | None:
    """The word of each field, so chosen that none is too full; None where there is no such choice.

    The largest fields are dealt first, each to the first word that has room; where that ends badly, to the
    next one. What has failed once is not tried again in words that are as full.
    """
    order = sorted(fields.values(), key=lambda place: -place.bits)
    failed: set[tuple[int, ...]] = set()

    def deal(at: int, room: tuple[int, ...]) -> dict[str, int] | None:
        if at == len(order):
            return {}
        if sum(room) < sum(place.bits for place in order[at:]) or (at, *sorted(room)) in failed:
            return None
        for word in range(words):
            left = room[word] - order[at].bits
            if left >= 0 and room[word] not in room[:word]:
                rest = deal(at + 1, (*room[:word], left, *room[word + 1 :]))
                if rest is not None:
                    return {order[at].name: word, **rest}
        failed.add((at, *sorted(room)))
        return None

    return deal(0, (WORD_BITS,) * words)


def _halves(fields: Places) -> dict[str, int]:
    """The word of each field, so chosen that two words are as even as can be."""
    ways: dict[int, tuple[str, ...]] = {0: ()}
    for name, place in fields.items():
        longer = {bits + place.bits: (*names, name) for bits, names in ways.items()}
        ways = longer | ways
    first = ways[min(ways, key=lambda bits: abs(2 * bits - total(fields)))]
    return {name: int(name not in first) for name in fields}
