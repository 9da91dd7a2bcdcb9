"""An observer without keys: which connection IDs pass at which place, and how many bytes.

Run as `python -m pathproof.conformance.scenarios.engine.observer PLAN`.
"""

from __future__ import annotations

import selectors

from pathproof.conformance.scenarios.engine.child import Line, Orders, plan, say
from pathproof.conformance.scenarios.engine.frames import Frames
from pathproof.conformance.scenarios.engine.packets import UDP, IpPacket

LONG_HEADER = 0x80
ID_LENGTH = 8  # of all endpoints of a run: short headers do not say it
POLL = 0.05


def destination_of(payload: bytes) -> bytes:
    """The Destination Connection ID of a QUIC packet (RFC 8999 5.1, RFC 9000 17.3.1).

    >>> destination_of(bytes.fromhex("40" "0102030405060708" "ffff")).hex()
    '0102030405060708'
    >>> destination_of(bytes.fromhex("c0" "00000001" "02" "abcd" "00")).hex()
    'abcd'
    """
    if payload[0] & LONG_HEADER:
        return payload[6 : 6 + payload[5]]
    return payload[1 : 1 + ID_LENGTH]


class Place:
    """One interface, and what has passed there."""

    def __init__(self, interface: str, port: int) -> None:
        self.frames, self.port = Frames(interface), port
        self.seen: set[tuple[str, bytes]] = set()
        self.counts = {"udp": 0, "tcp": 0, "udp payload": 0}

    def look(self) -> None:
        """Take in what has passed; a connection ID is told when it is first seen here."""
        for packet, _ in self.frames.packets():
            self._count(packet)
            toward = self._toward(packet)
            if toward and packet.protocol == UDP and packet.payload:
                self._note(toward, destination_of(packet.payload))

    def _toward(self, packet: IpPacket) -> str:
        if packet.target[1] == self.port:
            return "server"
        return "client" if packet.source[1] == self.port else ""

    def _count(self, packet: IpPacket) -> None:
        kind = "udp" if packet.protocol == UDP else "tcp"
        self.counts[kind] += len(packet.data)
        if kind == "udp":
            self.counts["udp payload"] += len(packet.payload)

    def _note(self, toward: str, connection_id: bytes) -> None:
        if connection_id and (toward, connection_id) not in self.seen:
            self.seen.add((toward, connection_id))
            say("id", place=self.frames.interface, toward=toward, id=connection_id.hex())


def observe(asked: Line, orders: Orders) -> None:
    """Look until nobody orders anything any more; then say how much has passed."""
    watching = selectors.DefaultSelector()
    watching.register(orders.source, selectors.EVENT_READ)
    places = [Place(interface, asked["port"]) for interface in asked["interfaces"]]
    for place in places:
        watching.register(place.frames.socket, selectors.EVENT_READ)
    say("ready")
    while not orders.is_over:
        watching.select(POLL)
        orders.take()
        for place in places:
            place.look()
    for place in places:
        say("passed", place=place.frames.interface, **place.counts)


def main() -> None:
    """Read the plan, and be the observer."""
    observe(plan(), Orders())


if __name__ == "__main__":
    main()
