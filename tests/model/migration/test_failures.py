"""What the text leaves open has its run, and every recreated bug is seen."""

from __future__ import annotations

from typing import Any

import pytest

from pathproof.model.explorer import liveness
from pathproof.model.explorer.search import explore
from pathproof.model.migration import machine
from pathproof.model.migration.bounds import FAILURES
from pathproof.model.migration.mutants import MUTANTS
from pathproof.model.migration.phases import phase
from pathproof.model.mutant import Mutant, applied


def killed_by(settings: Any, claims: list[Any]) -> str | None:
    """The claim that fails first: about a state or a step, and else about a fair run."""
    parameters = machine.setting(settings)
    safety = [one for one in claims if one.sort in ("always", "step")]
    found = explore(machine, parameters, safety).violation if safety else None
    if found is not None:
        return found.claim
    endless = [one for one in claims if one.sort == "eventually"]
    if not endless or not hasattr(parameters, "numbering") or parameters.numbering == "ends":
        return None
    return next(iter(liveness.check(machine, parameters, endless).failed), None)


@pytest.mark.parametrize(("claim", "settings"), FAILURES)
def test_a_claim_fails_where_it_is_not_made(claim: str, settings: Any) -> None:
    """Each reading and option under which a claim is not made has a run that shows why."""
    assert not machine.claims[claim].is_made(machine.setting(settings))
    assert killed_by(settings, [machine.claims[claim]]) == claim


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_is_killed(mutant: Mutant) -> None:
    """A claim that is made sees the bug."""
    with applied(machine, mutant):
        assert killed_by(mutant.settings, machine.made(machine.setting(mutant.settings))) is not None


def test_phases_are_few() -> None:
    """A run of the picture's size goes through phases that a reader can tell apart."""
    from pathproof.model.execute import initial, successors
    from pathproof.model.migration.bounds import PICTURE

    parameters = machine.setting(PICTURE)
    start = initial(machine, parameters)
    found, seen = [start], {repr(start)}
    for state in found:
        for _, _, after in successors(machine, state, parameters):
            if repr(after) not in seen:
                seen.add(repr(after))
                found.append(after)
    assert 4 <= len({phase(state, parameters) for state in found}) <= 25
    assert len(found) < 2000
