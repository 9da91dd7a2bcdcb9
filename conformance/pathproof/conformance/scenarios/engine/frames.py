"""Raw frames of one interface: how observers and attackers see what passes, and put something in between."""

from __future__ import annotations

import socket
from collections.abc import Iterator

from pathproof.conformance.scenarios.engine.packets import ETHERNET, IPV4, IPV6, IpPacket, parse

ALL_FRAMES = 3  # ETH_P_ALL
OUTGOING = 4  # PACKET_OUTGOING: what this machine itself has put on the interface
LARGEST = 65536
BATCH = 64


class Frames:
    """All that passes one interface of this machine.

    Raises
    ------
    OSError
        If there is no such interface, or raw sockets are not permitted.
    """

    def __init__(self, interface: str) -> None:
        self.interface = interface
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL_FRAMES))
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        self.socket.bind((interface, ALL_FRAMES))
        self.socket.setblocking(False)

    def take(self) -> Iterator[tuple[bytes, bool]]:
        """IP packets that have passed, at most a batch, each with whether it left this machine."""
        for _ in range(BATCH):
            try:
                frame, about = self.socket.recvfrom(LARGEST)
            except OSError:  # nothing is there, or the interface went down
                return
            if int.from_bytes(frame[12:14], "big") in (IPV4, IPV6):
                yield frame[ETHERNET:], about[2] == OUTGOING

    def packets(self) -> Iterator[tuple[IpPacket, bool]]:
        """Those of them that carry UDP or TCP."""
        for data, is_outgoing in self.take():
            packet = parse(data)
            if packet is not None:
                yield packet, is_outgoing

    def put(self, data: bytes, far: bytes, near: bytes) -> bool:
        """Send an IP packet to a hardware address; False if the interface takes none."""
        kind = IPV4 if data[0] >> 4 == 4 else IPV6
        try:
            self.socket.send(far + near + kind.to_bytes(2, "big") + data)
        except OSError:  # the interface is down, or its queue is full
            return False
        return True
