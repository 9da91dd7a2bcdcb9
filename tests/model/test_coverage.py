"""Every demand of the machine's sections is cited by it; what else is not has its reason in the records."""

from __future__ import annotations

from pathproof.model.cid_supply import machine
from pathproof.spec.clauses import load

SECTIONS = {"5.1.1", "5.1.2", "19.15", "19.16"}


def cited() -> set[str]:
    """Every clause that an action or a claim of the machine names."""
    named = [*machine.actions.values(), *machine.claims.values()]
    return {clause for one in named for clause in one.cites}


def test_every_citation_is_a_clause() -> None:
    """No action or claim names a clause that does not exist."""
    assert cited() <= set(load())


def test_every_demand_is_cited() -> None:
    """Each MUST and MUST NOT of these sections is carried out or claimed by the machine."""
    demands = {
        clause.id
        for clause in load().values()
        if clause.document == "RFC9000" and clause.section in SECTIONS and clause.level.startswith("MUST")
    }
    assert len(demands) > 10
    assert demands <= cited()


def test_every_action_is_claimed_by_the_clauses_it_cites() -> None:
    """The record of a clause names the actions that carry it out, and each action names its clauses."""
    for action in machine.actions.values():
        for clause in action.cites:
            assert f"{machine.name}.{action.name}" in load()[clause].actions, (action.name, clause)
