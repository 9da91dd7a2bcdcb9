"""Endless runs: whether the `eventually` claims hold, at every default bound that has not too many states.

Bounds that have too many are told, with what no smaller ones have in their place: nothing is left out unseen.
"""

from __future__ import annotations

import time

from pathproof.conformance.verification.exploring import Exploring
from pathproof.conformance.verification.row import Row
from pathproof.model.bounds import bounds
from pathproof.model.explorer.liveness import check
from pathproof.model.machines import NAMES, find

MOST = 1_000_000
"""States of a configuration beyond which its cycles are not looked for here: edges cost more than states."""


def endless_checks() -> list[Exploring]:
    """Every configuration in which endless runs are judged, of the machines that claim something of them."""
    return [job for job in _claimed() if not is_left_out(job)]


def left_out() -> list[Exploring]:
    """Every configuration of those machines in which they are not."""
    return [job for job in _claimed() if is_left_out(job)]


def _claimed() -> list[Exploring]:
    return [
        Exploring(name, row, settings)
        for name in machines_with_claims()
        for row, settings in bounds(name).configurations.items()
    ]


def is_left_out(job: Exploring) -> bool:
    """Whether a configuration has too many states for its cycles to be looked for."""
    return bounds(job.machine).sizes[job.name][0] > MOST


def unjudged(name: str) -> list[str]:
    """The values of readings and options that a machine is explored with, and in no row that is judged.

    >>> unjudged("path_validation")
    []
    """
    every, some = _values(name, _claimed()), _values(name, endless_checks())
    return [f"{parameter}={value}" for parameter, value in every if (parameter, value) not in some]


def _values(name: str, jobs: list[Exploring]) -> list[tuple[str, str]]:
    """Each option and reading with each value that it has in one of these rows, once."""
    rows = [vars(find(name).setting(job.settings)) for job in jobs if job.machine == name]
    fields = find(name).parameters.__dataclass_fields__.values()
    chosen = [field.name for field in fields if field.metadata.get("domain") is not None]
    return list(dict.fromkeys((parameter, row[parameter]) for parameter in chosen for row in rows))


def told(job: Exploring) -> Row:
    """The line of a configuration that is not judged, and why."""
    states = bounds(job.machine).sizes[job.name][0]
    figures = f"{states:,} states, more than the {MOST:,} up to which cycles are looked for"
    return Row(f"endless runs of {job.machine}", job.name, "not judged", figures, 0.0, True, judged=False)


def all_values(name: str) -> Row:
    """Whether every reading and option that is explored is in some row that is judged, too."""
    missing = unjudged(name)
    rows = sum(job.machine == name for job in left_out())
    result = f"in no judged row: {', '.join(missing)}" if missing else "complete"
    figures = f"readings and options, {rows} rows not judged"
    return Row(f"endless runs of {name}", "all of the above together", result, figures, 0.0, not missing)


def machines_with_claims() -> list[str]:
    """The machines that claim something of endless runs."""
    return [name for name in NAMES if find(name).of("eventually")]


def judged(job: Exploring) -> Row:
    """Look for lassos in one configuration."""
    began = time.perf_counter()
    machine = find(job.machine)
    parameters = machine.setting(job.settings)
    found = check(machine, parameters, machine.made(parameters))
    figures = f"{found.instances} claims with their arguments, {found.components:,} components"
    result = (
        f"{', '.join(found.failed)} fails" if found else "holds" if found.instances else "nothing claimed"
    )
    seconds = time.perf_counter() - began
    return Row(f"endless runs of {job.machine}", job.name, result, figures, seconds, not found)
