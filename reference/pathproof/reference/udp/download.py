"""A download that moves: files over one connection, while the client changes its address."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pathproof.reference.connection import Ended, PathEvent
from pathproof.reference.hq import Fetched, Fetcher
from pathproof.reference.streams import Streams
from pathproof.reference.udp.client import Client
from pathproof.reference.udp.moves import Move, Mover

QUIET = 0.5
"""Seconds after which a client that hears nothing asks: its server may have lost it (RFC 9000 10.1.2)."""


@dataclass(slots=True)
class Download:
    """How it went.

    Attributes
    ----------
    files
        Each file that was asked for, and whether it is there.
    seconds
        From the first datagram to the last byte.
    moves
        Migrations and rebindings that were made.
    not_made
        Moves that were not: fewer bytes came, or they were refused.
    refused
        Why a move was refused.
    paths
        Pairs of addresses that the connection was on, in their order.
    path_events
        How often a path was validated, moved to and so on.
    ended
        Why the connection ended before all files were there, if it did.
    """

    files: list[Fetched] = field(default_factory=list)
    seconds: float = 0.0
    moves: int = 0
    not_made: list[str] = field(default_factory=list)
    refused: str = ""
    paths: list[str] = field(default_factory=list)
    path_events: Counter[str] = field(default_factory=Counter)
    ended: Ended | None = None

    @property
    def received(self) -> int:
        """Bytes of files that have come."""
        return sum(one.size for one in self.files)

    @property
    def is_complete(self) -> bool:
        """Whether every file is there."""
        return all(one.is_complete for one in self.files)


async def download(
    client: Client,
    paths: Sequence[str],
    out: Path | None = None,
    moves: Sequence[Move] = (),
    told: Callable[[Download], None] = lambda sofar: None,
    quiet: float = QUIET,
    fetches: Callable[[Streams, Sequence[str], Path | None], Fetcher] = Fetcher,
) -> Download:
    """Fetch files over the client's connection, and move meanwhile.

    `told` hears how it goes whenever something has come. `fetches` makes what asks for the files, for another
    application protocol than hq-interop. The connection stays open, unless it has ended.
    """
    connection, began = client.connection, client.runner.now
    fetcher, mover = fetches(connection.streams, paths, out), Mover(client, tuple(moves))
    result = Download(fetcher.files, paths=[str(connection.paths.current)])
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def progress() -> None:
        if done.done():
            return
        if connection.was_complete:
            fetcher.work()
            mover.work(fetcher.received)
        while connection.events:
            _note(result, connection.events.popleft())
        if result.ended is not None:
            fetcher.close(f"the connection ended: {result.ended.cause}")
        result.seconds, result.moves = client.runner.now - began, mover.made
        told(result)
        if fetcher.is_done:
            done.set_result(None)

    client.on_progress = progress
    client.runner.flush()
    asking = asyncio.create_task(_ask_when_quiet(client, fetcher, quiet))
    try:
        await asyncio.wait((done, client.runner.failure), return_when=asyncio.FIRST_COMPLETED)
        if client.runner.failure.done():
            await client.runner.failure
    finally:
        asking.cancel()
        fetcher.close("it was given up")
        client.on_progress = lambda: None
    result.not_made, result.refused = [str(move) for move in mover.waiting], mover.refused
    return result


async def _ask_when_quiet(client: Client, fetcher: Fetcher, quiet: float) -> None:
    """A NAT that rebinds while the client only listens cuts it off, until it says something."""
    before = -1
    while True:
        await asyncio.sleep(quiet)
        if fetcher.received == before:
            client.ping()
        before = fetcher.received


def _note(result: Download, event: object) -> None:
    if isinstance(event, PathEvent):
        result.path_events[event.what] += 1
        if event.what in ("moved", "reverted"):
            result.paths.append(str(event.path))
    elif isinstance(event, Ended):
        result.ended = event
