"""What was seen of other stacks: a test records a line, and all lines are shown at the end of the run."""

from __future__ import annotations

from collections.abc import Callable

import pytest

NAME = "seen of another stack"
Record = Callable[[str, object], None]


def tell(record_property: Record, line: str) -> None:
    """Have a line shown at the end of the run."""
    record_property(NAME, line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show them all."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    lines = {str(said) for one in reports for name, said in one.user_properties if name == NAME}
    if lines:
        terminalreporter.section("other stacks")
    for line in sorted(lines):
        terminalreporter.line(line)
