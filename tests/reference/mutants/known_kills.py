"""What is known of each mutant: which checker notices it, and by which clauses (`kills.json`)."""

from __future__ import annotations

import json
from pathlib import Path

from tests.reference.mutants.checkers import Kills

FILE = Path(__file__).with_name("kills.json")


def known_kills() -> dict[str, Kills]:
    """What the file says, by the names of mutants."""
    found: dict[str, Kills] = json.loads(FILE.read_text())
    return found


def write(kills: dict[str, Kills]) -> None:
    """Make this what is known."""
    FILE.write_text(json.dumps(kills, indent=2, sort_keys=True) + "\n")
