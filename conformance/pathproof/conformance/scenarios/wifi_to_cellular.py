"""WiFi is lost in the middle of a download, and cellular takes over."""

from __future__ import annotations

from pathproof.conformance.scenarios.engine import checks
from pathproof.conformance.scenarios.engine.links import Cable
from pathproof.conformance.scenarios.engine.running import Scenario
from pathproof.conformance.scenarios.engine.seen import Seen
from pathproof.conformance.scenarios.engine.world import World

WIFI = Cable("client", "wlan0", ("10.1.0.2/24",), delay=0.01, loss=0.002)
CELLULAR = Cable("client", "wwan0", ("10.2.0.2/24",), delay=0.03, metric=200)
SERVER = Cable("server", "eth0", ("10.9.0.2/24",), delay=0.002, rate=50e6)


def story(world: World) -> Seen:
    """A phone downloads over WiFi; at 40 percent its owner leaves the house."""
    world.plug(WIFI, CELLULAR, SERVER)
    world.serve("10.9.0.2")
    world.download("10.9.0.2")
    world.when(0.4)
    world.down("wlan0")
    return world.finish()


SCENARIO = Scenario(
    "wifi-to-cellular",
    "WiFi is lost during a download, and cellular takes over",
    story,
    (
        checks.client_goes_on_from("10.2.0.2"),
        checks.server_follows_to("10.2.0.2"),
        checks.new_addresses_are_challenged("10.2.0.2"),
        checks.no_id_is_used_on_two_paths(),
        checks.limit_is_kept(),
        checks.download_is_complete(),
    ),
)
