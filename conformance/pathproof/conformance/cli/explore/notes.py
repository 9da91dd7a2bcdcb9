"""What a user should know beside the figures: which options changed nothing, what was left out, and why."""

from __future__ import annotations

from typing import Any

from pathproof.conformance.cli.explore.running import Outcome
from pathproof.conformance.cli.explore.verdict import absent, undecided
from pathproof.model.explorer.reductions import Reductions
from pathproof.model.machine import SAFETY, Claim, Machine


def notes(
    machine: Machine, parameters: Any, outcome: Outcome, claims: list[Claim], options: dict[str, Any]
) -> list[str]:
    """Each a line."""
    named = bool(options["names"])
    found = [
        _never(outcome, named),
        "" if named else _left_out(machine, parameters),
        _undecided(outcome, claims) if named else _unjudged(outcome, claims),
        _unreduced(machine, parameters) if options["no_reduce"] else "",
        _undrawn(outcome, machine, options),
        _unsaved(options),
    ]
    return [line for line in found if line]


def _never(outcome: Outcome, named: bool) -> str:
    """Why an action that never fires is no defect: another row of the machine's bounds is there for it."""
    found = outcome.exploration
    if found is None or not found.complete:
        return ""
    if named and absent(outcome):
        return f"not reached in any state at these bounds: {', '.join(absent(outcome))}"
    if found.never_fired or found.never_reached:
        return (
            "what never fires or is never reached here does at other bounds (--list names them): over all of "
            "them together, pathproof verify makes sure of that"
        )
    return ""


def _left_out(machine: Machine, parameters: Any) -> str:
    out = [
        f"{claim.name} ({', '.join(f'{name}={v}' for name, v in claim.excluded_by(parameters).items())})"
        for claim in machine.claims.values()
        if not claim.is_made(parameters)
    ]
    if not out:
        return ""
    why = "not checked here, as each fails in some run with such a value, unless --claim names it"
    return f"{why}: {', '.join(out)}"


def _undecided(outcome: Outcome, claims: list[Claim]) -> str:
    left = undecided(outcome, claims)
    return f"not decided: {', '.join(left)}" if left and not outcome.broken else ""


def _unjudged(outcome: Outcome, claims: list[Claim]) -> str:
    if outcome.endless is not None or not any(claim.sort == "eventually" for claim in claims):
        return ""
    if outcome.simulation:
        return "endless runs were not judged: random runs end, a search of all states judges them"
    if outcome.broken:
        return "endless runs were not judged: the search ended at a violation"
    if not outcome.complete:
        return "endless runs were not judged: that needs a search that has seen every state"
    return "endless runs were not judged: --endless does so"


def _unreduced(machine: Machine, parameters: Any) -> str:
    if machine.normal_forms or (machine.symmetric and Reductions(machine, parameters)):
        return ""
    return f"--no-reduce changed nothing: {machine.name} has nothing to reduce at these bounds"


def _undrawn(outcome: Outcome, machine: Machine, options: dict[str, Any]) -> str:
    if options["svg"] is None or outcome.chart(machine):
        return ""
    return f"{options['svg']} was not drawn: nothing that was found breaks a claim"


def _unsaved(options: dict[str, Any]) -> str:
    if options["checkpoint"] is None or options["checkpoint"].exists():
        return ""
    return f"{options['checkpoint']} was not written: the search was over within {options['every']} seconds"


def holds(outcome: Outcome, claims: list[Claim]) -> str:
    """How many claims about states and steps hold, and where; empty where one is broken or there is none."""
    found = outcome.exploration or outcome.simulation
    safe = sum(claim.sort in SAFETY for claim in claims)
    if not found or found.violation or not safe:
        return ""
    where = "every state" if outcome.exploration and outcome.complete else "the states found"
    return f"{safe} claim{' holds' if safe == 1 else 's hold'} in {where}"
