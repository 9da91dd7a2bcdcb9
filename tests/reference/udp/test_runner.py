"""The runner by itself: garbage, full sockets, exceptions, names of sockets, and the local address."""

from __future__ import annotations

import asyncio
import random
import socket
from pathlib import Path

import pytest
from tests.reference.udp.transfer import HOST, LIMIT, folder_with, of_client, of_server, spread

from pathproof.reference.udp import Client, Server, download
from pathproof.reference.udp.link import Link

SIZE = 300_000


def garbage(count: int) -> list[bytes]:
    """Datagrams of any size and content; half of them look like the first of a connection."""
    draw = random.Random(9000)
    made = [draw.randbytes(draw.choice((0, 1, 20, 43, 1200, 1252))) for _ in range(count)]
    return [b"\xc0\0\0\0\1\x08" + one[6:] if at % 2 and len(one) > 6 else one for at, one in enumerate(made)]


def test_a_server_survives_garbage(tmp_path: Path) -> None:
    """Datagrams of no connection cost it nothing, and what is served meanwhile is whole."""
    data = folder_with(tmp_path, SIZE)

    async def run() -> None:
        server = Server(of_server(), tmp_path, [(HOST, 0)])
        client = Client(of_client(), server.addresses[0])
        task = asyncio.create_task(download(client, ["/file"], tmp_path / "out", spread(SIZE, "mr")))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as attacker:
            for datagram in garbage(500):
                attacker.sendto(datagram, server.addresses[0])
                current = client.connection.paths.current.local
                attacker.sendto(datagram, current)
                await asyncio.sleep(0)
        result = await asyncio.wait_for(task, LIMIT)
        assert result.is_complete
        assert not server.runner.failure.done()
        assert len(server.endpoint.accepted) == 0 and len(server.connections) == 1
        client.close()
        server.close()

    asyncio.run(run())
    assert (tmp_path / "out" / "file").read_bytes() == data


def test_a_full_socket_delays_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the kernel has no room, what waits goes later and in order."""
    data = folder_with(tmp_path, SIZE)
    send, count = Link.send, 0

    def refuses(self: Link, *arguments: object) -> bool:
        nonlocal count
        count += 1
        return False if count % 5 == 0 else send(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Link, "send", refuses)

    async def run() -> None:
        server = Server(of_server(), tmp_path, [(HOST, 0)])
        client = Client(of_client(), server.addresses[0])
        assert (await asyncio.wait_for(download(client, ["/file"], tmp_path / "out"), LIMIT)).is_complete
        client.close()
        server.close()

    asyncio.run(run())
    assert (tmp_path / "out" / "file").read_bytes() == data
    assert count > SIZE / 1200


def test_an_exception_reaches_who_waits(tmp_path: Path) -> None:
    """What the application raises ends the download with that, and not in the log of the loop."""

    async def run() -> None:
        client = Client(of_client(), (HOST, 9))

        def fails(sofar: object) -> None:
            raise RuntimeError("of the application")

        with pytest.raises(RuntimeError, match="of the application"):
            await asyncio.wait_for(download(client, ["/file"], told=fails), LIMIT)
        client.close()

    asyncio.run(run())


def test_a_rebound_socket_keeps_its_name() -> None:
    """The endpoint knows it by its former address; a new one never gets the same name."""

    async def run() -> None:
        client = Client(of_client(), (HOST, 9))
        (name,) = client.runner.addresses
        reached = client.rebind()
        assert client.runner.addresses == [name]
        assert reached != name and reached[0] == name[0]
        with pytest.raises(OSError):
            client.runner.open(name[:1] + reached[1:])
        client.close()

    asyncio.run(run())


@pytest.mark.parametrize(("wildcard", "hosts"), [("0.0.0.0", (HOST, "127.0.0.2")), ("::", ("::1",))])
def test_behind_a_wildcard_each_datagram_has_its_local_address(wildcard: str, hosts: tuple[str, ...]) -> None:
    """An answer leaves from the address that was asked."""
    asked = Link((wildcard, 0))
    for host in hosts:
        other = Link((host, 0))
        other.send(b"question", other.name, (host, asked.name[1]))
        assert asked.receive() == (b"question", (host, asked.name[1]), other.name)
        assert asked.send(b"answer", (host, asked.name[1]), other.name)
        assert other.receive() == (b"answer", other.name, (host, asked.name[1]))
        assert other.receive() is None
        other.close()
    asked.close()


def test_what_cannot_be_sent_is_lost() -> None:
    """A datagram that is too large, or to nowhere, is none that waits."""
    link = Link((HOST, 0))
    assert link.send(bytes(70_000), link.name, link.name)
    assert link.send(b"x", link.name, ("::1", 9))
    assert link.receive() is None
    link.close()
