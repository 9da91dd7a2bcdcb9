"""Every clause of the machine's sections is cited by it, or the reason why not is written here."""

from __future__ import annotations

from pathproof.model.cid_supply import machine
from pathproof.spec.clauses import load

SECTIONS = {"5.1.1", "5.1.2", "19.15", "19.16"}
NUMBERS = "connection IDs go by their sequence numbers in the machine, so there is nothing to break"
LAYOUT = "a frame is its fields in the machine; its bytes belong to the wire image"
LIVENESS = "asks for something to happen eventually, and the machine makes no liveness claims yet"
FREEDOM = "permits the issuer to hold back, which every action may do by not happening"

UNCITED = {
    "RFC9000-5.1.1-01": NUMBERS,
    "RFC9000-5.1.1-02": "the handshake's headers are not in the machine; number 0 begins active",
    "RFC9000-5.1.1-05": "the machine has no other way to supply one",
    "RFC9000-5.1.1-07": "the handshake's first destination and Retry come before the machine begins",
    "RFC9000-5.1.1-11": LIVENESS,
    "RFC9000-5.1.1-17": FREEDOM,
    "RFC9000-5.1.1-19": FREEDOM,
    "RFC9000-5.1.1-20": "speaks of the other direction's supply, which is a machine of its own",
    "RFC9000-5.1.1-21": "is the guard `may_issue`; its breach is cited as RFC9000-19.15-04",
    "RFC9000-5.1.2-07": "is the argument `prior` of `issue`",
    "RFC9000-5.1.2-12": "the parameter `retirements` is the bound; its default is twice the default limit",
    "RFC9000-19.15-01": "says what the frame is for",
    "RFC9000-19.15-02": LAYOUT,
    "RFC9000-19.16-02": "number 0 is retired like any other in the machine, with no rule of its own",
    "RFC9000-19.16-03": LIVENESS,
    "RFC9000-19.16-04": "tokens are used by the stateless-reset machine, which is to come",
    "RFC9000-19.16-05": LAYOUT,
}


def cited() -> set[str]:
    """Every clause that an action or a claim of the machine names."""
    named = [*machine.actions.values(), *machine.claims.values()]
    return {clause for one in named for clause in one.cites}


def test_every_citation_is_a_clause() -> None:
    """No action or claim names a clause that does not exist."""
    assert cited() <= set(load())


def test_every_clause_is_cited_or_its_absence_has_a_reason() -> None:
    """The list of what is left out is exact: nothing is hidden and nothing is stale."""
    clauses = {name for name, clause in load().items() if clause.section in SECTIONS}
    assert clauses - cited() == set(UNCITED)


def test_every_demand_is_cited() -> None:
    """No MUST or MUST NOT of these sections is among what is left out."""
    assert [name for name in UNCITED if load()[name].level.startswith("MUST")] == []
