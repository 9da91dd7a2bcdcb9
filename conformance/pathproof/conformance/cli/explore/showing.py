"""What was found, as tables or as plain values for JSON."""

from __future__ import annotations

from typing import Any

import click

from pathproof.conformance.chart import render_text
from pathproof.conformance.cli import output
from pathproof.conformance.cli.explore.notes import holds
from pathproof.conformance.cli.explore.running import Outcome
from pathproof.model.explorer.liveness import Checked, Lasso
from pathproof.model.explorer.result import Exploration, Run, Step
from pathproof.model.explorer.simulation import Simulation
from pathproof.model.machine import SAFETY, Claim, Machine

MANY = 100_000  # states below which the first table's size is all that bytes per state would tell


def as_dict(outcome: Outcome, claims: list[Claim]) -> dict[str, Any]:
    """The outcome as plain values for JSON."""
    told = _searched(outcome.exploration) if outcome.exploration else {}
    told |= _simulated(outcome.simulation, outcome.seed) if outcome.simulation else {}
    safe = [claim.name for claim in claims if claim.sort in SAFETY]
    return {
        **told,
        "claims": safe,
        "endless": _endless(outcome.endless) if outcome.endless is not None else None,
    }


def _searched(found: Exploration) -> dict[str, Any]:
    return {
        "states": found.states,
        "transitions": found.transitions,
        "depth": found.depth,
        "complete": found.complete,
        "stopped": found.stopped,
        "seconds": round(found.seconds, 3),
        "compile_seconds": round(found.compile_seconds, 3),
        "states_per_second": round(found.states_per_second),
        "bytes_per_state": round(found.bytes_per_state, 1),
        "never_fired": list(found.never_fired),
        "never_reached": list(found.never_reached),
        "deadlocks": found.deadlocks,
        "violation": _run(found.violation) if found.violation else None,
    }


def _simulated(found: Simulation, seed: int) -> dict[str, Any]:
    return {
        "runs": found.runs,
        "steps": found.steps,
        "seed": seed,
        "depth": found.depth,
        "ended": found.ended,
        "distinct": found.distinct,
        "seconds": round(found.seconds, 3),
        "never_fired": list(found.never_fired),
        "never_reached": list(found.never_reached),
        "violation": _run(found.violation) if found.violation else None,
    }


def _endless(found: Checked) -> dict[str, Any]:
    return {
        "instances": found.instances,
        "components": found.components,
        "seconds": round(found.seconds, 3),
        "violations": [_lasso(lasso) for lasso in found],
    }


def _run(run: Run) -> dict[str, Any]:
    return {"claim": run.claim, "start": vars(run.start), "steps": list(map(_step, run.steps))}


def _lasso(lasso: Lasso) -> dict[str, Any]:
    return {
        "claim": lasso.claim,
        "arguments": lasso.arguments,
        "given": [fair.name for fair in lasso.given],
        "start": vars(lasso.start),
        "prefix": list(map(_step, lasso.prefix)),
        "cycle": list(map(_step, lasso.cycle)),
    }


def _step(step: Step) -> dict[str, Any]:
    return {"action": step.action, "arguments": step.arguments, "after": vars(step.after)}


def show(machine: Machine, outcome: Outcome, claims: list[Claim], notes: list[str]) -> None:
    """Print figures, what never happened, what breaks a claim, and the notes."""
    shown = output.console()
    table = output.table(f"{machine.name}", "", "value", right=("value",))
    found = outcome.exploration or outcome.simulation
    assert found is not None
    rows = _search_rows(found) if isinstance(found, Exploration) else _simulation_rows(found, outcome.seed)
    for name, value in rows:
        table.add_row(name, value)
    shown.print(table)
    chart = outcome.chart(machine)
    if not chart:
        shown.print(f"never fired: {', '.join(found.never_fired) or 'none'}")
    if not chart and any(claim.sort == "sometimes" for claim in claims):
        shown.print(f"never reached: {', '.join(found.never_reached) or 'none'}")
    if isinstance(found, Exploration) and found.stopped:
        shown.print(f"not complete: {found.stopped}")
    if chart:
        click.echo("\n" + render_text(chart, width=min(shown.width, 120)))
    _verdict(outcome, claims)
    for note in notes:
        shown.print(note, markup=False)


def _search_rows(found: Exploration) -> tuple[tuple[str, str], ...]:
    few = found.states < MANY
    return (
        ("distinct states", f"{found.states:,}"),
        ("transitions", f"{found.transitions:,}"),
        ("depth", f"{found.depth}"),
        ("seconds to search", f"{found.seconds:.2f}"),
        ("seconds to compile before that", f"{found.compile_seconds:.2f}"),
        ("states per second", f"{found.states_per_second:,.0f}"),
        ("bytes per state", "(too few to tell)" if few else f"{found.bytes_per_state:.1f}"),
        ("states without a successor", f"{found.deadlocks:,}"),
    )


def _simulation_rows(found: Simulation, seed: int) -> tuple[tuple[str, str], ...]:
    return (
        ("random runs", f"{found.runs:,}"),
        ("seed", f"{seed}"),
        ("steps", f"{found.steps:,}"),
        ("steps of the longest run", f"{found.depth:,}"),
        ("runs that came to an end", f"{found.ended:,}"),
        ("distinct states, about", f"{found.distinct:,}"),
        ("seconds", f"{found.seconds:.2f}"),
        ("steps per second", f"{found.steps / max(found.seconds, 1e-9):,.0f}"),
    )


def _verdict(outcome: Outcome, claims: list[Claim]) -> None:
    shown = output.console()
    if holds(outcome, claims):
        shown.print(holds(outcome, claims))
    if outcome.endless is not None:
        found, failed = outcome.endless, ", ".join(outcome.endless.failed)
        asked = "1 claim with its" if found.instances == 1 else f"{found.instances} claims with their"
        verdict = f"not all hold: {failed}" if failed else "all hold"
        shown.print(f"endless runs, {found.seconds:.1f} s: {asked} arguments, {verdict}")
