"""`pathproof explore` beyond a plain search: bounds by name, pictures, random and endless runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from pathproof.conformance.cli.explore import drawing, running
from pathproof.conformance.cli.main import main
from pathproof.model.bounds import bounds
from pathproof.model.machines import find

MACHINE = find("cid_supply")
SMALL = ["--set", "cids=3", "--set", "rogue=nobody"]
AGAIN = ["--set", "rogue=nobody", "--reading", "late_frame=again", "--claim", "exchange_comes_to_rest"]


def run(*arguments: str) -> int:
    """The exit status of `pathproof explore cid_supply` with these arguments."""
    with pytest.raises(SystemExit) as ended:
        main(["explore", "cid_supply", *arguments])
    return int(ended.value.code or 0)


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The JSON object on standard output."""
    return dict(json.loads(capsys.readouterr().out))


def test_bounds_go_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    """A configuration of the table is explored by its name, and has the size that the table says."""
    name = "4 connection IDs, limit 3, both ends keep the rules"
    assert run("--bounds", name, "--json") == 0
    found = said(capsys)
    assert (found["states"], found["transitions"], found["depth"]) == bounds("cid_supply").sizes[name]


def test_single_settings_come_on_top_of_named_bounds(capsys: pytest.CaptureFixture[str]) -> None:
    """What is set one by one wins over the named bounds."""
    assert run("--bounds", "4 connection IDs, both ends keep the rules", "--set", "cids=3", "--json") == 0
    assert said(capsys)["states"] == 441


def test_endless_runs_are_judged_behind_a_search(capsys: pytest.CaptureFixture[str]) -> None:
    """A search that has seen every state judges endless runs as well."""
    assert run(*SMALL, "--json") == 0
    assert said(capsys)["endless"]["instances"] > 5
    assert run(*SMALL, "--no-endless", "--json") == 0
    assert said(capsys)["endless"] is None


def test_endless_runs_of_a_large_search_are_judged_if_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beyond many states, a claim about endless runs is judged where its name or --endless asks for it."""
    monkeypatch.setattr(running, "MANY", 10)
    assert run(*SMALL, "--json") == 0
    found = said(capsys)
    assert found["endless"] is None
    assert "endless runs were not judged: --endless does so" in found["notes"]
    assert run(*SMALL, "--claim", "exchange_comes_to_rest", "--json") == 0
    assert said(capsys)["endless"]["instances"] == 1


def test_an_endless_run_that_breaks_a_claim_is_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The lasso is a chart that says from where on it goes round, and the exit status is 1."""
    picture = tmp_path / "lasso.svg"
    assert run(*AGAIN, "--svg", str(picture)) == 1
    assert "from here the same, for ever" in capsys.readouterr().out
    assert "never true again" in "".join(ElementTree.parse(picture).getroot().itertext())
    assert run(*AGAIN, "--json") == 1
    assert said(capsys)["endless"]["violations"][0]["cycle"]


def test_a_seed_gives_the_same_random_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """Two simulations with one seed count the same, and another seed counts otherwise."""
    counts = []
    for seed in ("3", "3", "4"):
        assert run(*SMALL, "--simulate", "300", "--seed", seed, "--depth", "40", "--json") == 0
        found = said(capsys)
        counts.append((found["steps"], found["distinct"]))
    assert counts[0] == counts[1] != counts[2]


def test_a_violation_in_a_random_run_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """A random run that breaks a claim is shown as a chart, with status 1."""
    chosen = ["--set", "rogue=nobody", "--reading", "retransmission=updated"]
    assert run(*chosen, "--claim", "some_connection_id_is_left", "--simulate", "3000") == 1
    assert "does not hold" in capsys.readouterr().out


