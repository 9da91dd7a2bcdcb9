"""A NAT forgets an idle connection, and gives it another port when it goes on."""

from __future__ import annotations

from pathproof.conformance.scenarios.engine import checks
from pathproof.conformance.scenarios.engine.expectation import Answer, expect
from pathproof.conformance.scenarios.engine.links import Cable
from pathproof.conformance.scenarios.engine.running import Scenario
from pathproof.conformance.scenarios.engine.seen import Seen, host_of
from pathproof.conformance.scenarios.engine.world import World

OUTSIDE = "198.51.100.1"
FORGETS = 0.8
"""Seconds of silence after which the NAT forgets; real ones take half a minute or more."""
HOME = Cable("client", "eth1", ("10.1.0.2/24",), loss=0.002, outside=OUTSIDE, forgets_after=FORGETS)
SERVER = Cable("server", "eth0", ("10.9.0.2/24",), delay=0.002, rate=50e6)


def story(world: World) -> Seen:
    """A file is fetched, then nothing is said for longer than the NAT remembers, then it is fetched again."""
    world.plug(HOME, SERVER)
    world.serve("10.9.0.2")
    world.download("10.9.0.2")
    world.when(1.0, "quic", "tcp")
    world.idle(FORGETS * 1.5)
    world.mark("network", "the file is asked for again")
    world.fetch()
    seen = world.finish()
    for line in seen.said("network", "rebound"):
        text = f"the NAT gives {line['inside'][0]} another port for {line['protocol']}: {line['port']}"
        seen.mark(line["since"], "network", text)
    return seen


@expect("The server sees the client at another port of the same host, and follows there", "9.3-01", "9.3-02")
def server_follows_the_port(seen: Seen) -> Answer:
    """One move, to the NAT's host, with another port than that of the handshake."""
    first = next(str(one.remote) for one in seen.datagrams("server"))
    moved = [mark.remote for mark in seen.paths("server", "moved")]
    held = bool(moved) and all(host_of(one) == OUTSIDE and one != first for one in moved)
    return Answer(held, f"from {first} to {', '.join(moved) or 'nowhere'}")


@expect("The client hears nothing of it: it has one path, and its packets keep their connection ID", "9.5-06")
def client_stays(seen: Seen) -> Answer:
    """The ban on reusing an ID binds those who send from another address, and the client does not."""
    moved = seen.paths("client", "moved")
    used = {one.destination.hex() for one in seen.packets("client", True)}
    return Answer(not moved and len(used) == 1, f"moves: {len(moved)}, connection IDs: {len(used)}")


SCENARIO = Scenario(
    "nat-rebinding-after-idling",
    "A NAT forgets an idle connection, which comes back from another port",
    story,
    (
        server_follows_the_port,
        client_stays,
        checks.new_addresses_are_challenged(OUTSIDE),
        checks.limit_is_kept(),
        checks.download_is_complete(),
    ),
)
