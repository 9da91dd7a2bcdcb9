"""The reference and aioquic, as client and server of each other, over real sockets on loopback.

The files have 2 MB and arrive byte for byte equal, although the address of the client changes meanwhile.
"""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path
from typing import Any

import pytest
from aioquic.asyncio.client import connect
from aioquic.asyncio.protocol import QuicConnectionProtocol
from aioquic.asyncio.server import QuicServer, serve
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.events import ConnectionTerminated, QuicEvent, StreamDataReceived
from aioquic.tls import load_pem_private_key, load_pem_x509_certificates
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

from pathproof.reference.connection import PathEvent
from pathproof.reference.hq import ALPN
from pathproof.reference.udp import Client, Download, Server, download

SIZE = 2_000_000
MOST = 1 << 24


def aioquic_configuration(is_client: bool, **more: Any) -> QuicConfiguration:
    """Limits that let a whole file go."""
    made = QuicConfiguration(
        is_client=is_client, alpn_protocols=[ALPN], max_data=MOST, max_stream_data=MOST, **more
    )
    if is_client:
        made.verify_mode, made.server_name = ssl.CERT_NONE, "localhost"
    else:
        made.certificate = load_pem_x509_certificates(CERTIFICATE)[0]
        made.private_key = load_pem_private_key(KEY)  # type: ignore[assignment]
    return made


# The reference as client.


def aioquic_serving(data: bytes, seen: list[Any]) -> Any:
    """A protocol of aioquic's server: whatever is asked for, the answer is `data`."""

    class Serving(QuicConnectionProtocol):
        def quic_event_received(self, event: QuicEvent) -> None:
            seen.append(event)
            if isinstance(event, StreamDataReceived) and event.end_stream:
                self._quic.send_stream_data(event.stream_id, data, end_stream=True)

    return Serving


async def from_aioquic(data: bytes, kinds: str, out: Path, retry: bool) -> tuple[Download, list[Any]]:
    """Fetch `data` from aioquic's server, and move meanwhile."""
    seen: list[Any] = []
    server: QuicServer = await serve(
        HOST,
        0,
        configuration=aioquic_configuration(is_client=False),
        create_protocol=aioquic_serving(data, seen),
        retry=retry,
    )
    transport: Any = server._transport
    client = Client(of_client(), transport.get_extra_info("sockname")[:2])
    moves = spread(len(data), kinds)
    result = await download(client, ["/file"], out, moves)
    client.close()
    while not isinstance(seen[-1], ConnectionTerminated):  # which comes when draining is over
        await asyncio.sleep(0.01)
    server.close()
    return result, seen


@pytest.mark.parametrize(("kinds", "retry"), [("", True), ("mmmm", False), ("rrr", False), ("mrmrm", True)])
def test_the_reference_fetches_from_aioquic(kinds: str, retry: bool, tmp_path: Path) -> None:
    """aioquic's server follows every migration and rebinding, and the file is whole."""
    data = folder_with(tmp_path, SIZE)
    fetching = from_aioquic(data, kinds, tmp_path / "out", retry)
    result, seen = asyncio.run(asyncio.wait_for(fetching, LIMIT))
    assert (result.is_complete, result.moves, result.not_made) == (True, len(kinds), [])
    assert (tmp_path / "out" / "file").read_bytes() == data
    assert len(result.paths) == 1 + kinds.count("m")
    assert result.path_events["validated"] == kinds.count("m")
    assert (seen[-1].error_code, seen[-1].frame_type) == (0, None)


# The reference as server.


class Fetching(QuicConnectionProtocol):
    """A client of aioquic, which can go on from another socket."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.received = bytearray()
        self.done = asyncio.Event()
        self.transports: list[Any] = []

    def connection_made(self, transport: Any) -> None:
        """Another socket takes the place of the former one."""
        super().connection_made(transport)
        self.transports.append(transport)

    def quic_event_received(self, event: QuicEvent) -> None:
        if isinstance(event, StreamDataReceived):
            self.received += event.data
            if event.end_stream:
                self.done.set()
        elif isinstance(event, ConnectionTerminated):
            self.done.set()

    async def move(self, to_new_id: bool) -> None:
        """Send from another port: with another connection ID, or as behind a NAT."""
        if to_new_id:
            self._quic.change_connection_id()
        loop = asyncio.get_running_loop()
        await loop.create_datagram_endpoint(lambda: self, local_addr=("::", 0))
        self.transports[-2].close()
        self._quic.send_ping(len(self.transports))
        self.transmit()


async def to_aioquic(server: Server, kinds: str) -> bytes:
    """Fetch the file with aioquic's client, and move meanwhile."""
    configuration = aioquic_configuration(is_client=True)
    host, port = server.addresses[0]
    async with connect(host, port, configuration=configuration, create_protocol=Fetching) as made:
        assert isinstance(made, Fetching)
        stream = made._quic.get_next_available_stream_id()
        made._quic.send_stream_data(stream, b"GET /file\r\n", end_stream=True)
        made.transmit()
        for move in spread(SIZE, kinds):
            while len(made.received) < move.after:
                await asyncio.sleep(0.001)
            await made.move(to_new_id=not move.is_rebinding)
        await made.done.wait()
    made.transports[-1].close()
    return bytes(made.received)


@pytest.mark.parametrize("kinds", ["", "mmmm", "rrr", "mrmrm"])
def test_aioquic_fetches_from_the_reference(kinds: str, tmp_path: Path) -> None:
    """Our server follows aioquic's client to every address and validates it; the file is whole."""
    data = folder_with(tmp_path, SIZE)
    told: list[Any] = []

    async def run() -> bytes:
        server = Server(of_server(), tmp_path, [(HOST, 0)], lambda connection, event: told.append(event))
        try:
            return await asyncio.wait_for(to_aioquic(server, kinds), LIMIT)
        finally:
            server.close()

    assert asyncio.run(run()) == data
    moved, validated = (
        [event.path.remote for event in told if isinstance(event, PathEvent) and event.what == what]
        for what in ("moved", "validated")
    )
    assert len(moved) == len(set(moved)) == len(kinds)
    assert set(validated) == set(moved)
