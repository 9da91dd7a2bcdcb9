"""A client roams over three access points, each with addresses of its own."""

from __future__ import annotations

from pathproof.conformance.scenarios.engine import checks
from pathproof.conformance.scenarios.engine.expectation import Answer, expect
from pathproof.conformance.scenarios.engine.links import Cable
from pathproof.conformance.scenarios.engine.running import Scenario
from pathproof.conformance.scenarios.engine.seen import Seen, host_of
from pathproof.conformance.scenarios.engine.world import World

HOME = Cable("client", "wlan0", ("10.1.0.2/24",))
POINTS = tuple(
    Cable(
        "client",
        f"ap{number}",
        (f"10.{number + 1}.0.2/24",),
        delay=0.01 * number,
        loss=0.002,
        metric=100 + number,
    )
    for number in (1, 2, 3)
)
SERVER = Cable("server", "eth0", ("10.9.0.2/24",), delay=0.002, rate=50e6)
HOSTS = tuple(point.hosts[0] for point in POINTS)


def story(world: World) -> Seen:
    """A download begins at home, and goes on at one access point after another."""
    world.plug(HOME, *POINTS, SERVER)
    for point in POINTS:
        world.links.down(point.interface)
    world.serve("10.9.0.2")
    world.download("10.9.0.2")
    former = HOME
    for number, point in enumerate(POINTS, 1):
        world.when(number * 0.2)
        world.down(former.interface)
        world.up(point.interface)
        former = point
    return world.finish()


@expect("Three paths are validated at either end, one for each access point", "9-04", "9.2-03", "8.2.3-01")
def three_validations(seen: Seen) -> Answer:
    """Each host once, in the order of the story."""
    client = tuple(host_of(mark.local) for mark in seen.paths("client", "validated"))
    server = tuple(host_of(mark.remote) for mark in seen.paths("server", "validated"))
    return Answer(client == server == HOSTS, f"client: {', '.join(client)}; server: {', '.join(server)}")


SCENARIO = Scenario(
    "roaming",
    "A client roams over three access points during a download",
    story,
    (
        three_validations,
        checks.server_follows_to(*HOSTS),
        checks.new_addresses_are_challenged(*HOSTS),
        checks.no_id_is_used_on_two_paths(),
        checks.old_ids_are_retired(3),
        checks.limit_is_kept(),
        checks.download_is_complete(),
    ),
)
