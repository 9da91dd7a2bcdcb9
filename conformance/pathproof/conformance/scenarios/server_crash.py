"""A server loses its power and starts again; it tells its client by a stateless reset."""

from __future__ import annotations

from pathproof.conformance.scenarios.engine import checks
from pathproof.conformance.scenarios.engine.expectation import Answer, expect
from pathproof.conformance.scenarios.engine.links import Cable
from pathproof.conformance.scenarios.engine.running import Scenario
from pathproof.conformance.scenarios.engine.seen import Seen
from pathproof.conformance.scenarios.engine.world import World

CLIENT = Cable("client", "wlan0", ("10.1.0.2/24",))
SERVER = Cable("server", "eth0", ("10.9.0.2/24",), delay=0.002, rate=50e6)
KEY = bytes(range(32))
"""From which both lives of the server make the tokens of their resets."""


def story(world: World) -> Seen:
    """Power fails at 40 percent; both servers start again at once, and know of no connection."""
    world.plug(CLIENT, SERVER)
    world.serve_quic("server", SERVER.hosts, reset_key=KEY)
    world.serve_tcp(SERVER.hosts, forgets=True)
    world.download(SERVER.hosts[0])
    world.when(0.4)
    world.power_fails("eth0", "quic-server", "tcp-server")
    world.serve_quic("server-again", SERVER.hosts, reset_key=KEY)
    world.serve_tcp(SERVER.hosts)
    world.ready()
    world.mark("network", "both servers run again, with the same key for resets")
    return world.finish()


@expect(
    "The client learns by a stateless reset that its connection is gone", "10.3-05", "10.3.1-04", "10.3.2-01"
)
def client_is_reset(seen: Seen) -> Answer:
    """It ends, and the cause is the reset; the time is that of the first byte that is missed."""
    ended = seen.said("quic-client", "ended")
    outcome = ended[0]["outcome"] if ended else "nothing"
    return Answer(outcome == "reset", f"ended by {outcome}, after {seen.quic.stalled:.2f} s without data")


@expect("Each reset is smaller than the packet that it answers", "10.3.3-01", "10.3-18")
def resets_are_smaller(seen: Seen) -> Answer:
    """What the second life of the server sent, beside what it answered."""
    sizes = seen.resets("server-again")
    shown = ", ".join(f"{answer} for {trigger}" for trigger, answer in sizes[:4])
    return Answer(
        bool(sizes) and all(answer < trigger for trigger, answer in sizes), f"bytes: {shown or 'none'}"
    )


@expect("After the reset the client sends nothing more on the connection", "10.3.1-11")
def client_is_silent(seen: Seen) -> Answer:
    """Datagrams that leave after the client's end."""
    ended = seen.said("quic-client", "ended")
    at = ended[0]["at"] if ended else float("inf")
    later = [one for one in seen.datagrams("client") if one.sent and one.time / 1000 > at]
    return Answer(bool(ended) and not later, f"{len(later)} datagrams after it ended")


SCENARIO = Scenario(
    "server-crash",
    "A server loses its power and starts again: its client learns by a stateless reset",
    story,
    (client_is_reset, resets_are_smaller, client_is_silent, checks.handshake_gave_a_token()),
)
