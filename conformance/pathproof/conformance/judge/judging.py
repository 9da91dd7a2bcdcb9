"""The judge: one trace in, a report out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pathproof.conformance.cid_supply.follow import Follower
from pathproof.conformance.events import Trace
from pathproof.conformance.judge.boundary import Boundary
from pathproof.conformance.judge.notes import Notes
from pathproof.conformance.judge.registry import Rule, registered
from pathproof.conformance.judge.settings import JUDGED, Settings, combinations, settings, singles
from pathproof.conformance.judge.verdicts import SUBJECTS, Report, Subject

FRAMES = "frames of packets"


def rules() -> tuple[Rule, ...]:
    """Return every rule of the judge, with the clauses it decides.

    >>> any(rule.name == "prior_is_at_most_the_number" for rule in rules())
    True
    """
    return registered()


def judged_clauses() -> tuple[str, ...]:
    """Return the ids of the clauses that some rule decides, sorted.

    >>> "RFC9000-5.1.1-13" in judged_clauses()
    True
    """
    return tuple(sorted({clause for rule in rules() for clause in rule.clauses}))


def judge(trace: Trace, readings: Mapping[str, str] | None = None) -> Report:
    """Return, clause by clause and for both sides, whether a trace keeps the rules on IDs and paths.

    A clause that is broken under the default readings is tried under the others that its rules name, one
    change at a time and then in all combinations: it is `violated` only if no sanctioned reading admits what
    was done.

    Parameters
    ----------
    trace
        What one endpoint logged; its events are read once, and again for every reading that has to be tried.
    readings
        Values of named readings (`pathproof.spec.readings`) that the caller insists on.

    Returns
    -------
    Report
        A verdict for each clause of `judged_clauses` and each side.

    Raises
    ------
    ValueError
        For a reading that does not exist, or a value that it does not have.

    Examples
    --------
    >>> from importlib.resources import files
    >>> from pathproof.conformance.qlog import read
    >>> sample = files("pathproof.conformance") / "samples" / "aioquic-steady-client.qlog"
    >>> report = judge(read(str(sample))[0])
    >>> report.violated, report.verdict("RFC9000-5.1.1-13").status
    ((), 'holds')
    """
    chosen = settings(readings)
    report = base = _pass(trace, chosen)
    seen = _broken(base)
    for tried in singles(chosen, _matter(seen)):
        other = _pass(trace, tried)
        seen |= _broken(other)
        report = _excuse(report, base, other)
    for tried in combinations(chosen, _matter(seen)):
        if not _matter(_broken(report)):
            break
        report = _excuse(report, base, _pass(trace, tried))
    return report


def _broken(report: Report) -> set[tuple[str, Subject]]:
    """Return the clauses and sides that are violated."""
    return {(verdict.clause, verdict.subject) for verdict in report.violated}


def _matter(broken: set[tuple[str, Subject]]) -> tuple[str, ...]:
    """Return the readings that change the answer of a rule about one of these clauses."""
    clauses = {clause for clause, _ in broken}
    named = {name for rule in rules() if clauses & set(rule.clauses) for name in rule.readings}
    return tuple(name for name in JUDGED if name in named)


def _pass(trace: Trace, chosen: Settings) -> Report:
    """Follow a trace once, under one choice of readings."""
    notes = Notes(trace.vantage)
    follower, boundary = Follower(trace, chosen, notes), Boundary(trace.vantage, chosen, notes)
    for event in trace.events:
        follower.event(event)
        boundary.event(event)
    follower.finish()
    boundary.finish()
    if follower.frames.frameless:
        for clause in judged_clauses():
            for subject in SUBJECTS:
                notes.blind(clause, subject, FRAMES)
    return Report(
        trace.file,
        trace.dialect,
        trace.stack,
        trace.vantage,
        {name: chosen[name] for name in sorted(chosen.fixed)},
        tuple(follower.partial + boundary.partial),
        follower.packets,
        tuple(
            notes.verdict(clause, subject, chosen.label)
            for clause in judged_clauses()
            for subject in SUBJECTS
        ),
    )


def _excuse(report: Report, base: Report, tried: Report) -> Report:
    """Take over, for what is violated so far, the verdicts of a reading under which it is not.

    A reading excuses nothing if it turns what the base admits into a breach: then it does not admit what was
    done either, and only moves the blame to another clause.
    """
    if not _broken(tried) <= _broken(base):
        return report
    verdicts = tuple(
        new if old.status == "violated" and new.status != "violated" else old
        for old, new in zip(report.verdicts, tried.verdicts, strict=True)
    )
    return replace(report, verdicts=verdicts)


__all__ = ["judge", "judged_clauses", "rules"]
