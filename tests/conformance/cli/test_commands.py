"""The commands as a user runs them: exit status, one line for bad input, JSON that parses."""

from __future__ import annotations

import json
import re
import shlex
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from pathproof.conformance.cli.main import main, pathproof

SAMPLES = Path(str(files("pathproof.conformance"))) / "samples"
STEADY = str(SAMPLES / "aioquic-steady-client.qlog")
README = Path(__file__).parents[3] / "README.md"
STRANDED = ["--set", "rogue=nobody", "--reading", "retransmission=updated"]


def run(*arguments: str) -> int:
    """The exit status of a command."""
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


def test_explore_reports_sizes_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """States, transitions and depth, and what never happened, are in one JSON object."""
    assert run("explore", "cid_supply", "--set", "cids=3", "--set", "rogue=nobody", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["states"], said["transitions"], said["depth"]) == (441, 2047, 14)
    assert said["complete"]
    assert "send_any_frame" in said["never_fired"]
    assert "moved_under_zero_length" in said["never_reached"]


def test_explore_shows_the_shortest_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A violation is a chart on the terminal and in a file, and the status is 1."""
    picture = tmp_path / "run.svg"
    chosen = [*STRANDED, "--claim", "some_connection_id_is_left", "--svg", str(picture)]
    assert run("explore", "cid_supply", *chosen) == 1
    said = capsys.readouterr().out
    assert "NEW_CONNECTION_ID 1, Retire Prior To 1" in said
    assert "does not hold" in said
    assert "does not hold" in "".join(ElementTree.parse(picture).getroot().itertext())


def test_explore_stops_before_memory_runs_out(capsys: pytest.CaptureFixture[str]) -> None:
    """A search that reaches its memory says how far it got, with status 3."""
    assert run("explore", "cid_supply", "--max-memory", "4M") == 3
    assert re.search(r"not complete: .* states found up to depth \d+", capsys.readouterr().out)


def test_engines_count_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    """The plain engine and the compiled one print the same sizes."""
    sizes = []
    for engine in ("plain", "compiled"):
        chosen = ["--set", "cids=3", "--set", "rogue=nobody", "--engine", engine, "--json"]
        assert run("explore", "cid_supply", *chosen) == 0
        said = json.loads(capsys.readouterr().out)
        sizes.append([said[name] for name in ("states", "transitions", "depth", "never_fired")])
    assert sizes[0] == sizes[1]


def test_prove_shows_the_state_around_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    """With a mutant in the machine, a claim fails: before, action, after."""
    mutant = "late_number_is_stored"
    assert run("prove", "nothing_active_is_below_prior", "--mutant", mutant, "--jobs", "1") == 1
    said = capsys.readouterr().out
    assert "failed" in said
    assert re.search(r"broken by \w+\(", said)
    assert re.search(r"active +\{.*\} +\{.*\} +changed", said)


def test_prove_names_its_scope(capsys: pytest.CaptureFixture[str]) -> None:
    """A proved claim is said to hold without a bound, and under which reading it is not made."""
    assert run("prove", "some_connection_id_is_left", "--jobs", "1", "--json") == 0
    (proof,) = json.loads(capsys.readouterr().out)["proofs"]
    assert (proof["status"], proof["scope"]) == ("proved", "unbounded")
    assert proof["not_claimed_under"] == [["retransmission", "updated"]]


def test_check_judges_a_sample(capsys: pytest.CaptureFixture[str]) -> None:
    """A clean trace has status 0 and verdicts by clause."""
    assert run("check", STEADY, "--json") == 0
    (report,) = json.loads(capsys.readouterr().out)["reports"]
    statuses = {(v["clause"], v["subject"]): v["status"] for v in report["verdicts"]}
    assert statuses["RFC9000-5.1.1-13", "local"] == "holds"
    assert "violated" not in statuses.values()


def test_check_finds_a_violation_with_its_evidence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A trace in which Retire Prior To lies above the number is violated, at the event that shows it."""
    bad = tmp_path / "bad.qlog"
    text = Path(STEADY).read_text()
    bad.write_text(text.replace('"retire_prior_to": 0', '"retire_prior_to": 9', 1))
    assert run("check", str(bad)) == 1
    said = capsys.readouterr().out
    assert "violated RFC9000-19.15-09" in said
    assert re.search(r"bad\.qlog: byte \d+, event \d+", said)


def test_check_judges_the_rest_when_one_file_is_bad(capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is no qlog costs one line and status 2, and the others are judged."""
    assert run("check", STEADY, "no-such-file", "--json") == 2
    said = capsys.readouterr()
    assert len(json.loads(said.out)["reports"]) == 1
    assert said.err == "pathproof: no-such-file: No such file or directory\n"


BAD: list[list[str]] = [
    ["frob"],
    ["explore"],
    ["explore", "no_machine"],
    ["explore", "cid_supply", "--frob"],
    ["explore", "cid_supply", "--set", "nothing=1"],
    ["explore", "cid_supply", "--set", "limit"],
    ["explore", "cid_supply", "--set", "limit=1"],
    ["explore", "cid_supply", "--set", "limit=two"],
    ["explore", "cid_supply", "--set", "conflict=ignore"],
    ["explore", "cid_supply", "--reading", "conflict=maybe"],
    ["explore", "cid_supply", "--reading", "limit=3"],
    ["explore", "cid_supply", "--claim", "nothing"],
    ["explore", "cid_supply", "--set", "cids=100"],
    ["explore", "cid_supply", "--max-memory", "lots"],
    ["explore", "cid_supply", "--max-memory", "0"],
    ["explore", "cid_supply", "--max-depth", "-1"],
    ["prove", "nothing"],
    ["prove", "--mutant", "nothing"],
    ["mutants", "nothing"],
    ["verify", "--save", str(README / "rows.json")],
    ["check"],
    ["check", str(SAMPLES)],
    ["check", str(README)],
    ["check", "--reading", "conflict", STEADY],
    ["check", "--reading", "nothing=1", STEADY],
]


@pytest.mark.parametrize("arguments", BAD, ids=" ".join)
def test_bad_input_gets_one_line_and_status_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever is wrong is said in one line on standard error, and nothing is printed but that."""
    assert run(*arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("pathproof: ")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("name", pathproof.commands)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` says what a command does and what its exit status or output means."""
    assert run(name, "--help") == 0
    assert len(capsys.readouterr().out.splitlines()) > 12


def readme_commands() -> list[str]:
    """Every `pathproof` command that README shows, a folder for DIR, and none with placeholders for files."""
    shown = re.findall(
        r"`(pathproof [a-z]+ [^`]*|pathproof (?:prove|mutants|verify))`", README.read_text(encoding="utf-8")
    )
    return [command.replace("DIR", ".") for command in shown if "FILE" not in command]


@pytest.mark.parametrize("command", readme_commands())
def test_readme_commands_are_commands(command: str) -> None:
    """What README shows parses: the command and each of its options exist."""
    _, name, *arguments = shlex.split(command)
    made: Any = pathproof.commands[name].make_context(name, list(arguments))
    assert made.command.name == name
