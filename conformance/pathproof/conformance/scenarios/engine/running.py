"""Runs one scenario: its story in namespaces of its own, and then its expectations."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pathproof.conformance.scenarios.engine.expectation import JUDGE, Answer, Expectation
from pathproof.conformance.scenarios.engine.namespaces import CommandFailed, NotPermitted, lacks, namespaces
from pathproof.conformance.scenarios.engine.processes import ProcessFailed
from pathproof.conformance.scenarios.engine.seen import Seen
from pathproof.conformance.scenarios.engine.world import FULL, Pace, StoryStuck, World

BROKEN = (ProcessFailed, StoryStuck, CommandFailed)
"""What ends a run before it can be judged."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A story, and what it expects.

    Parameters
    ----------
    name
        As users write it.
    title
        What happens, in one sentence.
    story
        Sets a world up, lets things happen in it, and finishes it.
    expects
        Claims about what was seen, besides that of the judge.
    """

    name: str
    title: str
    story: Callable[[World], Seen]
    expects: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A run, what was seen, and the answer to each expectation."""

    scenario: Scenario
    seed: int
    seen: Seen
    answers: tuple[tuple[Expectation, Answer], ...]

    @property
    def holds(self) -> bool:
        """Whether every expectation held."""
        return all(answer.held for _, answer in self.answers)


def answers(scenario: Scenario, seen: Seen) -> tuple[tuple[Expectation, Answer], ...]:
    """The answer to each expectation of a scenario, the judge's last."""
    return tuple((one, one.check(seen)) for one in (*scenario.expects, JUDGE))


def run(scenario: Scenario, seed: int = 1, pace: Pace = FULL) -> Result:
    """Run a scenario; whatever happens, its processes are ended and its namespaces removed.

    Raises
    ------
    NotPermitted
        Where namespaces may not be made.
    ProcessFailed, StoryStuck, CommandFailed
        If the run broke before it could be judged.
    """
    lacking = lacks()
    if lacking:
        raise NotPermitted(lacking)
    with tempfile.TemporaryDirectory(prefix="pathproof-") as folder, namespaces() as made:
        world = World(namespaces=made, folder=Path(folder), size=pace.size, seed=seed, patience=pace.patience)
        try:
            seen = scenario.story(world)
        finally:
            world.processes.end()
    return Result(scenario, seed, seen, answers(scenario, seen))
