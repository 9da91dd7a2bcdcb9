"""Every recreated bug is noticed by something that names the clause."""

from __future__ import annotations

import pytest

from pathproof.conformance.mutants import examine
from pathproof.model.cid_supply import machine
from pathproof.model.mutant import applied, mutants
from pathproof.spec.clauses import clause


@pytest.mark.parametrize("name", mutants(machine))
def test_mutant_is_killed(name: str) -> None:
    """A property, and a proof, notice the mutant."""
    kill = examine(machine.name, name)
    assert kill.broken, "no exploration notices it"
    assert kill.proof, "no proof notices it"


@pytest.mark.parametrize("name", mutants(machine))
def test_mutant_names_its_clauses(name: str) -> None:
    """The clauses that a mutant breaks exist, and so does the function that it replaces."""
    mutant = mutants(machine)[name]
    assert all(clause(cited).id == cited for cited in mutant.cites)
    with applied(machine, mutant):
        pass


def test_the_classes_asked_for_are_there() -> None:
    """Bugs of the classes duplicate-ncid, limit-count-send, retire-self and retire-queue-unbounded."""
    bugs = {bug for mutant in mutants(machine).values() for bug in mutant.bugs}
    assert {"QG-04", "QG-12", "QG-05", "CQ-01", "QG-07", "AQ-09"} <= bugs
    assert len(mutants(machine)) >= 12
