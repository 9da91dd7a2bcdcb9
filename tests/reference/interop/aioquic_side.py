"""aioquic as a program: a server of hq-interop, and a client that moves by its own.

`python -m tests.reference.interop.aioquic_side serve ROOT HOST PORT CERTIFICATE KEY` runs until it is ended.
`… get HOST PORT SIZE KINDS` fetches `/file`, moves meanwhile, and prints a line of JSON.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import ssl
import sys
import time
from pathlib import Path
from typing import Any

from aioquic.asyncio.client import connect
from aioquic.asyncio.protocol import QuicConnectionProtocol
from aioquic.asyncio.server import serve
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.events import ConnectionTerminated, QuicEvent, StreamDataReceived
from tests.reference.udp.transfer import spread

from pathproof.reference.hq import ALPN, file_of

MOST = 1 << 24
"""Bytes that a peer may be ahead, on each stream and on all."""


def configuration(is_client: bool, **more: Any) -> QuicConfiguration:
    """Limits that let a whole file go, and a client that trusts whoever answers."""
    made = QuicConfiguration(
        is_client=is_client, alpn_protocols=[ALPN], max_data=MOST, max_stream_data=MOST, **more
    )
    if is_client:
        made.verify_mode, made.server_name = ssl.CERT_NONE, "localhost"
    return made


def serving(root: Path) -> type[QuicConnectionProtocol]:
    """A protocol of aioquic's server that answers with the files below `root`."""

    class Serving(QuicConnectionProtocol):
        def quic_event_received(self, event: QuicEvent) -> None:
            if isinstance(event, StreamDataReceived) and event.end_stream:
                data = file_of(root, event.data).read_bytes()
                self._quic.send_stream_data(event.stream_id, data, end_stream=True)

    return Serving


class Fetching(QuicConnectionProtocol):
    """A client of aioquic, which can go on from another socket."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.received, self.datagrams, self.parts = 0, 0, list[bytes]()
        self.done = asyncio.Event()
        self.transports: list[Any] = []

    def connection_made(self, transport: Any) -> None:
        """Another socket takes the place of the former one."""
        super().connection_made(transport)
        self.transports.append(transport)

    def datagram_received(self, data: bytes | str, addr: Any) -> None:
        """A datagram has come."""
        self.datagrams += 1
        super().datagram_received(data, addr)

    def quic_event_received(self, event: QuicEvent) -> None:
        """Count what has come."""
        if isinstance(event, StreamDataReceived):
            self.received += len(event.data)
            self.parts.append(event.data)
            if event.end_stream:
                self.done.set()
        elif isinstance(event, ConnectionTerminated):
            self.done.set()

    @property
    def digest(self) -> str:
        """The SHA-256 of what has come; made at the end, so that it takes no time from the transfer."""
        return hashlib.sha256(b"".join(self.parts)).hexdigest()

    async def move(self, to_new_id: bool) -> None:
        """Send from another port: with another connection ID, or as behind a NAT."""
        if to_new_id:
            self._quic.change_connection_id()
        loop = asyncio.get_running_loop()
        await loop.create_datagram_endpoint(lambda: self, local_addr=("::", 0))
        self.transports[-2].close()
        self._quic.send_ping(len(self.transports))
        self.transmit()


async def get(host: str, port: int, size: int, kinds: str) -> Fetching:
    """Fetch `/file`, which has `size` bytes, and move meanwhile."""
    settings = configuration(is_client=True)
    async with connect(host, port, configuration=settings, create_protocol=Fetching) as made:
        assert isinstance(made, Fetching)
        stream = made._quic.get_next_available_stream_id()
        made._quic.send_stream_data(stream, b"GET /file\r\n", end_stream=True)
        made.transmit()
        for move in spread(size, kinds):
            while made.received < move.after:
                await asyncio.sleep(0.001)
            await made.move(to_new_id=not move.is_rebinding)
        await made.done.wait()
    made.transports[-1].close()
    return made


async def main(verb: str, *words: str) -> None:
    """Serve until the process is ended, or fetch and say how it went."""
    if verb == "serve":
        root, host, port, certificate, key = words
        settings = configuration(is_client=False)
        settings.load_cert_chain(certificate, key)
        await serve(host, int(port), configuration=settings, create_protocol=serving(Path(root)))
        await asyncio.Event().wait()
    host, port, size, kinds = words
    began = time.perf_counter()
    got = await get(host, int(port), int(size), kinds)
    seconds = time.perf_counter() - began
    told = {"received": got.received, "seconds": seconds, "datagrams": got.datagrams}
    print(json.dumps({**told, "sha256": got.digest}))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
