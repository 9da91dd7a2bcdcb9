"""A download of the reference from a server of any stack, with moves, and watched by the judge."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.reference.interop import h3
from tests.reference.interop.stacks import Stack
from tests.reference.udp.transfer import HOST

from pathproof.conformance.watched import Watched
from pathproof.reference.connection import Configuration, PathEvent
from pathproof.reference.frames import PathChallenge
from pathproof.reference.handshake import Settings
from pathproof.reference.hq import Fetcher
from pathproof.reference.migration import Address
from pathproof.reference.observer import PacketSeen, Sight
from pathproof.reference.udp import Client, Download, Move, download

ELSEWHERE = "127.0.0.2"
"""Another address of every machine with Linux."""
WINDOW = 1 << 16
"""Bytes that a server may be ahead: few, so that a file is not over before a path is validated."""
SETTLED = 2.0
"""Seconds after the last byte for what is still under way: the validation of the last path."""


@dataclass
class Fetching:
    """A download, and what our end saw of it.

    `challenged` are the moves, from 1, after which PATH_CHALLENGE came: the server found the new address.
    """

    result: Download = field(default_factory=Download)
    watched: Watched = field(default_factory=lambda: Watched("client"))
    challenged: set[int] = field(default_factory=set)
    is_watched: bool = True

    def __call__(self, sight: Sight) -> None:
        """Take in what our endpoint tells."""
        if self.is_watched:
            self.watched(sight)
        if self.result.moves and is_challenge(sight):
            self.challenged.add(self.result.moves)

    def told(self, now: Download) -> None:
        """How far the download is."""
        self.result = now


async def fetch(
    stack: Stack,
    server: Address,
    out: Path,
    moves: Sequence[Move] = (),
    limit: float = 20.0,
    settled: float = SETTLED,
    is_watched: bool = True,
    window: int = WINDOW,
) -> Fetching:
    """Fetch `/file` and move meanwhile; it is not complete if it takes longer than `limit` seconds.

    The server may be ahead by `window` bytes. The judge has nothing to see unless `is_watched`.
    """
    tls = Settings((stack.alpn,), server_name="localhost", verify=False)
    settings = Configuration(tls, connection_ids=stack.connection_ids, max_stream_data=window)
    got = Fetching(is_watched=is_watched)
    client = Client(settings, server, observer=got)
    fetches = h3.fetcher if stack.alpn == h3.ALPN else Fetcher
    fetching = download(client, ["/file"], out, moves, told=got.told, fetches=fetches)
    try:
        await asyncio.wait_for(fetching, limit)
        await _settle(client, got, settled)
    except TimeoutError:
        pass  # the file is not complete, and that is what is told
    finally:
        client.close()
    late = [event.what for event in client.connection.events if isinstance(event, PathEvent)]
    got.result.path_events.update(late)
    return got


async def _settle(client: Client, got: Fetching, most: float) -> None:
    """Wait until the path in use is validated on both sides."""
    until = client.runner.now + most
    while client.connection.ending.is_open and client.runner.now < until:
        if client.connection.paths.current.is_validated and len(got.challenged) == got.result.moves:
            return
        await asyncio.sleep(0.01)


def is_challenge(sight: Sight) -> bool:
    """Whether PATH_CHALLENGE has come."""
    if not isinstance(sight, PacketSeen) or sight.sent:
        return False
    return any(isinstance(frame, PathChallenge) for frame in sight.frames)


def moves_of(size: int, kinds: str, home: str = HOST) -> list[Move]:
    """Moves at even distances in a download of `size` bytes.

    `m` migrates to another port, `a` to another address, `h` back to the first address, and `r` rebinds.
    """
    hosts = {"a": (ELSEWHERE, 0), "h": (home, 0)}
    return [
        Move(size * (at + 1) // (len(kinds) + 1), hosts.get(kind), is_rebinding=kind == "r")
        for at, kind in enumerate(kinds)
    ]


def sha256(path: Path) -> str:
    """The digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
