"""What `pathproof explore` refuses: bad input, and options that would be ignored, each in one line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pathproof.conformance.cli.explore.files import checkpoint_writable
from pathproof.conformance.cli.main import main
from pathproof.model.explorer.checkpoint import FIRST_LINE
from pathproof.model.explorer.layout import RangeError

BAD = [
    ["--bounds", "limit 4"],
    ["--bounds", ""],
    ["--graph", "states.png"],
    ["--graph", "no/such/folder/states.svg"],
    ["--resume", "no_such_file"],
    ["--resume", __file__],
    ["--simulate", "0"],
    ["--simulate", "99999999999999999999"],
    ["--simulate", "3", "--depth", "99999999999999999999"],
    ["--jobs", "0"],
    ["--jobs", "1000000"],
    ["--set", ""],
    ["--set", "=3"],
    ["--set", "limit="],
    ["--set", "limit=1_0"],
    ["--set", "limit=\N{SUPERSCRIPT TWO}"],
    ["--set", "limit=" + "9" * 5000],
    ["--set", "limit=3", "--set", "limit=3"],
    ["--claim", ""],
    ["--claim", "\udcff"],
    ["--checkpoint", "no/such/folder/half"],
    ["--checkpoint", "/proc/half"],
    ["--checkpoint", __file__],
    ["--checkpoint", ""],
    ["--svg", ""],
    ["--svg", "run.png"],
    ["--svg", "half.svg", "--checkpoint", "half.svg"],
    ["--endless", "--claim", "limit_is_kept"],
    ["--no-endless", "--claim", "exchange_comes_to_rest"],
    ["--simulate", "3", "--claim", "exchange_comes_to_rest"],
]
IGNORED = [
    ["--seed", "3"],
    ["--depth", "3"],
    ["--every", "3"],
    ["--simulate", "3", "--every", "3"],
    ["--simulate", "3", "--checkpoint", "half"],
    ["--simulate", "3", "--resume", __file__],
    ["--simulate", "3", "--max-memory", "1G"],
    ["--simulate", "3", "--max-depth", "3"],
    ["--simulate", "3", "--no-reduce"],
    ["--simulate", "3", "--endless"],
    ["--engine", "plain", "--jobs", "3"],
    ["--engine", "plain", "--max-memory", "1G"],
    ["--engine", "plain", "--checkpoint", "half"],
    ["--graph", "states.svg", "--list"],
    ["--graph", "states.svg", "--claim", "limit_is_kept"],
    ["--graph", "states.svg", "--svg", "run.svg"],
    ["--graph", "states.svg", "--simulate", "3"],
    ["--graph", "states.svg", "--no-endless"],
    ["--list", "--claim", "limit_is_kept"],
    ["--list", "--bounds", "limit 3"],
    ["--list", "--set", "limit=3"],
    ["--list", "--svg", "run.svg"],
]
HINTS = [
    (["--bounds", "limit 33"], 'did you mean "limit 3"?'),
    (["--bounds", "zzz"], "--list has the names"),
    (["--set", "limt=3"], "did you mean limit?"),
    (["--reading", "conflct=close"], "did you mean conflict?"),
    (["--reading", "conflict=clos"], "close, ignore"),
    (["--claim", "limit_kept"], "did you mean limit_is_kept"),
    (["--set", "limit=3", "--set", "limit=4"], "limit is given twice"),
    (["--simulate", "3", "--claim", "exchange_comes_to_rest"], "random runs end"),
]


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that the command gives, with status 2 and nothing else."""
    with pytest.raises(SystemExit) as ended:
        main(["explore", "cid_supply", *arguments])
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert len(said.err) < 400
    return said.err


@pytest.mark.parametrize("arguments", BAD, ids=lambda arguments: ascii(" ".join(arguments))[:60])
def test_bad_input_is_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be done is said in one short line, before anything is explored."""
    refused(arguments, capsys)


@pytest.mark.parametrize("arguments", IGNORED, ids=" ".join)
def test_no_option_is_ignored(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """An option that would change nothing beside the others is refused by name."""
    assert " nothing " in refused(arguments, capsys)


@pytest.mark.parametrize(("arguments", "hint"), HINTS)
def test_bad_input_comes_with_a_hint(
    arguments: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line says what may have been meant, or what there is."""
    assert hint in refused(arguments, capsys)


def test_bounds_that_contradict_one_another_are_bad_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where an action writes what its field cannot hold, that is no claim that fails, and no traceback."""

    def run_out(*_: Any) -> None:
        raise RangeError("send() writes 9 to sent, which has values up to 3")

    monkeypatch.setattr("pathproof.conformance.cli.explore.explored", run_out)
    assert "writes 9 to sent" in refused([], capsys)


def test_a_checkpoint_path_is_looked_at_and_left_alone(tmp_path: Path) -> None:
    """Looking whether a file can be written makes none, and changes none that is there."""
    file = tmp_path / "half"
    checkpoint_writable(file)
    assert list(tmp_path.iterdir()) == []
    file.write_bytes(FIRST_LINE + b"more")
    checkpoint_writable(file)
    assert file.read_bytes() == FIRST_LINE + b"more"
    assert list(tmp_path.iterdir()) == [file]
