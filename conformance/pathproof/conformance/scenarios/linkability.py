"""A client migrates of its own will, and an observer at both networks tries to link the two paths."""

from __future__ import annotations

from collections import defaultdict

from pathproof.conformance.scenarios.engine import checks
from pathproof.conformance.scenarios.engine.expectation import Answer, expect
from pathproof.conformance.scenarios.engine.links import NETWORK, Cable
from pathproof.conformance.scenarios.engine.running import Scenario
from pathproof.conformance.scenarios.engine.seen import Seen
from pathproof.conformance.scenarios.engine.world import World

WIFI = Cable("client", "wlan0", ("10.1.0.2/24",), loss=0.002)
CELLULAR = Cable("client", "wwan0", ("10.2.0.2/24",), delay=0.03, metric=200)
SERVER = Cable("server", "eth0", ("10.9.0.2/24",), delay=0.002, rate=50e6)


def story(world: World) -> Seen:
    """Both interfaces are up; at 40 percent the client prefers cellular. The observer has no keys."""
    world.plug(WIFI, CELLULAR, SERVER)
    world.serve(SERVER.hosts[0])
    world.observe("observer", NETWORK, WIFI.port, CELLULAR.port)
    world.download(SERVER.hosts[0], follows=False)
    world.when(0.4)
    world.migrate(CELLULAR.hosts[0])
    seen = world.finish()
    for line in seen.said("observer", "id"):
        place = line["place"].removeprefix("n-")
        seen.mark(line["at"], "observer", f"sees {line['id'][:8]} toward the {line['toward']} at {place}")
    return seen


def ids_by_place(seen: Seen) -> dict[str, set[tuple[str, str]]]:
    """Connection IDs, with the direction of their packets, by the place where the observer saw them."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for line in seen.said("observer", "id"):
        found[line["place"]].add((line["toward"], line["id"]))
    return found


@expect("No connection ID is seen in both networks, in either direction", "9.5-03", "9.5-04", "9.5-01")
def nothing_links_the_paths(seen: Seen) -> Answer:
    """What an observer can compare without keys; times, sizes and the server's address are not hidden."""
    places = ids_by_place(seen)
    wifi, cellular = places[WIFI.port], places[CELLULAR.port]
    both_ways = {toward for toward, _ in cellular} == {"server", "client"}
    shown = f"{len(wifi)} at WiFi, {len(cellular)} at cellular, {len(wifi & cellular)} at both"
    return Answer(bool(wifi) and both_ways and not wifi & cellular, shown)


SCENARIO = Scenario(
    "linkability",
    "A client migrates, and an observer of both networks tries to link its paths",
    story,
    (
        nothing_links_the_paths,
        checks.no_id_is_used_on_two_paths(),
        checks.client_goes_on_from(CELLULAR.hosts[0]),
        checks.new_addresses_are_challenged(CELLULAR.hosts[0]),
        checks.download_is_complete(),
    ),
)
