"""The generic encoder: the fields of an item to bytes."""

from __future__ import annotations

from collections.abc import Mapping

from pathproof.spec.wire_image import varint
from pathproof.spec.wire_image.amount import REST, SIZE, Value, number_of, shown
from pathproof.spec.wire_image.item import Field, Item, Malformed, another


def encode(
    item: Item,
    values: Mapping[str, Value],
    given: Mapping[str, int] | None = None,
    sizes: Mapping[str, int] | None = None,
    checked: bool = True,
) -> bytes:
    """Return the bytes of an item with these values.

    Parameters
    ----------
    item : Item
        The layout.
    values : Mapping[str, int | bytes]
        The value of each field; one with a fixed value may be left out.
    given : Mapping[str, int], optional
        What the item's `given` names.
    sizes : Mapping[str, int], optional
        Bytes for a variable-length integer that is not to take as few as it can.
    checked : bool
        Whether values that break a check of the item are refused, also one that receivers need not make;
        tests of decoders need such bytes.

    Raises
    ------
    Malformed
        If a check is broken, or a field whose value is fixed has another.
    ValueError
        If a value is missing, does not fit its field, has another length than another field says, or is of
        no field.
    KeyError
        If a value is not given.

    Examples
    --------
    >>> from pathproof.spec.wire_image import item
    >>> encode(item("PATH_RESPONSE"), {"data": bytes(8)}).hex()
    '1b0000000000000000'
    """
    _refuse_unknown(item, values, sizes or {})
    known: dict[str, Value] = {**{name: (given or {})[name] for name in item.given}, **values}
    written, bits, width = bytearray(), 0, 0
    for each in item.fields:
        value = known.setdefault(each.name, each.value) if each.value is not None else known.get(each.name)
        if value is None:
            raise ValueError(f"{item.name}: no value for {each.name}")
        if each.bits:
            bits, width = bits << each.bits | _bits(item, each, value), width + each.bits
            if width % 8 == 0:
                written += bits.to_bytes(width // 8, "big")
                bits = width = 0
        else:
            written += _field(item, each, value, known, (sizes or {}).get(each.name, 0), checked)
    known[SIZE] = len(written)
    if checked:
        _check(item, known, sizes or {})
    return bytes(written)


def _refuse_unknown(item: Item, values: Mapping[str, Value], sizes: Mapping[str, int]) -> None:
    """Refuse names that are of no field: a misspelt one would otherwise be left out silently."""
    for name in values.keys() - {field.name for field in item.fields}:
        raise ValueError(f"{item.name}: there is no field {name}")
    for name in sizes.keys() - {field.name for field in item.fields if field.varint}:
        raise ValueError(f"{item.name}: {name} is no variable-length integer")


def _bits(item: Item, each: Field, value: Value) -> int:
    if not isinstance(value, int) or not 0 <= value < 1 << each.bits:
        raise ValueError(f"{item.name}: {each.name} has {each.bits} bits, and {value!r} does not fit")
    return value


def _field(
    item: Item, each: Field, value: Value, known: Mapping[str, Value], size: int, checked: bool
) -> bytes:
    if each.varint:
        if not isinstance(value, int):
            raise ValueError(f"{item.name}: {each.name} is a number, not {value!r}")
        try:
            return varint.write(value, size)
        except ValueError as error:
            raise ValueError(f"{item.name}: {each.name}: {error}") from None
    assert each.bytes is not None
    if not isinstance(value, bytes):
        raise ValueError(f"{item.name}: {each.name} is bytes, not {value!r}")
    wanted = None if each.bytes.name == REST else each.bytes.in_terms_of(known)
    if checked and wanted is not None and wanted != len(value):
        raise ValueError(f"{item.name}: {each.name} has {len(value)} bytes instead of {wanted}")
    return value


def _check(item: Item, known: Mapping[str, Value], sizes: Mapping[str, int]) -> None:
    """Refuse what breaks a check; an integer takes as few bytes as it can where no size was asked for."""
    taken = {
        f.name: sizes.get(f.name) or varint.size_of(number_of(known[f.name])) for f in item.fields if f.varint
    }
    fixed = [another(field) for field in item.fields if field.value is not None]
    for check in (*fixed, *item.checks):
        if not check.holds(known, taken):
            raise Malformed(item, check, shown(check.field, known[check.field]))
