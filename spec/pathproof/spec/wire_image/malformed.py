"""Malformed cases made from the data: every check broken on its own, and every end that comes too early or
too late.

They are what decoders are tested with, ours and others, and what vectors of malformed input are made from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import get_args

from pathproof.spec.names import MAX_VARINT
from pathproof.spec.wire_image import varint
from pathproof.spec.wire_image.amount import SIZE, Value, number_of, shown
from pathproof.spec.wire_image.encode import encode
from pathproof.spec.wire_image.item import Check, Field, Item, Packet


@dataclass(frozen=True, slots=True)
class Case:
    """Bytes with one thing wrong, the check that says so, and what is wrong in words.

    `given` is what a decoder has to be told. `place` is the packet type or the sender that is wrong, and is
    empty where the bytes are wrong wherever they stand.
    """

    item: Item
    data: bytes
    check: Check
    says: str
    given: Mapping[str, int] = field(default_factory=dict)
    place: str = ""


def cases(item: Item, values: Mapping[str, Value], given: Mapping[str, int] | None = None) -> Iterator[Case]:
    """Yield every malformed case of an item, made from one whose `values` are in order.

    For each bound of a check there is a case just beyond it, whatever length follows from the value; for each
    variable-length integer that has to be as short as it can be, each longer form; each proper prefix, and a
    byte too many; and each place where the item may not stand. A bound that the values leave no way to exceed
    has no case.

    Examples
    --------
    >>> from pathproof.spec.wire_image import item
    >>> for case in cases(item("RETIRE_CONNECTION_ID"), {"sequence_number": 4}):
    ...     print(case.data.hex(), case.place or "anywhere", case.check.error)
    401904 anywhere PROTOCOL_VIOLATION
    8000001904 anywhere PROTOCOL_VIOLATION
    c00000000000001904 anywhere PROTOCOL_VIOLATION
    19 anywhere FRAME_ENCODING_ERROR
    1904 Initial PROTOCOL_VIOLATION
    1904 Handshake PROTOCOL_VIOLATION
    1904 0-RTT PROTOCOL_VIOLATION
    """
    fixed = {each.name: each.value for each in item.fields if each.value is not None}
    sound = _Sound(item, {**fixed, **values}, {**(given or {})})
    for check in item.checks:
        yield from _beyond(sound, check)
        if check.shortest:
            yield from _longer(sound, check)
    yield from _ends(sound)
    yield from _places(sound)


@dataclass(frozen=True, slots=True)
class _Sound:
    """An item with values that are in order, or with one of them changed."""

    item: Item
    values: Mapping[str, Value]
    given: Mapping[str, int]

    def encoded(self, sizes: Mapping[str, int] | None = None) -> bytes:
        return encode(self.item, self.values, self.given, sizes, checked=False)

    def number(self, name: str) -> int:
        """What a check on this name compares."""
        return number_of({**self.given, **self.values, SIZE: len(self.encoded())}[name])

    def changed(self, name: str, number: int) -> _Sound | None:
        """The same with another number there, or None if there is no such thing."""
        if number < 0:
            return None
        if name in self.given:
            return replace(self, given={**self.given, name: number})._fitted()
        if name == SIZE:
            return self._resized(number - self.number(SIZE))
        found = next(each for each in self.item.fields if each.name == name)
        if found.bytes is not None:
            return replace(self, values={**self.values, name: _padded(self.values[name], number)})
        if number > _largest(found):
            return None
        return replace(self, values={**self.values, name: number})._fitted()

    def _resized(self, more: int) -> _Sound | None:
        """The same with so many bytes more, in the field that takes what is left or has its length before
        it."""
        lengths = {each.bytes.name for each in self.item.fields if each.bytes}
        for each in self.item.fields:
            if each.takes_rest or (each.name in lengths and each.value is None):
                return self.changed(each.name, self.number(each.name) + more)
        return None

    def _fitted(self) -> _Sound:
        """The same with every field of bytes as long as the numbers before it say."""
        values = {**self.values}
        for each in self.item.fields:
            if each.bytes is not None and not each.takes_rest:
                length = each.bytes.in_terms_of({**self.given, **values})
                values[each.name] = _padded(values[each.name], length or 0)
        return replace(self, values=values)


def _beyond(sound: _Sound, check: Check) -> Iterator[Case]:
    known = {**sound.given, **sound.values, SIZE: len(sound.encoded())}
    wrong = [sound.number(check.field) + more for more in range(1, check.multiple_of)]
    for bound, step in ((check.least, -1), (check.most, 1)):
        limit = None if bound is None else bound.in_terms_of(known)
        wrong += [] if limit is None else [limit + step]
    for number in wrong:
        changed = sound.changed(check.field, number)
        if changed is not None:
            value = {**known, **changed.given, **changed.values, SIZE: len(changed.encoded())}[check.field]
            says = f"{shown(check.field, value)}, although {check.says}"
            yield Case(sound.item, changed.encoded(), check, says, changed.given)


def _longer(sound: _Sound, check: Check) -> Iterator[Case]:
    for size in varint.SIZES:
        if size > varint.size_of(sound.number(check.field)):
            data = sound.encoded({check.field: size})
            yield Case(sound.item, data, check, f"{check.field} takes {size} bytes", sound.given)


def _ends(sound: _Sound) -> Iterator[Case]:
    """Each proper prefix, where a field that takes what is left is empty, and one byte too many; before a
    frame nothing ends, and behind it stands the next one."""
    item, least = sound.item, sound
    open_ended = [each.name for each in item.fields if each.takes_rest]
    for name in open_ended:
        least = least.changed(name, 0) or least
    whole = least.encoded()
    frame = item.kind == "frame"
    wrong = [(whole[:size], f"the first {size} of {len(whole)} bytes") for size in range(frame, len(whole))]
    if not frame and not open_ended:
        wrong.append((whole + b"\0", "one byte too many"))
    for data, says in wrong:
        yield Case(item, data, _on_size(item, len(data)), says, sound.given)


def _on_size(item: Item, size: int) -> Check:
    """The check that so many bytes break, which is noticed before their end is."""
    for check in item.checks:
        if check.names() == {SIZE} and not check.holds({SIZE: size}, {}):
            return check
    return item.truncated


def _places(sound: _Sound) -> Iterator[Case]:
    item, data = sound.item, sound.encoded()
    wrong = [
        (place, item.misplaced)
        for place in get_args(Packet)
        if place not in (*item.packets, *item.barred_from)
    ]
    wrong += [(place, item.barred) for place in item.barred_from]
    for place, check in wrong if item.kind == "frame" else ():
        if check:
            yield Case(item, data, check, f"stands in a {place} packet", sound.given, place)
    if item.sender == "server" and item.misplaced:
        yield Case(item, data, item.misplaced, "a client sends it", sound.given, "client")


def _largest(of: Field) -> int:
    return MAX_VARINT if of.varint else (1 << of.bits) - 1


def _padded(value: Value, length: int) -> bytes:
    """Bytes of this length: what was there, cut or with zeros behind."""
    assert isinstance(value, bytes)
    return value[: max(0, length)].ljust(length, b"\0")
