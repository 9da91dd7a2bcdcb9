"""Searches that are ended and go on from a file."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest
from tests.model.explorer.machines import counter, everything
from tests.model.explorer.reduced import roaming, small
from tests.model.explorer.test_jobs import told
from tests.model.explorer.test_search import jump, not_three
from tests.model.oracle.quic_cid import ORACLE

from pathproof.model.explorer import CheckpointError, Progress, checkpoint, explore, layers

BOUNDS = {"N": 2, "P": 1}


class Stop(Exception):
    """What ends a search in these tests."""


def ended_after(rounds: int) -> Any:
    """A `progress` that ends the search when it is called so often."""
    calls = iter(range(rounds))

    def progress(_: Progress) -> None:
        if next(calls, None) is None:
            raise Stop

    return progress


def ended(
    path: Path, rounds: int, monkeypatch: pytest.MonkeyPatch, machine: Any, setting: Any, **more: Any
) -> None:
    """End a search in the middle of a layer, or at the end of one; its file stays."""
    with monkeypatch.context() as patch, pytest.raises(Stop):
        patch.setattr(layers, "INTERVAL", 0.0)
        patch.setattr(layers, "SLICE", 7)
        explore(machine, setting, checkpoint=path, every=0.0, progress=ended_after(rounds), **more)
    assert not path.with_name(path.name + ".part").exists()


@pytest.mark.parametrize("rounds", [0, 4, 12])
@pytest.mark.parametrize(("before", "after"), [(1, 1), (1, 3), (3, 1), (2, 3)])
def test_search_that_was_ended_comes_to_the_same_figures(
    rounds: int, before: int, after: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it was ended, and whatever the number of threads before and after."""
    path, setting = tmp_path / "search", ORACLE.setting(BOUNDS)
    ended(path, rounds, monkeypatch, ORACLE, setting, jobs=before)
    assert told(explore(ORACLE, setting, jobs=after, resume=path)) == told(explore(ORACLE, setting))


def test_an_interrupted_search_is_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C leaves a file to go on from, whatever the interval; afterwards it does what it did before."""
    path, setting = tmp_path / "search", ORACLE.setting(BOUNDS)
    before, calls = signal.getsignal(signal.SIGINT), iter(range(5))

    def interrupt(_: Progress) -> None:
        if next(calls, None) == 4:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(layers, "INTERVAL", 0.0)
    monkeypatch.setattr(layers, "SLICE", 7)
    with pytest.raises(KeyboardInterrupt, match="is saved in"):
        explore(ORACLE, setting, checkpoint=path, every=3600.0, progress=interrupt)
    assert signal.getsignal(signal.SIGINT) is before
    assert told(explore(ORACLE, setting, resume=path)) == told(explore(ORACLE, setting))


@pytest.mark.parametrize("words", [1, 2, 4])
def test_states_of_several_words_go_on(words: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also in the deadlock that is shown."""
    machine = everything()
    path, setting = tmp_path / "search", machine.setting({"size": 2, "top": 1})
    ended(path, 9, monkeypatch, machine, setting, words=words)
    done = explore(machine, setting, words=words, resume=path)
    assert told(done) == told(explore(machine, setting, words=words))


