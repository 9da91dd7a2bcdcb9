"""Headers as they are before protection (RFC 9000 17.2, 17.3.1)."""

from __future__ import annotations

from pathproof.reference.packet.header import TAG_LENGTH, VERSION
from pathproof.reference.packet.number import write_number
from pathproof.reference.spaces import PacketType
from pathproof.reference.varint import write

_VERSION = VERSION.to_bytes(4, "big")
LONGEST = 0x3FFF - 4 - TAG_LENGTH
"""The longest payload of a packet with a long header: its Length always takes two bytes."""
LEAST_TOGETHER = 4
"""Bytes that packet number and payload have together at least, or no sample is there (RFC9001-5.4.2-06)."""


def write_long_header(
    kind: PacketType,
    destination: bytes,
    source: bytes,
    number: int,
    number_length: int,
    payload_length: int,
    token: bytes = b"",
) -> bytes:
    """Return the long header of an Initial or Handshake packet, up to and with its packet number.

    Parameters
    ----------
    kind : PacketType
        INITIAL or HANDSHAKE.
    destination, source : bytes
        The connection IDs.
    number, number_length : int
        The packet number, and how many of its low bytes are written.
    payload_length : int
        Bytes of the payload before it is sealed.
    token : bytes
        The token of an Initial packet.

    Raises
    ------
    ValueError
        If the payload is longer than `LONGEST`.

    Examples
    --------
    >>> id = bytes.fromhex("8394c8f03e515708")
    >>> write_long_header(PacketType.INITIAL, id, b"", 2, 4, 1162).hex()
    'c300000001088394c8f03e5157080000449e00000002'
    """
    length = number_length + payload_length + TAG_LENGTH
    if payload_length > LONGEST:
        raise ValueError(f"a payload of {payload_length} bytes is too long for a long header")
    parts = [
        (0xC0 | kind << 4 | number_length - 1).to_bytes(1, "big"),
        _VERSION,
        len(destination).to_bytes(1, "big"),
        destination,
        len(source).to_bytes(1, "big"),
        source,
    ]
    if kind is PacketType.INITIAL:
        parts += (write(len(token)), token)
    parts += ((0x4000 | length).to_bytes(2, "big"), write_number(number, number_length))
    return b"".join(parts)


def write_short_header(
    destination: bytes,
    number: int,
    number_length: int,
    key_phase: int = 0,
    spin: bool = False,
    fixed_bit: bool = True,
) -> bytes:
    """Return the header of a 1-RTT packet, up to and with its packet number.

    `fixed_bit` is False where the peer allows that with grease_quic_bit (RFC 9287 3.1).

    Examples
    --------
    >>> write_short_header(b"", 654360564, 3).hex()
    '4200bff4'
    """
    first = 0x40 * fixed_bit | 0x20 * spin | key_phase << 2 | number_length - 1
    return first.to_bytes(1, "big") + destination + write_number(number, number_length)


def long_header_length(kind: PacketType, destination: bytes, source: bytes, token: bytes = b"") -> int:
    """Return the bytes of a long header up to its packet number.

    >>> long_header_length(PacketType.INITIAL, bytes(8), b"")
    18
    """
    tokens = len(write(len(token))) + len(token) if kind is PacketType.INITIAL else 0
    return 1 + 4 + 1 + len(destination) + 1 + len(source) + tokens + 2
