"""A load balancer of UDP in front of several servers, by addresses alone or by routable connection IDs.

Each client's address has a socket of its own toward the servers, so that an answer finds back, and a server
sees a client that moves as one that moves. By addresses, a hash of the client's host names the server; its
port is left out, so that runs repeat. By connection IDs, their server ID does, and the hash where they have
none (QUIC-LB 4.2, 4.3.1). Run as `python -m pathproof.conformance.scenarios.engine.balancer PLAN`.
"""

from __future__ import annotations

import ipaddress
import selectors
import socket
from dataclasses import dataclass, field

from pathproof.conformance.scenarios.engine.child import Line, Orders, plan, say
from pathproof.conformance.scenarios.engine.observer import destination_of
from pathproof.conformance.scenarios.engine.routing import ROUTING
from pathproof.reference.migration import Address

LARGEST = 65536
BATCH = 64
POLL = 0.05


@dataclass(slots=True)
class Decision:
    r"""Which server a datagram goes to.

    Parameters
    ----------
    servers
        Names of the servers by their server ID, in hexadecimal digits.
    by_id
        Whether connection IDs are looked at.

    Examples
    --------
    >>> decide = Decision({"0a": "a", "0b": "b"}, by_id=True)
    >>> to_b = b"\x40" + ROUTING.encode(b"\x0b", bytes(6))
    >>> decide(to_b, "10.1.0.2"), decide(b"\x40\xff" + bytes(7), "10.1.0.2"), decide(to_b, "10.2.0.2")
    ('b', 'b', 'b')
    >>> Decision({"0a": "a", "0b": "b"}, by_id=False)(to_b, "10.2.0.2")
    'a'
    """

    servers: dict[str, str]
    by_id: bool

    def __call__(self, datagram: bytes, client: str) -> str:
        """The name of the server, for a datagram from this host."""
        if self.by_id and datagram:
            server_id = ROUTING.decode(destination_of(datagram))
            if server_id is not None and server_id.hex() in self.servers:
                return self.servers[server_id.hex()]
        names = list(self.servers.values())
        return names[sum(ipaddress.ip_address(client).packed) % len(names)]


@dataclass(slots=True)
class Balancer:
    """Sockets toward clients and servers, and what goes through them."""

    decide: Decision
    servers: dict[str, Address]
    front: socket.socket
    watching: selectors.BaseSelector
    behind: dict[tuple[Address, str], socket.socket] = field(default_factory=dict)

    def from_client(self) -> None:
        """Pass on what clients have sent."""
        for data, client in _received(self.front):
            name = self.decide(data, client[0])
            self._toward(client, name).sendto(data, self.servers[name])

    def from_server(self, client: Address, server: socket.socket) -> None:
        """Pass on what a server has sent to a client."""
        for data, _ in _received(server):
            self.front.sendto(data, client)

    def _toward(self, client: Address, name: str) -> socket.socket:
        if (client, name) not in self.behind:
            made = _bound(("127.0.0.1", 0))
            self.behind[client, name] = made
            self.watching.register(made, selectors.EVENT_READ, client)
            say("routed", client=list(client), server=name, port=made.getsockname()[1])
        return self.behind[client, name]


def _bound(address: Address) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    made.bind(address)
    made.setblocking(False)
    return made


def _received(source: socket.socket) -> list[tuple[bytes, Address]]:
    found = []
    for _ in range(BATCH):
        try:
            found.append(source.recvfrom(LARGEST))
        except OSError:  # nothing is there, or a server refused what was sent before
            break
    return found


def balance(asked: Line, orders: Orders) -> None:
    """Balance until nobody orders anything any more."""
    watching = selectors.DefaultSelector()
    watching.register(orders.source, selectors.EVENT_READ, "orders")
    front = _bound((asked["host"], asked["port"]))
    watching.register(front, selectors.EVENT_READ, "front")
    servers = {name: (host, port) for name, host, port, _ in asked["servers"]}
    decide = Decision({server_id: name for name, _, _, server_id in asked["servers"]}, asked["by_id"])
    balancer = Balancer(decide, servers, front, watching)
    say("ready")
    while not orders.is_over:
        for key, _ in watching.select(POLL):
            if key.data == "orders":
                orders.take()
            elif key.data == "front":
                balancer.from_client()
            else:
                assert isinstance(key.fileobj, socket.socket)
                balancer.from_server(key.data, key.fileobj)


def main() -> None:
    """Read the plan, and be the balancer."""
    balance(plan(), Orders())


if __name__ == "__main__":
    main()
