"""What the text leaves open has its run, and every recreated bug is seen."""

from __future__ import annotations

from typing import Any

import pytest

from pathproof.model.execute import initial, successors
from pathproof.model.explorer.checks import first_violated
from pathproof.model.explorer.liveness import check
from pathproof.model.explorer.search import explore
from pathproof.model.migration import machine
from pathproof.model.migration.bounds import FAILURES, PICTURE
from pathproof.model.migration.mutants import MUTANTS
from pathproof.model.migration.phases import phase
from pathproof.model.mutant import Mutant, applied

SEARCHED = 700
"""States in which CPython looks for a violation before anything is compiled."""


def found_at_once(parameters: Any, claims: list[Any]) -> bool:
    """One of the first states, or a step from it, violates a claim."""
    waiting, seen = [initial(machine, parameters)], set()
    for state in waiting:
        if first_violated(claims, parameters, state):
            return True
        for _, _, after in successors(machine, state, parameters):
            if first_violated(claims, parameters, state, after):
                return True
            if repr(after) not in seen and len(seen) < SEARCHED:
                seen.add(repr(after))
                waiting.append(after)
    return False


def is_seen(settings: Any, claims: list[Any]) -> bool:
    """One of the claims fails: about a state or a step, or about a fair run where runs are endless."""
    parameters = machine.setting(settings)
    if parameters.numbering == "goes on":
        endless = [one for one in claims if one.sort == "eventually"]
        return bool(check(machine, parameters, endless))
    safety = [one for one in claims if one.sort in ("always", "step")]
    return found_at_once(parameters, safety) or explore(machine, parameters, safety).violation is not None


@pytest.mark.thorough
@pytest.mark.parametrize(("claim", "settings"), FAILURES)
def test_a_claim_fails_where_it_is_not_made(claim: str, settings: Any) -> None:
    """Each reading and option under which a claim is not made has a run that shows why."""
    assert not machine.claims[claim].is_made(machine.setting(settings))
    assert is_seen(settings, [machine.claims[claim]])


@pytest.mark.thorough
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_is_killed(mutant: Mutant) -> None:
    """A claim that is made sees the bug."""
    with applied(machine, mutant):
        assert is_seen(mutant.settings, machine.made(machine.setting(mutant.settings)))


def test_phases_are_few() -> None:
    """A run of the picture's size goes through phases that a reader can tell apart."""
    parameters = machine.setting(PICTURE)
    found, seen = [initial(machine, parameters)], set()
    for state in found:
        for _, _, after in successors(machine, state, parameters):
            if repr(after) not in seen:
                seen.add(repr(after))
                found.append(after)
    assert 4 <= len({phase(state, parameters) for state in found}) <= 25
    assert len(found) < 2000
