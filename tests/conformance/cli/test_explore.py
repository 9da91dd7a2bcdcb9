"""`pathproof explore` beyond a plain search: bounds by name, pictures, random and endless runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from pathproof.conformance.cli.main import main
from pathproof.model.bounds import bounds

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


def test_list_names_bounds_and_fairness(capsys: pytest.CaptureFixture[str]) -> None:
    """Parameters, bounds with their sizes, claims and fairness are listed."""
    assert run("--list") == 0
    text = capsys.readouterr().out
    for shown in ("retransmission", "limit 3", "6,409,726", "supply_returns", "retirements_arrive"):
        assert shown in text


def test_endless_runs_are_judged_behind_a_search(capsys: pytest.CaptureFixture[str]) -> None:
    """A search that has seen every state judges endless runs as well."""
    assert run(*SMALL, "--json") == 0
    assert said(capsys)["endless"]["instances"] > 5
    assert run(*SMALL, "--no-endless", "--json") == 0
    assert said(capsys)["endless"] is None


def test_an_endless_run_that_breaks_a_claim_is_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The lasso is a chart that says from where on it goes round, and the exit status is 1."""
    picture = tmp_path / "lasso.svg"
    assert run(*AGAIN, "--svg", str(picture)) == 1
    assert "from here the same, for ever" in capsys.readouterr().out
    assert "never again" in "".join(ElementTree.parse(picture).getroot().itertext())
    assert run(*AGAIN, "--json") == 1
    assert said(capsys)["endless"]["violations"][0]["cycle"]


def test_a_seed_gives_the_same_random_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """Two simulations with one seed count the same, and another seed counts otherwise."""
    counts = []
    for seed in ("3", "3", "4"):
        assert run("--simulate", "300", "--seed", seed, "--depth", "40", "--json") == 0
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


BAD = [
    ["--bounds", "limit 4"],
    ["--graph", "states.png"],
    ["--graph", "no/such/folder/states.svg"],
    ["--resume", "no_such_file"],
    ["--simulate", "0"],
    ["--jobs", "0"],
]


@pytest.mark.parametrize("arguments", BAD, ids=" ".join)
def test_bad_input_is_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be done is said in one line, with status 2, and nothing is explored."""
    assert run(*arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1


def test_a_machine_too_large_to_draw_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bounds beyond drawing are one line, and leave no empty file."""
    picture = tmp_path / "large.svg"
    assert run("--graph", str(picture), "--set", "cids=5") == 2
    assert "lower them to draw" in capsys.readouterr().err
    assert not picture.exists()
