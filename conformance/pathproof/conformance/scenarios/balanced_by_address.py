"""A load balancer that looks at addresses alone hands a client that migrates to another server."""

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
from pathproof.conformance.scenarios.engine.running import Scenario
from pathproof.conformance.scenarios.engine.seen import Seen, host_of
from pathproof.conformance.scenarios.engine.world import World


def story(world: World) -> Seen:
    """The client tries cellular while WiFi is there; the hash of that address names the other server."""
    world.plug(WIFI, CELLULAR, SERVER)
    balanced(world, by_id=False)
    world.download(HOST, follows=False)
    world.when(0.3)
    world.migrate(CELLULAR.hosts[0])
    return world.finish()


@expect("The migrated packets reach a server that does not know the connection", "5.2.3-01", "5.2-05")
def they_reach_the_wrong_server(seen: Seen) -> Answer:
    """Which answers with stateless resets, as it may."""
    servers = one_server_each(seen)
    resets = seen.resets("server-b") + seen.resets("server-a")
    held = len(set(servers.values())) == 2 and bool(resets)
    return Answer(held, f"{shown(servers)}, {len(resets)} resets")


@expect("No reset of a server with another key ends the connection", "10.3.1-04", "5.2.3-03")
def resets_are_not_taken(seen: Seen) -> Answer:
    """Servers with one key for all would be an oracle: anybody could have the wrong one end a connection."""
    ended = [line["outcome"] for line in seen.said("quic-client", "ended")]
    return Answer("reset" not in ended, f"ended: {', '.join(ended) or 'not'}")


@expect(
    "The path is not validated, and the client goes back to the one that was",
    "8.2.4-05",
    "9.1-03",
    "9.3.2-01",
)
def the_client_goes_back(seen: Seen) -> Answer:
    """What fails is the new path, and not the connection."""
    validated = [host_of(mark.local) for mark in seen.paths("client", "validated")]
    back = [mark for mark in seen.paths("client", "reverted") if host_of(mark.local) == WIFI.hosts[0]]
    held = CELLULAR.hosts[0] not in validated and bool(back)
    when = f"at {back[0].at:.2f} s" if back else "never"
    return Answer(held, f"validated {', '.join(validated) or 'none'}, went back {when}")


SCENARIO = Scenario(
    "balanced-by-address",
    "A balancer that goes by addresses hands a client that migrates to another server",
    story,
    (they_reach_the_wrong_server, resets_are_not_taken, the_client_goes_back, checks.download_is_complete()),
)
