"""A client follows the routes of its machine; a server that is started again resets what it has forgotten."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tests.reference.udp.transfer import HOST, LIMIT, folder_with, of_client, of_server

from pathproof.reference.connection import PathEvent
from pathproof.reference.migration import Address
from pathproof.reference.udp import Client, Download, Server, download, follow
from pathproof.reference.udp.follow import way

SIZE = 1_000_000
ELSEWHERE = "127.0.0.2"
KEY = bytes(range(32))


@pytest.fixture
def routes(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """From which address each host is reached; one that is not there is not reached."""
    found = {HOST: HOST, ELSEWHERE: ELSEWHERE}

    def source_of(remote: Address) -> str:
        if remote[0] not in found:
            raise OSError("Network is unreachable")
        return found[remote[0]]

    monkeypatch.setattr(sys.modules[way.__module__], "source_of", source_of)
    return found


async def followed(
    root: Path, happens: Callable[[Download, Server], None], **more: Any
) -> tuple[Download, list[Any]]:
    """A download by a client that follows, and what its server told; `happens` is called as bytes come."""
    heard: list[Any] = []
    server = Server(of_server(**more), root, [(HOST, 0)], lambda connection, event: heard.append(event))
    client = Client(of_client(), server.addresses[0])
    following = asyncio.create_task(follow(client, every=0.002))
    try:
        told = lambda sofar: happens(sofar, server)  # noqa: E731
        return await asyncio.wait_for(download(client, ["/file"], None, told=told), LIMIT), heard
    finally:
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
        client.close()
        server.close()


def test_the_client_migrates_when_its_route_changes(tmp_path: Path, routes: dict[str, str]) -> None:
    """Another address of the machine leads to the server from 10 % on: the download goes on from there."""
    folder_with(tmp_path, SIZE)

    def happens(sofar: Download, server: Server) -> None:
        if sofar.received > SIZE // 10:
            routes[HOST] = ELSEWHERE

    got, heard = asyncio.run(followed(tmp_path, happens))
    assert got.is_complete and [ELSEWHERE in path for path in got.paths] == [False, True]
    assert any(isinstance(one, PathEvent) and one.path.remote[0] == ELSEWHERE for one in heard)


def test_a_preferred_address_is_validated_before_the_client_goes_there(
    tmp_path: Path, routes: dict[str, str]
) -> None:
    """The route to the server is lost; one to its preferred address of IPv6 is left (9.6.2-01)."""
    folder_with(tmp_path, SIZE)
    routes["::1"] = "::1"

    def happens(sofar: Download, server: Server) -> None:
        if sofar.received > SIZE // 10:
            routes.pop(HOST, None)

    port = free_port_6()
    got, heard = asyncio.run(followed(tmp_path, happens, preferred_ipv6=("::1", port)))
    assert got.is_complete and "::1" in got.paths[-1]
    order = [one.what for one in heard if isinstance(one, PathEvent) and one.path.local[0] == "::1"]
    assert order[0] == "moved" and "validated" in order


def free_port_6() -> int:
    """A port of IPv6 loopback that is free."""
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as asking:
        asking.bind(("::1", 0))
        port: int = asking.getsockname()[1]
        return port


def test_a_client_that_is_asked_to_stay_does(tmp_path: Path, routes: dict[str, str]) -> None:
    """disable_active_migration is obeyed, whatever the routes say (9-02)."""
    folder_with(tmp_path, SIZE)

    def happens(sofar: Download, server: Server) -> None:
        if sofar.received > SIZE // 10:
            routes[HOST] = ELSEWHERE

    got, _ = asyncio.run(followed(tmp_path, happens, disable_active_migration=True))
    assert got.is_complete and len(got.paths) == 1


def test_the_last_look_finds_nothing(routes: dict[str, str]) -> None:
    """Without any way the client stays where it is."""

    async def looks() -> tuple[str, Address] | None:
        client = Client(of_client(), (HOST, 9))
        routes.clear()
        try:
            return way(client)
        finally:
            client.close()

    assert asyncio.run(looks()) is None


@pytest.mark.parametrize(("key", "ended"), [(KEY, "reset"), (None, None)], ids=["same key", "another key"])
def test_a_server_started_again_resets_what_it_has_forgotten(
    tmp_path: Path, key: bytes | None, ended: str | None
) -> None:
    """With the key that it had before; with another one, the client takes no notice (10.3.1-04)."""
    folder_with(tmp_path, SIZE)

    async def fetched() -> str | None:
        server = Server(of_server(), tmp_path, [(HOST, 0)], reset_key=KEY)
        client = Client(of_client(), server.addresses[0])
        again: list[Server] = []

        def told(sofar: Download) -> None:
            if sofar.received > SIZE // 10 and not again:
                server.runner.close()
                again.append(Server(of_server(), tmp_path, server.addresses, reset_key=key))

        try:
            got = await asyncio.wait_for(download(client, ["/file"], told=told, quiet=0.02), 1.0)
        except TimeoutError:
            return None
        finally:
            client.close()
            for one in again:
                one.close()
        return got.ended.cause if got.ended else None

    assert asyncio.run(fetched()) == ended
