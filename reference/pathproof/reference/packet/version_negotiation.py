"""Version Negotiation packets (RFC 9000 17.2.1, RFC 8999 6), by way of the wire image."""

from __future__ import annotations

from pathproof.reference.errors import Unreadable
from pathproof.reference.packet.header import VERSION, Header
from pathproof.spec.wire_image import Malformed, decode, encode, item

_ITEM = item("version_negotiation")


def write_version_negotiation(answered: Header, unused: int, versions: tuple[int, ...] = (VERSION,)) -> bytes:
    """Return the answer to a packet of a version that is not spoken here.

    Its connection IDs are those of the packet, the other way round. `unused` are seven random bits; the first
    of them is set, as the Fixed Bit is in other packets (RFC 9000 17.2.1).

    Examples
    --------
    >>> from pathproof.reference.packet.header import read_header
    >>> odd = read_header(bytes.fromhex("c0fffffff0" "02aabb" "01cc"), 0, len)
    >>> write_version_negotiation(odd, 0).hex()
    'c00000000001cc02aabb00000001'
    """
    first, *others = versions
    values: dict[str, int | bytes] = {
        "unused": unused | 0x40,
        "destination_connection_id_length": len(answered.source),
        "destination_connection_id": answered.source,
        "source_connection_id_length": len(answered.destination),
        "source_connection_id": answered.destination,
        "first_version": first,
        "further_versions": b"".join(version.to_bytes(4, "big") for version in others),
    }
    return encode(_ITEM, values)


def versions_of(datagram: bytes, header: Header) -> tuple[int, ...]:
    """Return the versions that a Version Negotiation packet names.

    Raises
    ------
    Unreadable
        If it names none, or one is cut short (RFC8999-6-09).

    Examples
    --------
    >>> from pathproof.reference.packet.header import read_header
    >>> packet = bytes.fromhex("c000000000" "00" "00" "00000001" "6b3343cf")
    >>> [hex(version) for version in versions_of(packet, read_header(packet, 0, len))]
    ['0x1', '0x6b3343cf']
    """
    try:
        decode(_ITEM, datagram[header.start : header.end])
    except Malformed as wrong:
        raise Unreadable(str(wrong)) from None
    named = datagram[header.number_offset : header.end]
    return tuple(int.from_bytes(named[place : place + 4], "big") for place in range(0, len(named), 4))
