"""Every recreated bug is noticed by something that names the clause."""

from __future__ import annotations

from typing import Any

import pytest

from pathproof.conformance.mutants import by_class, examine, explored_under
from pathproof.model.bugs import class_of, classes
from pathproof.model.cid_supply import issuer, machine
from pathproof.model.explorer.breaking import breaking
from pathproof.model.machines import NAMES, find
from pathproof.model.mutant import Mutant, applied, mutants
from pathproof.model.mutant import find as find_mutant
from pathproof.spec.clauses import clause

ALL = [(name, mutant) for name in NAMES for mutant in mutants(find(name)).values()]
EACH = pytest.mark.parametrize(("name", "mutant"), ALL, ids=[f"{name}.{one.name}" for name, one in ALL])


@pytest.mark.thorough
@pytest.mark.parametrize("name", mutants(machine))
def test_mutant_of_the_supply_is_killed(name: str) -> None:
    """A property notices the mutant, and so does a proof, unless it takes an endless run to notice."""
    kill = examine(machine.name, name)
    assert kill.broken, "no exploration notices it"
    assert kill.proof or kill.is_endless, "no proof notices it"


@pytest.mark.parametrize("name", NAMES)
def test_a_mutant_of_each_machine_is_killed(name: str) -> None:
    """The first mutant of every machine is noticed, by what holds without it; `make thorough` asks all."""
    mutant = next(iter(mutants(find(name)).values()))
    kill = examine(name, mutant.name)
    assert kill.killed
    assert breaking(find(name), explored_under(name, mutant), [find(name).claims[kill.broken]]) is None


UNDER = {(name, explored_under(name, mutant)): f"{name}.{mutant.name}" for name, mutant in ALL}
"""What each machine is explored under to kill mutants, with the last of those that need it so."""


@pytest.mark.thorough
@pytest.mark.parametrize(("name", "parameters"), UNDER, ids=UNDER.values())
def test_no_mutant_is_killed_by_what_fails_without_it(name: str, parameters: Any) -> None:
    """Where mutants are explored, the machine as it is keeps every claim that it makes."""
    assert breaking(find(name), parameters) is None


def test_a_kill_names_a_claim_of_the_mutants_clause() -> None:
    """The property that breaks first, another that breaks, too, or none: a close has its own clauses."""
    first, other, none = (
        examine(machine.name, name)
        for name in ("limit_is_not_enforced", "supply_is_issued_twice", "gap_is_an_error")
    )
    assert first.by_its_clause == first.broken
    assert (other.broken, other.by_its_clause) == ("numbers_rise_by_one", "every_window_is_within_the_limit")
    assert (none.broken, none.by_its_clause) == ("honest_peers_are_never_closed_on", "")


@EACH
def test_mutant_names_its_clauses(name: str, mutant: Mutant) -> None:
    """The clauses that a mutant breaks exist, and so does the function that it replaces."""
    assert mutant.cites
    assert all(clause(cited).id == cited for cited in mutant.cites)
    with applied(find(name), mutant):
        pass


@EACH
def test_mutant_recreates_known_bugs(name: str, mutant: Mutant) -> None:
    """The bugs that a mutant stands for are in the catalogue's classes."""
    assert [bug for bug in mutant.bugs if bug not in class_of()] == []


def test_a_name_of_two_functions_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mutant of a function that another module has under the same name would replace both."""
    mutant = find_mutant(machine, "late_number_is_stored")
    monkeypatch.setattr(issuer, mutant.replaces, lambda: None, raising=False)
    with pytest.raises(LookupError, match="two functions named take_in"), applied(machine, mutant):
        pass


@pytest.mark.parametrize("name", classes())
def test_every_class_has_mutants_or_a_reason(name: str) -> None:
    """A class of bugs is expressed by some mutant, or it is said why none can, and never both."""
    expressed = [mutant.name for _, mutant in ALL if set(mutant.bugs) & set(classes()[name].bugs)]
    assert bool(expressed) != bool(classes()[name].not_expressed), expressed


def test_every_bug_has_a_mutant_or_a_reason() -> None:
    """Each entry of the catalogue is recreated, or it is said why it cannot be, and never both."""
    recreated = {bug for _, mutant in ALL for bug in mutant.bugs}
    for one in classes().values():
        assert set(one.left) <= set(one.bugs)
        assert {bug for bug in one.bugs if not one.reason(bug)} == recreated & set(one.bugs), one.name


def test_rates_count_each_mutant_in_its_classes() -> None:
    """A mutant that stands for bugs of two classes counts in both, and in no other."""
    kill = examine(machine.name, "absent_limit_is_large")
    rates = [rate for rate in by_class([kill]) if rate.mutants]
    assert [rate.name for rate in rates] == ["limit-tp-default"]
    assert (rates[0].bugs, rates[0].expressed, rates[0].killed) == (5, 2, 1)
