"""Variable-length integers (RFC 9000 16), written out for speed; a test holds them against the wire image."""

from __future__ import annotations

from pathproof.spec.names import MAX_VARINT


class Truncated(Exception):
    """The data ends within what is read; whoever knows what it was names the error."""


def read(data: bytes, offset: int) -> tuple[int, int]:
    """Return the integer at `offset`, and the offset behind it.

    Raises
    ------
    Truncated
        If the data ends within it.

    Examples
    --------
    >>> read(bytes.fromhex("7bbd25"), 0), read(bytes.fromhex("7bbd25"), 2)
    ((15293, 2), (37, 3))
    """
    if offset >= len(data):
        raise Truncated
    first = data[offset]
    if first < 0x40:
        return first, offset + 1
    end = offset + (1 << (first >> 6))
    if end > len(data):
        raise Truncated
    word = int.from_bytes(data[offset:end], "big")
    return word & ((1 << (8 * (end - offset) - 2)) - 1), end


def write(value: int) -> bytes:
    """Return an integer in as few bytes as it takes.

    Raises
    ------
    ValueError
        If it is negative or has more than 62 bits.

    Examples
    --------
    >>> write(37).hex(), write(15293).hex()
    ('25', '7bbd')
    """
    if 0 <= value < 0x40:
        return value.to_bytes(1, "big")
    if 0 <= value < 0x4000:
        return (value | 0x4000).to_bytes(2, "big")
    if 0 <= value < 0x4000_0000:
        return (value | 0x8000_0000).to_bytes(4, "big")
    if 0 <= value <= MAX_VARINT:
        return (value | 0xC000_0000_0000_0000).to_bytes(8, "big")
    raise ValueError(f"{value} does not fit into a variable-length integer: it holds 0 to 2^62 - 1")


def size_of(value: int) -> int:
    """Return the bytes that `write` takes for an integer.

    >>> [size_of(value) for value in (63, 64, 16384, 2**30)]
    [1, 2, 4, 8]
    """
    if value < 0x40:
        return 1
    if value < 0x4000:
        return 2
    return 4 if value < 0x4000_0000 else 8
