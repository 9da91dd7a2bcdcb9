"""Runs for the tests of charts: told step by step, or random ones that look for what is rare."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from typing import Any

from pathproof.model import execute
from pathproof.model.explorer.result import Run, Step
from pathproof.model.machine import Machine

Call = tuple[str, dict[str, int]]


def story(machine: Machine, settings: Mapping[str, Any], *calls: Call) -> Run:
    """The run that takes these steps, each of which must be enabled; its claim is the first of all."""
    parameters = machine.setting(settings)
    run = Run(next(iter(machine.claims)), execute.initial(machine, parameters))
    for name, arguments in calls:
        after = execute.step(machine.actions[name], run.end, parameters, arguments)
        assert after is not None, f"{name} is not enabled after {len(run.steps)} steps"
        run = longer(run, Step(name, arguments, run.end, after))
    return run


def stroll(machine: Machine, settings: Mapping[str, Any], taken: Counter[str], steps: int, seed: int) -> Run:
    """A random run that prefers actions which were taken seldom so far; it counts what it takes."""
    chance, parameters = random.Random(seed), machine.setting(settings)
    run = Run(next(iter(machine.claims)), execute.initial(machine, parameters))
    for _ in range(steps):
        found = list(execute.successors(machine, run.end, parameters))
        if not found:
            break
        chance.shuffle(found)
        action, arguments, after = min(found, key=lambda one: taken[one[0].name])
        taken[action.name] += 1
        run = longer(run, Step(action.name, arguments, run.end, after))
    return run


def longer(run: Run, step: Step) -> Run:
    """The run with one step more."""
    return Run(run.claim, run.start, (*run.steps, step))
