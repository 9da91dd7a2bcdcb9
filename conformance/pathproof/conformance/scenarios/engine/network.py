"""The network between the machines of a run: a process that forwards IP packets between interfaces.

It takes Ethernet frames from one veth end and puts them, after their delay, into another: UDP and TCP meet
the same delay, loss, rate and translation. It makes them itself because its losses follow from a seed, which
those of the kernel's netem do not, and because not every kernel has netem. No ARP is answered and no hop
counted: neighbours are set up by hand.
Run as `python -m pathproof.conformance.scenarios.engine.network PLAN`.
"""

from __future__ import annotations

import heapq
import ipaddress
import random
import selectors
import time
from dataclasses import dataclass, field

from pathproof.conformance.scenarios.engine.child import Line, Orders, plan, say
from pathproof.conformance.scenarios.engine.frames import Frames
from pathproof.conformance.scenarios.engine.nat import Nat
from pathproof.conformance.scenarios.engine.packets import UDP, IpPacket, parse, rewritten

LONGEST_QUEUE = 0.15
"""Seconds of data that wait for a cable; more is dropped."""

Prefix = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(slots=True)
class Port:
    """One interface of the network, and the cable at it.

    Attributes
    ----------
    prefixes
        Addresses that are reached by it. What comes from elsewhere is not taken (BCP 38), unless it `spoofs`.
    delay, loss, rate
        One-way delay in seconds, losses from 0 to 1, bits per second and direction. UDP and TCP have this
        rate each, so that neither download takes it from the other.
    nat
        Translates what comes from here.
    """

    interface: str
    prefixes: list[Prefix]
    mac: bytes
    far: bytes
    delay: float
    loss: float
    rate: float
    spoofs: bool
    nat: Nat | None
    mirror: str = ""  # interface to which copies go, at once
    frames: Frames | None = None
    free_at: dict[tuple[bool, int], float] = field(default_factory=dict)

    @classmethod
    def of(cls, asked: Line) -> Port:
        """A port as the plan has it."""
        outside = asked["outside"]
        return cls(
            asked["interface"],
            [ipaddress.ip_network(text, strict=False) for text in asked["prefixes"]],
            bytes.fromhex(asked["mac"]),
            bytes.fromhex(asked["far"]),
            asked["delay"],
            asked["loss"],
            asked["rate"],
            asked["spoofs"],
            Nat(outside, asked["forgets_after"]) if outside else None,
        )

    def holds(self, host: str) -> bool:
        """Whether an address is one of those reached by this port."""
        at = ipaddress.ip_address(host)
        return any(at in prefix for prefix in self.prefixes)

    def passes_at(self, is_inward: bool, protocol: int, size: int, now: float) -> float | None:
        """When a packet of this size is through the cable, or None if too many wait for it."""
        begins = max(now, self.free_at.get((is_inward, protocol), 0.0))
        if begins - now > LONGEST_QUEUE:
            return None
        done = begins + size * 8 / self.rate
        self.free_at[is_inward, protocol] = done
        return done + self.delay

    def open(self) -> Frames:
        """Take frames from the interface."""
        self.frames = Frames(self.interface)
        return self.frames


