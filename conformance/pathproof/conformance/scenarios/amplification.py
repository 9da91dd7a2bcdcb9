"""An attacker has the server answer a victim: first packets with the victim's address as their source."""

from __future__ import annotations

from pathproof.conformance.scenarios.engine import checks
from pathproof.conformance.scenarios.engine.checks import FACTOR
from pathproof.conformance.scenarios.engine.expectation import Answer, expect
from pathproof.conformance.scenarios.engine.links import Cable
from pathproof.conformance.scenarios.engine.machines import QUIC_PORT, TCP_PORT
from pathproof.conformance.scenarios.engine.running import Scenario
from pathproof.conformance.scenarios.engine.seen import Seen
from pathproof.conformance.scenarios.engine.world import World

CLIENT = Cable("client", "wlan0", ("10.1.0.2/24",))
RIVAL = Cable("rival", "rival0", ("192.0.2.66/24",), delay=0.005, rate=50e6, spoofs=True)
VICTIM = Cable("victim", "victim0", ("203.0.113.9/24",), delay=0.005, rate=50e6, is_silent=True)
SERVER = Cable("server", "eth0", ("10.9.0.2/24",), delay=0.002, rate=50e6)
MANY = 10


def story(world: World) -> Seen:
    """Ten Initial packets and ten SYNs; the victim answers nothing, like a host behind a firewall."""
    world.plug(CLIENT, RIVAL, VICTIM, SERVER)
    world.serve(SERVER.hosts[0])
    world.observe("victim", "victim", "victim0")
    asked = {"victim": VICTIM.hosts[0], "server": SERVER.hosts[0], "quic": QUIC_PORT, "tcp": TCP_PORT}
    world.start("attacker", "rival", "amplifier", asked)
    world.download(SERVER.hosts[0])
    world.when(0.2)
    world.mark("attacker", f"sends {MANY} Initial packets and {MANY} SYNs, with the victim as their source")
    world.named["attacker"].order("go", many=MANY)
    return world.finish(at_least=1.5)


def _factor(seen: Seen, protocol: str) -> float:
    """Bytes that came to the victim for each that the attacker sent: of payload for QUIC, of IP for TCP."""
    kind, part = ("udp payload", "payload") if protocol == "udp" else ("tcp", "bytes")
    came = sum(line[kind] for line in seen.said("victim", "passed"))
    sent = sum(line[part] for line in seen.said("attacker", "sent") if line["protocol"] == protocol)
    return came / sent if sent else 0.0


@expect("At most three bytes reach the victim for each that the attacker sent", "8-01", "8.1-04")
def amplification_is_bounded(seen: Seen) -> Answer:
    """Of UDP payload; what TCP does under the same attack is shown beside it, in bytes of IP."""
    quic, tcp = _factor(seen, "udp"), _factor(seen, "tcp")
    return Answer(
        0 < quic <= FACTOR, f"QUIC {quic:.2f} bytes for one, TCP {tcp:.2f} within {seen.seconds:.1f} s"
    )


@expect("No handshake of the attacker's is completed, and no data goes to the victim", "8.1-01", "8.1-02")
def nothing_is_validated(seen: Seen) -> Answer:
    """The server's connections with the victim have no 1-RTT packet that came."""
    others = [number for number in seen.traces.get("server", {}) if number > 0]
    came = [number for number in others if any(seen.packets("server", False, number))]
    return Answer(
        bool(others) and not came, f"connections begun: {len(others)}, with 1-RTT packets: {len(came)}"
    )


SCENARIO = Scenario(
    "amplification",
    "An attacker has the server send to a victim",
    story,
    (amplification_is_bounded, nothing_is_validated, checks.download_is_complete()),
)
