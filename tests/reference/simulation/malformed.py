"""Stories of a client whose NEW_CONNECTION_ID is malformed: a sound server says so."""

from __future__ import annotations

from tests.reference.simulation.breaches import unsurprised
from tests.reference.simulation.world import World

from pathproof.reference.connection.packets import Draft
from pathproof.reference.frames import NewConnectionId
from pathproof.reference.path_validation import FULL_SIZE
from pathproof.reference.spaces import Space

TYPE = 0x18


def sends(world: World, number: int, prior: int, connection_id: bytes) -> None:
    """The client sends a frame with these fields; each number is below 64."""
    world.run(1.0)
    unsurprised(world)
    data = bytes([TYPE, number, prior, len(connection_id)]) + connection_id + b"t" * 16
    connection = world.connection
    path, state = connection.paths.current, connection.spaces[Space.APPLICATION]
    draft = Draft(connection, state, path, FULL_SIZE)
    draft.add(NewConnectionId(number, prior, connection_id, b"t" * 16), data)
    draft.pad(draft.room)
    world.sends_draft(draft)
    world.run(0.3)


def empty_id(world: World) -> None:
    """An empty connection ID (19.15-03)."""
    sends(world, 20, 20, b"")


def long_id(world: World) -> None:
    """A connection ID of 21 bytes (19.15-03)."""
    sends(world, 20, 20, b"l" * 21)


def prior_above_number(world: World) -> None:
    """A Retire Prior To above the sequence number (19.15-10)."""
    sends(world, 20, 30, b"n" * 8)
