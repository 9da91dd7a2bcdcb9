"""The reference as server of other stacks' clients: ngtcp2's, which migrates by itself and rebinds.

aioquic's client is in test_aioquic.py.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.reference.interop import facts, h3
from tests.reference.interop.judged import judged, theirs
from tests.reference.interop.programs import END, ended, program, running
from tests.reference.udp.transfer import CERTIFICATE, HOST, KEY, folder_with

from pathproof.conformance.events import Datagram, Packet, shown
from pathproof.conformance.watched import Watched
from pathproof.reference.connection import Configuration, Connection, PathEvent
from pathproof.reference.handshake import Settings

CLIENT = "gtlsclient"
SIZE = 4_000_000
LIMIT = 20.0
MOVES = {
    "steady": [],
    "migration": ["--change-local-addr=40ms"],
    "rebinding": ["--change-local-addr=40ms", "--nat-rebinding", "--delay-stream=150ms"],
}
"""What its client does after the handshake. Behind a NAT that rebinds, one that only listens is cut off until
it says something (RFC 9000 10.1.2), and ngtcp2's says nothing by itself: it asks for the file after that."""


@dataclass
class Served:
    """What the server heard of its client."""

    watched: Watched = field(default_factory=lambda: Watched("server"))
    told: list[object] = field(default_factory=list)

    def hear(self, connection: Connection, event: object) -> None:
        """An event of a connection, or a file that was served."""
        self.told.append(event)

    def paths(self, what: str) -> list[str]:
        """Addresses of the client that this happened to."""
        events = (event for event in self.told if isinstance(event, PathEvent) and event.what == what)
        return [shown(event.path.remote) for event in events]

    def ids_from(self, remote: str) -> set[object]:
        """The connection IDs that packets from an address bore."""
        numbers = {e.number for e in self.watched.events if isinstance(e, Datagram) and e.remote == remote}
        packets = (
            e for e in self.watched.events if isinstance(e, Packet) and e.type == "1RTT" and not e.sent
        )
        return {packet.destination for packet in packets if packet.datagram in numbers}

    @property
    def began_at(self) -> str:
        """The address of the client's first datagram."""
        return next(str(event.remote) for event in self.watched.events if isinstance(event, Datagram))


async def serve(root: Path, host: str, options: list[str]) -> tuple[Served, int]:
    """Serve ngtcp2's client, and return its exit status, too."""
    served = Served()
    settings = Configuration(Settings((h3.ALPN,), CERTIFICATE, KEY))
    server = h3.H3Server(settings, root, [(host, 0)], served.hear, observer=served.watched)
    port = str(server.addresses[0][1])
    quiet = [
        "-q",
        "--no-quic-dump",
        "--no-http-dump",
        "--exit-on-all-streams-close",
        f"--download={root / 'out'}",
    ]
    (root / "out").mkdir()
    try:
        with running(
            [CLIENT, *quiet, *options, host, port, f"https://localhost:{port}/file"], root
        ) as client:
            status = await ended(client, LIMIT)
        until = server.runner.now + END
        while server.connections and server.runner.now < until:
            await asyncio.sleep(0.01)  # until its CONNECTION_CLOSE has come
        assert not server.runner.failure.done()
        return served, status
    finally:
        server.close()


@pytest.mark.skipif(
    program(CLIENT) is None, reason=f"{CLIENT} is not installed: apt-get install ngtcp2-client"
)
@pytest.mark.parametrize("host", [HOST, "::1"])
@pytest.mark.parametrize("kind", MOVES)
def test_ngtcp2_fetches_from_the_reference(
    kind: str, host: str, tmp_path: Path, record_property: facts.Record
) -> None:
    """Our server follows the client to its new address and validates it; the file is whole."""
    data = folder_with(tmp_path, SIZE)
    served, status = asyncio.run(serve(tmp_path, host, MOVES[kind]))
    assert (status, (tmp_path / "out" / "file").read_bytes() == data) == (0, True)
    moved = served.paths("moved")
    assert len(moved) == (0 if kind == "steady" else 1)
    assert set(moved) <= set(served.paths("validated"))
    if (
        moved
    ):  # a client that migrates takes another connection ID (9.5-02); one behind a NAT knows of nothing
        before, after = served.ids_from(served.began_at), served.ids_from(moved[0])
        assert before and after and before.isdisjoint(after) == (kind == "migration")
    breaches = theirs(judged(served.watched)) or "none"
    facts.tell(
        record_property,
        f"ngtcp2   client at {host}, {kind}: {len(moved)} moves followed, breaches: {breaches}",
    )
