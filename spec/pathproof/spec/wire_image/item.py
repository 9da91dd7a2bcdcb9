"""What the wire image is made of: items, their fields in order, and the checks on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pathproof.spec.wire_image.amount import REST, SIZE, Amount, Value, number_of
from pathproof.spec.wire_image.varint import size_of

Kind = Literal["frame", "parameter", "packet", "connection id"]
Packet = Literal["Initial", "0-RTT", "Handshake", "1-RTT"]
Sender = Literal["client", "server"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: a variable-length integer, so many bits, or so many bytes.

    Exactly one of `varint`, `bits` and `bytes` is set. `value` is the only one that the field may have, if
    there is one: it tells the item from others. `says` is what the field means, in our words.
    """

    name: str
    says: str
    varint: bool = False
    bits: int = 0
    bytes: Amount | None = None
    value: int | None = None

    @property
    def width(self) -> str:
        """The width as documents show it.

        >>> Field("length", "Bytes of the connection ID", bits=8).width
        '8 bits'
        """
        if self.varint:
            return "varint"
        if self.bits:
            return f"{self.bits} bit{'s' if self.bits > 1 else ''}"
        return f"{self.bytes} byte{'' if str(self.bytes) == '1' else 's'}"

    @property
    def takes_rest(self) -> bool:
        """Whether the field goes on to the end, or to a fixed number of bytes before it."""
        return self.bytes is not None and self.bytes.name == REST

    @property
    def least_bits(self) -> int:
        """The fewest bits that the field takes, whatever other values are."""
        if self.varint:
            return 8
        return self.bits if self.bytes is None else 8 * max(0, self.bytes.plus)


@dataclass(frozen=True, slots=True)
class Check:
    """One condition on a decoded item, and what breaking it means.

    The `field` (or the size of the item, or a value given from outside) is from `least` to `most`, and a
    multiple of `multiple_of`; of bytes, their number is. `shortest` asks that a variable-length integer take
    as few bytes as it can. `error` names a transport error code, or ``"drop"``: the packet is dropped, or not
    taken for this item, and no connection ends. `optional` marks a check that the text permits and does not
    demand. `source` says where a check comes from whose section has no clause records.
    """

    field: str
    error: str
    says: str
    clauses: tuple[str, ...] = ()
    source: str = ""
    least: Amount | None = None
    most: Amount | None = None
    multiple_of: int = 1
    shortest: bool = False
    optional: bool = False

    def names(self) -> set[str]:
        """The values that have to be known before the check can be made."""
        bounds = (bound.name for bound in (self.least, self.most) if bound)
        return {self.field, *bounds} - {""}

    def holds(self, known: Mapping[str, Value], sizes: Mapping[str, int]) -> bool:
        """Whether decoded values keep the check; `sizes` has the bytes that each integer took.

        Examples
        --------
        >>> bound = Check("length", "FRAME_ENCODING_ERROR", "", least=Amount.of(1), most=Amount.of(20))
        >>> bound.holds({"length": 20}, {}), bound.holds({"length": 0}, {})
        (True, False)
        """
        value = number_of(known[self.field])
        if self.shortest and sizes[self.field] != size_of(value):
            return False
        if self.least and value < (self.least.in_terms_of(known) or 0):
            return False
        if self.most and value > (self.most.in_terms_of(known) or 0):
            return False
        return value % self.multiple_of == 0


@dataclass(frozen=True, slots=True)
class Item:
    """A frame, transport parameter, packet or connection ID: its fields in order, and its checks.

    `given` names what a decoder has to be told, since the bytes do not say it. `truncated` is the error of an
    item that ends before its fields do, or goes on behind them. A frame has the packet types it may stand in,
    and in `barred_from` those in which it may be refused and does not have to be, whether `packets` has them
    or not; a transport parameter has its identifier and which side may send it.
    """

    name: str
    kind: Kind
    says: str
    clauses: tuple[str, ...]
    fields: tuple[Field, ...]
    truncated: Check
    checks: tuple[Check, ...] = ()
    given: tuple[str, ...] = ()
    packets: tuple[str, ...] = ()
    sender: str = "either"
    identifier: int | None = None
    misplaced: Check | None = None
    barred: Check | None = None
    barred_from: tuple[str, ...] = ()

    @property
    def can_end_wrong(self) -> bool:
        """Whether an end can come too early or too late, without a check on the size saying so first.

        >>> from pathproof.spec.wire_image import item
        >>> item("initial_source_connection_id").can_end_wrong, item("preferred_address").can_end_wrong
        (False, True)
        """
        if not any(field.takes_rest for field in self.fields):
            return True
        sizes = [check.least.plus for check in self.checks if check.field == SIZE and check.least]
        return 8 * max(sizes, default=0) < sum(field.least_bits for field in self.fields)

    @property
    def all_checks(self) -> tuple[Check, ...]:
        """Every check, with those on the item's end and place."""
        end = (self.truncated,) if self.can_end_wrong else ()
        return (*self.checks, *end, *(check for check in (self.misplaced, self.barred) if check))


def another(field: Field) -> Check:
    """Return the check that a field with a fixed value has this value, and the bytes are no other item.

    >>> another(Field("type", "The frame type.", varint=True, value=0x19)).says
    'type is 0x19, or these are the bytes of something else'
    """
    says = f"{field.name} is {field.value:#x}, or these are the bytes of something else"
    fixed = Amount(plus=field.value or 0)
    return Check(field.name, "drop", says, least=fixed, most=fixed)


class Malformed(ValueError):
    """Bytes that are not the item they should be, with the check that says so.

    Examples
    --------
    >>> from pathproof.spec.wire_image import decode, item
    >>> decode(item("PATH_CHALLENGE"), bytes.fromhex("1a0102"))
    Traceback (most recent call last):
    pathproof.spec.wire_image.item.Malformed: PATH_CHALLENGE: ends within data (FRAME_ENCODING_ERROR)
    """

    def __init__(self, item: Item, check: Check, says: str) -> None:
        """Keep the item and the check; the message names both, and the error."""
        super().__init__(f"{item.name}: {says} ({check.error})")
        self.item, self.check = item, check

    @property
    def error(self) -> str:
        """The name of the transport error code, or ``"drop"``."""
        return self.check.error
