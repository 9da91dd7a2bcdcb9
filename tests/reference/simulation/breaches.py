"""Stories of a client that breaks rules: a sound server refuses what it does, or stays calm."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from tests.reference.simulation.network import Datagram
from tests.reference.simulation.world import World, home

from pathproof.reference.connection.packets import Draft
from pathproof.reference.frames import (
    Frame,
    NewConnectionId,
    PathChallenge,
    PathResponse,
    RetireConnectionId,
)
from pathproof.reference.path_validation import FULL_SIZE
from pathproof.reference.spaces import Space

NEW, TOKEN = b"n" * 8, b"t" * 16


def unsurprised(world: World) -> None:
    """Nobody reads any more, and nobody is surprised when the connection ends."""
    world.application.begin()
    world.application.run = lambda: None  # type: ignore[method-assign]


def says(*frames: Frame) -> Callable[[World], None]:
    """A story: the client sends these in one packet, after its download."""

    def story(world: World) -> None:
        """The client sends frames that no sound client would."""
        world.run(1.0)
        unsurprised(world)
        world.client_sends(*frames)
        world.run(0.3)

    return story


def issued(world: World, number: int) -> NewConnectionId:
    """What the client has issued under a number."""
    return world.connection.issuer.frame(number)


def repeats(world: World) -> None:
    """The client moves, and sends what it has issued a second time, as if it was lost."""
    world.migrate(1)
    world.run(1.0)
    world.client_sends(*(issued(world, number) for number in list(world.connection.issuer.active)[1:]))
    world.run(0.3)
    world.finish()


def contradicts(world: World) -> None:
    """The client sends another connection ID under a number that it has used."""
    says(NewConnectionId(1, 0, NEW, TOKEN))(world)


def reuses_an_id(world: World) -> None:
    """The client sends a connection ID under a second number."""
    one = issued(world, 1)
    says(NewConnectionId(90, 0, one.connection_id, one.stateless_reset_token))(world)


def reuses_a_token(world: World) -> None:
    """The client sends a token with a second connection ID."""
    says(NewConnectionId(90, 0, NEW, issued(world, 1).stateless_reset_token))(world)


def supplies_too_many(world: World) -> None:
    """The client issues one connection ID more than the server is ready for."""
    says(*made(range(90, 91)))(world)


def made(numbers: range, prior: int = 0) -> list[NewConnectionId]:
    """Connection IDs of no connection, with these numbers."""
    return [
        NewConnectionId(number, prior, number.to_bytes(8, "big"), number.to_bytes(16, "big"))
        for number in numbers
    ]


def jumps(world: World) -> None:
    """The client wants retired what it has never issued, too."""
    says(*made(range(500, 501), prior=500))(world)


def turns_back(world: World) -> None:
    """A Retire Prior To comes that is below the largest, and a connection ID that is below it, too."""
    says(*made(range(20, 21), prior=20), *made(range(21, 22), prior=3), *made(range(15, 16)))(world)


def stuffs(world: World) -> None:
    """The client has the server retire one connection ID after the other, and acknowledges nothing."""
    world.run(1.0)
    unsurprised(world)
    world.network.swallows = lambda datagram: datagram.from_server
    for number in range(50, 100):
        world.client_sends(*made(range(number, number + 1), prior=number))
        world.run(0.03)


def retires_twice(world: World) -> None:
    """The client retires a connection ID, and says so again."""
    world.run(1.0)
    assert world.served is not None
    number = max(world.connection.consumer.active)
    world.connection.consumer.retire(number)
    world.run(0.3)
    world.client_sends(RetireConnectionId(number))
    world.run(0.3)
    world.finish()


def acknowledges_without_answering(world: World) -> None:
    """The client moves, and acknowledges challenges, its answers to which are lost."""

    def hidden(datagram: Datagram) -> bool:
        """Whether the client answers in it."""
        is_answer = any(isinstance(frame, PathResponse) for frame in datagram.frames)
        return is_answer and not datagram.from_server

    world.network.swallows = hidden
    world.migrate(1)
    world.run(2.0)


def probes_with_an_id(world: World) -> None:
    """The client probes, and supplies a connection ID in a probing packet."""
    world.run(1.0)
    world.probe(1)
    path = world.connection.paths.find(home(1), world.connection.paths.current.remote)
    assert path is not None
    last = list(world.connection.issuer.active)[-1]
    connection = world.connection
    draft = Draft(connection, connection.spaces[Space.APPLICATION], path, FULL_SIZE)
    draft.add(issued(world, last))
    draft.pad(draft.room)
    world.sends_draft(draft)
    world.run(0.3)


def asks_in_an_old_packet(world: World) -> None:
    """A challenge of the client's is overtaken by later packets."""
    world.run(1.0)
    world.network.latency = 0.2
    challenge = PathChallenge(b"overtake")
    world.client_sends(challenge)
    world.network.latency = 0.01
    world.connection.control.ping()
    world.run(0.6)


def moves_in_the_handshake(world: World) -> None:
    """A second connection of the client's moves before its handshake is confirmed, if it may."""
    world.run(1.0)
    unsurprised(world)
    world.connect()
    world.run(0.045)
    with suppress(ValueError):
        world.migrate(1)
    world.run(1.0)


def moves_if_it_may(world: World) -> None:
    """The client moves, unless it is not to."""
    world.run(1.0)
    with suppress(ValueError):
        world.migrate(1)
    world.run(1.0)
    world.finish()
