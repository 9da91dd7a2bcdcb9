"""What `pathproof verify` keeps of a failure that has to be there: how soon, and the run."""

from __future__ import annotations

import pytest

from pathproof.conformance.cli.verify import _print
from pathproof.conformance.verification import Row, endless, exploring
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


def test_a_row_with_too_many_states_is_told_and_not_judged() -> None:
    """It is in no check of endless runs, and has a line of its own that says why."""
    large = [job for job in endless.left_out() if job.machine == "connection"]
    assert large and not set(map(str, large)) & set(map(str, endless.endless_checks()))
    row = endless.told(large[0])
    assert (row.result, row.judged, row.passed) == ("not judged", False, True)
    assert f"{bounds('connection').sizes[large[0].name][0]:,} states, more than the 1,000,000" in row.figures
    assert row.as_dict()["judged"] is False


@pytest.mark.parametrize("name", endless.machines_with_claims())
def test_every_reading_is_in_a_row_whose_endless_runs_are_judged(name: str) -> None:
    """However many rows have too many states, a smaller one has each of their readings and options."""
    assert endless.all_values(name).result == "complete"


def test_a_reading_in_no_judged_row_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all rows with a reading have too many states, the line names it and does not pass."""
    monkeypatch.setattr(endless, "MOST", bounds("path_validation").sizes["second_response=close"][0] - 1)
    row = endless.all_values("path_validation")
    assert not row.passed
    assert "second_response=close" in row.result


def test_what_is_not_judged_is_no_check_that_holds(capsys: pytest.CaptureFixture[str]) -> None:
    """The last line counts it apart."""
    rows = [Row("a", "b", "holds", "", 0.0, True), Row("a", "c", "not judged", "", 0.0, True, judged=False)]
    _print(rows, True)
    assert "1 checks: all hold; 1 rows are not judged" in " ".join(capsys.readouterr().out.split())
