"""A client that breaks the rules of supply: the server meets each breach as the machine does."""

from __future__ import annotations

import pytest
from tests.reference.simulation.watching import TALLY, Refinement
from tests.reference.simulation.world import World

from pathproof.reference.frames import Frame, NewConnectionId, RetireConnectionId


def breaks(*frames: Frame, empty: str = "") -> World:
    """A client sends these beside all else; nobody is surprised that the connection ends."""
    options = {empty: {"empty_connection_id": True}} if empty else {}
    world = World(seed=1, **options).established()  # type: ignore[arg-type]
    world.run(1.0)
    world.watchers = [one for one in world.watchers if isinstance(one, Refinement)]
    world.rules = []
    world.application.begin()
    world.application.run = lambda: None  # type: ignore[method-assign]
    world.client_sends(*frames)
    world.run(0.1)
    return world


def known(world: World, number: int) -> NewConnectionId:
    """What the client has issued under a number."""
    return world.connection.issuer.frame(number)


FIRST = World(seed=1).established()
ONE, TWO = known(FIRST, 1), known(FIRST, 2)
NEW, TOKEN = b"n" * 8, b"t" * 16

BREACHES: list[tuple[str, Frame, str]] = [
    ("send_any_frame", NewConnectionId(9, 2, NEW, TOKEN), ""),
    ("reuse_connection_id", NewConnectionId(9, 0, ONE.connection_id, ONE.stateless_reset_token), ""),
    ("reuse_token", NewConnectionId(9, 0, NEW, ONE.stateless_reset_token), ""),
    ("change_connection_id", NewConnectionId(1, 0, NEW, TOKEN), ""),
    ("change_token", NewConnectionId(1, 0, ONE.connection_id, TOKEN), ""),
    ("issue_despite_zero_length", NewConnectionId(1, 0, NEW, TOKEN), "client"),
    ("retire_anything", RetireConnectionId(5), ""),
    ("retire_unissued", RetireConnectionId(99), ""),
    ("retire_own_destination", RetireConnectionId(0), ""),
    ("retire_despite_zero_length", RetireConnectionId(0), "server"),
]


@pytest.mark.parametrize(("action", "frame", "empty"), BREACHES, ids=[action for action, _, _ in BREACHES])
def test_a_breach_is_met_as_by_the_machine(action: str, frame: Frame, empty: str) -> None:
    """The follower takes the machine's own action for it, and both ends have the same error, or none."""
    before = TALLY.taken["cid_supply", action]
    world = breaks(frame, empty=empty)
    assert TALLY.taken["cid_supply", action] == before + 1
    assert world.served is not None
    is_met = world.served.ending.frame is not None
    assert is_met or action in ("send_any_frame", "retire_anything")
