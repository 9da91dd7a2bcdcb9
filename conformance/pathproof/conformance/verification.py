"""What `pathproof verify` does, job after job: each yields rows with a result, figures and a time."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from pathproof.conformance.coverage import citations, faults, rows
from pathproof.conformance.judge import judge
from pathproof.conformance.qlog import read
from pathproof.model.explorer.search import explore
from pathproof.model.machine import SAFETY, Machine
from pathproof.model.machines import NAMES, find
from pathproof.model.parallel import spread
from pathproof.proofs.prove import Proof, prove
from pathproof.spec import readings


@dataclass(frozen=True)
class Row:
    """One line of the table: what was done, whether it came out as it must, and in which figures."""

    job: str
    name: str
    result: str
    figures: str
    seconds: float
    passed: bool

    def as_dict(self) -> dict[str, Any]:
        """The row as plain values for JSON."""
        return asdict(self)


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
        bounds = import_module(f"pathproof.model.{name}.bounds")
        made += [Exploring(name, row, settings) for row, settings in bounds.CONFIGURATIONS.items()]
        made += [Exploring(name, claim, settings, claim) for claim, settings in bounds.FAILURES]
    return made


def samples() -> list[Path]:
    """The traces that the package ships."""
    with as_file(files("pathproof.conformance") / "samples") as folder:
        return sorted(folder.glob("*.qlog"))


def verify(jobs: int = 2) -> Iterator[Row]:
    """Every row, as soon as it is known."""
    yield _specification()
    reached: dict[str, set[str]] = {}
    fired: dict[str, set[str]] = {}
    for row, machine, seen, moved in spread(_explore, ((job,) for job in explorations()), jobs, True):
        reached.setdefault(machine, set()).update(seen)
        fired.setdefault(machine, set()).update(moved)
        yield row
    for name in NAMES:
        yield _coverage(find(name), reached[name], fired[name])
        yield from _proofs(name, jobs)
    yield from map(_trace, samples())


def jobs_in_all() -> int:
    """How many rows `verify` yields."""
    proofs = sum(len(prove_rows) for prove_rows in map(_provable, NAMES))
    return 1 + len(explorations()) + len(NAMES) + proofs + len(samples())


def _specification() -> Row:
    """Every citation exists, actions cite the clauses that claim them, and what is uncovered says why."""
    began = time.perf_counter()
    named = list(citations())
    wrong = faults(named)
    found = rows(named)
    covered = sum(row.is_covered for row in found)
    figures = f"{len(found)} clauses, {covered} covered, {len(readings.load())} readings"
    result = f"{len(wrong)} faults: {wrong[0]}" if wrong else "no fault"
    return Row("spec", "clauses and citations", result, figures, time.perf_counter() - began, not wrong)


def _provable(name: str) -> list[str]:
    return [claim.name for claim in find(name).claims.values() if claim.sort in SAFETY] + ["lemmas"]


def _explore(job: Exploring) -> tuple[Row, str, set[str], set[str]]:
    began = time.perf_counter()
    machine = find(job.machine)
    parameters = machine.setting(job.settings)
    claims = [machine.claims[job.failing]] if job.failing else machine.made(parameters)
    found = explore(machine, parameters, claims)
    seconds = time.perf_counter() - began
    if job.failing:
        return _failure(job, found, seconds), job.machine, set(), set()
    witnesses = {claim.name for claim in machine.of("sometimes")} - set(found.never_reached)
    moved = set(machine.actions) - set(found.never_fired)
    result = "holds" if found.complete else f"{found.violation.claim} fails" if found.violation else "stopped"
    figures = f"{found.states:,} states, {found.transitions:,} transitions, depth {found.depth}"
    row = Row(f"explore {job.machine}", job.name, result, figures, seconds, found.complete)
    return row, job.machine, witnesses, moved


def _failure(job: Exploring, found: Any, seconds: float) -> Row:
    """A claim that a reading breaks: the run must be found, or the reading's record is stale."""
    setting = ", ".join(f"{name}={value}" for name, value in job.settings.items())
    broken = found.violation is not None
    result = f"fails, as it must, in {len(found.violation.steps)} steps" if broken else "holds unexpectedly"
    return Row(f"known failures of {job.machine}", job.failing, result, setting, seconds, broken)


def _coverage(machine: Machine, reached: set[str], fired: set[str]) -> Row:
    """Over all explorations, every action has fired and every witness was reached."""
    witnesses = {claim.name for claim in machine.of("sometimes")}
    missing = sorted((witnesses - reached) | (set(machine.actions) - fired))
    figures = f"{len(fired)} actions fired, {len(reached)} witnesses reached"
    result = f"never: {', '.join(missing)}" if missing else "complete"
    return Row(f"explore {machine.name}", "all of the above together", result, figures, 0.0, not missing)


def _proofs(name: str, jobs: int) -> Iterator[Row]:
    proofs = prove(name, jobs=jobs)
    for proof in proofs:
        if proof.role == "claim":
            yield _proof_row(name, proof.claim.name, [proof])
    yield _proof_row(name, "lemmas", [proof for proof in proofs if proof.role == "lemma"])


def _proof_row(machine: str, name: str, proofs: list[Proof]) -> Row:
    statuses = {proof.status for proof in proofs}
    proved = statuses == {"proved"}
    scope = "unbounded" if proved else "; ".join(sorted(proof.scope for proof in proofs))
    except_under = ", ".join(f"{n}={v}" for proof in proofs for n, v in proof.claim.fails_under.items())
    obligations = sum(len(proof.findings) for proof in proofs)
    figures = f"{obligations} obligations" + (f", not claimed under {except_under}" if except_under else "")
    result = f"proved, {scope}" if proved else f"{', '.join(sorted(statuses))}, {scope}"
    return Row(f"prove {machine}", name, result, figures, sum(p.seconds for p in proofs), proved)


def _trace(path: Path) -> Row:
    began = time.perf_counter()
    reports = [judge(trace) for trace in read(str(path))]
    verdicts = [verdict for report in reports for verdict in report.verdicts]
    violated = [verdict.clause for verdict in verdicts if verdict.status == "violated"]
    held = sum(verdict.status == "holds" for verdict in verdicts)
    figures = f"{sum(report.packets for report in reports)} packets, {held} verdicts hold"
    result = f"violates {', '.join(violated)}" if violated else "no violation"
    passed = bool(held) and not violated
    return Row("judge", path.name, result, figures, time.perf_counter() - began, passed)
