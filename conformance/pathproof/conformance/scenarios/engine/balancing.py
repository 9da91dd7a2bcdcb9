"""The deployment of both scenarios with a balancer: two QUIC servers behind one address."""

from __future__ import annotations

from pathproof.conformance.scenarios.engine.links import Cable
from pathproof.conformance.scenarios.engine.machines import QUIC_PORT
from pathproof.conformance.scenarios.engine.seen import Seen
from pathproof.conformance.scenarios.engine.world import World

WIFI = Cable("client", "wlan0", ("10.1.0.2/24",))
CELLULAR = Cable("client", "wwan0", ("10.2.0.2/24",), delay=0.03, metric=200)
SERVER = Cable("server", "eth0", ("10.9.0.2/24",), delay=0.002, rate=50e6)
HOST = SERVER.hosts[0]
PORTS = {"a": 5001, "b": 5002}
IDS = {"a": b"\x0a", "b": b"\x0b"}


def balanced(world: World, by_id: bool) -> None:
    """Start two servers on loopback, each with its own key for resets, and the balancer in front of them.

    TCP has no balancer: its server listens at the balancer's address, so that what is measured of it is what
    the change of the address does.
    """
    for name, port in PORTS.items():
        routable = IDS[name] if by_id else b""
        world.serve_quic(f"server-{name}", ["127.0.0.1"], port, server_id=routable)
    world.serve_tcp([HOST])
    servers = [(name, "127.0.0.1", port, IDS[name].hex()) for name, port in PORTS.items()]
    asked = {"host": HOST, "port": QUIC_PORT, "servers": servers, "by_id": by_id}
    world.start("balancer", "server", "balancer", asked)


def one_server_each(seen: Seen) -> dict[str, str]:
    """The server that the balancer chose last for each address of the client.

    Initial packets may go elsewhere than what follows them: their connection IDs are the client's own making.
    """
    return {line["client"][0]: line["server"] for line in seen.said("balancer", "routed")}


def shown(servers: dict[str, str]) -> str:
    """Which address is served where, in words.

    >>> shown({"10.1.0.2": "a", "10.2.0.2": "b"})
    '10.1.0.2 at server a, 10.2.0.2 at server b'
    """
    return ", ".join(f"{client} at server {server}" for client, server in servers.items())
