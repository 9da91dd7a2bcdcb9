"""One row a clause: what names it, by kind, and why nothing does where nothing does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pathproof.conformance.coverage.citations import COVERING, Citation
from pathproof.model import machines
from pathproof.spec.clause_record import Clause, Concept
from pathproof.spec.clauses import load

REFERENCE = {Concept.ADDRESS_VALIDATION, Concept.PACKET_PROTECTION}
"""Concepts that no machine holds: their home is the reference endpoint."""


@dataclass(frozen=True, slots=True)
class Row:
    """A clause, the names of what cites it by kind, and the reason if nothing covers it."""

    clause: Clause
    by_kind: dict[str, tuple[str, ...]]

    @property
    def is_covered(self) -> bool:
        """Something carries the clause out, claims or checks it."""
        return any(self.by_kind.get(kind) for kind in COVERING)

    @property
    def reason(self) -> str:
        """Why nothing covers the clause; empty where something does, or where nobody has said why.

        The record's own reason comes first. A clause whose machine is not written yet needs none.
        """
        if self.is_covered:
            return ""
        return self.clause.uncovered or awaited(self.clause.concept)


def awaited(concept: Concept) -> str:
    """What a clause of this concept waits for, or "" where its home is there.

    >>> awaited(Concept.CID_SUPPLY), awaited(Concept.PACKET_PROTECTION)
    ('', 'the reference endpoint is to come')
    """
    if concept in REFERENCE:
        return "the reference endpoint is to come"
    if concept == Concept.WIRE_IMAGE or concept in machines.NAMES:
        return ""
    return f"the machine {concept} is to come"


def rows(citations: Iterable[Citation]) -> list[Row]:
    """Return a row for every clause, in the order of the documents.

    Examples
    --------
    >>> found = {row.clause.id: row for row in rows([Citation("trace rule", "x", ("RFC9000-5.1.1-13",))])}
    >>> found["RFC9000-5.1.1-13"].is_covered, found["RFC9000-5.1.1-15"].is_covered
    (True, False)
    """
    named: dict[str, dict[str, tuple[str, ...]]] = {clause: {} for clause in load()}
    for citation in citations:
        for clause in citation.clauses:
            if clause in named:
                before = named[clause].get(citation.kind, ())
                named[clause][citation.kind] = (*before, citation.name)
    return [Row(clause, named[clause.id]) for clause in load().values()]


def by_reason(uncovered: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Return uncovered rows by the reason for it, the most frequent one first."""
    found: dict[str, list[Row]] = {}
    for row in uncovered:
        found.setdefault(row.reason or "no reason given", []).append(row)
    return sorted(found.items(), key=lambda item: -len(item[1]))


def faults(citations: Iterable[Citation]) -> list[str]:
    """Return a line for everything that is wrong between the clauses and what names them.

    A citation of a clause that does not exist; an action that a clause claims and that does not cite it; a
    clause that is uncovered without a reason, or covered with one.

    Examples
    --------
    >>> faults([Citation("trace rule", "x", ("RFC9000-5.1.1-99",))])[0]
    'trace rule x cites RFC9000-5.1.1-99, which does not exist'
    """
    named = list(citations)
    found = [
        f"{one.kind} {one.name} cites {clause}, which does not exist"
        for one in named
        for clause in one.clauses
        if clause not in load()
    ]
    actions = {one.name: one.clauses for one in named if one.kind == "action"}
    for row in rows(named):
        clause = row.clause
        for action in clause.actions:
            if clause.id not in actions.get(action, ()):
                found.append(f"{clause.id} claims the action {action}, which does not cite it")
        if not row.is_covered and not row.reason:
            found.append(f"{clause.id} is covered by nothing, and no reason is given")
        if row.is_covered and clause.uncovered:
            found.append(f"{clause.id} is covered, and a reason why it is not is given all the same")
    return found