class Network:
    """Forwards between its ports; `random` decides what is lost."""

    def __init__(self, ports: list[Port], chance: random.Random) -> None:
        self.ports, self.chance = {port.interface: port for port in ports}, chance
        self.counts = dict.fromkeys(("forwarded", "lost", "queue full", "no way", "wrong source"), 0)
        self._waiting: list[tuple[float, int, str, bytes, int]] = []
        self._number = 0

    def take(self, port: Port, data: bytes, now: float) -> None:
        """A packet has come from a machine."""
        packet = parse(data)
        if packet is None:
            return
        if port.mirror:
            self._queue(now, port.mirror, data)
        if not port.spoofs and not port.holds(packet.source[0]):
            self.counts["wrong source"] += 1
            return
        source = port.nat.out(packet.protocol, packet.source, now) if port.nat else None
        self._forward(port, packet, source, now)

    def _forward(self, port: Port, packet: IpPacket, source: tuple[str, int] | None, now: float) -> None:
        target, onward = self._way(packet, now)
        if onward is None:
            self.counts["no way"] += 1
            return
        if self.chance.random() < port.loss or self.chance.random() < onward.loss:
            self.counts["lost"] += 1
            return
        data = packet.data if source is None and target is None else rewritten(packet, source, target)
        self._through(port, True, packet.protocol, onward.interface, data, now)

    def _through(
        self, port: Port, is_inward: bool, protocol: int, onto: str, data: bytes, now: float
    ) -> None:
        """Put a packet through a cable; behind the first one, the second takes it when it comes there."""
        done = port.passes_at(is_inward, protocol, len(data), now)
        if done is None:
            self.counts["queue full"] += 1
        else:
            self._queue(done, onto, data, protocol if is_inward else 0)

    def _way(self, packet: IpPacket, now: float) -> tuple[tuple[str, int] | None, Port | None]:
        """By which port a packet leaves, and to which address if that is translated."""
        for port in self.ports.values():
            if port.nat is not None and packet.target[0] == port.nat.outside:
                inside = port.nat.inwards(packet.protocol, packet.target[1], now)
                return inside, port if inside else None
        return None, next((port for port in self.ports.values() if port.holds(packet.target[0])), None)

    def _queue(self, due: float, interface: str, data: bytes, protocol: int = 0) -> None:
        """Until then, a packet waits; with a protocol, it has another cable before it."""
        self._number += 1
        heapq.heappush(self._waiting, (due, self._number, interface, data, protocol))

    def due(self) -> float | None:
        """When something is to leave."""
        return self._waiting[0][0] if self._waiting else None

    def leave(self, now: float) -> None:
        """Send all whose time has come."""
        while self._waiting and self._waiting[0][0] <= now:
            due, _, interface, data, protocol = heapq.heappop(self._waiting)
            if protocol:
                self._through(self.ports[interface], False, protocol, interface, data, due)
            else:
                self._send(self.ports[interface], data)

    def _send(self, port: Port, data: bytes) -> None:
        assert port.frames is not None
        is_sent = port.frames.put(data, port.far, port.mac)
        self.counts["forwarded" if is_sent else "no way"] += 1

    def obey(self, order: Line) -> None:
        """Do what the story asks for: show what comes by one port at another, too."""
        self.ports[order["interface"]].mirror = order["to"]


def run(network: Network, orders: Orders) -> None:
    """Forward until nobody orders anything any more."""
    watching = selectors.DefaultSelector()
    watching.register(orders.source, selectors.EVENT_READ)
    for port in network.ports.values():
        watching.register(port.open().socket, selectors.EVENT_READ, port)
    say("ready")
    told: dict[str, int] = {}
    while not orders.is_over:
        due = network.due()
        wait = 0.2 if due is None else max(0.0, min(0.2, due - time.monotonic()))
        for key, _ in watching.select(wait):
            if key.data is None:
                for order in orders.take():
                    network.obey(order)
            else:
                _drain(network, key.data)
        network.leave(time.monotonic())
        _tell_rebindings(network, told)
    say("counts", **network.counts)


def _drain(network: Network, port: Port) -> None:
    assert port.frames is not None
    for data, is_outgoing in port.frames.take():
        if not is_outgoing:
            network.take(port, data, time.monotonic())


def _tell_rebindings(network: Network, told: dict[str, int]) -> None:
    for port in network.ports.values():
        if port.nat is None:
            continue
        for at, protocol, inside, outside in port.nat.rebound[told.get(port.interface, 0) :]:
            name = "UDP" if protocol == UDP else "TCP"
            say("rebound", since=at, protocol=name, inside=list(inside), port=outside)
        told[port.interface] = len(port.nat.rebound)


def main() -> None:
    """Read the plan, and be the network."""
    asked = plan()
    run(Network([Port.of(one) for one in asked["ports"]], random.Random(asked["seed"])), Orders())


if __name__ == "__main__":
    main()
