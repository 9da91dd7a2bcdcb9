"""Numbers that data files write in terms of other values: widths, and the bounds of checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Value = int | bytes

SIZE = "size"
"""The name under which a check speaks of the bytes of the whole item."""
REST = "rest"
"""The name under which a width speaks of the bytes that are left."""


def number_of(value: Value) -> int:
    """What a check compares: an integer as it is, and of bytes how many there are."""
    return len(value) if isinstance(value, bytes) else value


def shown(name: str, value: Value) -> str:
    """What a check compares, in words.

    >>> shown("length", 21), shown("connection_id", bytes(21))
    ('length is 21', 'connection_id has 21 bytes')
    """
    if isinstance(value, bytes):
        return f"{name} has {len(value)} byte{'' if len(value) == 1 else 's'}"
    return f"{name} is {value}"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of bytes, or a bound: a name, a number, or a name and a number to be added to it.

    Examples
    --------
    >>> Amount.of("packet_number_length + 1").in_terms_of({"packet_number_length": 3})
    4
    >>> Amount.of(20).in_terms_of({})
    20
    """

    name: str = ""
    plus: int = 0

    @classmethod
    def of(cls, written: int | str) -> Amount:
        """Return what a data file writes as ``20``, ``"length"``, ``"length + 1"`` or ``"rest - 16"``.

        Raises
        ------
        ValueError
            If it is none of these.
        """
        if type(written) is int:
            return cls(plus=written)
        match written.split() if isinstance(written, str) else ():
            case [name]:
                return cls(name)
            case [name, "+" | "-" as sign, number] if number.isdecimal():
                return cls(name, int(sign + number))
        raise ValueError(f"{written!r} is neither a number nor a name with a number added")

    def in_terms_of(self, known: Mapping[str, Value]) -> int | None:
        """Return the number, or None if the name is not known yet."""
        if not self.name:
            return self.plus
        base = known.get(self.name)
        return None if base is None else number_of(base) + self.plus

    def __str__(self) -> str:
        """Return it as a data file writes it."""
        sign = f" {'+' if self.plus > 0 else '-'} {abs(self.plus)}" if self.plus else ""
        return f"{self.name}{sign}" if self.name else str(self.plus)
