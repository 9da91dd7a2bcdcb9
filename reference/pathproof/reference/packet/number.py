"""Packet numbers on the wire (RFC 9000 17.1, A.2, A.3): the low bytes, as many as the receiver needs."""

from __future__ import annotations

_END = 1 << 62


def length_of(number: int, largest_acknowledged: int | None) -> int:
    """Return how many bytes of a packet number its receiver needs (RFC 9000 A.2).

    Raises
    ------
    ValueError
        If four bytes are too few: 2^31 packets wait for an acknowledgment, or more.

    Examples
    --------
    >>> length_of(0xAC5C02, 0xABE8B3), length_of(0xACE8FE, 0xABE8B3), length_of(0, None)
    (2, 3, 1)
    """
    waiting = number + 1 if largest_acknowledged is None else number - largest_acknowledged
    bits = max(waiting - 1, 0).bit_length() + 1
    if bits > 32:
        raise ValueError(f"{waiting} packets are not acknowledged, too many for a packet number of 4 bytes")
    return (bits + 7) // 8


def write_number(number: int, length: int) -> bytes:
    """Return so many low bytes of a packet number.

    >>> write_number(0xACE8FE, 2).hex()
    'e8fe'
    """
    return (number & ((1 << 8 * length) - 1)).to_bytes(length, "big")


def read_number(truncated: int, length: int, largest: int) -> int:
    """Return the packet number that so many low bytes stand for (RFC 9000 A.3).

    Parameters
    ----------
    truncated : int
        What the low bytes say.
    length : int
        How many they are, 1 to 4.
    largest : int
        The largest packet number that was processed in this space, -1 if none was.

    Examples
    --------
    >>> hex(read_number(0x9B32, 2, 0xA82F30EA))
    '0xa82f9b32'
    """
    expected, window = largest + 1, 1 << 8 * length
    candidate = expected & -window | truncated
    if candidate <= expected - window // 2 and candidate < _END - window:
        return candidate + window
    if candidate > expected + window // 2 and candidate >= window:
        return candidate - window
    return candidate
