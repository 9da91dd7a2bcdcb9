"""What the judge answers: findings with their evidence, a verdict for each clause and side, a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pathproof.conformance.events import Position, Vantage

Subject: TypeAlias = Literal["local", "peer"]
"""Whose behaviour a verdict is about: `local` is the endpoint that wrote the trace."""
Status: TypeAlias = Literal["violated", "holds", "not observable", "not exercised"]
Kind: TypeAlias = Literal["violation", "warning"]

SUBJECTS: tuple[Subject, Subject] = ("local", "peer")


def other(subject: Subject) -> Subject:
    """Return the other side.

    >>> other("local"), other("peer")
    ('peer', 'local')
    """
    return "peer" if subject == "local" else "local"


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of a clause, or one warning, with the event that shows it.

    `says` is plain words: what was done and what the clause asks for. `time` is in milliseconds from the
    trace's first event. `packet` is the packet number, or None where the packet has none or it is not logged.
    `frame` is the frame as text, or "" where the finding is about a whole packet or no packet at all.
    """

    kind: Kind
    clause: str
    subject: Subject
    says: str
    position: Position
    time: float
    packet: int | None
    packet_type: str
    frame: str

    def __str__(self) -> str:
        """Return one line: where, what kind, which clause, and what it says."""
        number = "" if self.packet is None else f" packet {self.packet},"
        return f"{self.position}, {self.time:.3f} ms,{number} {self.kind} of {self.clause}: {self.says}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one clause and one side.

    `exercised` counts the occasions on which the clause was kept or broken. `findings` are the first ones of
    each kind, `further` counts those left out. `reading` names the readings of the text under which the
    verdict stands (`conflict=ignore`), "" for the defaults. `missing` names what the trace does not show:
    the reason of `not observable`, or what could have been decided besides.
    """

    clause: str
    subject: Subject
    status: Status
    exercised: int = 0
    findings: tuple[Finding, ...] = ()
    further: int = 0
    reading: str = ""
    missing: tuple[str, ...] = ()

    @property
    def violations(self) -> tuple[Finding, ...]:
        """The findings that break the clause."""
        return tuple(finding for finding in self.findings if finding.kind == "violation")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that break nothing the text forces."""
        return tuple(finding for finding in self.findings if finding.kind == "warning")


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one trace says about the clauses.

    `readings` are those the caller fixed. `partial` has one line for each part of the trace that could not be
    read; it is empty for a whole trace. `skipped` names the kinds of events that no rule reads. `packets`
    counts the 1-RTT and 0-RTT packets that were judged.
    """

    file: str
    dialect: str
    stack: str
    vantage: Vantage
    readings: Mapping[str, str]
    partial: tuple[str, ...]
    packets: int
    verdicts: tuple[Verdict, ...]
    skipped: str = ""

    @property
    def violated(self) -> tuple[Verdict, ...]:
        """The verdicts `violated`."""
        return tuple(verdict for verdict in self.verdicts if verdict.status == "violated")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """All warnings."""
        return tuple(finding for verdict in self.verdicts for finding in verdict.warnings)

    def verdict(self, clause: str, subject: Subject = "local") -> Verdict:
        """Return the verdict for one clause and side.

        Raises
        ------
        KeyError
            If no rule of the judge decides this clause.
        """
        for verdict in self.verdicts:
            if verdict.clause == clause and verdict.subject == subject:
                return verdict
        raise KeyError(f"no rule decides {clause}")
