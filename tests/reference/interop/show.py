"""A long download that survives ten changes of address, against several stacks: what `make interop` shows."""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.reference.interop.fetching import fetch, is_challenge, moves_of, sha256
from tests.reference.interop.programs import ended, running
from tests.reference.interop.stacks import AIOQUIC, ITSELF, NGTCP2, QUIC_GO, QUINN, Stack, serving
from tests.reference.udp.transfer import HOST, of_server

from pathproof.reference.connection import Connection, PathEvent
from pathproof.reference.migration import Address
from pathproof.reference.observer import DatagramSeen, Sight
from pathproof.reference.udp import Server

KINDS = "mramrhrmar"
"""Ten changes: to another port, to another address and back, and by a NAT that rebinds, in turn."""
BY_ITSELF = "mrmrmrmrmr"
"""The same for a client that is not ours, which stays at one address."""
SERVERS = (ITSELF, AIOQUIC, NGTCP2, QUINN, QUIC_GO)
WINDOW = 1 << 22
"""Bytes that a server may be ahead of our client."""
LIMIT = 180.0
"""Seconds that one download may take."""
HEADER = (
    f"{'stack':<11}{'our role':<10}{'bytes':>12}{'migrations':>12}{'rebindings':>12}"
    f"{'validated by us':>17}{'by it':>7}{'seconds':>9}{'MB/s':>7}  SHA-256 equal"
)


@dataclass(frozen=True)
class Row:
    """How one download went; `by_us` and `by_it` count the new addresses that either side validated."""

    stack: str
    role: str
    size: int
    migrations: int
    rebindings: int
    by_us: int
    by_it: int
    seconds: float
    is_equal: bool

    def __str__(self) -> str:
        """A line of the table."""
        rate = self.size / self.seconds / 1e6 if self.seconds else 0.0  # of nothing that came
        answer = "yes" if self.is_equal else "NO"
        return (
            f"{self.stack:<11}{self.role:<10}{self.size:>12,}{self.migrations:>12}{self.rebindings:>12}"
            f"{self.by_us:>17}{self.by_it:>7}{self.seconds:>9.2f}{rate:>7.1f}  {answer}"
        )


def rows(folder: Path, size: int) -> Iterator[Row | str]:
    """Each download in turn, or why it cannot be."""
    (folder / "file").write_bytes(random.Random(size).randbytes(size))
    for stack in SERVERS:
        yield stack.missing or as_client(stack, folder, size)
    yield as_server(folder, size)


def as_client(stack: Stack, folder: Path, size: int, kinds: str = KINDS, window: int = WINDOW) -> Row:
    """Fetch from the server of a stack, and move as often as it follows."""
    kinds = kinds[: stack.most]
    out = folder / f"from-{stack.name}"
    with serving(stack, folder, folder / stack.name) as server:
        moves = moves_of(size, kinds)
        got = asyncio.run(fetch(stack, server, out, moves, LIMIT, is_watched=False, window=window))
    result, rebindings = got.result, kinds[: got.result.moves].count("r")
    is_equal = result.is_complete and sha256(out / "file") == sha256(folder / "file")
    counts = (result.moves - rebindings, rebindings, result.path_events["validated"], len(got.challenged))
    return Row(stack.name, "client", result.received, *counts, result.seconds, is_equal)


@dataclass
class Clients:
    """What our server hears of the addresses of a client."""

    moved: set[Address] = field(default_factory=set)
    validated: set[Address] = field(default_factory=set)
    challenged: set[Address] = field(default_factory=set)
    last: Address = ("", 0)

    def told(self, connection: Connection, event: object) -> None:
        """An event of the connection."""
        if isinstance(event, PathEvent) and event.what in ("moved", "validated"):
            (self.moved if event.what == "moved" else self.validated).add(event.path.remote)

    def __call__(self, sight: Sight) -> None:
        """Take in what our endpoint tells."""
        if isinstance(sight, DatagramSeen):
            self.last = sight.remote
        elif is_challenge(sight):
            self.challenged.add(self.last)


def as_server(folder: Path, size: int, kinds: str = BY_ITSELF) -> Row:
    """Serve aioquic's client, which moves by itself."""
    clients, scratch = Clients(), folder / "client"
    scratch.mkdir()

    async def run() -> dict[str, object]:
        server = Server(of_server(), folder, [(HOST, 0)], clients.told, observer=clients)
        where = [HOST, str(server.addresses[0][1]), str(size), kinds]
        command = [sys.executable, "-m", "tests.reference.interop.aioquic_side", "get", *where]
        try:
            with running(command, scratch) as client:
                status = await ended(client, LIMIT)
        finally:
            server.close()
        said = (scratch / "said").read_text("utf-8", "replace")
        if status:
            raise ChildProcessError(said)
        found: dict[str, object] = json.loads(said)
        return found

    got = asyncio.run(run())
    rebindings = kinds.count("r")
    counts = (len(clients.moved) - rebindings, rebindings, len(clients.validated), len(clients.challenged))
    is_equal = got["sha256"] == sha256(folder / "file")
    return Row("aioquic", "server", int(str(got["received"])), *counts, float(str(got["seconds"])), is_equal)
