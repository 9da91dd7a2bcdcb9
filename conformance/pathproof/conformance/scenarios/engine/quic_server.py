"""The QUIC server of a run; `python -m pathproof.conformance.scenarios.engine.quic_server PLAN`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from pathproof.conformance.scenarios.engine.child import Line, Orders, plan, say
from pathproof.conformance.scenarios.engine.routing import ROUTING
from pathproof.conformance.scenarios.engine.watch import Watch
from pathproof.reference.connection import Configuration
from pathproof.reference.handshake import Settings
from pathproof.reference.hq import ALPN
from pathproof.reference.migration import Address
from pathproof.reference.udp import Server, self_signed

POLL = 0.01


def configuration(asked: Line) -> Configuration:
    """How the server is set up: with a certificate of its own, and a preferred address if that is wanted."""
    preferred: Address | None = tuple(asked["preferred"]) if asked["preferred"] else None
    tls = Settings((ALPN,), *self_signed(["server"]))
    return Configuration(tls, preferred_ipv4=preferred)


async def serve(asked: Line, orders: Orders) -> None:
    """Serve until nobody orders anything any more."""
    server = Server(
        configuration(asked),
        Path(asked["root"]),
        [(host, asked["port"]) for host in asked["hosts"]],
        observer=Watch(Path(asked["watch"]), "server"),
        reset_key=bytes.fromhex(asked["reset_key"]),
        routing=ROUTING if asked["server_id"] else None,
        server_id=bytes.fromhex(asked["server_id"]),
    )
    say("ready")
    try:
        while not orders.is_over:
            orders.take()
            await asyncio.sleep(POLL)
            if server.runner.failure.done():
                await server.runner.failure
    finally:
        server.close()


def main() -> None:
    """Read the plan, and be the server."""
    asyncio.run(serve(plan(), Orders()))


if __name__ == "__main__":
    main()
