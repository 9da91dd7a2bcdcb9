"""RETIRE_CONNECTION_ID on both sides, and the packets that come after it."""

from typing import Any

import pytest

from pathproof.conformance.events import NOT_LOGGED
from pathproof.spec.names import ErrorCode

USED, DESTINATION, UNISSUED = "RFC9000-5.1.2-04", "RFC9000-19.16-07", "RFC9000-19.16-06"


def status(report: Any, clause: Any, subject: Any = "local") -> Any:
    return report.verdict(clause, subject).status


def supplied(say: Any, **handshake: Any) -> Any:
    """A client and a server with numbers 0 to 2 each."""
    trace = say.client(**handshake)
    trace.received(*(say.ncid(say.peers(n), n) for n in (1, 2)))
    trace.sent(*(say.ncid(say.own(n), n) for n in (1, 2)))
    return trace


@pytest.mark.clause("RFC9000-19.16-07", "RFC9000-5.1.2-04")
def test_retiring_another_number_holds(say: Any) -> None:
    """The endpoint moves to number 1 and retires number 0 there."""
    trace = supplied(say)
    trace.sent(say.retire(0), to=1)
    trace.sent(to=1)
    report = trace.close(to=1).judged()
    assert not report.violated
    assert status(report, DESTINATION) == status(report, USED) == "holds"


@pytest.mark.clause("RFC9000-19.16-07")
def test_a_packet_does_not_retire_its_own_destination(say: Any) -> None:
    """QG-05: RETIRE_CONNECTION_ID for the connection ID that its packet bears."""
    trace = supplied(say)
    breach = trace.sent(say.retire(0), to=0)
    [finding] = trace.judged().verdict(DESTINATION).violations
    assert finding.packet == breach
    assert finding.frame == "RetireConnectionId(sequence_number=0)"


@pytest.mark.clause("RFC9000-19.16-07", "RFC9000-5.1.2-04")
def test_without_destinations_nothing_is_decided(say: Any) -> None:
    """ngtcp2 logs no connection ID in any header."""
    trace = supplied(say)
    trace.sent(say.retire(0), to=NOT_LOGGED)
    trace.sent(to=NOT_LOGGED)
    report = trace.close(to=NOT_LOGGED).judged()
    for clause in (DESTINATION, USED):
        assert status(report, clause) == "not observable"
        assert report.verdict(clause).missing == ("destination connection ID of 1-RTT packets",)


@pytest.mark.clause("RFC9000-5.1.2-04")
def test_what_was_retired_is_not_used(say: Any) -> None:
    """QG-04: the endpoint retires the connection ID in use and goes on under it."""
    trace = supplied(say)
    trace.sent(say.retire(1), to=0)
    breach = trace.sent(to=1)
    [finding] = trace.judged().verdict(USED).violations
    assert finding.packet == breach
    assert "sent a packet under number 1 after it had sent RETIRE_CONNECTION_ID for it" in finding.says


def test_long_headers_keep_the_connection_ids_of_the_handshake(say: Any) -> None:
    """A Handshake packet that is repeated late bears number 0."""
    trace = supplied(say)
    trace.sent(say.retire(0), to=1)
    trace.sent(to=0, kind="handshake")
    assert not trace.judged().violated


def test_packets_under_unknown_connection_ids_decide_nothing(say: Any) -> None:
    """The frame that brought it may not be logged."""
    trace = supplied(say)
    trace.sent(say.retire(0), to=1)
    trace.sent(to=b"unheard of")
    assert not trace.judged().violated


@pytest.mark.clause("RFC9000-5.1.2-04")
@pytest.mark.parametrize("late", [False, True])
def test_a_peer_is_judged_by_its_packet_numbers(say: Any, late: Any) -> None:
    """A packet that the peer sent before the retirement may arrive after it, and one sent after it before."""
    trace = supplied(say)
    packets = [(10, ()), (20, (say.retire(0),)), (30, ())]
    for number, frames in sorted(packets, reverse=late):
        trace.received(*frames, number=number, to=1 if frames else 0)
    [finding] = trace.judged().verdict(USED, "peer").violations
    assert finding.packet == 30


def test_a_reordered_packet_of_the_peer_is_no_breach(say: Any) -> None:
    """Number 10 was sent before number 20, which retired its destination."""
    trace = supplied(say)
    trace.received(say.retire(0), number=20, to=1)
    trace.received(number=10, to=0)
    assert not trace.judged().violated


@pytest.mark.clause("RFC9000-5.1.2-10")
def test_a_peer_leaves_what_is_below_prior_once_it_has_acknowledged(say: Any) -> None:
    """Packets numbered above the one with the acknowledgment count, in whatever order they arrive."""
    for number, expected in ((9, "not exercised"), (11, "violated")):
        trace = supplied(say)
        carrier = trace.sent(say.ncid(say.own(3), 3, prior=1))
        trace.received(number=10, acks=(carrier,), to=3)
        trace.received(number=number, to=0)
        verdict = trace.judged().verdict("RFC9000-5.1.2-10", "peer")
        assert (verdict.status == "violated") is (expected == "violated")


