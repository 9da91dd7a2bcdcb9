"""Runs of this machine by name."""

from __future__ import annotations

from tests.model.play import Did, Play, did

from pathproof.model.connection import machine
from pathproof.model.connection.observer import sighting

__all__ = ["Did", "after", "at", "did", "may"]

PLAY = Play(machine)
after, may, holds = PLAY.after, PLAY.may, PLAY.holds


def at(number: int, address: int) -> int:
    """The sighting of a connection ID at an address, where there are two addresses."""
    return sighting(machine.setting({}), number, address)


SUPPLIED = (
    did("server_issues", prior=0),
    did("server_supplies", number=1),
    did("server_id_arrives", number=1, prior=0, address=0),
    did("client_issues", prior=0),
    did("client_id_arrives", number=1, prior=0),
)
"""Each end has one connection ID of its peer to spare."""

MOVED = (
    *SUPPLIED,
    did("client_moves_to", address=1),
    did("packet_arrives_from_elsewhere", number=0),
    did("server_challenges", address=1),
    did("challenge_arrives", address=1),
    did("response_arrives", address=1),
    did("server_answers", address=1),
)
"""The client has moved to its second address, and each end has validated the path."""
