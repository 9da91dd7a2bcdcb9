"""The downloads that the benchmark compares are of the same file, and whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.bench import transfer
from tests.reference.interop.stacks import AIOQUIC, Stack, serving

SIZE = 100_000


def test_both_move_the_same_file() -> None:
    """A short one, once: in both, the file takes at least as many datagrams as its bytes need."""
    ours, theirs, times = transfer.ratio(SIZE, rounds=1)
    assert ours.received == theirs.received == SIZE
    assert min(ours.datagrams, theirs.datagrams) >= SIZE // 1472
    assert times == pytest.approx(theirs.seconds / ours.seconds)


def test_a_file_that_is_not_whole_is_no_measurement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server with another file of this name is found out."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "file").write_bytes(bytes(10))

    def elsewhere(stack: Stack, root: Path, scratch: Path) -> object:
        return serving(stack, other, scratch)

    monkeypatch.setattr(transfer, "serving", elsewhere)
    with pytest.raises(AssertionError, match=f"10 of {SIZE} bytes came"):
        transfer.measured(AIOQUIC, SIZE, tmp_path)