def test_a_search_goes_on_from_its_checkpoint(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was stopped at a depth goes on from there, to the figures of a search in one go."""
    file = tmp_path / "half.npz"
    assert run(*SMALL, "--max-depth", "6", "--checkpoint", str(file), "--json") == 3
    assert said(capsys)["states"] < 441
    assert run(*SMALL, "--resume", str(file), "--json") == 0
    found = said(capsys)
    assert (found["states"], found["transitions"], found["depth"]) == (441, 2047, 14)


def test_a_checkpoint_of_another_search_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Other settings, or a file that is none, are one line and status 2."""
    file = tmp_path / "half.npz"
    assert run(*SMALL, "--max-depth", "6", "--checkpoint", str(file)) == 3
    capsys.readouterr()
    assert run("--set", "cids=4", "--set", "rogue=nobody", "--resume", str(file)) == 2
    assert capsys.readouterr().err.count("\n") == 1
    file.write_bytes(b"no checkpoint")
    assert run(*SMALL, "--resume", str(file)) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("ending", ["svg", "dot"])
def test_abstract_states_are_drawn(ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The picture is written, at small bounds where no others are given."""
    picture = tmp_path / f"states.{ending}"
    assert run("--graph", str(picture)) == 0
    assert "8 abstract states of 441" in capsys.readouterr().out
    assert "retirement" in picture.read_text(encoding="utf-8")


def test_a_picture_says_its_bounds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whose bounds they are, which, and how many states may be drawn is told; and so is it in the JSON."""
    picture = str(tmp_path / "states.svg")
    assert run("--graph", picture) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "drawn at cids=3, rogue=nobody (small bounds for pictures)" in told
    assert "up to 20,000 states" in told
    assert run("--graph", picture, "--set", "cids=2", "--json") == 0
    found = said(capsys)
    assert found["bounds"] == "small bounds for pictures with cids=2"
    assert (found["states"], found["parameters"]["cids"], found["most"]) == (22, 2, 20_000)
    assert sum(phase["states"] for phase in found["phases"]) == 22


def test_a_machine_too_large_to_draw_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bounds beyond drawing are one line that says how far drawing goes, and no file is made or lost."""
    picture = tmp_path / "large.svg"
    picture.write_text("an older picture", encoding="utf-8")
    monkeypatch.setattr(drawing, "MOST", 1_000)
    assert run("--graph", str(picture), "--set", "cids=5") == 2
    told = capsys.readouterr().err
    assert "more than 1,000 states at cids=5, rogue=nobody" in told
    assert "lower them to draw" in told
    assert told.count("\n") == 1
    assert picture.read_text(encoding="utf-8") == "an older picture"


def test_a_witness_that_no_state_has_does_not_hold(capsys: pytest.CaptureFixture[str]) -> None:
    """Named by --claim, a witness must be reached: not so in any state is status 1, not so far is 3."""
    witness = ["--claim", "nothing_is_usable"]
    assert run(*SMALL, *witness) == 1
    assert "not reached in any state" in capsys.readouterr().out
    assert run(*SMALL, *witness, "--simulate", "20", "--json") == 3
    assert said(capsys)["notes"] == ["not decided: nothing_is_usable"]


def test_what_was_asked_for_and_not_judged_is_not_said_to_hold(capsys: pytest.CaptureFixture[str]) -> None:
    """A claim about endless runs, named beside one that random runs can judge, leaves status 3."""
    names = ["--claim", "exchange_comes_to_rest", "--claim", "limit_is_kept"]
    assert run(*SMALL, *names, "--simulate", "20") == 3
    assert "not decided: exchange_comes_to_rest" in capsys.readouterr().out


def test_what_changed_nothing_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A chart without a violation, reductions where there are none, actions of other bounds: a line each."""
    picture = tmp_path / "run.svg"
    save = tmp_path / "half"
    options = ["--no-endless", "--no-reduce", "--svg", str(picture), "--checkpoint", str(save)]
    assert run(*SMALL, *options, "--json") == 0
    never, left_out, endless, *others, drawn, saved = said(capsys)["notes"]
    assert "does at other bounds" in never
    assert "pending_retirements_are_bounded (retire_overflow=keep)" in left_out
    assert "endless runs were not judged" in endless
    reducible = bool(MACHINE.normal_forms or MACHINE.symmetric)
    assert ["nothing to reduce" in other for other in others] == ([] if reducible else [True])
    assert "was not drawn" in drawn
    assert "half was not written" in saved
    assert list(tmp_path.iterdir()) == []


def test_the_plain_engine_explores_every_state_if_asked(capsys: pytest.CaptureFixture[str]) -> None:
    """Without reductions there are more states than with them."""
    paths = ["--set", "paths=3", "--set", "challenges=1"]
    found = []
    for option in ([], ["--no-reduce"]):
        with pytest.raises(SystemExit):
            main(
                ["explore", "path_validation", "--engine", "plain", *paths, *option, "--no-endless", "--json"]
            )
        found.append(said(capsys)["states"])
    assert found[0] < found[1]
