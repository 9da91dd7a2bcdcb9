"""The network's process without interfaces: what it forwards, translates, delays, loses and refuses."""

from __future__ import annotations

import random
from typing import Any

import pytest

from pathproof.conformance.scenarios.engine.network import LONGEST_QUEUE, Network, Port
from pathproof.conformance.scenarios.engine.packets import TCP, UDP, checksum, parse, rewritten, syn, udp
from pathproof.reference.migration import Address

CLIENT, SERVER, OUTSIDE = ("10.1.0.2", 5000), ("10.9.0.2", 443), "198.51.100.1"


class Wire:
    """Takes the place of an interface, and keeps what is put on it."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def put(self, data: bytes, far: bytes, near: bytes) -> bool:
        """Keep a packet."""
        self.sent.append(data)
        return True


def port(interface: str, prefix: str, **more: Any) -> Port:
    """A port whose frames are kept."""
    asked = {"delay": 0.01, "loss": 0.0, "rate": 1e9, "spoofs": False, "outside": "", "forgets_after": 1.0}
    made = Port.of({"interface": interface, "prefixes": [prefix], "mac": "02", "far": "03", **asked, **more})
    made.frames = Wire()  # type: ignore[assignment]
    return made


def network(**client: Any) -> Network:
    """A client's port, which may be set up otherwise, and a server's."""
    return Network([port("a", "10.1.0.2/24", **client), port("b", "10.9.0.2/24")], random.Random(1))


def sent(made: Network, interface: str) -> list[tuple[Address, Address]]:
    """Source and target of all that left by an interface."""
    found = [parse(data) for data in made.ports[interface].frames.sent]  # type: ignore[union-attr]
    return [(one.source, one.target) for one in found if one is not None]


def test_a_packet_leaves_after_the_delays_of_both_cables() -> None:
    """And not before."""
    made = network()
    made.take(made.ports["a"], udp(CLIENT, SERVER, b"hello"), 1.0)
    made.leave(1.015)
    assert sent(made, "b") == []
    made.leave(1.021)
    assert sent(made, "b") == [(CLIENT, SERVER)]


def test_a_packet_from_elsewhere_is_not_taken() -> None:
    """A machine cannot send from addresses that are not its own, unless its port lets it spoof."""
    for spoofs, passed in ((False, 0), (True, 1)):
        made = network(spoofs=spoofs)
        made.take(made.ports["a"], udp(("203.0.113.9", 1), SERVER, b""), 0.0)
        made.leave(1.0)
        assert (len(sent(made, "b")), made.counts["wrong source"]) == (passed, 1 - passed)


def test_losses_follow_from_the_seed() -> None:
    """The same packets are lost in two runs, about as many as asked for."""
    kept = []
    for _ in range(2):
        made = network(loss=0.3)
        for number in range(200):
            made.take(made.ports["a"], udp((CLIENT[0], number), SERVER, b""), float(number))
            made.leave(number + 0.5)
        kept.append([source[1] for source, _ in sent(made, "b")])
    assert kept[0] == kept[1] and 100 < len(kept[0]) < 180


def test_too_many_packets_are_dropped() -> None:
    """A cable holds what it takes a certain time to send, for UDP and TCP apart."""
    made = network(rate=8e5)
    for _ in range(400):
        made.take(made.ports["a"], udp(CLIENT, SERVER, bytes(972)), 0.0)
    held = int(LONGEST_QUEUE / 0.01) + 1
    assert 400 - made.counts["queue full"] == pytest.approx(held, abs=1)
    before = made.counts["queue full"]
    made.take(made.ports["a"], syn(CLIENT, SERVER, 1), 0.0)
    assert made.counts["queue full"] == before


def test_a_translator_gives_both_directions_another_address() -> None:
    """Outside there is its own address; what comes back finds the client; what it forgot finds nobody."""
    made = network(outside=OUTSIDE)
    made.take(made.ports["a"], udp(CLIENT, SERVER, b""), 0.0)
    made.leave(0.5)
    ((outside, target),) = sent(made, "b")
    assert outside[0] == OUTSIDE and target == SERVER
    made.take(made.ports["b"], udp(SERVER, outside, b""), 0.5)
    made.leave(1.0)
    assert sent(made, "a") == [(SERVER, CLIENT)]
    made.take(made.ports["b"], udp(SERVER, outside, b""), 9.0)
    assert made.counts["no way"] == 1
    made.take(made.ports["a"], udp(CLIENT, SERVER, b""), 9.0)
    nat = made.ports["a"].nat
    assert nat is not None and nat.rebound == [(9.0, UDP, CLIENT, outside[1] + 1)]


def test_a_mirror_shows_packets_before_they_come() -> None:
    """Whoever is at the mirror's end sees a packet ahead of its target."""
    made = network()
    made.obey({"do": "mirror", "interface": "a", "to": "b"})
    made.take(made.ports["a"], udp(CLIENT, SERVER, b""), 0.0)
    made.leave(0.0)
    assert sent(made, "b") == [(CLIENT, SERVER)]


def test_a_faster_cable_overtakes_a_slower_one() -> None:
    """A packet that comes to the server's cable first leaves it first."""
    ports = [port("slow", "10.1.0.2/24", delay=0.02), port("fast", "10.3.0.2/24", delay=0.001)]
    made = Network([*ports, port("b", "10.9.0.2/24")], random.Random(1))
    made.take(ports[0], udp(CLIENT, SERVER, b""), 0.0)
    made.take(ports[1], udp(("10.3.0.2", 7), SERVER, b""), 0.001)
    made.leave(1.0)
    assert [source[0] for source, _ in sent(made, "b")] == ["10.3.0.2", "10.1.0.2"]


@pytest.mark.parametrize("protocol", [UDP, TCP])
def test_rewritten_packets_have_right_checksums(protocol: int) -> None:
    """Sums over headers and payloads, as any receiver makes them, come out right."""
    made = udp(CLIENT, SERVER, b"odd") if protocol == UDP else syn(CLIENT, SERVER, 9)
    packet = parse(made)
    assert packet is not None
    for data in (made, rewritten(packet, source=("203.0.113.9", 77), target=("10.8.0.1", 78))):
        assert checksum(data[:20]) in (0, 0xFFFF)
        pseudo = data[12:20] + bytes([0, protocol]) + len(data[20:]).to_bytes(2, "big")
        assert checksum(pseudo + data[20:]) in (0, 0xFFFF)
