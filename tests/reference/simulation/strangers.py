"""Stories of datagrams that no endpoint has sent: resets that are forged or real, and packets of nobody."""

from __future__ import annotations

from collections.abc import Callable

from tests.reference.simulation.network import Datagram
from tests.reference.simulation.world import PREFERRED, SERVER, World, home

from pathproof.reference.frames import PathResponse
from pathproof.reference.migration import Address
from pathproof.reference.stateless_reset import token_of


def token(world: World, number: int | None = None) -> bytes:
    """The reset token of a connection ID of the server's: of the one in use, or of this number."""
    consumer = world.connection.consumer
    used = number if number is not None else world.connection.paths.current.destination
    assert used is not None
    return token_of(bytes(32), consumer.active[used].connection_id)


def reset(
    first: bytes = b"@", size: int = 43, source: Address = SERVER, number: int | None = None
) -> Callable[[World], None]:
    """A story: the client gets a datagram of this size that ends in the server's token."""

    def story(world: World) -> None:
        """A stateless reset comes, or what looks like one."""
        world.run(1.0)
        data = first + b"\x55" * (size - 16 - len(first)) + token(world, number)
        world.application.closed = True
        world.network.inject(world.now, data, source, home())
        world.run(0.1)

    return story


def small_reset(world: World) -> None:
    """The client gets the smallest reset that there is, of 21 bytes."""
    reset(size=21)(world)


def long_reset(world: World) -> None:
    """The client gets a reset that looks like a packet with a long header."""
    reset(first=b"\xe0\0\0\0\1\x08" + b"d" * 8 + b"\0\x40\x2b", size=60)(world)


def reset_from_elsewhere(world: World) -> None:
    """The client gets a datagram with the server's token from an address that it has never used."""
    reset(source=PREFERRED)(world)


def reset_of_what_is_retired(world: World) -> None:
    """The client moves, and gets a datagram with the token that it has retired."""
    world.run(1.0)
    old = token(world)
    world.migrate(1)
    world.run(1.0)
    world.network.inject(world.now, b"@" + b"\x55" * 40 + old, SERVER, home(1))
    world.run(0.1)


def reset_after_a_move(world: World) -> None:
    """The client has moved, and then the server loses its state."""
    world.migrate(1)
    world.run(2.0)
    world.crash()
    world.connection.control.ping()
    world.run(3.0)


def reset_after_all(world: World) -> None:
    """All is read; then the server loses its state, and the client asks."""
    world.run(2.0)
    world.crash()
    world.connection.control.ping()
    world.run(3.0)


def junk(world: World) -> None:
    """Packets of nobody come to the server, of every size from 5 bytes on."""
    world.run(1.0)
    for size in (*range(5, 50), 100, 600, 1200):
        world.network.inject(world.now, b"@" + b"j" * (size - 1), ("198.51.100.7", size), SERVER)
    world.run(0.5)


def much_junk(world: World) -> None:
    """Packets of nobody come to the server, four hundred at once."""
    world.run(1.0)
    for number in range(400):
        world.network.inject(world.now, b"@" + b"j" * 99, ("198.51.100.7", 1 + number), SERVER)
    world.run(0.2)


def server_from_elsewhere(world: World) -> None:
    """What the server sends comes from another of its addresses, which the client does not know."""

    def diverted(datagram: Datagram) -> bool:
        """The datagram goes on with another source."""
        if datagram.from_server and datagram.sender == "server":
            world.network.inject(world.now, datagram.data, PREFERRED, datagram.target)
        return datagram.from_server

    world.network.swallows = diverted
    world.run(0.2)
    world.network.swallows = lambda datagram: False
    world.finish()


def answers_from_a_new_port(world: World) -> None:
    """The client moves, and its response leaves the translator by another port than before."""
    world.run(1.0)

    def diverted(datagram: Datagram) -> bool:
        """The datagram goes on with another source."""
        is_answer = any(isinstance(frame, PathResponse) for frame in datagram.frames)
        if datagram.from_server or datagram.sender != "client" or not is_answer:
            return False
        world.network.inject(world.now, datagram.data, (datagram.source[0], 4242), datagram.target)
        return True

    world.network.swallows = diverted
    world.migrate(1)
    world.run(1.0)
    world.network.swallows = lambda datagram: False
    world.finish()
