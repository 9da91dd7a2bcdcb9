"""The specification: citations exist, actions cite the clauses that claim them, reasons are given."""

from __future__ import annotations

import time

from pathproof.conformance.coverage import citations, faults, rows
from pathproof.conformance.verification.row import Row
from pathproof.spec import readings


def specification() -> Row:
    """Every citation exists, actions cite the clauses that claim them, and what is uncovered says why."""
    began = time.perf_counter()
    named = list(citations())
    wrong = faults(named)
    found = rows(named)
    covered = sum(row.is_covered for row in found)
    figures = f"{len(found)} clauses, {covered} covered, {len(readings.load())} readings"
    result = f"{len(wrong)} faults: {wrong[0]}" if wrong else "no fault"
    return Row("spec", "clauses and citations", result, figures, time.perf_counter() - began, not wrong)
