"""One UDP socket, and the local address that each of its datagrams came to.

A socket that is bound to a concrete address has only that one. One that is bound to a wildcard asks the
kernel for the address of each datagram, and names it again when it sends: an answer from another address
would be another path.
"""

from __future__ import annotations

import errno
import ipaddress
import socket
import struct
import sys

from pathproof.reference.migration import Address

IS_LINUX = sys.platform == "linux"
LARGEST = 65535  # bytes of a UDP datagram
BUFFER = 1 << 22  # bytes that the kernel may hold for us; it takes as much of it as it permits
_IP_PKTINFO, _IP_MTU_DISCOVER, _IPV6_MTU_DISCOVER, _DO_NOT_FRAGMENT = 8, 10, 23, 3
"""Linux's numbers, which Python 3.11 does not name."""
_PKTINFO_4, _PKTINFO_6 = struct.Struct("@I4s4s"), struct.Struct("@16sI")
_TRY_LATER = (errno.EAGAIN, errno.EWOULDBLOCK)


class Link:
    """A non-blocking socket; `name` is its address as the endpoint knows it.

    After a rebinding the endpoint goes on to know it by the address that it had before: behind a NAT, too,
    nobody tells a client that its address has changed.

    Parameters
    ----------
    local
        Host, as a number, and port; port 0 takes a free one.

    Raises
    ------
    OSError
        If the address is taken or not one of this machine.

    Examples
    --------
    >>> one, other = Link(("127.0.0.1", 0)), Link(("127.0.0.1", 0))
    >>> one.send(b"hello", one.name, other.name)
    True
    >>> data, local, remote = other.receive()
    >>> data, local == other.name, remote == one.name
    (b'hello', True, True)
    >>> one.close(); other.close()
    """

    __slots__ = ("_wildcard", "name", "socket")

    def __init__(self, local: Address) -> None:
        host = ipaddress.ip_address(local[0].partition("%")[0])
        self._wildcard = host.version if host.is_unspecified else 0
        family = socket.AF_INET6 if host.version == 6 else socket.AF_INET
        self.socket = socket.socket(family, socket.SOCK_DGRAM)
        try:
            self._set_up(host.version)
            self.socket.bind(local)
        except OSError:
            self.socket.close()
            raise
        name: Address = self.socket.getsockname()[:2]
        self.name = name

    def _set_up(self, version: int) -> None:
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
        if version == 6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            if self._wildcard:
                self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVPKTINFO, 1)
            if IS_LINUX:
                self.socket.setsockopt(socket.IPPROTO_IPV6, _IPV6_MTU_DISCOVER, _DO_NOT_FRAGMENT)
        elif IS_LINUX:  # datagrams are not fragmented on their way (RFC 9000 14)
            self.socket.setsockopt(socket.IPPROTO_IP, _IP_MTU_DISCOVER, _DO_NOT_FRAGMENT)
            if self._wildcard:
                self.socket.setsockopt(socket.IPPROTO_IP, _IP_PKTINFO, 1)
        elif self._wildcard:
            raise OSError(errno.EADDRNOTAVAIL, "here an IPv4 address has to be a concrete one")

    def receive(self) -> tuple[bytes, Address, Address] | None:
        """The next datagram, the local address that it came to, and the remote one; None if there is none."""
        try:
            if not self._wildcard:
                data, remote = self.socket.recvfrom(LARGEST)
                return data, self.name, (remote[0], remote[1])
            data, extra, _, remote = self.socket.recvmsg(LARGEST, 256)
        except OSError:  # mostly that nothing is there; an error that ICMP reports proves nothing
            return None
        return data, (_local_host(extra) or self.name[0], self.name[1]), (remote[0], remote[1])

    def send(self, data: bytes, local: Address, remote: Address) -> bool:
        """Send a datagram, unless there is no room for it yet; one that cannot be sent is lost."""
        try:
            if self._wildcard:
                self.socket.sendmsg([data], _from(local[0], self._wildcard), 0, remote)
            else:
                self.socket.sendto(data, remote)
        except OSError as error:
            return error.errno not in _TRY_LATER
        return True

    def close(self) -> None:
        """Give the address up."""
        self.socket.close()


def _local_host(extra: list[tuple[int, int, bytes]]) -> str | None:
    for level, kind, data in extra:
        if level == socket.IPPROTO_IP and kind == _IP_PKTINFO:
            return str(ipaddress.IPv4Address(_PKTINFO_4.unpack(data[: _PKTINFO_4.size])[1]))
        if level == socket.IPPROTO_IPV6 and kind == socket.IPV6_PKTINFO:
            return str(ipaddress.IPv6Address(_PKTINFO_6.unpack(data[: _PKTINFO_6.size])[0]))
    return None


def _from(host: str, version: int) -> list[tuple[int, int, bytes]]:
    packed = ipaddress.ip_address(host).packed
    if version == 6:
        return [(socket.IPPROTO_IPV6, socket.IPV6_PKTINFO, _PKTINFO_6.pack(packed, 0))]
    return [(socket.IPPROTO_IP, _IP_PKTINFO, _PKTINFO_4.pack(0, packed, bytes(4)))]
