"""Attackers that copy packets: on the path or off it, from one made-up source or from many.

An attacker on the path sits where the network is, and puts its copies on the server's cable at once, so that
they overtake. One off the path is shown what the client sends, on an interface of its own, and sends its
copies over a cable of its own from its own address. Neither has keys. UDP and TCP are treated alike.
Run as `python -m pathproof.conformance.scenarios.engine.attackers PLAN`.
"""

from __future__ import annotations

import selectors
import socket
import time
from dataclasses import dataclass, field

from pathproof.conformance.scenarios.engine.child import Line, Orders, plan, say
from pathproof.conformance.scenarios.engine.frames import Frames
from pathproof.conformance.scenarios.engine.packets import TCP, UDP, IpPacket, rewritten
from pathproof.reference.migration import Address

LONG_HEADER = 0x80
POLL = 0.05


@dataclass(slots=True)
class Copier:
    """Copies packets of established connections to a server's ports, up to so many of each protocol.

    Parameters
    ----------
    ports
        To which a packet has to go.
    host
        Source of the copies.
    source_ports
        How many source ports take turns; 0 keeps the packet's own.

    Examples
    --------
    >>> from pathproof.conformance.scenarios.engine.packets import parse, udp
    >>> copier = Copier({443}, "203.0.113.9", 2, left={UDP: 2})
    >>> packet = parse(udp(("10.0.0.1", 1), ("10.0.0.2", 443), b"short header"))
    >>> [parse(copier.copy(packet)).source for _ in range(2)], copier.copy(packet)
    ([('203.0.113.9', 30000), ('203.0.113.9', 30001)], None)
    """

    ports: set[int]
    host: str
    source_ports: int
    left: dict[int, int] = field(default_factory=dict)
    made: int = 0

    def copy(self, packet: IpPacket) -> bytes | None:
        """A copy of the packet from the made-up source, or None if it is not to be copied."""
        if packet.target[1] not in self.ports or not self._is_of_a_connection(packet):
            return None
        if self.left.get(packet.protocol, 0) <= 0:
            return None
        self.left[packet.protocol] -= 1
        return rewritten(packet, source=self._source(packet))

    def _source(self, packet: IpPacket) -> Address:
        if not self.source_ports:
            return self.host, packet.source[1]
        self.made += 1
        return self.host, 30000 + (self.made - 1) % self.source_ports

    def _is_of_a_connection(self, packet: IpPacket) -> bool:
        if packet.protocol == TCP:
            return not packet.begins
        return bool(packet.payload) and not packet.payload[0] & LONG_HEADER


class Sender:
    """How copies leave: on the server's cable, as one who is on the path, or by the machine's own routes."""

    def __init__(self, asked: Line) -> None:
        self._frames = Frames(asked["onto"]) if asked["onto"] else None
        self._far, self._near = bytes.fromhex(asked["far"]), bytes.fromhex(asked["near"])
        self._raw: socket.socket | None = None
        if self._frames is None:
            self._raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)

    def send(self, data: bytes, target: str) -> None:
        """Send an IP packet."""
        if self._frames is not None:
            self._frames.put(data, self._far, self._near)
        elif self._raw is not None:
            self._raw.sendto(data, (target, 0))


def attack(asked: Line, orders: Orders) -> None:
    """Copy once told to `go`, until nobody orders anything any more."""
    copier = Copier(set(asked["ports"]), asked["host"], asked["source_ports"])
    watching, seen, sender = selectors.DefaultSelector(), Frames(asked["from"]), Sender(asked)
    watching.register(orders.source, selectors.EVENT_READ)
    watching.register(seen.socket, selectors.EVENT_READ)
    ends = 0.0
    say("ready")
    while not orders.is_over:
        watching.select(POLL)
        for order in orders.take():
            copier.left = {UDP: order["copies"], TCP: order["copies"]}
            ends = time.monotonic() + order["seconds"]
        if time.monotonic() > ends:
            copier.left = {}
        for packet, is_outgoing in seen.packets():
            made = None if is_outgoing else copier.copy(packet)
            if made is not None:
                sender.send(made, packet.target[0])
                _tell(packet, made)


def _tell(packet: IpPacket, made: bytes) -> None:
    protocol = "udp" if packet.protocol == UDP else "tcp"
    say("copied", protocol=protocol, payload=len(packet.payload), bytes=len(made))


def main() -> None:
    """Read the plan, and be the attacker."""
    attack(plan(), Orders())


if __name__ == "__main__":
    main()
