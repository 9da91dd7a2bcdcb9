"""Traces: what the judge says of those that the package ships."""

from __future__ import annotations

import time
from importlib.resources import as_file, files
from pathlib import Path

from pathproof.conformance.judge import judge
from pathproof.conformance.qlog import read
from pathproof.conformance.verification.row import Row


def samples() -> list[Path]:
    """The traces that the package ships."""
    with as_file(files("pathproof.conformance") / "samples") as folder:
        return sorted(folder.glob("*.qlog"))


def trace(path: Path) -> Row:
    """Judge one trace."""
    began = time.perf_counter()
    reports = [judge(trace) for trace in read(str(path))]
    verdicts = [verdict for report in reports for verdict in report.verdicts]
    violated = [verdict.clause for verdict in verdicts if verdict.status == "violated"]
    held = sum(verdict.status == "holds" for verdict in verdicts)
    figures = f"{sum(report.packets for report in reports)} packets, {held} verdicts hold"
    result = f"violates {', '.join(violated)}" if violated else "no violation"
    return Row("judge", path.name, result, figures, time.perf_counter() - began, bool(held) and not violated)
