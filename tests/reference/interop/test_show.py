"""What `make interop` shows is what happened, here with 2 MB."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.reference.interop import __main__ as command
from tests.reference.interop.fetching import WINDOW
from tests.reference.interop.programs import HOUSE
from tests.reference.interop.show import HEADER, Row, as_client, as_server
from tests.reference.interop.stacks import ITSELF
from tests.reference.udp.transfer import folder_with

SIZE = 2_000_000
GOOD = Row("it", "client", 10, 6, 4, 6, 10, 0.5, True)


def test_ten_changes_of_address_against_itself(tmp_path: Path) -> None:
    """Ours on both sides, in processes of their own: each side validates what it has to."""
    folder_with(tmp_path, SIZE)
    row = as_client(ITSELF, tmp_path, SIZE, window=WINDOW)
    assert row == Row("pathproof", "client", SIZE, 6, 4, 6, 10, row.seconds, True)


def test_a_client_of_another_stack_that_moves_ten_times(tmp_path: Path) -> None:
    """aioquic's client validates no path, and our server all of them."""
    folder_with(tmp_path, SIZE)
    row = as_server(tmp_path, SIZE)
    assert row == Row("aioquic", "server", SIZE, 5, 5, 10, 0, row.seconds, True)


def test_lines_are_under_their_header() -> None:
    """Numbers end where their names end; nothing that came has no rate."""
    line = str(GOOD)
    for name, value in (("bytes", "10"), ("rebindings", "4"), ("by it", "10"), ("MB/s", "0.0")):
        end = HEADER.index(name) + len(name)
        assert line[:end].endswith(value)
    assert "NO" in str(replace(GOOD, size=0, seconds=0.0, is_equal=False))


@pytest.mark.parametrize(
    ("found", "status"), [([GOOD, "absent"], 0), ([GOOD, replace(GOOD, is_equal=False)], 1)]
)
def test_a_file_that_is_not_whole_is_a_failure(
    found: list[Row | str], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stack that is not there is none."""

    def rows(folder: Path, size: int) -> Iterator[Row | str]:
        yield from found

    monkeypatch.setattr(command, "rows", rows)
    assert command.main(1) == status


@pytest.mark.parametrize("words", [["much"], ["0"], ["1", "2"]], ids=str)
def test_bad_input_is_one_line(words: list[str]) -> None:
    """Exit status 2, and no traceback."""
    module = [sys.executable, "-m", "tests.reference.interop", *words]
    done = subprocess.run(module, cwd=HOUSE, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
