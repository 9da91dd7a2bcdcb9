"""What `pathproof verify` does, job after job: each yields rows with a result, figures and a time."""

from __future__ import annotations

from collections.abc import Iterator

from pathproof.conformance.verification.endless import (
    all_values,
    endless_checks,
    judged,
    left_out,
    machines_with_claims,
    told,
)
from pathproof.conformance.verification.exploring import explorations, explored, reached_row
from pathproof.conformance.verification.proving import proof_names, proofs
from pathproof.conformance.verification.row import Row
from pathproof.conformance.verification.specification import specification
from pathproof.conformance.verification.traces import samples, trace
from pathproof.model.machines import NAMES, find
from pathproof.model.parallel import spread
from pathproof.proofs.prove import proved_machines

__all__ = ["Row", "jobs_in_all", "verify"]


def verify(jobs: int = 2) -> Iterator[Row]:
    """Every row, as soon as it is known."""
    yield specification()
    reached: dict[str, set[str]] = {}
    fired: dict[str, set[str]] = {}
    for row, machine, seen, moved in spread(explored, ((job,) for job in explorations()), jobs, True):
        reached.setdefault(machine, set()).update(seen)
        fired.setdefault(machine, set()).update(moved)
        yield row
    for name in NAMES:
        yield reached_row(find(name), reached[name], fired[name])
    yield from spread(judged, ((job,) for job in endless_checks()), jobs, True)
    yield from map(told, left_out())
    yield from map(all_values, machines_with_claims())
    for name in proved_machines():
        yield from proofs(name, jobs)
    yield from map(trace, samples())


def jobs_in_all() -> int:
    """How many rows `verify` yields."""
    explored_rows = len(explorations()) + len(NAMES)
    endless_rows = len(endless_checks()) + len(left_out()) + len(machines_with_claims())
    return 1 + explored_rows + endless_rows + len(proof_names()) + len(samples())
