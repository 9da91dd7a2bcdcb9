"""A download between two processes on loopback: the reference with itself, and aioquic with itself.

`python -m tests.bench.transfer HOST PORT` is the reference's client; aioquic's is in tests/reference/interop.
"""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.reference.interop.programs import HOUSE
from tests.reference.interop.stacks import AIOQUIC, ITSELF, Stack, serving
from tests.reference.udp.transfer import of_client

from pathproof.reference.migration import Address
from pathproof.reference.udp import Client, download

SIZE = 20_000_000
ROUNDS = 3
LIMIT = 120.0
"""Seconds that one download may take."""


@dataclass(frozen=True)
class Moved:
    """What a client measured of itself: bytes of the file, datagrams that came, seconds in all."""

    received: int
    datagrams: int
    seconds: float

    @property
    def rate(self) -> float:
        """Bytes of the file a second."""
        return self.received / self.seconds

    def __str__(self) -> str:
        """Both rates."""
        return f"{self.rate / 1e6:.1f} MB/s, {self.datagrams / self.seconds:,.0f} datagrams/s"


def measured(stack: Stack, size: int, folder: Path) -> Moved:
    """Fetch a file of so many bytes, with a server and a client of this stack in processes of their own."""
    (folder / "file").write_bytes(random.Random(size).randbytes(size))
    with serving(stack, folder, folder / "server") as (host, port):
        ours = ["tests.bench.transfer", host, str(port)]
        theirs = ["tests.reference.interop.aioquic_side", "get", host, str(port), str(size), ""]
        command = [sys.executable, "-m", *(ours if stack is ITSELF else theirs)]
        done = subprocess.run(command, cwd=HOUSE, check=True, capture_output=True, text=True, timeout=LIMIT)
    told = json.loads(done.stdout)
    if told["received"] != size:
        raise AssertionError(f"{stack.name}: {told['received']} of {size} bytes came")
    return Moved(told["received"], told["datagrams"], told["seconds"])


def ratio(size: int = SIZE, rounds: int = ROUNDS) -> tuple[Moved, Moved, float]:
    """The best of some rounds of each, in turn, and how many times faster the reference is than aioquic."""
    found: dict[str, list[Moved]] = {ITSELF.name: [], AIOQUIC.name: []}
    for _ in range(rounds):
        for stack in (ITSELF, AIOQUIC):
            with tempfile.TemporaryDirectory() as folder:
                found[stack.name].append(measured(stack, size, Path(folder)))
    ours, theirs = (max(tried, key=lambda one: one.rate) for tried in found.values())
    return ours, theirs, ours.rate / theirs.rate


async def fetched(server: Address) -> Moved:
    """Fetch `/file` with the reference, and drop what comes."""
    client, came = Client(of_client(), server), 0
    receive = client.endpoint.receive

    def counting(datagram: bytes, local: Address, remote: Address, now: float) -> None:
        nonlocal came
        came += 1
        receive(datagram, local, remote, now)

    client.endpoint.receive = counting  # type: ignore[method-assign]
    got = await download(client, ["/file"])
    client.close()
    return Moved(got.received, came, got.seconds)


def main(host: str, port: str) -> None:
    """Fetch, and print what was measured as JSON."""
    moved = asyncio.run(fetched((host, int(port))))
    print(json.dumps({"received": moved.received, "datagrams": moved.datagrams, "seconds": moved.seconds}))


if __name__ == "__main__":
    main(*sys.argv[1:])
