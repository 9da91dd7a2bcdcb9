"""What the followers have seen: every action is taken, or there is a reason why it is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.reference.refinement.test_rogues import BREACHES, breaks
from tests.reference.refinement.untaken import RARE, READINGS, UNTAKEN
from tests.reference.simulation import stories
from tests.reference.simulation.machine import TwoEndpoints
from tests.reference.simulation.test_moves import downloading
from tests.reference.simulation.test_two_endpoints import NORMAL
from tests.reference.simulation.watching import TALLY
from tests.reference.simulation.world import PREFERRED, World

from pathproof.conformance.refinement import Tally
from pathproof.model.machines import NAMES, find

FLOORS = {
    "cid_supply": 4000,
    "anti_amplification": 5000,
    "path_validation": 5000,
    "migration": 1000,
    "stateless_reset": 1500,
    "connection": 3000,
}
"""Steps of each machine that these runs are followed for, at the least."""


@pytest.fixture(scope="module")
def tally() -> Iterator[Tally]:
    """What the followers did in some runs, and nothing of other tests."""
    for counts in (TALLY.taken, TALLY.parts, TALLY.readings, TALLY.compared):
        counts.clear()
    directed()
    run_state_machine_as_test(
        TwoEndpoints, settings=settings(NORMAL, max_examples=25, phases=[Phase.generate])
    )
    yield TALLY


def directed() -> None:
    """Runs in which the rarer things happen."""
    for story in (stories.silent_rebinding, stories.dead_address, stories.rotation, stories.crash):
        story(downloading(50_000))
    for story in (stories.migrations, stories.farewell, stories.silence):
        story(downloading(50_000, client={"empty_connection_id": True}, server={"preferred_ipv4": PREFERRED}))
    closes_and_fades(downloading(1000))
    comes_with_a_token(World(seed=2).established())
    for _, frame, empty in BREACHES:
        breaks(frame, empty=empty)
    for empty in ("client", "server"):
        stories.migrations(downloading(50_000, **{empty: {"empty_connection_id": True}}))


def closes_and_fades(world: World) -> None:
    """The server closes, and a second connection ends in silence."""
    assert world.served is not None
    world.application.closed = True
    world.served.close(world.now, 7, "enough")
    world.pump()
    world.run(2.0)
    World(seed=3).established().run(60.0)


def comes_with_a_token(world: World) -> None:
    """The client comes again with what NEW_TOKEN gave it."""
    world.run(0.2)
    token = world.connection.token
    world.application.closed = True
    world.connection.close(world.now)
    world.pump()
    world.run(3.0)
    world.connect(token)
    world.established().application.request(10, 10_000)
    world.finish()


@pytest.mark.parametrize("machine", FLOORS)
def test_the_machines_are_followed(machine: str, tally: Tally) -> None:
    """So many steps at the least."""
    assert tally.steps(machine) >= FLOORS[machine]


@pytest.mark.parametrize("machine", FLOORS)
def test_every_action_is_taken_or_has_its_reason(machine: str, tally: Tally) -> None:
    """No action is without either, and none has both, but for the rare ones."""
    actions, taken = set(find(machine).actions), tally.names(machine) | set(RARE.get(machine, ()))
    untaken = UNTAKEN[machine]
    assert actions - taken == set(untaken)


def test_every_machine_is_followed_or_has_its_reason() -> None:
    """A machine without a follower is named with the reason."""
    assert set(NAMES) == set(FLOORS) | {name for name, untaken in UNTAKEN.items() if "" in untaken}


def test_differences_are_those_that_are_known(tally: Tally) -> None:
    """Whatever machine and reference read differently is named, with the clause that leaves it open."""
    assert {name for _, name in tally.readings} <= set(READINGS)
