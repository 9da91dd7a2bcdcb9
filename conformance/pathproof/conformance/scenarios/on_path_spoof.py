"""An attacker on the path copies packets with a victim's address as their source, ahead of the packets."""

from __future__ import annotations

from pathproof.conformance.scenarios.engine import checks
from pathproof.conformance.scenarios.engine.links import Cable
from pathproof.conformance.scenarios.engine.running import Scenario
from pathproof.conformance.scenarios.engine.seen import Seen
from pathproof.conformance.scenarios.engine.world import World

CLIENT = Cable("client", "wlan0", ("10.1.0.2/24",))
VICTIM = Cable("victim", "victim0", ("203.0.113.9/24",), is_silent=True)
SERVER = Cable("server", "eth0", ("10.9.0.2/24",), delay=0.002, rate=50e6)
COPIES = 5


def story(world: World) -> Seen:
    """Five packets in a row are copied and overtaken; the victim never says a word."""
    world.plug(CLIENT, VICTIM, SERVER)
    world.serve(SERVER.hosts[0])
    world.copier(VICTIM.hosts[0], seen="wlan0")
    world.observe("victim", "victim", "victim0")
    world.download(SERVER.hosts[0])
    world.when(0.3)
    world.attack(f"copies {COPIES} packets of each connection, with the victim as their source", COPIES)
    return world.finish()


SCENARIO = Scenario(
    "on-path-spoof",
    "An attacker on the path has the server believe that its client is a victim",
    story,
    (
        checks.server_is_drawn_to(VICTIM.hosts[0]),
        checks.nobody_answers_from(VICTIM.hosts[0]),
        checks.server_comes_back_to(CLIENT.hosts[0]),
        checks.former_path_is_challenged(CLIENT.hosts[0]),
        checks.limit_is_kept(),
        checks.download_is_complete(),
    ),
)
