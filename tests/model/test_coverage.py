"""What the machines cite exists, and records and machines say the same of each other."""

from __future__ import annotations

import pytest

from pathproof.model.machines import NAMES, find
from pathproof.spec.clauses import load

MACHINES = pytest.mark.parametrize("name", NAMES)
SECTIONS = {"5.1.1", "5.1.2", "19.15", "19.16"}


def cited(name: str) -> set[str]:
    """Every clause that an action or a claim of the machine names."""
    machine = find(name)
    return {clause for one in (*machine.actions.values(), *machine.claims.values()) for clause in one.cites}


@MACHINES
def test_every_citation_is_a_clause(name: str) -> None:
    """No action or claim names a clause that does not exist."""
    assert cited(name) <= set(load())


def test_every_demand_on_connection_ids_is_cited() -> None:
    """Each MUST and MUST NOT of the sections on issuing and retiring is carried out or claimed."""
    demands = {
        clause.id
        for clause in load().values()
        if clause.document == "RFC9000" and clause.section in SECTIONS and clause.level.startswith("MUST")
    }
    assert len(demands) > 10
    assert demands <= cited("cid_supply")


@MACHINES
def test_every_action_is_claimed_by_the_clauses_it_cites(name: str) -> None:
    """The record of a clause names the actions that carry it out, and each action names its clauses."""
    for action in find(name).actions.values():
        for clause in action.cites:
            assert f"{name}.{action.name}" in load()[clause].actions, (action.name, clause)


@MACHINES
def test_every_claim_cites_a_clause(name: str) -> None:
    """No claim is there without a sentence that asks for it."""
    assert [claim.name for claim in find(name).claims.values() if not claim.cites] == []
