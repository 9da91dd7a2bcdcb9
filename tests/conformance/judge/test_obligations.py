"""Duties: when they count, when they are done, and when nobody can tell."""

import pytest

from pathproof.conformance.events import NOT_LOGGED, ConnectionClose, Packet, Position
from pathproof.conformance.judge.debts import GAP, LOST, Debt
from pathproof.conformance.judge.notes import KEPT, Notes, Sight
from pathproof.conformance.judge.obligations import MOST_DEBTS, TOO_MANY, Obligations
from pathproof.conformance.judge.settings import settings
from pathproof.conformance.judge.verdicts import Subject
from pathproof.model.intervals import IntervalNumbers
from pathproof.spec.names import ErrorCode

CLAUSE = "RFC9000-5.1.2-10"
SIGHT = Sight(Packet(1.0, False, "1RTT", 7, b"", NOT_LOGGED, (), Position("f", 10, 1)))


def duties(subject: Subject = "local", **readings: str) -> Obligations:
    return Obligations(subject, Notes("client"), settings(readings))


def frames(low: int, high: int) -> Debt:
    return Debt(CLAUSE, SIGHT, "sent nothing", 7, IntervalNumbers([(low, high)]))


def settled(owed: Obligations, ended: bool = True, complete: bool = True, excused: bool = False) -> str:
    owed.settle(ended, complete, excused)
    return owed.notes.verdict(CLAUSE, owed.subject).status


def test_a_duty_counts_from_the_packet_after_the_acknowledgment() -> None:
    """Neither the packet with the acknowledgment nor one before it waits in vain."""
    owed = duties()
    owed.owe(frames(0, 1))
    owed.went_on(1)
    owed.acknowledged(((5, 9),), 2)
    owed.went_on(2)
    assert owed.due(0, 2) is None
    assert not owed.debts[0].waited
    owed.went_on(3)
    assert owed.due(0, 3) is owed.debts[0]
    assert settled(owed) == "violated"


def test_an_acknowledgment_of_other_packets_is_none() -> None:
    """Only the packet that brought the duty counts."""
    owed = duties()
    owed.owe(frames(0, 1))
    owed.acknowledged(((0, 6), (8, 9)), 1)
    owed.went_on(2)
    assert settled(owed) == "not observable"


@pytest.mark.clause("RFC9000-5.1.2-10")
def test_every_number_is_answered_for_itself() -> None:
    """Numbers leave a duty one by one; each is an occasion on which the clause was kept."""
    owed = duties()
    owed.owe(frames(0, 3))
    for number in (1, 0, 5, 2):
        owed.answered(number)
    assert owed.debts == []
    assert owed.notes.verdict(CLAUSE, "local").exercised == 3


@pytest.mark.clause("RFC9000-5.1.2-10")
def test_what_a_peer_left_undone_may_have_been_lost() -> None:
    """Nobody sees what a peer has not sent."""
    owed = duties("peer")
    owed.owe(frames(0, 1))
    owed.acknowledged(((7, 7),), 1)
    owed.went_on(2)
    assert settled(owed) == "not observable"
    assert owed.notes.verdict(CLAUSE, "peer").missing == (LOST,)


@pytest.mark.clause("RFC9000-5.1.2-10")
def test_a_gap_before_or_after_hides_frames() -> None:
    """A trace that is not complete decides no duty to send frames."""
    owed = duties()
    owed.owe(frames(0, 1))
    owed.acknowledged(((7, 7),), 1)
    owed.went_on(2)
    assert settled(owed, complete=False) == "not observable"
    assert owed.notes.verdict(CLAUSE, "local").missing == (GAP,)


def test_one_duty_to_close_stands_for_all_of_a_clause() -> None:
    """A flood of breaches takes no memory."""
    owed = duties()
    for _ in range(3):
        owed.owe(Debt(CLAUSE, SIGHT, "it happened", 7, None, ErrorCode.PROTOCOL_VIOLATION))
    assert len(owed.debts) == 1


@pytest.mark.clause("RFC9000-5.1.2-10")
def test_duties_are_bounded() -> None:
    """What goes beyond the bound is said to be undecided."""
    owed = duties()
    for number in range(MOST_DEBTS + 1):
        owed.owe(frames(number, number + 1))
    assert len(owed.debts) == MOST_DEBTS
    assert owed.notes.verdict(CLAUSE, "local").missing == (TOO_MANY,)


@pytest.mark.clause("RFC9000-5.1.2-10")
def test_an_error_satisfies_a_duty_to_close_and_a_normal_end_does_not() -> None:
    """NO_ERROR and application errors are no connection errors (RFC 9000, Section 11.1)."""
    for close, expected in (
        (ConnectionClose(ErrorCode.FLOW_CONTROL_ERROR, "transport", ""), "holds"),
        (ConnectionClose(ErrorCode.NO_ERROR, "transport", ""), "violated"),
        (ConnectionClose(7, "application", ""), "violated"),
    ):
        owed = duties()
        owed.owe(Debt(CLAUSE, SIGHT, "it happened", 7, None, ErrorCode.PROTOCOL_VIOLATION))
        owed.acknowledged(((7, 7),), 1)
        owed.went_on(2)
        owed.closed(close)
        assert settled(owed) == expected


@pytest.mark.clause("RFC9000-5.1.2-10")
def test_findings_are_kept_up_to_a_number_and_counted_beyond() -> None:
    """A breach in every packet of a long trace takes no memory."""
    notes = Notes("client")
    for _ in range(KEPT + 2):
        notes.broken(CLAUSE, "peer", "did it", SIGHT)
        notes.warn(CLAUSE, "peer", "did it", SIGHT)
    verdict = notes.verdict(CLAUSE, "peer")
    assert (len(verdict.violations), len(verdict.warnings), verdict.further) == (KEPT, KEPT, 4)
    assert str(verdict.violations[0]).startswith(
        f"f: byte 10, event 1, 1.000 ms, packet 7, violation of {CLAUSE}: The server did it. The rule: "
    )
