"""What a side owes after something reached it: a close, or frames for certain numbers.

A duty is held against nobody before the side has provably processed the packet that brought it: it has
acknowledged it, which it may do only once all frames of the packet are processed (RFC 9000, Section 13.2.1).
A stack builds packets in batches, so only what it sends after the packet with that acknowledgment counts.
The order of a side's packets is a number that rises with every packet it sends: for the endpoint that wrote
the trace their order in the trace, for its peer the packet number, so that reordering does not mislead.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pathproof.conformance.events import NOT_LOGGED, ConnectionClose
from pathproof.conformance.judge.debts import GAP, LOST, PACKET_NUMBERS, REST, Debt, Ranges, covers
from pathproof.conformance.judge.notes import Notes
from pathproof.conformance.judge.settings import Settings
from pathproof.conformance.judge.verdicts import Subject
from pathproof.model.vocabulary import discard, has, is_empty
from pathproof.spec.names import ErrorCode

MOST_DEBTS = 1024
"""How many duties of one side are followed at once: what bounds the memory of a hostile trace."""
TOO_MANY = f"duties beyond the {MOST_DEBTS} that are followed at once"


@dataclass(slots=True)
class Obligations:
    """The duties of one side, in the order in which they arose."""

    subject: Subject
    notes: Notes
    settings: Settings
    debts: list[Debt] = field(default_factory=list)
    closes: list[ConnectionClose] = field(default_factory=list)

    def owe(self, debt: Debt) -> None:
        """Take on a duty; of several duties to close under one clause, the first stands for all."""
        if debt.numbers is None and any(d.clause == debt.clause for d in self.debts if d.numbers is None):
            return
        if len(self.debts) >= MOST_DEBTS:
            self.notes.blind(debt.clause, self.subject, TOO_MANY)
            return
        self.debts.append(debt)

    def acknowledged(self, ranges: Ranges, order: int) -> None:
        """The side has acknowledged these packets, in its packet of this order."""
        for debt in self.debts:
            if debt.since is None and debt.carrier is not None and covers(ranges, debt.carrier):
                debt.since = order

    def went_on(self, order: int) -> None:
        """The side has sent an ack-eliciting 1-RTT packet of this order."""
        for debt in self.debts:
            if debt.since is not None and debt.since < order:
                debt.waited = True

    def answered(self, number: int) -> None:
        """The side has sent the frame for one sequence number."""
        for debt in self.debts:
            if debt.numbers is not None and has(debt.numbers, number):
                self.notes.kept(debt.clause, self.subject)
                debt.numbers = discard(debt.numbers, number)
        self.drop_done()

    def drop_done(self) -> None:
        """Forget the duties of which nothing is left."""
        self.debts = [debt for debt in self.debts if debt.numbers is None or not is_empty(debt.numbers)]

    def due(self, number: int, order: int) -> Debt | None:
        """Return the duty about this number that was acknowledged before the packet of this order."""
        for debt in self.debts:
            if debt.numbers is not None and debt.since is not None and debt.since < order:  # noqa: SIM102
                if has(debt.numbers, number):
                    return debt
        return None

    def closed(self, frame: ConnectionClose) -> None:
        """The side has sent CONNECTION_CLOSE; one frame of each code is kept."""
        if all(frame.error_code != earlier.error_code for earlier in self.closes):
            self.closes.append(frame)

    def interrupted(self) -> None:
        """Events are missing: what is owed may have been done in the gap."""
        for debt in self.debts:
            debt.hidden = debt.hidden or GAP

    @property
    def errors(self) -> list[ConnectionClose]:
        """The closes with a transport error; a field that is not logged may be one."""
        return [
            close
            for close in self.closes
            if close.space != "application" and close.error_code != ErrorCode.NO_ERROR
        ]

    def settle(self, ended: bool, complete: bool, excused: bool) -> None:
        """The trace is over: note for every open duty what follows.

        `ended` says that the trace shows the end of the connection, `complete` that it has no gap, `excused`
        that the endpoint says that it closed with an error, without showing the frame.
        """
        for debt in self.debts:
            if debt.numbers is None:
                self._settle_close(debt, excused)
            else:
                self._settle_frames(debt, ended, complete, excused)

    def _settle_close(self, debt: Debt, excused: bool) -> None:
        """A close was owed: any transport error will do, unless the reading asks for the exact code."""
        fitting = self.errors
        if self.settings["error_code"] == "exact":
            fitting = [close for close in fitting if close.error_code in (debt.code, NOT_LOGGED)]
        if fitting:
            self.notes.kept(debt.clause, self.subject)
        elif self.errors:
            code, wanted = self.errors[0].error_code, ErrorCode(debt.code).name
            done = f"closed with error {code} instead of {wanted} although {debt.done}"
            self.notes.broken(debt.clause, self.subject, done, debt.sight)
        else:
            self._open(debt, f"went on without closing although {debt.done}", True, excused)

    def _settle_frames(self, debt: Debt, ended: bool, complete: bool, excused: bool) -> None:
        """Frames were owed; whoever closes with an error need not send them any more."""
        if not complete:
            debt.hidden = debt.hidden or GAP
        self._open(debt, debt.done, ended, excused or bool(self.errors))

    def _open(self, debt: Debt, done: str, established: bool, excused: bool) -> None:
        """A duty that the trace does not show done is broken only where nothing could excuse it."""
        if debt.hidden:
            self.notes.blind(debt.clause, self.subject, debt.hidden)
        elif debt.waited and established and not excused and self.subject == "local":
            self.notes.broken(debt.clause, self.subject, done, debt.sight)
        else:
            self.notes.blind(debt.clause, self.subject, self._unseen(debt))
            if self.settings.obliges(debt.reading) and not self.errors:
                self.notes.warn(
                    debt.clause, self.subject, f"{done}: open at the end of the trace", debt.sight
                )

    def _unseen(self, debt: Debt) -> str:
        """Return what would have to be seen to decide an open duty."""
        if self.subject == "peer":
            return LOST
        return PACKET_NUMBERS if debt.carrier is None and debt.since is None else REST
