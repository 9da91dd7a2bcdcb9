"""Each follower is seen to fail: a small change to the reference is no refinement of its machine any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from tests.reference.mutants import MUTANTS, CodeMutant
from tests.reference.simulation.rules import Broken
from tests.reference.simulation.test_moves import downloading
from tests.reference.simulation.watching import Refinement
from tests.reference.simulation.world import World

SEEN = {name: one for name, one in MUTANTS.items() if one.machine and not one.early}
ALWAYS = 3
"""Mutants of each machine that are run wherever tests are; the others are for thorough runs."""


def runs() -> Iterator[Any]:
    """The names, machine by machine."""
    counts = Counter[str]()
    for name, one in SEEN.items():
        counts[one.machine] += 1
        yield pytest.param(name, marks=pytest.mark.thorough if counts[one.machine] > ALWAYS else ())


def begun(mutant: CodeMutant) -> World:
    """A download that has begun, with nobody to watch but the followers."""
    world = downloading(200_000, **{"server": {"connection_ids": 4}, **mutant.options})
    world.watchers = [one for one in world.watchers if isinstance(one, Refinement)]
    world.rules = []
    return world


@pytest.mark.parametrize("name", list(runs()))
def test_a_follower_notices(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The follower of the named machine ends the run, with the chart of it."""
    mutant = SEEN[name]
    with pytest.raises(Broken) as broken:
        world = begun(mutant)
        mutant.patch(monkeypatch)
        mutant.story(world)
    says = str(broken.value)
    assert f"{mutant.machine} (" in says.splitlines()[0], says.splitlines()[0]
    assert "A run of two endpoints, seed 1" in says
    assert mutant.machine in says[says.rindex("✗") :]  # the failure is the last row of the chart
