"""A row says by what its clause is covered, and why it is not."""

from __future__ import annotations

import pytest

from pathproof.conformance.coverage import Citation, Row, rows
from pathproof.conformance.coverage.citations import COVERING
from pathproof.conformance.coverage.table import awaited
from pathproof.model.machines import NAMES
from pathproof.spec.clause_record import Concept
from pathproof.spec.clauses import load

CLAUSE = "RFC9000-5.1.1-13"


def row_of(clause: str, *citations: Citation) -> Row:
    """The row of one clause."""
    return next(row for row in rows(citations) if row.clause.id == clause)


def test_there_is_a_row_for_every_clause_in_order() -> None:
    """No clause is left out, cited or not."""
    assert [row.clause.id for row in rows([])] == list(load())


@pytest.mark.parametrize("kind", COVERING)
def test_what_carries_out_claims_or_checks_covers(kind: str) -> None:
    """Each of these kinds is enough, and then there is no reason to give."""
    row = row_of(CLAUSE, Citation(kind, "x", (CLAUSE,)))
    assert row.is_covered and row.reason == ""
    assert row.by_kind == {kind: ("x",)}


@pytest.mark.parametrize("kind", ["reading", "mutant"])
def test_what_names_only_does_not_cover(kind: str) -> None:
    """A reading asks and a mutant breaks; neither checks."""
    assert not row_of(CLAUSE, Citation(kind, "x", (CLAUSE,))).is_covered


def test_a_clause_waits_for_its_home() -> None:
    """A concept whose machine is not written says so; one whose machine is there has no such excuse."""
    for concept in Concept:
        assert bool(awaited(concept)) == (concept not in {*NAMES, "wire_image"})


def test_the_reason_of_the_record_comes_first() -> None:
    """What can never be checked says why, even while its machine is to come."""
    excused = next(c for c in load().values() if c.uncovered and awaited(c.concept))
    assert row_of(excused.id).reason == excused.uncovered
