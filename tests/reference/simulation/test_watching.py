"""The judge that watches each world is seen to fail, and a run that is not refined ends with its chart."""

from __future__ import annotations

import pytest
from tests.reference.mutants import MUTANTS
from tests.reference.simulation.rules import Broken
from tests.reference.simulation.test_moves import downloading
from tests.reference.simulation.watching import Judged, Watcher
from tests.reference.simulation.world import World


def watched_by(kind: type[Watcher]) -> World:
    """A download that has begun, with one watcher alone."""
    world = downloading(200_000, server={"connection_ids": 4})
    world.watchers = [one for one in world.watchers if isinstance(one, kind)]
    world.rules = []
    return world


def test_the_judge_notices_a_violation(monkeypatch: pytest.MonkeyPatch) -> None:
    """A packet that bears what is to be retired is found in the trace of either end."""
    mutant = MUTANTS["keeps_using"]
    with pytest.raises(Broken, match="the judge, of the") as broken:
        world = watched_by(Judged)
        mutant.patch(monkeypatch)
        mutant.story(world)
        world.watched()
    assert broken.value.clause.startswith("RFC9000-5.1.2")


def test_both_ends_are_judged() -> None:
    """There is a trace for each, with events of its own, and it is judged before the end, too."""
    world = watched_by(Judged)
    (judged,) = world.watchers
    assert isinstance(judged, Judged)
    world.finish()
    assert {name for name, _, _ in judged.traces} == {"client", "server"}
    assert all(len(watched.events) > 100 for _, _, watched in judged.traces)
    assert judged.due > 0