def test_search_with_reductions_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept is in the file."""
    machine = roaming()
    path, setting = tmp_path / "search", small(machine)
    ended(path, 1, monkeypatch, machine, setting)
    assert told(explore(machine, setting, resume=path)) == told(explore(machine, setting))
    with pytest.raises(CheckpointError, match="another machine"):
        explore(machine, setting, resume=path, reduce=False)


@pytest.mark.parametrize("depth", [0, 2, 6])
def test_search_to_a_depth_goes_on_deeper(depth: int, tmp_path: Path) -> None:
    """A search that ends at `max_depth` leaves its file there."""
    path, setting = tmp_path / "search", ORACLE.setting(BOUNDS)
    assert not explore(ORACLE, setting, max_depth=depth, checkpoint=path).complete
    assert told(explore(ORACLE, setting, resume=path)) == told(explore(ORACLE, setting))


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_larger_than_the_first_table_goes_on(jobs: int, tmp_path: Path) -> None:
    """What was found fills the first table several times over, and is taken up all the same."""
    path, setting = tmp_path / "search", ORACLE.setting()
    stopped = explore(ORACLE, setting, max_depth=18, checkpoint=path, jobs=jobs)
    assert stopped.states > 200_000
    gone_on = explore(ORACLE, setting, max_depth=19, jobs=jobs, resume=path)
    assert told(gone_on) == told(explore(ORACLE, setting, max_depth=19, jobs=jobs))


def test_violation_is_the_same_after_an_end(tmp_path: Path) -> None:
    """The way to it leads through layers from the file."""
    machine = counter(jump, not_three)
    path, setting = tmp_path / "search", machine.setting({"top": 9})
    explore(machine, setting, max_depth=1, checkpoint=path)
    done = explore(machine, setting, resume=path)
    assert done.violation is not None and told(done) == told(explore(machine, setting))


def saved(path: Path) -> bytes:
    """A file in the middle of a search."""
    explore(ORACLE, ORACLE.setting(BOUNDS), max_depth=6, checkpoint=path)
    return path.read_bytes()


def test_file_of_another_search_is_refused(tmp_path: Path) -> None:
    """Other bounds, other claims, another machine."""
    path, machine = tmp_path / "search", everything()
    explore(machine, machine.setting({"top": 1}), max_depth=2, checkpoint=path)
    for other, bounds, claims in ((machine, {}, None), (machine, {"top": 1}, ()), (ORACLE, {}, None)):
        with pytest.raises(CheckpointError, match="of another machine, or of other bounds or claims"):
            explore(other, other.setting(bounds), claims, resume=path)


@pytest.mark.parametrize(
    ("damage", "line"),
    [
        (lambda b: b[:-9], "is cut off: it has [0-9,]+ bytes of"),
        (lambda b: b[:200], "is cut off in its second line"),
        (lambda b: b.split(b"\n")[0] + b"\n[]\n", "is damaged in its second line"),
        (lambda b: b.split(b"\n")[0] + b'\n{"key": "other"}\n', "is damaged in its second line"),
        (lambda b: b.replace(b'"expanded":', b'"expanded":-'), "is damaged in its second line"),
        (lambda b: b"", "is no checkpoint"),
        (lambda b: b"qlog" + b, "is no checkpoint"),
        (lambda b: b + b"0", "is cut off"),
        (lambda b: b[:-20] + bytes([b[-20] ^ 1]) + b[-19:], "is damaged"),
    ],
)
def test_damaged_file_is_refused(damage: Any, line: str, tmp_path: Path) -> None:
    """One line says what is wrong."""
    path = tmp_path / "search"
    path.write_bytes(damage(saved(path)))
    with pytest.raises(CheckpointError, match=line) as caught:
        explore(ORACLE, ORACLE.setting(BOUNDS), resume=path)
    assert "\n" not in str(caught.value)


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """And so is one with more states than there is room for."""
    with pytest.raises(CheckpointError, match="cannot be read: No such file"):
        explore(ORACLE, ORACLE.setting(BOUNDS), resume=tmp_path / "none")
    saved(tmp_path / "search")
    with pytest.raises(CheckpointError, match="more states than memory has room for"):
        explore(ORACLE, ORACLE.setting(BOUNDS), resume=tmp_path / "search", max_memory=0)


def test_file_is_replaced_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that fails leaves the old file as it was."""
    path = tmp_path / "search"
    before = saved(path)

    def fails(_: int) -> None:
        raise OSError("no space")

    monkeypatch.setattr(checkpoint.os, "fsync", fails)
    with pytest.raises(OSError, match="no space"):
        explore(ORACLE, ORACLE.setting(BOUNDS), max_depth=7, checkpoint=path)
    assert path.read_bytes() == before


def test_comparison_notices_a_count_that_is_lost(tmp_path: Path) -> None:
    """A file that says less than was found leads to other figures."""
    path, setting = tmp_path / "search", ORACLE.setting(BOUNDS)
    first, second, rest = saved(path).split(b"\n", 2)
    header = json.loads(second)
    header["tally"]["info"][-1] += 1
    path.write_bytes(b"\n".join([first, json.dumps(header).encode(), rest]))
    assert told(explore(ORACLE, setting, resume=path)) != told(explore(ORACLE, setting))
