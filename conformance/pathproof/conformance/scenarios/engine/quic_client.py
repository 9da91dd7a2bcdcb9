"""The QUIC client of a run; `python -m pathproof.conformance.scenarios.engine.quic_client PLAN`."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

from pathproof.conformance.scenarios.engine.child import Line, Orders, plan, say
from pathproof.conformance.scenarios.engine.watch import Watch
from pathproof.reference.connection import Configuration
from pathproof.reference.handshake import Settings
from pathproof.reference.hq import ALPN
from pathproof.reference.udp import Client, Download, download, follow

POLL = 0.01
TELL_EVERY = 0.02
"""Seconds between two lines about how much has come."""


class Downloading:
    """Downloads on the client's one connection; counts over all of them."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.before, self._told = 0, 0.0

    async def fetch(self, path: str) -> bool:
        """Fetch a file; whether it came whole."""
        result = await download(self.client, [path], told=self._tell)
        say("progress", bytes=self.before + result.received)
        self.before += result.received
        if result.is_complete:
            say("fetched", bytes=self.before)
        else:
            say("given up", bytes=self.before, why=result.files[0].cause)
        return result.is_complete

    def _tell(self, sofar: Download) -> None:
        now = self.client.runner.now
        if now - self._told >= TELL_EVERY:
            self._told = now
            say("progress", bytes=self.before + sofar.received)


async def obey(asked: Line, orders: Orders) -> None:
    """Do what the story asks for: `fetch` a file, `migrate` to an address."""
    say("ready")
    client: Client | None = None
    tasks: list[asyncio.Task[object]] = []
    while not orders.is_over:
        for order in orders.take():
            client = client or connect(asked)
            if order["do"] == "fetch":
                downloading = downloading_of(client)
                tasks.append(asyncio.create_task(downloading.fetch(order["path"])))
                if asked["follows"] and len(tasks) == 1:
                    tasks.append(asyncio.create_task(follow(client)))
            elif order["do"] == "migrate":
                client.migrate((order["host"], 0))
                client.runner.flush()
        await asyncio.sleep(POLL)
        for task in tasks:
            if task.done():
                await task
    await _end(client, tasks)


_DOWNLOADS: dict[Client, Downloading] = {}


def downloading_of(client: Client) -> Downloading:
    """The downloads of a client, counted together."""
    return _DOWNLOADS.setdefault(client, Downloading(client))


def connect(asked: Line) -> Client:
    """Begin the connection."""
    configuration = Configuration(Settings((ALPN,), server_name="server", verify=False))
    return Client(
        configuration, (asked["host"], asked["port"]), observer=Watch(Path(asked["watch"]), "client")
    )


async def _end(client: Client | None, tasks: list[asyncio.Task[object]]) -> None:
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    if client is not None:
        client.close()


def main() -> None:
    """Read the plan, and be the client."""
    asyncio.run(obey(plan(), Orders()))


if __name__ == "__main__":
    main()
