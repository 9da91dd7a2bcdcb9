"""A client that follows the addresses of its machine: when the way to its server changes, it migrates."""

from __future__ import annotations

import asyncio

from pathproof.reference.migration import Address, NoSpareConnectionId
from pathproof.reference.udp.client import Client, source_of

EVERY = 0.05
"""Seconds between two looks at the machine's routes."""


async def follow(client: Client, every: float = EVERY) -> None:
    """Migrate whenever the server is reached from another address of this machine; runs until cancelled.

    The kernel is asked, as nothing tells a program on every system that a route has changed. Where no way
    leads to the server's address any more, a preferred address is taken that a way leads to (9.6.3-06), once
    the path there is validated (9.6.2-01). Nothing is done before the handshake is confirmed (9-01), while no
    connection ID is left (9.5-09), and where the server asks its client to stay (9-02).
    """
    while True:
        await asyncio.sleep(every)
        found = way(client)
        current = client.connection.paths.current
        is_ready = client.connection.is_confirmed and client.connection.ending.is_open
        if is_ready and found is not None and found != (current.local[0], current.remote):
            _go(client, *found)


def way(client: Client) -> tuple[str, Address] | None:
    """By which address of this machine which one of the server's is reached; None if none is."""
    for remote in known_addresses(client):
        try:
            return source_of(remote), remote
        except OSError:  # no way leads there
            continue
    return None


def known_addresses(client: Client) -> list[Address]:
    """The server's addresses, that in use first, then the preferred ones (9.6-02)."""
    declared = client.connection.remote.preferred_address if client.connection.remote else None
    others = (declared.ipv4, declared.ipv6) if declared else ()
    return list(dict.fromkeys([client.connection.paths.current.remote, *(one for one in others if one)]))


def _go(client: Client, host: str, remote: Address) -> None:
    """One step toward an address: probe where that is needed first, else migrate."""
    connection, now = client.connection, client.runner.now
    known = [one for one in connection.paths.known if (one.local[0], one.remote) == (host, remote)]
    try:
        if remote == connection.paths.current.remote:
            client.migrate((host, 0), remote)
        elif not known:
            client.probe((host, 0), remote)
        elif known[-1].is_validated:
            connection.migrate(known[-1].local, remote, now)
    except (NoSpareConnectionId, OSError, ValueError):
        return  # the next look tries again: the peer may supply more, and the address may be usable by then
    client.runner.flush()
