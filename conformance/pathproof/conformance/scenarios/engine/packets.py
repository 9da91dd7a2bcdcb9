"""IP packets with UDP or TCP in them: read, and written again with other addresses."""

from __future__ import annotations

import ipaddress
import struct
from dataclasses import dataclass

from pathproof.reference.migration import Address

UDP, TCP = 17, 6
IPV4, IPV6 = 0x0800, 0x86DD
"""EtherTypes."""
ETHERNET = 14  # bytes of the header
_UDP_LENGTH = 8
_CHECKSUM_AT = {UDP: 6, TCP: 16}  # in the header of the transport


@dataclass(frozen=True, slots=True)
class IpPacket:
    """One IP packet that carries UDP or TCP.

    Attributes
    ----------
    data
        All of it, from the IP header on.
    start
        Where the transport's header begins.
    """

    data: bytes
    version: int
    protocol: int
    source: Address
    target: Address
    start: int

    @property
    def payload(self) -> bytes:
        """What UDP or TCP carries."""
        if self.protocol == UDP:
            return self.data[self.start + _UDP_LENGTH :]
        return self.data[self.start + (self.data[self.start + 12] >> 4) * 4 :]

    @property
    def begins(self) -> bool:
        """Whether it is the first packet of a TCP connection: SYN without ACK."""
        return self.protocol == TCP and self.data[self.start + 13] & 0x12 == 0x02


def parse(data: bytes) -> IpPacket | None:
    """The packet, or None if it is no UDP and no TCP.

    >>> packet = parse(udp(("10.0.0.1", 1), ("10.0.0.2", 2), b"hello"))
    >>> packet.source, packet.target, packet.payload
    (('10.0.0.1', 1), ('10.0.0.2', 2), b'hello')
    """
    if len(data) < 28:
        return None
    version = data[0] >> 4
    if version == 4:
        start, protocol, hosts = (data[0] & 15) * 4, data[9], (data[12:16], data[16:20])
        data = data[: int.from_bytes(data[2:4], "big")]
    else:
        start, protocol, hosts = 40, data[6], (data[8:24], data[24:40])
    if protocol not in _CHECKSUM_AT or len(data) < start + 8:
        return None
    ports = struct.unpack_from("!HH", data, start)
    source, target = (str(ipaddress.ip_address(host)) for host in hosts)
    return IpPacket(data, version, protocol, (source, ports[0]), (target, ports[1]), start)


def rewritten(packet: IpPacket, source: Address | None = None, target: Address | None = None) -> bytes:
    """The packet with another source or target, and with right checksums.

    >>> packet = parse(udp(("10.0.0.1", 1), ("10.0.0.2", 2), b"hello"))
    >>> parse(rewritten(packet, source=("10.0.0.9", 9))).source
    ('10.0.0.9', 9)
    """
    data, start = bytearray(packet.data), packet.start
    for at, (address, host_at, length) in enumerate(_places(packet, source, target)):
        data[host_at : host_at + length] = ipaddress.ip_address(address[0]).packed
        struct.pack_into("!H", data, start + 2 * at, address[1])
    if packet.version == 4:
        data[10:12] = bytes(2)
        struct.pack_into("!H", data, 10, checksum(bytes(data[:start])))
    _sum_up(data, packet.version, packet.protocol, start)
    return bytes(data)


def _places(
    packet: IpPacket, source: Address | None, target: Address | None
) -> tuple[tuple[Address, int, int], tuple[Address, int, int]]:
    """Source and target, where each host stands in the IP header, and its length in bytes."""
    source_at, target_at, length = (12, 16, 4) if packet.version == 4 else (8, 24, 16)
    return (source or packet.source, source_at, length), (target or packet.target, target_at, length)


def udp(source: Address, target: Address, payload: bytes) -> bytes:
    """An IPv4 packet with a UDP datagram.

    >>> udp(("10.0.0.1", 1), ("10.0.0.2", 2), b"")[:2].hex()
    '4500'
    """
    segment = struct.pack("!HHHH", source[1], target[1], _UDP_LENGTH + len(payload), 0) + payload
    return _ipv4(source[0], target[0], UDP, segment)


def syn(source: Address, target: Address, sequence: int) -> bytes:
    """An IPv4 packet that asks for a TCP connection.

    >>> parse(syn(("10.0.0.1", 1), ("10.0.0.2", 2), 7)).begins
    True
    """
    segment = struct.pack("!HHIIBBHHH", source[1], target[1], sequence, 0, 5 << 4, 0x02, 64240, 0, 0)
    return _ipv4(source[0], target[0], TCP, segment)


def _ipv4(source: str, target: str, protocol: int, segment: bytes) -> bytes:
    hosts = ipaddress.ip_address(source).packed + ipaddress.ip_address(target).packed
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(segment), 0, 0x4000, 64, protocol, 0) + hosts
    data = bytearray(head + segment)
    struct.pack_into("!H", data, 10, checksum(head))
    _sum_up(data, 4, protocol, 20)
    return bytes(data)


def _sum_up(data: bytearray, version: int, protocol: int, start: int) -> None:
    """Write the checksum of the transport, which covers the addresses, too."""
    at = start + _CHECKSUM_AT[protocol]
    data[at : at + 2] = bytes(2)
    hosts = data[12:20] if version == 4 else data[8:40]
    rest = data[start:]
    pseudo = bytes(hosts) + struct.pack("!II", len(rest), protocol)
    struct.pack_into("!H", data, at, checksum(pseudo + rest))


def checksum(data: bytes) -> int:
    """The Internet checksum; a sum of zero is written as 0xffff.

    >>> checksum(bytes.fromhex("45000073000040004011" "0000" "c0a80001c0a800c7")) == 0xB861
    True
    """
    return 0xFFFF - int.from_bytes(data + bytes(len(data) % 2), "big") % 0xFFFF
