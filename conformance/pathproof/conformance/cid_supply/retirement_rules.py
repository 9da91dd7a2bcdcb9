"""Rules for RETIRE_CONNECTION_ID, on both sides: RFC 9000 19.16."""

from __future__ import annotations

from pathproof.conformance.cid_supply.moments_of_use import Notice, Retirement
from pathproof.conformance.cid_supply.unseen import DESTINATION, FIRST_ID, PREFERRED
from pathproof.conformance.events import Missing
from pathproof.conformance.judge.debts import GAP, LOST, Debt
from pathproof.conformance.judge.notes import Notes
from pathproof.conformance.judge.registry import rule
from pathproof.model.cid_supply.issuer import may_issue, names_own_destination, was_issued
from pathproof.model.cid_supply.state import OPEN
from pathproof.spec.names import ErrorCode


@rule("retirement", "consumer", "RFC9000-19.16-09")
def nothing_empty_is_retired(retirement: Retirement, notes: Notes) -> None:
    """No RETIRE_CONNECTION_ID goes to an issuer whose connection ID is empty."""
    d, clause = retirement.direction, "RFC9000-19.16-09"
    if not may_issue(d.p):
        done = f"sent RETIRE_CONNECTION_ID {retirement.number} to a peer that chose an empty connection ID"
        notes.broken(clause, d.consumer, done, retirement.sight)
    elif not d.length_known:
        notes.blind(clause, d.consumer, FIRST_ID)


@rule("retirement", "consumer", "RFC9000-19.16-07")
def destination_is_not_retired(retirement: Retirement, notes: Notes) -> None:
    """A packet does not retire the connection ID it is sent to."""
    d, clause = retirement.direction, "RFC9000-19.16-07"
    if not retirement.destination_known:
        notes.blind(clause, d.consumer, DESTINATION)
    elif names_own_destination(retirement.number, retirement.destination):
        done = f"retired number {retirement.number} in a packet sent to number {retirement.number}"
        notes.broken(clause, d.consumer, done, retirement.sight)
    else:
        notes.kept(clause, d.consumer)


@rule("retirement", "consumer", "RFC9000-19.16-06")
def only_issued_numbers_are_retired(retirement: Retirement, notes: Notes) -> None:
    """No number is retired that the issuer has never sent, which only the issuer's log can decide."""
    d, clause, number = retirement.direction, "RFC9000-19.16-06", retirement.number
    done = f"retired number {number}, and no number above {d.s.issued - 1} was issued"
    if not may_issue(d.p) or was_issued(d.s, number):
        return
    if not d.local_issues:
        notes.blind(clause, d.consumer, LOST)
        notes.warn(clause, d.consumer, f"{done} as far as the trace shows", retirement.sight)
    elif unseen_issue(retirement):
        notes.blind(clause, d.consumer, unseen_issue(retirement))
    else:
        notes.broken(clause, d.consumer, done, retirement.sight)


def unseen_issue(retirement: Retirement) -> str:
    """Return where the trace may hide the issue of a number; "" for nowhere."""
    d = retirement.direction
    if retirement.number == d.s.issued == 1 and not d.preferred_known:
        return PREFERRED
    return "" if d.whole else GAP


@rule(
    "notice",
    "issuer",
    "RFC9000-19.16-06",
    "RFC9000-19.16-08",
    "RFC9000-19.16-10",
    readings=("self_retire",),
)
def wrong_retirement_is_met_by_close(notice: Notice, notes: Notes) -> None:
    """A RETIRE_CONNECTION_ID against the rules ends the connection."""
    retirement = notice.retirement
    d, number = retirement.direction, retirement.number
    if may_issue(d.p) and names_own_destination(number, retirement.destination):
        clause, reading = "RFC9000-19.16-08", "self_retire"
        what = f"number {number} was retired in a packet sent to it"
    elif not may_issue(d.p):
        clause, reading = "RFC9000-19.16-10", ""
        what = f"number {number} was retired although its own connection ID is empty"
    else:
        clause, reading = "RFC9000-19.16-06", ""
        what = f"number {number} was retired, which it has never issued"
    if notice.error != OPEN and clause == "RFC9000-19.16-06" and unseen_issue(retirement):
        notes.blind(clause, d.issuer, unseen_issue(retirement))
    elif notice.error != OPEN:
        carrier = None if isinstance(retirement.packet.number, Missing) else retirement.packet.number
        notice.duties.owe(
            Debt(clause, retirement.sight, what, carrier, None, ErrorCode[notice.error], reading)
        )
    elif reading:
        notes.kept(clause, d.issuer)
