"""What cannot be installed is said in one line, and is no failure."""

from __future__ import annotations

import os
import sys

import pytest
from tests.reference.interop import install as installing
from tests.reference.interop.install import install

ABSENT = ("no-such-program",)


def test_what_is_there_is_left_alone() -> None:
    """No command is run for it."""
    assert install("it", (sys.executable,), [["no-such-installer"]]) == "it: is there"


@pytest.mark.parametrize(
    ("commands", "why"),
    [
        ([["no-such-installer"]], "there is no no-such-installer"),
        ([[sys.executable, "-c", "raise SystemExit('one\\ntwo\\n')"]], "two"),
        ([[sys.executable, "-c", "raise SystemExit(3)"]], "it failed"),
        ([[sys.executable, "-c", ""]], "no no-such-program"),
    ],
)
def test_a_failure_is_one_line(commands: list[list[str]], why: str) -> None:
    """No installer, one that fails with or without words, and one that brings something else."""
    assert install("it", ABSENT, commands) == f"it: not installed, its tests are skipped: {why}"


def test_an_installer_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """After its time it is given up."""
    monkeypatch.setattr(installing, "TIME", 0.1)
    line = install("it", ABSENT, [[sys.executable, "-c", "import time; time.sleep(9)"]])
    assert line.endswith("took longer than 0 s")


def test_apt_needs_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, it is not asked."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(installing, "program", lambda name: None if name in ABSENT else "/bin/false")
    assert install("it", ABSENT, [["apt-get", "update"]]).endswith("apt-get needs root")
