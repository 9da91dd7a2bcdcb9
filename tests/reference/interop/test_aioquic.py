"""The reference and aioquic, as client and server of each other, over real sockets on loopback.

The files have 2 MB and arrive byte for byte equal, although the address of the client changes meanwhile. Both
run in one process, so that it is seen what aioquic hears; as a program of its own it is in test_servers.py.
"""

from __future__ import annotations

import asyncio
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from aioquic.asyncio.protocol import QuicConnectionProtocol
from aioquic.asyncio.server import QuicServer, serve
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.events import ConnectionTerminated, QuicEvent
from aioquic.tls import load_pem_private_key, load_pem_x509_certificates
from tests.reference.interop import facts
from tests.reference.interop.aioquic_side import Fetching, configuration, get, serving
from tests.reference.interop.judged import judged, theirs
from tests.reference.udp.transfer import (
    CERTIFICATE,
    HOST,
    KEY,
    LIMIT,
    folder_with,
    of_client,
    of_server,
    spread,
)

from pathproof.conformance.watched import Watched
from pathproof.reference.connection import PathEvent
from pathproof.reference.udp import Client, Download, Server, download

SIZE = 2_000_000


def told(record: facts.Record, role: str, kinds: str, watched: Watched) -> None:
    """Our side keeps every rule; what aioquic broke is shown."""
    facts.tell(
        record, f"aioquic  {role}, moves {kinds or 'none'}, breaches: {theirs(judged(watched)) or 'none'}"
    )


def of_aioquic_server() -> QuicConfiguration:
    """With the certificate of the tests."""
    made = configuration(is_client=False)
    made.certificate = load_pem_x509_certificates(CERTIFICATE)[0]
    made.private_key = load_pem_private_key(KEY)
    return made


# The reference as client.


def noting(root: Path, seen: list[Any]) -> type[QuicConnectionProtocol]:
    """A protocol of aioquic's server that notes its events."""

    class Noting(serving(root)):  # type: ignore[misc]
        def quic_event_received(self, event: QuicEvent) -> None:
            seen.append(event)
            super().quic_event_received(event)

    return Noting


async def from_aioquic(root: Path, kinds: str, retry: bool, watched: Watched) -> tuple[Download, list[Any]]:
    """Fetch the file from aioquic's server, and move meanwhile."""
    seen: list[Any] = []
    server: QuicServer = await serve(
        HOST,
        0,
        configuration=of_aioquic_server(),
        create_protocol=noting(root, seen),
        retry=retry,
    )
    transport: Any = server._transport
    client = Client(of_client(), transport.get_extra_info("sockname")[:2], observer=watched)
    result = await download(client, ["/file"], root / "out", spread(SIZE, kinds))
    client.close()
    while not isinstance(seen[-1], ConnectionTerminated):  # which comes when draining is over
        await asyncio.sleep(0.01)
    server.close()
    return result, seen


@pytest.mark.parametrize(("kinds", "retry"), [("", True), ("mmmm", False), ("rrr", False), ("mrmrm", True)])
def test_the_reference_fetches_from_aioquic(
    kinds: str, retry: bool, tmp_path: Path, record_property: facts.Record
) -> None:
    """aioquic's server follows every migration and rebinding, and the file is whole."""
    data, watched = folder_with(tmp_path, SIZE), Watched("client")
    fetching = from_aioquic(tmp_path, kinds, retry, watched)
    result, seen = asyncio.run(asyncio.wait_for(fetching, LIMIT))
    assert (result.is_complete, result.moves, result.not_made) == (True, len(kinds), [])
    assert (tmp_path / "out" / "file").read_bytes() == data
    assert len(result.paths) == 1 + kinds.count("m")
    assert result.path_events["validated"] == kinds.count("m")
    assert (seen[-1].error_code, seen[-1].frame_type) == (0, None)
    told(record_property, "server in one process", kinds, watched)


# The reference as server.


@pytest.mark.parametrize("kinds", ["", "mmmm", "rrr", "mrmrm"])
def test_aioquic_fetches_from_the_reference(
    kinds: str, tmp_path: Path, record_property: facts.Record
) -> None:
    """Our server follows aioquic's client to every address and validates it; the file is whole."""
    data, watched = folder_with(tmp_path, SIZE), Watched("server")
    heard: list[Any] = []

    async def run() -> Fetching:
        server = Server(
            of_server(),
            tmp_path,
            [(HOST, 0)],
            lambda connection, event: heard.append(event),
            observer=watched,
        )
        try:
            return await asyncio.wait_for(get(*server.addresses[0], SIZE, kinds), LIMIT)
        finally:
            server.close()

    got = asyncio.run(run())
    assert (got.received, got.digest) == (SIZE, sha256(data).hexdigest())
    moved, validated = (
        [event.path.remote for event in heard if isinstance(event, PathEvent) and event.what == what]
        for what in ("moved", "validated")
    )
    assert len(moved) == len(set(moved)) == len(kinds)
    assert set(validated) == set(moved)
    told(record_property, "client", kinds, watched)
