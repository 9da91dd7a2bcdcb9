"""What an item has to be for `encode` and `decode` to work on it: a data file that holds anything else is
refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from pathproof.spec.names import MAX_VARINT
from pathproof.spec.wire_image.amount import REST, SIZE
from pathproof.spec.wire_image.item import Field, Item, Kind, Packet

PACKETS = frozenset(get_args(Packet))


def refuse_unsound(item: Item, file: str) -> None:
    """Return if an item is sound, and raise otherwise.

    Raises
    ------
    ValueError
        With the first fault; the message names the file and, where it is in one, the field or check.

    Examples
    --------
    >>> from pathproof.spec.wire_image.item import Check
    >>> drop = Check("", "drop", "is too short", source="RFC 8999, Section 5")
    >>> refuse_unsound(Item("odd", "packet", "", (), (Field("bit", "", bits=1),), drop), "odd.toml")
    Traceback (most recent call last):
    ValueError: odd.toml: does not end at a whole byte
    """
    for faults in (_of_kind, _of_place, _of_names, _of_widths, _of_checks):
        for fault in faults(item):
            raise ValueError(f"{file}: {fault}")


def _of_kind(item: Item) -> Iterator[str]:
    if item.kind not in get_args(Kind):
        yield f"{item.kind!r} is no kind of item"
    if item.kind == "frame" and not (item.fields and item.fields[0].varint and item.fields[0].value):
        yield "a frame begins with a variable-length integer of a fixed value"
    if (item.kind == "parameter") != (item.identifier is not None):
        yield "a parameter, and nothing else, has an identifier"
    if not 0 <= (item.identifier or 0) <= MAX_VARINT:
        yield f"the identifier {item.identifier} is no variable-length integer"
    if item.can_end_wrong != bool(item.truncated.clauses or item.truncated.source):
        yield "'truncated' is there if an end can be wrong, and only then"


def _of_place(item: Item) -> Iterator[str]:
    if (item.kind == "frame") != bool(item.packets) or not PACKETS.issuperset(item.packets):
        yield f"a frame, and nothing else, has packets among {', '.join(sorted(PACKETS))}"
    if bool(item.barred) != bool(item.barred_from) or not PACKETS.issuperset(item.barred_from):
        yield "'barred' names packets"
    if item.barred and item.kind != "frame":
        yield "nothing but a frame is barred from packets"
    if item.sender != "either" and (item.sender != "server" or item.kind != "parameter"):
        yield f"{item.sender!r} is no sender: a parameter comes from 'either' or from the 'server'"
    elsewhere = PACKETS.difference(item.packets, item.barred_from)
    placed = item.sender == "server" or (item.kind == "frame" and bool(elsewhere))
    if placed != bool(item.misplaced):
        yield "'misplaced' is there if a place can be wrong, and only then"


def _of_names(item: Item) -> Iterator[str]:
    names = [*item.given, *(field.name for field in item.fields)]
    for name in names:
        if names.count(name) > 1 or name in ("", SIZE, REST):
            yield f"the name {name!r} is taken"


def _of_widths(item: Item) -> Iterator[str]:
    """Widths are known when they are needed, and bytes begin at whole bytes."""
    known, bits = {*item.given, REST, ""}, 0
    for index, field in enumerate(item.fields):
        where = f"field {field.name}:"
        if not field.bits and bits % 8:
            yield f"{where} does not begin at a whole byte"
        bits += field.bits
        if field.bytes is None:
            known.add(field.name)
        elif field.bytes.name not in known:
            yield f"{where} no number {field.bytes.name} comes before it"
        elif field.bytes.name == REST and _fixed(item.fields[index + 1 :]) != -8 * field.bytes.plus:
            yield f"{where} does not leave what the fields behind it take"
        yield from (f"{where} {fault}" for fault in _of_width(field))
    if bits % 8:
        yield "does not end at a whole byte"


def _of_width(field: Field) -> Iterator[str]:
    if not (field.varint or field.bits > 0 or field.bytes):
        yield "has no width"
    if field.bytes and not field.bytes.name and field.bytes.plus < 1:
        yield f"has {field.bytes} bytes"
    if field.value is not None:
        most = MAX_VARINT if field.varint else (1 << max(0, field.bits)) - 1
        if field.bytes or not 0 <= field.value <= most:
            yield f"its value {field.value} does not fit"


def _fixed(fields: tuple[Field, ...]) -> int | None:
    """The bits of these fields, or None if they depend on anything."""
    depend = any(field.varint or (field.bytes and field.bytes.name) for field in fields)
    return None if depend else sum(field.least_bits for field in fields)


def _of_checks(item: Item) -> Iterator[str]:
    names = {*item.given, SIZE, *(field.name for field in item.fields)}
    integers = {field.name for field in item.fields if field.varint}
    for check in item.checks:
        where = f"check of {check.field}:"
        for name in sorted(check.names() - names):
            yield f"{where} there is no field {name}"
        if check.shortest and check.field not in integers:
            yield f"{where} only a variable-length integer can be longer than it has to be"
        if check.multiple_of < 1:
            yield f"{where} multiple of {check.multiple_of}"
        if not (check.least or check.most or check.shortest or check.multiple_of > 1):
            yield f"{where} asks for nothing"
