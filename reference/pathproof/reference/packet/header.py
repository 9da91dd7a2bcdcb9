"""The part of a packet that is read without a key (RFC 9000 17, RFC 8999 5).

Only version 1 is read beyond the invariants. What is no header raises `Unreadable`: the rest of the datagram
is dropped, and nobody is told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pathproof.reference.errors import Unreadable
from pathproof.reference.spaces import PacketType
from pathproof.reference.varint import Truncated, read
from pathproof.spec.names import MAX_CONNECTION_ID_LENGTH

VERSION = 0x00000001
"""QUIC version 1 (RFC 9000 15)."""
TAG_LENGTH = 16
"""Bytes that the AEAD adds to a payload (RFC 9001 5.3), and those of a Retry Integrity Tag (5.8)."""


@dataclass(slots=True)
class Header:
    """Where a packet lies in its datagram, and what its header says in the clear.

    `number_offset` is where the protected packet number begins; in a Retry, Version Negotiation or unknown
    version's packet it is where the connection IDs end. `version` and `source` say nothing in a short header.
    """

    kind: PacketType
    version: int
    destination: bytes
    source: bytes
    token: bytes
    start: int
    number_offset: int
    end: int


def read_header(
    datagram: bytes, offset: int, cid_length: Callable[[bytes], int], fixed_bit: bool = True
) -> Header:
    """Return the header of the packet at `offset`.

    Parameters
    ----------
    datagram : bytes
        All of the datagram.
    offset : int
        Where the packet begins: the `end` of the one before it.
    cid_length : Callable[[bytes], int]
        How long the connection ID of a short header is, given the bytes from its first on (17.3.1-13); a
        negative number says that it cannot be one of ours.
    fixed_bit : bool
        Whether a packet without the Fixed Bit is dropped (17.3.1-06): not if grease_quic_bit was sent
        (RFC 9287 3).

    Raises
    ------
    Unreadable
        If no packet of QUIC begins here.

    Examples
    --------
    >>> header = read_header(bytes.fromhex("40aabbccdd0102"), 0, lambda follows: 4)
    >>> header.kind.name, header.destination.hex(), header.number_offset
    ('ONE_RTT', 'aabbccdd', 5)
    """
    if offset >= len(datagram):
        raise Unreadable("no packet is left in the datagram")
    first = datagram[offset]
    if first & 0x80:
        return _long(datagram, offset, first, fixed_bit)
    if fixed_bit and not first & 0x40:
        raise Unreadable("the Fixed Bit is 0")
    behind = offset + 1
    length = cid_length(datagram[behind : behind + MAX_CONNECTION_ID_LENGTH])
    number_offset = behind + length
    if length < 0 or number_offset >= len(datagram):
        raise Unreadable("the datagram ends within the connection ID")
    destination = bytes(datagram[behind:number_offset])
    return Header(PacketType.ONE_RTT, VERSION, destination, b"", b"", offset, number_offset, len(datagram))


def _long(datagram: bytes, offset: int, first: int, fixed_bit: bool) -> Header:
    """A long header: the invariants, and then what version 1 puts behind them."""
    version = int.from_bytes(datagram[offset + 1 : offset + 5], "big")
    destination, behind = _connection_id(datagram, offset + 5)
    source, behind = _connection_id(datagram, behind)
    kind = PacketType.VERSION_NEGOTIATION if version == 0 else PacketType.OTHER_VERSION
    if version == VERSION:
        kind = PacketType(first >> 4 & 3)
        if max(len(destination), len(source)) > MAX_CONNECTION_ID_LENGTH:  # RFC 9000 17.2
            raise Unreadable("a connection ID of version 1 has at most 20 bytes")
        if fixed_bit and not first & 0x40:  # RFC 9000 17.2
            raise Unreadable("the Fixed Bit is 0")
    header = Header(kind, version, destination, source, b"", offset, behind, len(datagram))
    if version != VERSION:
        return header
    try:
        return _retry(datagram, header) if kind is PacketType.RETRY else _numbered(datagram, header)
    except Truncated:
        raise Unreadable("the datagram ends within a long header") from None


def _connection_id(datagram: bytes, offset: int) -> tuple[bytes, int]:
    """A connection ID behind its length, and the offset behind it (RFC 8999 5.1)."""
    end = offset + 1 + datagram[offset] if offset < len(datagram) else len(datagram) + 1
    if end > len(datagram):
        raise Unreadable("the datagram ends within a connection ID")
    return bytes(datagram[offset + 1 : end]), end


def _retry(datagram: bytes, header: Header) -> Header:
    """A Retry token fills what the Retry Integrity Tag leaves (RFC 9000 17.2.5)."""
    if header.number_offset + TAG_LENGTH > header.end:
        raise Truncated
    header.token = bytes(datagram[header.number_offset : header.end - TAG_LENGTH])
    return header


def _numbered(datagram: bytes, header: Header) -> Header:
    """The Length of a long header is that of packet number and payload (RFC 9000 17.2)."""
    offset = header.number_offset
    if header.kind is PacketType.INITIAL:
        length, offset = read(datagram, offset)
        if offset + length > header.end:
            raise Truncated
        header.token = bytes(datagram[offset : offset + length])
        offset += length
    length, offset = read(datagram, offset)
    if offset + length > header.end:
        raise Truncated
    header.number_offset, header.end = offset, offset + length
    return header
