"""`pathproof scenario` as a user runs it: lists, status, bad input, and places where it may not run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conformance.scenarios.engine.test_measured import result, seen

from pathproof.conformance.cli import scenario as command
from pathproof.conformance.cli.main import main
from pathproof.conformance.scenarios.catalogue import SCENARIOS
from pathproof.conformance.scenarios.engine import running
from pathproof.conformance.scenarios.engine.world import StoryStuck


def ran(*arguments: str) -> int:
    """The exit status of a command that runs in this process."""
    with pytest.raises(SystemExit) as ended:
        main(["scenario", *arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.fixture
def one_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every run is the same small one, of which one expectation of two fails."""
    monkeypatch.setattr(running, "run", lambda one, seed, pace: result(seen()))


def test_all_scenarios_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """With what they expect, and whether they may run here."""
    assert ran("list", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in told["scenarios"]] == list(SCENARIOS) and len(SCENARIOS) == 12
    assert told["may_run"] is not bool(told["lacks"])
    assert ran("list") == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in SCENARIOS)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("run", "wifi"), "there is no scenario wifi"),
        (("run",), "name one scenario, or give --all"),
        (("run", "roaming", "--all"), "name one scenario, or give --all"),
        (("run", "--all", "--svg", "x.svg"), "--svg is for one scenario"),
        (("run", "roaming", "--svg", "x.png"), "x.png does not end in .svg"),
        (("run", "roaming", "--seed", "-1"), "Invalid value for '--seed'"),
    ],
    ids=["name", "nothing", "both", "all as svg", "png", "seed"],
)
def test_bad_input_is_said_in_one_line(
    arguments: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 2, and nothing is run."""
    assert ran(*arguments) == 2
    error = capsys.readouterr().err
    assert says in error and error.count("\n") == 1


def test_where_it_may_not_run_it_says_what_is_lacking(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 3."""
    monkeypatch.setattr(running, "lacks", lambda: "no raw socket may be opened")
    assert ran("run", "roaming") == command.NOT_PERMITTED == 3
    assert capsys.readouterr().err == "pathproof: scenarios cannot run here: no raw socket may be opened\n"


@pytest.mark.usefixtures("one_fails")
def test_a_run_that_fails_has_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The timeline and both verdicts are printed, and drawn into the file."""
    picture = tmp_path / "run.svg"
    assert ran("run", "roaming", "--svg", str(picture)) == 1
    out = capsys.readouterr().out
    assert "held   It holds" in out and "FAILED It fails" in out and "TCP" in out
    assert "FAILED" in picture.read_text("utf-8")


@pytest.mark.usefixtures("one_fails")
def test_a_run_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """All that the timeline shows."""
    assert ran("run", "roaming", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert [one["held"] for one in told["expectations"]] == [True, False, True]
    assert (told["quic"]["outcome"], told["tcp"]["outcome"]) == ("finished", "stalled")


@pytest.mark.usefixtures("one_fails")
def test_all_runs_are_a_table(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """QUIC beside TCP in each row, and below what failed."""
    monkeypatch.setenv("COLUMNS", "160")
    assert ran("run", "--all") == 1
    out = capsys.readouterr().out
    assert out.count("stalled, 50 % of the bytes") == 12 and "toy: It fails: so it is not" in out


def test_a_run_that_breaks_has_status_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it waited for is said, and in JSON, too."""

    def breaks(one: object, seed: int, pace: object) -> None:
        raise StoryStuck("waited 30 s for a byte")

    monkeypatch.setattr(running, "run", breaks)
    assert ran("run", "roaming", "--json") == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["broke"] == "waited 30 s for a byte"
    assert captured.err == "pathproof: roaming broke: waited 30 s for a byte\n"
