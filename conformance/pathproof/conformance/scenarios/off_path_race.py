"""An attacker off the path sees what the client sends, and is faster with copies from its own address."""

from __future__ import annotations

from pathproof.conformance.scenarios.engine import checks
from pathproof.conformance.scenarios.engine.links import Cable
from pathproof.conformance.scenarios.engine.running import Scenario
from pathproof.conformance.scenarios.engine.seen import Seen
from pathproof.conformance.scenarios.engine.world import World

CLIENT = Cable("client", "wlan0", ("10.1.0.2/24",), delay=0.02)
TAP = Cable("rival", "tap0", ("192.0.2.2/24",), is_silent=True)
RIVAL = Cable("rival", "rival0", ("203.0.113.66/24",), delay=0.001, rate=50e6)
SERVER = Cable("server", "eth0", ("10.9.0.2/24",), delay=0.002, rate=50e6)
COPIES = 5


def story(world: World) -> Seen:
    """What leaves the client is shown to the attacker, whose cable is twenty times as short."""
    world.plug(CLIENT, TAP, RIVAL, SERVER)
    world.serve(SERVER.hosts[0])
    world.racer("rival", RIVAL.hosts[0], "tap0")
    world.download(SERVER.hosts[0])
    world.mirror("wlan0", to="tap0")
    world.when(0.3)
    world.attack(f"copies {COPIES} packets of each connection, and is faster than they are", COPIES)
    return world.finish()


SCENARIO = Scenario(
    "off-path-race",
    "An attacker off the path is faster with copies of the client's packets",
    story,
    (
        checks.server_is_drawn_to(RIVAL.hosts[0]),
        checks.nobody_answers_from(RIVAL.hosts[0]),
        checks.former_path_is_challenged(CLIENT.hosts[0]),
        checks.server_comes_back_to(CLIENT.hosts[0]),
        checks.limit_is_kept(),
        checks.download_is_complete(),
    ),
)
