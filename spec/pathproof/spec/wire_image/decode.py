"""The generic decoder: bytes to the fields of an item, or the error that its data names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pathproof.spec.wire_image import varint
from pathproof.spec.wire_image.amount import REST, SIZE, Value, shown
from pathproof.spec.wire_image.item import Check, Field, Item, Malformed, another


@dataclass(slots=True)
class Decoded:
    """The values of an item by field, how many bytes each integer took, and how many bytes all of it took."""

    values: dict[str, Value]
    sizes: dict[str, int]
    size: int


@dataclass(slots=True)
class _Cursor:
    """A place in the data, in bits, and what has been read so far."""

    item: Item
    data: bytes
    optional: bool
    known: dict[str, Value]
    sizes: dict[str, int] = field(default_factory=dict)
    bit: int = 0

    @property
    def left(self) -> int:
        """The bytes that are left; fields of bytes begin at whole bytes."""
        return len(self.data) - (self.bit + 7) // 8

    def take(self, bits: int, name: str) -> int:
        """The next bits as a number."""
        if self.bit + bits > 8 * len(self.data):
            raise Malformed(self.item, self.item.truncated, f"ends within {name}")
        first, last = self.bit // 8, (self.bit + bits + 7) // 8
        chunk = int.from_bytes(self.data[first:last], "big")
        self.bit += bits
        return chunk >> (8 * last - self.bit) & ((1 << bits) - 1)

    def check(self, check: Check) -> None:
        """Refuse what breaks a check."""
        if (self.optional or not check.optional) and not check.holds(self.known, self.sizes):
            raise Malformed(self.item, check, shown(check.field, self.known[check.field]))


def decode(
    item: Item,
    data: bytes,
    given: Mapping[str, int] | None = None,
    optional: bool = False,
    whole: bool = True,
) -> Decoded:
    """Return what `data` says as this item.

    Parameters
    ----------
    item : Item
        The layout.
    data : bytes
        The bytes of the item, from the first.
    given : Mapping[str, int], optional
        What the item's `given` names: values that the bytes do not hold, such as the length of connection
        IDs.
    optional : bool
        Whether checks that the text permits without demanding them are made too.
    whole : bool
        Whether the item has to fill `data`; a frame is followed by others.

    Raises
    ------
    Malformed
        If a fixed value, a check or the end of the data says that this is no such item.
    KeyError
        If a value is not given.

    Examples
    --------
    >>> from pathproof.spec.wire_image import item
    >>> decode(item("RETIRE_CONNECTION_ID"), bytes.fromhex("1904")).values
    {'type': 25, 'sequence_number': 4}
    """
    known: dict[str, Value] = {name: (given or {})[name] for name in item.given}
    cursor = _Cursor(item, data, optional, known)
    waiting = list(item.checks)
    if whole:
        known[SIZE] = len(data)
    waiting = _made(cursor, waiting)
    for each in item.fields:
        known[each.name] = _read(cursor, each)
        waiting = _made(cursor, waiting)
    size = cursor.bit // 8
    if whole and size < len(data):
        raise Malformed(item, item.truncated, f"{len(data) - size} bytes follow its last field")
    known[SIZE] = size
    _made(cursor, waiting)
    outside = {*item.given, SIZE}
    return Decoded({name: v for name, v in known.items() if name not in outside}, cursor.sizes, size)


def _made(cursor: _Cursor, waiting: list[Check]) -> list[Check]:
    """Make the checks whose values are known, and return the others: a wrong length is noticed at once."""
    for check in waiting:
        if check.names() <= cursor.known.keys():
            cursor.check(check)
    return [check for check in waiting if not check.names() <= cursor.known.keys()]


def _read(cursor: _Cursor, each: Field) -> Value:
    found: Value
    if each.varint:
        read = varint.read(cursor.data, cursor.bit // 8)
        if read is None:
            raise Malformed(cursor.item, cursor.item.truncated, f"ends within {each.name}")
        found, cursor.sizes[each.name] = read
        cursor.bit += 8 * read[1]
    elif each.bits:
        found = cursor.take(each.bits, each.name)
    else:
        found = _bytes(cursor, each)
    if each.value is not None and found != each.value:
        raise Malformed(cursor.item, another(each), shown(each.name, found))
    return found


def _bytes(cursor: _Cursor, each: Field) -> bytes:
    assert each.bytes is not None
    length = each.bytes.in_terms_of({**cursor.known, REST: cursor.left})
    if length is None or length < 0 or length > cursor.left:
        raise Malformed(cursor.item, cursor.item.truncated, f"ends within {each.name}")
    first = cursor.bit // 8
    cursor.bit += 8 * length
    return cursor.data[first : first + length]
