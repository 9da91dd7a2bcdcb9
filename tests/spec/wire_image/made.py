"""Items made from the data files themselves: with the least values in order, with any, and garbled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import assume
from hypothesis import strategies as st

from pathproof.spec.names import MAX_VARINT
from pathproof.spec.wire_image import Amount, Field, Item, encode, load, varint
from pathproof.spec.wire_image.amount import SIZE, Value, number_of

ITEMS = sorted(load().values(), key=lambda item: item.name)
UNBOUND = 24
"""The most bytes, or the largest number given from outside, where no check has a bound."""
EDGES = sorted({edge + step for edge in (0, 64, 2**14, 2**30, MAX_VARINT) for step in (-1, 0, 1)})
COMMON = [b"\x18", b"\x19", b"\x1a", b"\x1b", b"\x40", b"\x80", b"\xc0", b"\xff" * 8, b"\x00" * 16]

Choose = Callable[[int, int, int], int]
"""Picks a number from the first to the second that is a multiple of the third away from the first."""
Fill = Callable[[int], bytes]
"""Makes so many bytes."""


@dataclass
class Made:
    """An item, its values, what has to be given, and the bytes that each integer takes."""

    item: Item
    values: dict[str, Value] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        """The bytes of the item, whether in order or not."""
        return encode(self.item, self.values, self.given, self.sizes, checked=False)

    @property
    def known(self) -> dict[str, Value]:
        """All that checks and widths may name."""
        return {**self.given, **self.values}

    @property
    def in_order(self) -> bool:
        """Whether every check holds."""
        known = {**self.known, SIZE: len(self.data)}
        return all(check.holds(known, self.sizes) for check in self.item.checks)


def least(item: Item) -> Made:
    """The item with the smallest values that are in order, each integer as short as it can be."""
    found = _made(item, lambda low, high, step: low, bytes)
    assert found.in_order
    return found


@st.composite
def made(draw: st.DrawFn, item: Item) -> Made:
    """Any values of an item that are in order; integers may take more bytes than they need."""

    def choose(low: int, high: int, step: int) -> int:
        edges = [edge for edge in EDGES if low <= edge <= high and step == 1]
        drawn = st.integers(0, (high - low) // step).map(lambda number: low + step * number)
        return draw(st.one_of(drawn, st.sampled_from(edges)) if edges else drawn)

    found = _made(item, choose, lambda length: draw(st.binary(min_size=length, max_size=length)))
    shortest = {check.field for check in item.checks if check.shortest}
    for name in found.sizes.keys() - shortest:
        found.sizes[name] = draw(
            st.sampled_from([size for size in varint.SIZES if size >= found.sizes[name]])
        )
    assume(found.in_order)
    return found


@st.composite
def garbled(draw: st.DrawFn, item: Item) -> bytes:
    """Bytes of an item, some of them replaced, inserted, removed and cut; or any bytes."""
    if draw(st.booleans()):
        return draw(st.binary(max_size=64))
    data = bytearray(draw(made(item)).data)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 9))] = draw(
            st.one_of(st.binary(max_size=6), st.sampled_from(COMMON))
        )
    return bytes(data[: draw(st.integers(0, len(data)))])


def _made(item: Item, choose: Choose, fill: Fill) -> Made:
    found, bits = Made(item), 0
    for name in item.given:
        found.given[name] = choose(*_bounds(found, name, UNBOUND))
    for each in item.fields:
        value = _value(found, each, bits // 8, choose, fill)
        found.values[each.name] = value
        if each.varint:
            found.sizes[each.name] = varint.size_of(number_of(value))
        bits += each.bits or 8 * found.sizes.get(each.name, number_of(value))
    return found


def _value(found: Made, each: Field, so_far: int, choose: Choose, fill: Fill) -> Value:
    if each.value is not None:
        return each.value
    if each.bytes is None:
        return choose(*_bounds(found, each.name, MAX_VARINT if each.varint else (1 << each.bits) - 1))
    if not each.takes_rest:
        return fill(each.bytes.in_terms_of(found.known) or 0)
    low, high, step = _bounds(found, each.name, UNBOUND)
    smallest, largest, _ = _bounds(found, SIZE, so_far + UNBOUND)
    elsewhere = so_far - each.bytes.plus
    low = max(low, smallest - elsewhere)
    return fill(choose(low, max(low, min(high, largest - elsewhere)), step))


def _bounds(found: Made, name: str, largest: int) -> tuple[int, int, int]:
    """The least and the most that checks allow, and the step between values."""
    low, high, step = 0, largest, 1
    for check in found.item.checks:
        if check.field == name:
            low, high = max(low, _bound(found, check.least, 0)), min(high, _bound(found, check.most, high))
            step = check.multiple_of
    return low, max(low, high), step


def _bound(found: Made, bound: Amount | None, otherwise: int) -> int:
    number = None if bound is None else bound.in_terms_of(found.known)
    return otherwise if number is None else number