@pytest.mark.clause("RFC9000-5.1.2-10")
def test_a_peer_that_never_retires_is_a_warning_at_most(say: Any) -> None:
    """What it sent may have been lost."""
    trace = supplied(say)
    carrier = trace.sent(say.ncid(say.own(3), 3, prior=1))
    trace.received(acks=(carrier,), to=3)
    trace.received(to=3)
    report = trace.close().judged()
    assert not report.violated
    assert status(report, "RFC9000-5.1.2-10", "peer") == "holds"
    assert [finding.subject for finding in report.warnings] == ["peer"]


@pytest.mark.clause("RFC9000-19.16-06")
def test_retiring_what_may_have_been_lost_is_a_warning(say: Any) -> None:
    """NQ-02 from the consumer's log: whether the number was issued is not known there."""
    trace = supplied(say)
    trace.sent(say.retire(3), to=0)
    report = trace.close().judged()
    assert not report.violated
    assert [finding.clause for finding in report.warnings] == [UNISSUED]


def unissued(say: Any, **handshake: Any) -> Any:
    trace = supplied(say, **handshake)
    return trace, trace.received(say.retire(3), to=1)


@pytest.mark.clause("RFC9000-19.16-06")
def test_a_number_never_issued_is_met_by_close(say: Any) -> None:
    """The peer is to blame, and the endpoint closes."""
    trace, _ = unissued(say)
    report = trace.close(ErrorCode.PROTOCOL_VIOLATION, "transport").judged()
    assert status(report, UNISSUED, "peer") == "violated"
    assert status(report, UNISSUED) == "holds"


@pytest.mark.clause("RFC9000-19.16-06")
def test_a_number_never_issued_that_is_ignored_is_a_breach(say: Any) -> None:
    """NQ-02: the endpoint goes on."""
    trace, carrier = unissued(say)
    assert status(trace.goes_on(carrier).judged(), UNISSUED) == "violated"


def test_a_number_sent_in_a_gap_is_no_breach(say: Any) -> None:
    """Nor is one on either side when the beginning of the trace is missing."""
    trace = supplied(say).gap()
    trace.goes_on(trace.received(say.retire(3), to=1))
    assert not trace.judged().violated
    headless = say.bare()
    headless.goes_on(headless.received(say.retire(3)))
    report = headless.judged()
    assert not report.violated
    assert report.partial == ("the beginning of the connection is not in the trace",)


@pytest.mark.clause("RFC9000-19.16-06")
def test_number_one_may_be_a_preferred_address(say: Any) -> None:
    """A server that does not log its preferred address may have issued number 1 by it."""
    trace = say.server(preferred_address_connection_id=NOT_LOGGED)
    trace.goes_on(trace.received(say.retire(1)))
    report = trace.judged()
    assert not report.violated
    assert report.verdict(UNISSUED).missing == ("preferred_address",)


@pytest.mark.clause("RFC9000-19.16-07", "RFC9000-19.16-08")
def test_a_retired_destination_may_be_accepted(say: Any) -> None:
    """Closing on it is a MAY."""
    clause = "RFC9000-19.16-08"
    trace = supplied(say)
    trace.goes_on(trace.received(say.retire(0), to=0)).close()
    report = trace.judged()
    assert status(report, DESTINATION, "peer") == "violated"
    assert (status(report, clause), report.verdict(clause).reading) == ("holds", "self_retire=accept")
    assert status(trace.judged(self_retire="close"), clause) == "violated"


@pytest.mark.clause("RFC9000-19.16-09")
def test_an_empty_connection_id_is_not_retired(say: Any) -> None:
    """Neither end sends RETIRE_CONNECTION_ID to a peer that chose one."""
    trace = say.client(peer_first=b"")
    trace.sent(say.retire(0), to=b"")
    assert status(trace.judged(), "RFC9000-19.16-09") == "violated"
    assert status(supplied(say).judged(), "RFC9000-19.16-09") == "not exercised"


@pytest.mark.clause("RFC9000-19.16-09", "RFC9000-19.16-10")
def test_retiring_an_empty_connection_id_is_met_by_close(say: Any) -> None:
    """LX-07: the endpoint that chose it closes, or breaks the clause."""
    clause = "RFC9000-19.16-10"
    for closes in (True, False):
        trace = say.client(first=b"")
        carrier = trace.received(say.retire(0), to=b"")
        if closes:
            trace.close(ErrorCode.PROTOCOL_VIOLATION, "transport")
        else:
            trace.goes_on(carrier)
        report = trace.judged()
        assert status(report, clause) == ("holds" if closes else "violated")
        assert status(report, "RFC9000-19.16-09", "peer") == "violated"


def test_a_repeated_retirement_is_no_breach(say: Any) -> None:
    """CQ-08: loss recovery sends the frame again."""
    trace = supplied(say)
    for _ in range(2):
        trace.sent(say.retire(0), to=1)
        trace.received(say.retire(0), to=1)
    assert not trace.judged().violated


@pytest.mark.clause("RFC9000-5.1.1-08")
def test_acceptance_is_not_observable(say: Any) -> None:
    """Only dropped packets would show that an issued connection ID was refused."""
    verdict = supplied(say).judged().verdict("RFC9000-5.1.1-08")
    assert (verdict.status, verdict.missing) == ("not observable", ("packet_dropped events",))
