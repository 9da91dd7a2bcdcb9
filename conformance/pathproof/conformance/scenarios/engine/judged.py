"""What the judge says of all that the endpoints of a run saw."""

from __future__ import annotations

from dataclasses import dataclass

from pathproof.conformance.events import Trace
from pathproof.conformance.judge import Report, judge
from pathproof.conformance.scenarios.engine.watch import NOBODY


@dataclass(frozen=True, slots=True)
class Judged:
    """What the judge says of all traces of a run: packets judged, clauses kept, and breaches in words."""

    packets: int
    kept: int
    breaches: tuple[str, ...]


def judged(traces: dict[str, dict[int, Trace]]) -> Judged:
    """Judge every connection at every end.

    >>> from pathproof.conformance.scenarios.engine.watch import trace_of
    >>> judged({"client": {0: trace_of([], "client")}})
    Judged(packets=0, kept=0, breaches=())
    """
    reports = [
        (end, judge(trace))
        for end, connections in traces.items()
        for number, trace in connections.items()
        if number != NOBODY
    ]
    breaches = [f"{end}: {line}" for end, report in reports for line in _breaches(report)]
    kept = {verdict.clause for _, one in reports for verdict in one.verdicts if verdict.status == "holds"}
    return Judged(sum(report.packets for _, report in reports), len(kept), tuple(breaches))


def _breaches(report: Report) -> list[str]:
    return [str(finding) for verdict in report.violated for finding in verdict.violations]
