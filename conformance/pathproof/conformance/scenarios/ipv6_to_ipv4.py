"""A client loses its IPv6 address, and goes on over IPv4 to the server's preferred address."""

from __future__ import annotations

from pathproof.conformance.events import OtherFrame
from pathproof.conformance.scenarios.engine import checks
from pathproof.conformance.scenarios.engine.expectation import Answer, expect
from pathproof.conformance.scenarios.engine.links import Cable
from pathproof.conformance.scenarios.engine.machines import QUIC_PORT
from pathproof.conformance.scenarios.engine.running import Scenario
from pathproof.conformance.scenarios.engine.seen import Passed, Seen, host_of
from pathproof.conformance.scenarios.engine.world import World

CLIENT = Cable("client", "wlan0", ("10.1.0.2/24", "fd01::2/64"), loss=0.002)
SERVER = Cable("server", "eth0", ("10.9.0.2/24", "fd09::2/64"), delay=0.002, rate=50e6)
FOUR, SIX = SERVER.hosts


def story(world: World) -> Seen:
    """The connection begins over IPv6; the server has named an IPv4 address, too, which is what is left."""
    world.plug(CLIENT, SERVER)
    world.serve(SIX, preferred=(FOUR, QUIC_PORT))
    world.download(SIX)
    world.when(0.4)
    world.lose("wlan0", 6)
    return world.finish()


@expect(
    "The client goes on toward the preferred address of the family that it still has", "9.6.3-06", "9.6.1-02"
)
def client_takes_the_preferred_address(seen: Seen) -> Answer:
    """Until its IPv6 address is lost it stays, for the server prefers no address of that family."""
    used = list(dict.fromkeys(host_of(one.remote) for one in seen.packets("client", True)))
    return Answer(used == [SIX, FOUR], f"1-RTT packets to {', '.join(used)}")


@expect(
    "The server sends no data from there before it has validated the path",
    "9.6.2-03",
    "9.6.2-05",
)
def server_waits_for_the_validation(seen: Seen) -> Answer:
    """Packets with data leave from the preferred address after the path from it is validated."""
    validated = [mark.at for mark in seen.paths("server", "validated") if host_of(mark.local) == FOUR]
    first = [one.at for one in seen.packets("server", True) if host_of(one.local) == FOUR and _has_data(one)]
    held = bool(validated and first) and first[0] >= validated[0]
    shown = f"validated at {validated[0]:.2f} s, " if validated else "never validated, "
    return Answer(held, shown + (f"first data at {first[0]:.2f} s" if first else "no data"))


def _has_data(one: Passed) -> bool:
    return any(isinstance(frame, OtherFrame) and frame.name == "stream" for frame in one.packet.frames)


SCENARIO = Scenario(
    "ipv6-to-ipv4",
    "IPv6 is lost during a download, and IPv4 takes over",
    story,
    (
        client_takes_the_preferred_address,
        server_waits_for_the_validation,
        checks.client_goes_on_from("10.1.0.2"),
        checks.new_addresses_are_challenged("10.1.0.2"),
        checks.no_id_is_used_on_two_paths(),
        checks.limit_is_kept(),
        checks.download_is_complete(),
    ),
)
