"""What `pathproof verify` keeps of a failure that has to be there: how soon, and the run."""

from __future__ import annotations

import pytest

from pathproof.conformance.verification import exploring
from pathproof.conformance.verification.exploring import Exploring, explored
from pathproof.model.bounds import bounds

FAILURE = next(one for one in bounds("cid_supply").broken if one[0] == "contradiction_meets_its_error")


def test_an_expected_failure_is_kept_with_its_chart() -> None:
    """The row says in how many steps it fails, and has the run as a chart for the documents."""
    claim, settings = FAILURE
    row, *_ = explored(Exploring("cid_supply", claim, settings, claim))
    assert row.passed
    assert row.result == "fails, as it must, in 1 steps"
    assert "does not hold" in row.run
    assert row.as_dict()["run"] == row.run


def test_a_failure_that_is_found_no_more_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the record is stale, and there is no run to show."""
    claim, settings = FAILURE
    monkeypatch.setattr(exploring, "breaking", lambda *_: None)
    row, *_ = explored(Exploring("cid_supply", claim, settings, claim))
    assert not row.passed
    assert (row.result, row.run) == ("holds unexpectedly", "")
