"""Endless runs: whether the `eventually` claims hold, at every default bound that has not too many states."""

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
    return [
        Exploring(name, row, settings)
        for name in NAMES
        if find(name).of("eventually")
        for row, settings in bounds(name).configurations.items()
        if bounds(name).sizes[row][0] <= MOST
    ]


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
