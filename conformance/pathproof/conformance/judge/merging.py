"""Several reports in one: what `pathproof check FILE...` shows, and reports as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from pathproof.conformance.judge.verdicts import Report, Status, Subject

ORDER: tuple[Status, ...] = ("violated", "holds", "not observable", "not exercised")
"""What outweighs what when the verdicts of several traces become one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One clause and side over several traces.

    `status` is the weightiest of all, `exercised` the sum, `files` the traces that have this status.
    `readings` are those that some trace needed.
    """

    clause: str
    subject: Subject
    status: Status
    exercised: int
    files: tuple[str, ...]
    readings: tuple[str, ...]
    missing: tuple[str, ...]


def merge(reports: Iterable[Report]) -> tuple[Line, ...]:
    """Return one line for each clause and side of these reports, in the order of the clauses.

    >>> merge([])
    ()
    """
    grouped: dict[tuple[str, Subject], list[tuple[str, Any]]] = {}
    for report in reports:
        for verdict in report.verdicts:
            grouped.setdefault((verdict.clause, verdict.subject), []).append((report.file, verdict))
    lines = []
    for (clause, subject), verdicts in grouped.items():
        status = min((verdict.status for _, verdict in verdicts), key=ORDER.index)
        lines.append(
            Line(
                clause,
                subject,
                status,
                sum(verdict.exercised for _, verdict in verdicts),
                tuple(file for file, verdict in verdicts if verdict.status == status),
                tuple(dict.fromkeys(verdict.reading for _, verdict in verdicts if verdict.reading)),
                tuple(dict.fromkeys(name for _, verdict in verdicts for name in verdict.missing)),
            )
        )
    return tuple(lines)


def summary(reports: Iterable[Report]) -> str:
    """Return what several traces say as text: violations, then warnings, then counts.

    >>> summary([])
    '0 traces: 0 violations, 0 warnings'
    """
    kept = list(reports)
    findings = [finding for report in kept for verdict in report.verdicts for finding in verdict.findings]
    broken = [str(finding) for finding in findings if finding.kind == "violation"]
    warned = [str(finding) for finding in findings if finding.kind == "warning"]
    partial = [f"{report.file}: partial: {reason}" for report in kept for reason in report.partial]
    traces = "1 trace" if len(kept) == 1 else f"{len(kept)} traces"
    counts = f"{traces}: {len(broken)} violations, {len(warned)} warnings"
    return "\n".join([*broken, *warned, *partial, counts])


def to_json(report: Report) -> dict[str, Any]:
    """Return a report as plain dictionaries, lists, texts and numbers.

    >>> from pathproof.conformance.judge.verdicts import Report
    >>> to_json(Report("a.qlog", "other", "", "client", {}, (), 0, ()))["verdicts"]
    []
    """
    plain = {
        "file": report.file,
        "dialect": report.dialect,
        "stack": report.stack,
        "vantage": report.vantage,
        "readings": dict(report.readings),
        "partial": list(report.partial),
        "packets": report.packets,
        "skipped": report.skipped,
    }
    verdicts = []
    for verdict in report.verdicts:
        as_dict = asdict(verdict)
        as_dict["missing"] = list(verdict.missing)
        as_dict["findings"] = []
        for finding in verdict.findings:
            as_finding = asdict(finding)
            position = finding.position
            as_finding["position"] = {
                "file": position.file,
                "offset": position.offset,
                "event": position.event,
            }
            as_dict["findings"].append(as_finding)
        verdicts.append(as_dict)
    return {**plain, "verdicts": verdicts}
