"""A download over TCP, measured beside the one over QUIC: a server and a client of plain sockets.

The client asks for a number of bytes on a line and reads so many. Run as
`python -m pathproof.conformance.scenarios.engine.tcp PLAN`.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path

from pathproof.conformance.scenarios.engine.child import Orders, plan, say

PIECE = 1 << 16
TELL_EVERY = 0.02
"""Seconds between two lines about how much has come."""
POLL = 0.01


async def serve(hosts: list[str], port: int, data: bytes, forgets: bool, orders: Orders) -> None:
    """Serve these bytes at these addresses until nobody orders anything any more.

    With `forgets`, the kernel drops what a connection still had to send when the process ends.
    """

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if forgets:
            made = writer.get_extra_info("socket")
            made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        try:
            while line := await reader.readline():
                left = int(line)
                while left:
                    piece = min(left, PIECE)
                    writer.write(data[-left:][:piece])
                    await writer.drain()
                    left -= piece
        except OSError as error:
            say("broken", why=error.strerror)
        writer.close()

    server = await asyncio.start_server(answer, hosts, port)
    say("ready")
    while not orders.is_over:
        orders.take()
        await asyncio.sleep(POLL)
    server.close()


class Downloading:
    """The client's side: `received` bytes so far, told from time to time."""

    def __init__(self) -> None:
        self.received = 0
        self._told = 0.0

    async def fetch(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, size: int) -> bool:
        """Ask for so many bytes and read them; whether all came."""
        writer.write(f"{size}\n".encode())
        left = size
        while left:
            data = await reader.read(min(left, PIECE))
            if not data:
                say("ended", outcome="closed", why="the server's end was closed", bytes=self.received)
                return False
            left -= len(data)
            self.received += len(data)
            self._tell()
        say("progress", bytes=self.received)
        say("fetched", bytes=self.received)
        return True

    def _tell(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._told >= TELL_EVERY:
            self._told = now
            say("progress", bytes=self.received)


async def fetch(host: str, port: int, orders: Orders) -> None:
    """Connect when first asked to, and fetch what is asked for on that one connection."""
    downloading, streams = Downloading(), None
    say("ready")
    while not orders.is_over:
        for order in orders.take():
            try:
                if streams is None:
                    streams = await asyncio.open_connection(host, port)
                    say("connected")
                if not await _watching(downloading.fetch(*streams, order["size"]), orders):
                    return
            except OSError as error:
                say("ended", outcome="reset", why=error.strerror, bytes=downloading.received)
                return
        await asyncio.sleep(POLL)
    if streams is not None:
        streams[1].close()


async def _watching(fetching: Coroutine[None, None, bool], orders: Orders) -> bool:
    """Whether a download came whole; it is given up when nobody orders anything any more."""
    task = asyncio.create_task(fetching)
    while not task.done():
        orders.take()
        if orders.is_over:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            return False
        await asyncio.wait((task,), timeout=POLL)
    return await task


def main() -> None:
    """Read the plan, and be a server or a client."""
    asked = plan()
    if "hosts" in asked:
        data = Path(asked["file"]).read_bytes()
        asyncio.run(serve(asked["hosts"], asked["port"], data, asked["forgets"], Orders()))
    else:
        asyncio.run(fetch(asked["host"], asked["port"], Orders()))


if __name__ == "__main__":
    main()
