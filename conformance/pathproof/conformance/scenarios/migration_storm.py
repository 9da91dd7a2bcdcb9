"""An attacker on the path copies packets from one port after another, as if the client never rested."""

from __future__ import annotations

from pathproof.conformance.scenarios.engine import checks
from pathproof.conformance.scenarios.engine.expectation import Answer, expect
from pathproof.conformance.scenarios.engine.links import Cable
from pathproof.conformance.scenarios.engine.running import Scenario
from pathproof.conformance.scenarios.engine.seen import Seen
from pathproof.conformance.scenarios.engine.world import World

CLIENT = Cable("client", "wlan0", ("10.1.0.2/24",))
SERVER = Cable("server", "eth0", ("10.9.0.2/24",), delay=0.002, rate=50e6)
COPIES, SECONDS = 40, 0.4
MOST = 16
"""Addresses that a server may know at a time: a few for each that it can still be waiting for."""


def story(world: World) -> Seen:
    """Each copy has another port: one migration after another, none of which the client has made."""
    world.plug(CLIENT, SERVER)
    world.serve(SERVER.hosts[0])
    world.copier(CLIENT.hosts[0], seen="wlan0", source_ports=COPIES)
    world.download(SERVER.hosts[0])
    world.when(0.3)
    world.attack(f"copies packets for {SECONDS} s, each from another port", COPIES, SECONDS)
    return world.finish()


@expect("The server takes copies for migrations, and keeps state about few of them", "9.3-01", "9.3-07")
def state_stays_bounded(seen: Seen) -> Answer:
    """Paths that the server knows at a time, counted by what it says of them."""
    known: set[str] = set()
    most = moves = 0
    for mark in seen.paths("server"):
        moves += mark.what == "moved"
        (known.discard if mark.what == "forgotten" else known.add)(mark.remote)
        most = max(most, len(known))
    return Answer(moves >= COPIES // 4 and most <= MOST, f"{moves} moves, at most {most} paths at a time")


SCENARIO = Scenario(
    "migration-storm",
    "An attacker on the path has the client seem to migrate again and again",
    story,
    (
        state_stays_bounded,
        checks.nobody_answers_from_ports(CLIENT.hosts[0]),
        checks.server_comes_back_to(CLIENT.hosts[0]),
        checks.limit_is_kept(),
        checks.download_is_complete(),
    ),
)
