"""A server and a client in one process, over real sockets on loopback: files arrive, whatever moves."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tests.reference.udp.transfer import HOST, LIMIT, folder_with, of_client, of_server, spread

from pathproof.reference.connection import Ended, PathEvent
from pathproof.reference.migration import Address
from pathproof.reference.udp import Client, Download, Move, Server, download
from pathproof.reference.udp.link import Link

SIZE = 1_000_000


async def fetched(
    root: Path,
    moves: list[Move],
    listen: Address = (HOST, 0),
    host: str = HOST,
    told: list[Any] | None = None,
    **more: Any,
) -> Download:
    """Fetch the file of a folder from a server that is set up with `more`, with these moves."""
    heard: list[Any] = [] if told is None else told
    server = Server(of_server(**more), root, [listen], lambda connection, event: heard.append(event))
    client = Client(of_client(), (host, server.addresses[0][1]))
    try:
        got = await asyncio.wait_for(download(client, ["/file"], root / "out", moves), LIMIT)
        client.close()
        while not any(isinstance(event, Ended) for event in heard):
            await asyncio.sleep(0.001)
        assert not server.runner.failure.done()
        return got
    finally:
        client.close()
        server.close()


@pytest.mark.parametrize("kinds", ["", "mmm", "rrr", "mrmrmrmrmr"])
def test_a_file_survives_moves(kinds: str, tmp_path: Path) -> None:
    """Every migration and rebinding is made, the server validates each address, and the file is whole."""
    data, told = folder_with(tmp_path, SIZE), list[Any]()
    result = asyncio.run(fetched(tmp_path, spread(SIZE, kinds), told=told))
    assert (tmp_path / "out" / "file").read_bytes() == data
    assert (result.moves, result.not_made, result.received) == (len(kinds), [], SIZE)
    moved = [event.path.remote for event in told if isinstance(event, PathEvent) and event.what == "moved"]
    assert len(moved) == len(set(moved)) == len(kinds)


@pytest.mark.parametrize(
    ("listen", "host"), [(("::1", 0), "::1"), (("0.0.0.0", 0), HOST), (("::", 0), "::1")], ids=str
)
def test_every_kind_of_address(listen: Address, host: str, tmp_path: Path) -> None:
    """IPv6 works as IPv4 does, and behind a wildcard the address of each datagram is known."""
    data = folder_with(tmp_path, SIZE)
    result = asyncio.run(fetched(tmp_path, spread(SIZE, "mrm"), listen, host))
    assert (tmp_path / "out" / "file").read_bytes() == data
    assert result.moves == 3
    assert all(path.endswith(result.paths[0].split("→")[1]) for path in result.paths)


def test_another_host(tmp_path: Path) -> None:
    """A move may go to another address of this machine, to a port of its own."""
    data = folder_with(tmp_path, SIZE)
    result = asyncio.run(fetched(tmp_path, [Move(SIZE // 3, ("127.0.0.2", 0)), Move(SIZE // 2, (HOST, 0))]))
    assert (tmp_path / "out" / "file").read_bytes() == data
    assert [path.split(":")[0] for path in result.paths] == [HOST, "127.0.0.2", HOST]


def test_a_move_that_is_not_possible_leaves_the_download_alone(tmp_path: Path) -> None:
    """An address of another machine, or a server that asks to stay: it is said, and the file comes."""
    data = folder_with(tmp_path, SIZE)
    result = asyncio.run(fetched(tmp_path, [Move(1000, ("192.0.2.1", 0))]))
    assert "Cannot assign requested address" in result.refused
    staying = asyncio.run(fetched(tmp_path, [Move(1000)], disable_active_migration=True))
    assert "disable_active_migration" in staying.refused
    late = asyncio.run(fetched(tmp_path, [Move(2 * SIZE)]))
    assert (late.not_made, late.refused) == ([f"migrate after {2 * SIZE} bytes"], "")
    assert (tmp_path / "out" / "file").read_bytes() == data


def test_retry_and_a_preferred_address(tmp_path: Path) -> None:
    """The client proves its address first, and goes on to where the server would rather be reached."""
    data = folder_with(tmp_path, SIZE)
    told: list[Any] = []
    free = Link(("127.0.0.3", 0))
    free.close()
    rather = free.name
    moves = [Move(SIZE // 2), Move(SIZE // 2, is_rebinding=True)]
    result = asyncio.run(fetched(tmp_path, moves, told=told, retries=True, preferred_ipv4=rather))
    assert (tmp_path / "out" / "file").read_bytes() == data
    assert all(path.endswith(f"→ {rather[0]}:{rather[1]}") for path in result.paths[1:])
    assert len(result.paths) == 3


def test_many_clients_at_once(tmp_path: Path) -> None:
    """Connections of one server do not disturb each other."""
    data = folder_with(tmp_path, 200_000)

    async def run() -> None:
        server = Server(of_server(), tmp_path, [(HOST, 0)])
        clients = [Client(of_client(), server.addresses[0]) for _ in range(6)]
        outs = [tmp_path / f"out{at}" for at in range(6)]
        jobs = [
            download(client, ["/file"], out, spread(len(data), "mr"))
            for client, out in zip(clients, outs, strict=True)
        ]
        await asyncio.wait_for(asyncio.gather(*jobs), LIMIT)
        assert len(server.connections) == 6
        for client in clients:
            client.close()
        while server.connections:
            await asyncio.sleep(0.001)
        assert server.served == 6 * len(data)
        server.close()
        assert all((out / "file").read_bytes() == data for out in outs)

    asyncio.run(run())


@pytest.mark.parametrize(("quiet", "is_found"), [(0.2, True), (60.0, False)])
def test_a_client_that_only_listens_is_found_again(
    quiet: float, is_found: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the last acknowledgments before a rebinding are lost, only a client that asks is heard again."""
    data = folder_with(tmp_path, SIZE)
    send, cut_off = Link.send, [float("inf")]

    async def run() -> Download:
        server = Server(of_server(idle_timeout=1.5), tmp_path, [(HOST, 0)])
        client = Client(of_client(idle_timeout=1.5), server.addresses[0])

        def loses(self: Link, datagram: bytes, local: Address, remote: Address) -> bool:
            is_lost = (
                local == client.connection.paths.current.local and 0 <= client.runner.now - cut_off[0] < 0.1
            )
            return is_lost or send(self, datagram, local, remote)

        def told(sofar: Download) -> None:
            if sofar.received > SIZE // 2 and cut_off[0] == float("inf"):
                cut_off[0] = client.runner.now
                client.rebind()

        monkeypatch.setattr(Link, "send", loses)
        fetching = download(client, ["/file"], tmp_path / "out", told=told, quiet=quiet)
        result = await asyncio.wait_for(fetching, LIMIT)
        client.close()
        server.close()
        return result

    result = asyncio.run(run())
    assert result.is_complete == is_found
    if is_found:
        assert (tmp_path / "out" / "file").read_bytes() == data
    else:
        assert result.ended is not None and result.ended.cause == "idle"


def test_a_download_that_is_cancelled_leaves_no_file(tmp_path: Path) -> None:
    """Nor does one whose server goes away."""
    folder_with(tmp_path, 3 * SIZE)

    async def run() -> Download:
        server = Server(of_server(), tmp_path, [(HOST, 0)])
        client = Client(of_client(), server.addresses[0])
        task = asyncio.create_task(download(client, ["/file"], tmp_path / "out"))
        while not client.connection.is_confirmed:
            await asyncio.sleep(0.001)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert list((tmp_path / "out").iterdir()) == []
        task = asyncio.create_task(download(client, ["/file"], tmp_path / "out"))
        await asyncio.sleep(0.01)
        server.close()
        result = await asyncio.wait_for(task, LIMIT)
        client.close()
        return result

    result = asyncio.run(run())
    assert result.ended is not None and result.ended.cause == "peer"
    assert list((tmp_path / "out").iterdir()) == []
