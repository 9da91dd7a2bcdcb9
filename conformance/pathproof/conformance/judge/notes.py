"""What the rules note down while a trace is followed, by clause and side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from pathproof.conformance.events import (
    ConnectionClosed,
    Datagram,
    Frame,
    Missing,
    Packet,
    Parameters,
    Vantage,
)
from pathproof.conformance.judge.verdicts import Finding, Kind, Status, Subject, Verdict
from pathproof.spec.clauses import clause as clause_record

KEPT = 5
"""How many violations, and how many warnings, are kept of one clause and side; the others are counted."""


@dataclass(frozen=True, slots=True)
class Sight:
    """The event that shows something, and the frame in it that does, if it is one frame."""

    event: Packet | Datagram | Parameters | ConnectionClosed
    frame: Frame | None = None


Key: TypeAlias = tuple[str, Subject]


@dataclass(slots=True)
class Tally:
    """What was noted of one clause and side."""

    exercised: int = 0
    findings: list[Finding] = field(default_factory=list)
    violated: bool = False
    further: int = 0
    missing: dict[str, None] = field(default_factory=dict)

    def status(self) -> Status:
        """The status that follows: a breach outweighs what was kept, and that what could not be seen."""
        if self.violated:
            return "violated"
        if self.exercised:
            return "holds"
        return "not observable" if self.missing else "not exercised"


class Notes:
    """The tallies of one pass over a trace. A rule calls one of `kept`, `broken`, `warn` and `blind`."""

    def __init__(self, vantage: Vantage = "unknown") -> None:
        """Begin with nothing noted."""
        self._tallies: dict[Key, Tally] = {}
        self._vantage = vantage

    def name(self, subject: Subject) -> str:
        """Return a side as sentences name it.

        >>> Notes("server").name("peer"), Notes().name("local")
        ('the client', 'the endpoint')
        """
        if self._vantage == "unknown":
            return "the endpoint" if subject == "local" else "the peer"
        client = (self._vantage == "client") == (subject == "local")
        return "the client" if client else "the server"

    def kept(self, clause: str, subject: Subject, times: int = 1) -> None:
        """Note that there was an occasion to break the clause, and that it was kept."""
        self._tally(clause, subject).exercised += times

    def broken(self, clause: str, subject: Subject, done: str, sight: Sight) -> None:
        """Note a breach: `done` says what the side did, without naming it, as in `retired number 5`."""
        tally = self._tally(clause, subject)
        tally.exercised += 1
        tally.violated = True
        self._find(tally, "violation", clause, subject, done, sight)

    def warn(self, clause: str, subject: Subject, done: str, sight: Sight) -> None:
        """Note something that the text advises against, or a duty that the trace leaves open."""
        self._find(self._tally(clause, subject), "warning", clause, subject, done, sight)

    def blind(self, clause: str, subject: Subject, field_name: str) -> None:
        """Note that the clause could not be decided on some occasion, for want of this field."""
        self._tally(clause, subject).missing[field_name] = None

    def verdict(self, clause: str, subject: Subject, reading: str = "") -> Verdict:
        """Return what follows from the notes."""
        tally = self._tallies.get((clause, subject), Tally())
        return Verdict(
            clause,
            subject,
            tally.status(),
            tally.exercised,
            tuple(tally.findings),
            tally.further,
            reading,
            tuple(tally.missing),
        )

    def _tally(self, clause: str, subject: Subject) -> Tally:
        """Return the tally of one clause and side."""
        key = (clause, subject)
        if key not in self._tallies:
            self._tallies[key] = Tally()
        return self._tallies[key]

    def _find(self, tally: Tally, kind: Kind, clause: str, subject: Subject, done: str, sight: Sight) -> None:
        """Keep a finding, or count it where there are enough of its kind."""
        if sum(finding.kind == kind for finding in tally.findings) >= KEPT:
            tally.further += 1
            return
        event = sight.event
        number = event.number if isinstance(event, Packet) else None
        says = f"{self.name(subject)} {done}. The rule: {clause_record(clause).rule}"
        tally.findings.append(
            Finding(
                kind,
                clause,
                subject,
                says[0].upper() + says[1:],
                event.position,
                event.time,
                None if isinstance(number, Missing) else number,
                event.type if isinstance(event, Packet) else "",
                "" if sight.frame is None else str(sight.frame),
            )
        )
