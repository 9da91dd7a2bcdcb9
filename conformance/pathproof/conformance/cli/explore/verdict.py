"""What an outcome says about the claims that were asked for, and the exit status for that.

A claim that --claim names was asked for: if it was not decided, nothing holds yet. Without --claim the exit
status is about what the run looked at, and what it did not look at is told.
"""

from __future__ import annotations

from pathproof.conformance.cli.explore.running import Outcome
from pathproof.model.machine import Claim

HOLDS, BROKEN, INCOMPLETE = 0, 1, 3


def status(outcome: Outcome, claims: list[Claim], named: bool) -> int:
    """The exit status: 1 for what does not hold, 3 where not everything was seen or decided."""
    if outcome.broken or (named and absent(outcome)):
        return BROKEN
    return INCOMPLETE if not outcome.complete or (named and undecided(outcome, claims)) else HOLDS


def absent(outcome: Outcome) -> tuple[str, ...]:
    """The witnesses that no state has: that is known once every state is seen."""
    found = outcome.exploration
    return found.never_reached if found and found.complete else ()


def undecided(outcome: Outcome, claims: list[Claim]) -> list[str]:
    """The claims that this outcome says nothing about: endless runs not judged, witnesses not met so far."""
    found = outcome.exploration or outcome.simulation
    missed = set(found.never_reached if found else ()) - set(absent(outcome))
    return [
        claim.name
        for claim in claims
        if claim.name in missed or (claim.sort == "eventually" and outcome.endless is None)
    ]
