"""Explorations: every state at the default bounds, the failures that are expected, and what was reached."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pathproof.conformance.chart import render_text
from pathproof.conformance.run_charts import chart_of_lasso, chart_of_run
from pathproof.conformance.verification.row import Row
from pathproof.model.bounds import bounds
from pathproof.model.explorer.breaking import breaking
from pathproof.model.explorer.liveness import Lasso
from pathproof.model.explorer.result import Exploration, Run
from pathproof.model.explorer.search import explore
from pathproof.model.machine import Machine
from pathproof.model.machines import NAMES, find

WIDTH = 120
"""Columns of a chart."""
MANY = 1_000_000
"""States from which on it pays to have the compiler take its time."""


@dataclass(frozen=True)
class Exploring:
    """One exploration to make, in a process of its own; `failing` names the claim that must not hold."""

    machine: str
    name: str
    settings: Mapping[str, Any]
    failing: str = ""


def explorations() -> list[Exploring]:
    """Every exploration at default bounds, and every failure that is expected."""
    made: list[Exploring] = []
    for name in NAMES:
        known = bounds(name)
        made += [Exploring(name, row, settings) for row, settings in known.configurations.items()]
        made += [Exploring(name, claim, settings, claim) for claim, settings in known.broken]
    return made


Found = tuple[Row, str, set[str], set[str]]
"""A row, the machine, the witnesses that were reached, and the actions that fired."""


def explored(job: Exploring) -> Found:
    """Make one exploration, on one core: others run beside it."""
    began = time.perf_counter()
    machine = find(job.machine)
    if job.failing:
        return _failure(machine, job, began), job.machine, set(), set()
    parameters = machine.setting(job.settings)
    pinned = bounds(job.machine).sizes[job.name]
    found = explore(machine, parameters, machine.made(parameters), jobs=1, haste=pinned[0] < MANY)
    witnesses = {claim.name for claim in machine.of("sometimes")} - set(found.never_reached)
    moved = set(machine.actions) - set(found.never_fired)
    result = _result(found, pinned)
    memory = found.states * found.bytes_per_state / 1e6
    size = f"{found.states:,} states, {found.transitions:,} transitions, depth {found.depth}"
    figures = f"{size}, {memory:,.0f} MB"
    seconds = time.perf_counter() - began
    row = Row(f"explore {job.machine}", job.name, result, figures, seconds, result == "holds")
    return row, job.machine, witnesses, moved


def _result(found: Exploration, pinned: tuple[int, int, int]) -> str:
    """Whether all claims hold, everything was seen, and the size is the one that is pinned."""
    if found.violation:
        return f"{found.violation.claim} fails"
    if not found.complete:
        return "stopped"
    size = (found.states, found.transitions, found.depth)
    return "holds" if size == pinned else f"another size than the pinned {pinned[0]:,} states"


def _failure(machine: Machine, job: Exploring, began: float) -> Row:
    """A claim that a reading breaks: the run must be found, or the reading's record is stale."""
    parameters, claim = machine.setting(job.settings), machine.claims[job.failing]
    broken = breaking(machine, parameters, [claim])
    how, chart = _told(broken), _charted(machine, broken)
    setting = ", ".join(f"{name}={value}" for name, value in job.settings.items())
    result = f"fails, as it must, {how}" if how else "holds unexpectedly"
    seconds = time.perf_counter() - began
    return Row(f"known failures of {job.machine}", job.failing, result, setting, seconds, bool(how), chart)


def _charted(machine: Machine, broken: Run | Lasso | None) -> str:
    """The run as a sequence chart."""
    if broken is None:
        return ""
    if isinstance(broken, Lasso):
        return render_text(chart_of_lasso(machine, broken), width=WIDTH)
    return render_text(chart_of_run(machine, broken), width=WIDTH)


def _told(broken: Run | Lasso | None) -> str:
    """How soon a claim fails, or nothing where it holds."""
    match broken:
        case Lasso():
            return f"for ever, after {len(broken.prefix)} steps"
        case Run():
            return f"in {len(broken.steps)} steps"
    return ""


def reached_row(machine: Machine, reached: set[str], fired: set[str]) -> Row:
    """Over all explorations, every action has fired and every witness was reached."""
    witnesses = {claim.name for claim in machine.of("sometimes")}
    missing = sorted((witnesses - reached) | (set(machine.actions) - fired))
    figures = f"{len(fired)} actions fired, {len(reached)} witnesses reached"
    result = f"never: {', '.join(missing)}" if missing else "complete"
    return Row(f"explore {machine.name}", "all of the above together", result, figures, 0.0, not missing)
