"""Genuine runs of a machine beside a path of what a search has kept of each state.

A search with reductions goes from one kept state to the next, and neither may be a state that the machine was
in. So the executed engine starts where the machine starts, and takes those of its own steps that lead to a
state of which the next one on the path is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from pathproof.model.execute import initial, successors
from pathproof.model.explorer.checks import first_violated
from pathproof.model.explorer.result import EngineDisagreement, Run, Step
from pathproof.model.machine import Claim, Machine

MOST = 32
"""Runs that are followed side by side."""


def followed(
    machine: Machine, parameters: Any, path: Sequence[Hashable], kept: Callable[[Any], Hashable]
) -> list[Run]:
    """Runs through states of which, one after the other, the states of the path are kept.

    Raises `EngineDisagreement` where there is none.
    """
    start = initial(machine, parameters)
    runs = [Run("", start)]
    if kept(start) != path[0]:
        raise EngineDisagreement(f"the search began in {path[0]}, of {start} is kept {kept(start)}")
    for place, wanted in enumerate(path[1:], 1):
        found: dict[Hashable, Run] = {}
        for run in runs:
            for action, arguments, after in successors(machine, run.end, parameters):
                if len(found) < MOST and kept(after) == wanted:
                    last = Step(action.name, arguments, run.end, after)
                    found.setdefault(tuple(vars(after).values()), Run("", start, (*run.steps, last)))
        if not found:
            ends = " or ".join(str(run.end) for run in runs[:2])
            raise EngineDisagreement(f"after {place - 1} steps, no executed one leads on from {ends}")
        runs = list(found.values())
    return runs


def violating(
    machine: Machine,
    parameters: Any,
    claims: Iterable[Claim],
    runs: Iterable[Run],
    look: Callable[[Step], None] = lambda step: None,
) -> Run | None:
    """The first of some runs that ends where a claim does not hold, or one step before that.

    `look` is shown every step that is tried.
    """
    chosen = list(claims)
    for run in runs:
        claim = first_violated(chosen, parameters, run.end)
        if claim is not None:
            return Run(claim.name, run.start, run.steps)
        for action, arguments, after in successors(machine, run.end, parameters):
            last = Step(action.name, arguments, run.end, after)
            look(last)
            claim = first_violated(chosen, parameters, run.end, after)
            if claim is not None:
                return Run(claim.name, run.start, (*run.steps, last))
    return None
