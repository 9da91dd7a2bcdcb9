"""A load balancer that reads routable connection IDs keeps a client that migrates at its server."""

from __future__ import annotations

from pathproof.conformance.scenarios.engine import checks
from pathproof.conformance.scenarios.engine.balancing import (
    CELLULAR,
    HOST,
    SERVER,
    WIFI,
    balanced,
    one_server_each,
    shown,
)
from pathproof.conformance.scenarios.engine.expectation import Answer, expect
from pathproof.conformance.scenarios.engine.routing import ROUTING
from pathproof.conformance.scenarios.engine.running import Scenario
from pathproof.conformance.scenarios.engine.seen import Seen
from pathproof.conformance.scenarios.engine.world import World


def story(world: World) -> Seen:
    """WiFi is lost; the hash of the new address would name the other server, and the IDs do not."""
    world.plug(WIFI, CELLULAR, SERVER)
    balanced(world, by_id=True)
    world.download(HOST)
    world.when(0.3)
    world.down("wlan0")
    return world.finish()


@expect("All 1-RTT packets reach the server that the connection began at", "QUICLB-4.2-02", "QUICLB-9.5-01")
def they_stay_at_their_server(seen: Seen) -> Answer:
    """From either address, the balancer has chosen one server."""
    servers = one_server_each(seen)
    return Answer(len(servers) == 2 and len(set(servers.values())) == 1, shown(servers))


@expect("Every connection ID that the server issues encodes its server ID", "QUICLB-5.1-07")
def ids_encode_their_server(seen: Seen) -> Answer:
    """As the client uses them, whatever the balancer makes of them."""
    used = {one.destination for one in seen.packets("client", True)}
    found = {ROUTING.decode(one) for one in used}
    shown = ", ".join(sorted("none" if one is None else one.hex() for one in found))
    return Answer(len(used) > 1 and len(found) == 1 and None not in found, f"{len(used)} IDs, server {shown}")


@expect("No server sends a stateless reset", "5.2-05")
def nobody_is_reset(seen: Seen) -> Answer:
    """Nothing that belongs to no connection has come to either."""
    resets = seen.resets("server-a") + seen.resets("server-b")
    return Answer(not resets, f"{len(resets)} resets")


SCENARIO = Scenario(
    "balanced-by-id",
    "A balancer that reads connection IDs keeps a client that migrates at its server",
    story,
    (
        they_stay_at_their_server,
        ids_encode_their_server,
        nobody_is_reset,
        checks.client_goes_on_from(CELLULAR.hosts[0]),
        checks.no_id_is_used_on_two_paths(),
        checks.download_is_complete(),
    ),
)
