"""The documents build with no warning, and their tables come from the code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"


def test_documents_build_without_a_warning(tmp_path: Path) -> None:
    """Sphinx, with every warning an error, builds pages that hold the machine's claims and the clauses."""
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-n", "-b", "html", str(DOCS), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "reference.html").read_text(encoding="utf-8")
    for shown in ("honest_peers_are_never_closed_on", "RFC9000-19.15-13", "retransmission", "discard_below"):
        assert shown in page
