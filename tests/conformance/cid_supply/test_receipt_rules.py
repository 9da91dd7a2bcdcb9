"""NEW_CONNECTION_ID on the side that receives it: closes that are due, and retirements that are due."""

from typing import Any

import pytest

from pathproof.conformance.events import NOT_LOGGED
from pathproof.spec.names import MAX_VARINT, ErrorCode

RETIRE, LATE, CONFLICT = "RFC9000-5.1.2-10", "RFC9000-19.15-13", "RFC9000-19.15-07"
BREACHES: dict[str, tuple[Any, dict[str, Any], ErrorCode]] = {
    "RFC9000-19.15-10": (
        lambda say: [say.ncid(say.peers(2), 2, prior=3)],
        {},
        ErrorCode.FRAME_ENCODING_ERROR,
    ),
    "RFC9000-19.15-03": (lambda say: [say.ncid(b"", 1)], {}, ErrorCode.FRAME_ENCODING_ERROR),
    "RFC9000-19.15-05": (
        lambda say: [say.ncid(say.peers(1), 1)],
        {"peer_first": b""},
        ErrorCode.PROTOCOL_VIOLATION,
    ),
    "RFC9000-5.1.1-15": (
        lambda say: [say.ncid(say.peers(n), n) for n in (1, 2)],
        {"limit": 2},
        ErrorCode.CONNECTION_ID_LIMIT_ERROR,
    ),
}


def breached(say: Any, clause: Any) -> Any:
    """A trace in which the peer has broken a rule, and the number of the packet."""
    frames, handshake, code = BREACHES[clause]
    trace = say.client(**handshake)
    to = b"" if "peer_first" in handshake else 0
    return trace, trace.received(*frames(say)), code, to


@pytest.mark.clause("RFC9000-19.15-10", "RFC9000-19.15-03", "RFC9000-19.15-05", "RFC9000-5.1.1-15")
@pytest.mark.parametrize("clause", BREACHES)
class TestClose:
    """A breach that must be met by closing."""

    def test_a_close_satisfies(self, say: Any, clause: Any) -> None:
        """The endpoint closes with the code of the clause."""
        trace, _, code, to = breached(say, clause)
        report = trace.close(code, "transport", to).judged()
        assert report.verdict(clause).status == "holds"
        assert not [verdict for verdict in report.violated if verdict.subject == "local"]

    def test_going_on_is_a_breach(self, say: Any, clause: Any) -> None:
        """QG-07 to QG-11: the endpoint acknowledges the packet and goes on, whenever it closes normally."""
        trace, carrier, _, to = breached(say, clause)
        report = trace.goes_on(carrier, to).close(to=to).judged()
        [finding] = report.verdict(clause).violations
        assert finding.packet == carrier
        assert "The client went on without closing although NEW_CONNECTION_ID" in finding.says

    def test_another_transport_code_is_as_good(self, say: Any, clause: Any) -> None:
        """A generic code can stand in for the specific one, unless the caller asks for the exact one."""
        trace, _, _, to = breached(say, clause)
        trace.close(ErrorCode.INTERNAL_ERROR, "transport", to)
        assert trace.judged().verdict(clause).status == "holds"
        assert trace.judged(error_code="exact").verdict(clause).status == "violated"

    def test_an_unlogged_code_is_as_good(self, say: Any, clause: Any) -> None:
        """What is not logged may be right."""
        trace, _, _, to = breached(say, clause)
        trace.close(NOT_LOGGED, NOT_LOGGED, to)
        assert trace.judged(error_code="exact").verdict(clause).status == "holds"

    @pytest.mark.parametrize("length", [0, 1, 2])
    def test_a_trace_that_ends_soon_is_a_warning(self, say: Any, clause: Any, length: Any) -> None:
        """Nothing after the breach, or an acknowledgment, or a packet without one, decide nothing."""
        trace, carrier, _, to = breached(say, clause)
        if length == 1:
            trace.sent(acks=(carrier,), to=to)
        if length == 2:
            trace.sent(to=to)
            trace.sent(to=to)
        report = trace.judged()
        assert not report.verdict(clause).violations
        assert report.verdict(clause).status == "not observable"
        assert [finding.clause for finding in report.warnings] == [clause]

    def test_only_what_follows_the_acknowledgment_counts(self, say: Any, clause: Any) -> None:
        """Packets built in a batch before the acknowledgment left show nothing."""
        trace, carrier, _, to = breached(say, clause)
        trace.sent(to=to)
        trace.sent(acks=(carrier,), to=to)
        assert not trace.judged().verdict(clause).violations

    def test_a_gap_may_hide_the_close(self, say: Any, clause: Any) -> None:
        """A duty is not held against anybody across a gap."""
        trace, carrier, _, to = breached(say, clause)
        trace.goes_on(carrier, to).gap()
        assert trace.judged().verdict(clause).status == "not observable"

    def test_without_packet_numbers_nothing_is_decided(self, say: Any, clause: Any) -> None:
        """Which packet was acknowledged is not known."""
        frames, handshake, _ = BREACHES[clause]
        trace = say.client(**handshake)
        trace.received(*frames(say), number=NOT_LOGGED)
        to = b"" if "peer_first" in handshake else 0
        verdict = trace.goes_on(0, to).judged().verdict(clause)
        assert (verdict.status, verdict.missing) == ("not observable", ("packet numbers",))


@pytest.mark.clause("RFC9000-5.1.1-13", "RFC9000-5.1.1-15")
def test_the_peer_is_to_blame_for_the_excess(say: Any) -> None:
    """The machine closes on no issuer that keeps the rules."""
    trace, _, code, _ = breached(say, "RFC9000-5.1.1-15")
    report = trace.close(code, "transport").judged()
    assert report.verdict("RFC9000-5.1.1-13", "peer").status == "violated"


def test_a_full_set_is_no_excess(say: Any) -> None:
    """QN-17: copies, and numbers that replace retired ones, stay within the limit."""
    trace = say.client(limit=2)
    carrier = trace.received(say.ncid(say.peers(1), 1), say.ncid(say.peers(1), 1))
    trace.sent(say.retire(0), acks=(carrier,), to=1)
    carrier = trace.received(say.ncid(say.peers(2), 2))
    assert not trace.goes_on(carrier, to=1).close(to=1).judged().violated


@pytest.mark.clause("RFC9000-5.1.1-13")
def test_an_unlogged_own_limit_decides_nothing(say: Any) -> None:
    """How many the endpoint was ready to hold is not known."""
    trace = say.client(limit=NOT_LOGGED)
    carrier = trace.received(*(say.ncid(say.peers(n), n) for n in range(1, 9)))
    report = trace.goes_on(carrier).close().judged()
    assert not report.violated
    assert report.verdict("RFC9000-5.1.1-13", "peer").missing == ("active_connection_id_limit",)


@pytest.mark.clause("RFC9000-19.15-07")
def test_a_contradiction_may_be_dropped(say: Any) -> None:
    """Closing is a MAY: going on holds under the other reading, and breaks the clause only if it is fixed."""
    trace = say.client()
    carrier = trace.received(say.ncid(say.peers(1), 1), say.ncid(b"another", 1))
    trace.goes_on(carrier).close()
    verdict = trace.judged().verdict(CONFLICT)
    assert (verdict.status, verdict.reading) == ("holds", "conflict=ignore")
    assert trace.judged(conflict="close").verdict(CONFLICT).status == "violated"
    assert trace.judged(conflict="ignore").verdict(CONFLICT).status == "holds"


@pytest.mark.clause("RFC9000-10.3.2-08")
def test_a_repeated_token_may_be_ignored(say: Any) -> None:
    """Nobody has to look for a token that came with another connection ID."""
    clause = "RFC9000-10.3.2-08"
    trace = say.client()
    carrier = trace.received(
        say.ncid(say.peers(1), 1), say.ncid(say.peers(2), 2, token=say.token(say.peers(1)))
    )
    trace.goes_on(carrier).close()
    assert trace.judged().verdict(clause).reading == "token_reuse=ignore"
    assert trace.judged(token_reuse="close").verdict(clause).status == "violated"


@pytest.mark.clause("RFC9000-19.15-07")
def test_two_readings_may_be_needed_together(say: Any) -> None:
    """A contradiction of each kind: no single change admits both, the two together do."""
    trace = say.client(limit=8)
    frames = say.ncid(say.peers(1), 1), say.ncid(b"another", 1), say.ncid(say.peers(1), 1, token=b"t" * 16)
    trace.goes_on(trace.received(*frames)).close()
    report = trace.judged()
    assert [verdict for verdict in report.violated if verdict.subject == "local"] == []
    assert report.verdict(CONFLICT).reading == "conflict=ignore, token_reuse=ignore"


@pytest.mark.clause("RFC9000-19.15-10")
def test_a_close_met_by_an_exotic_end(say: Any) -> None:
    """The log says that the endpoint closed with an error but does not show the frame: no breach."""
    trace, carrier, _, _ = breached(say, "RFC9000-19.15-10")
    report = trace.goes_on(carrier).closed(code=7).judged()
    assert not report.verdict("RFC9000-19.15-10").violations


# Retirements that are due.


def prior_raised(say: Any, number: Any = 2, prior: Any = 2, vantage: Any = "client") -> Any:
    """The peer has number 1 and raises Retire Prior To; the packet's number."""
    trace = getattr(say, vantage)()
    return trace, trace.received(say.ncid(say.peers(1), 1), say.ncid(say.peers(number), number, prior))


@pytest.mark.clause("RFC9000-5.1.2-10")
def test_what_is_below_prior_is_retired(say: Any) -> None:
    """The endpoint moves to the new connection ID and retires the old ones."""
    trace, carrier = prior_raised(say)
    trace.sent(say.retire(0), say.retire(1), acks=(carrier,), to=2)
    trace.sent(to=2)
    report = trace.close(to=2).judged()
    assert not report.violated
    assert report.verdict(RETIRE).exercised == 5  # two retirements, three packets


@pytest.mark.clause("RFC9000-5.1.2-10")
def test_a_forgotten_retirement_is_a_breach(say: Any) -> None:
    """KW-03: the endpoint moves on and never says so."""
    trace, carrier = prior_raised(say)
    report = trace.goes_on(carrier, to=2).close(to=2).judged()
    [finding] = report.verdict(RETIRE).violations
    assert "sent no RETIRE_CONNECTION_ID for {0..1}, although Retire Prior To rose to 2" in finding.says


@pytest.mark.clause("RFC9000-5.1.2-10")
def test_a_retirement_that_may_still_come_is_a_warning(say: Any) -> None:
    """Without the end of the connection, or without an acknowledgment, it may be on its way."""
    for acks, closes in ((True, False), (False, True)):
        trace, carrier = prior_raised(say)
        trace.goes_on(carrier if acks else 99, to=2)
        report = (trace.close(to=2) if closes else trace).judged()
        assert not report.violated
        assert [finding.clause for finding in report.warnings] == [RETIRE]


def test_whoever_closes_with_an_error_need_not_retire(say: Any) -> None:
    """The connection is over; a bound on retirements may even be the cause (5.1.2-13)."""
    trace, carrier = prior_raised(say)
    trace.goes_on(carrier, to=2)
    trace.close(ErrorCode.CONNECTION_ID_LIMIT_ERROR, "transport", to=2)
    assert not trace.judged().violated


@pytest.mark.clause("RFC9000-5.1.2-10")
def test_a_gap_may_hide_the_retirement(say: Any) -> None:
    """Even one before the frame: the numbers may have been retired there."""
    trace, carrier = prior_raised(say)
    trace.goes_on(carrier, to=2).gap()
    report = trace.close(to=2).judged()
    assert (report.verdict(RETIRE).status, report.violated) == ("holds", ())


@pytest.mark.clause("RFC9000-5.1.2-10")
def test_a_packet_below_prior_after_the_acknowledgment_is_a_breach(say: Any) -> None:
    """KW-10: the endpoint has acknowledged the frame and stays where it was."""
    trace, carrier = prior_raised(say)
    trace.sent(acks=(carrier,), to=0)
    breach = trace.sent(to=0)
    [finding] = trace.judged().verdict(RETIRE).violations
    assert finding.packet == breach
    assert "sent a packet under number 0 after it had acknowledged" in finding.says


def test_packets_of_the_batch_may_stay_below_prior(say: Any) -> None:
    """Before the acknowledgment, and in the packet that carries it, nothing counts."""
    trace, carrier = prior_raised(say)
    trace.sent(to=0)
    trace.sent(acks=(carrier,), to=0)
    trace.sent(say.retire(0), say.retire(1), to=2)
    assert not trace.close(to=2).judged().violated


@pytest.mark.clause("RFC9000-19.15-13")
def test_a_late_number_is_retired(say: Any) -> None:
    """QG-06: number 2 comes when Retire Prior To is 4 already."""
    for retired in (True, False):
        trace = say.client()
        first = trace.received(say.ncid(say.peers(5), 5, 4))
        trace.sent(say.retire(0), acks=(first,), to=5)
        late = trace.received(say.ncid(say.peers(2), 2))
        if retired:
            trace.sent(say.retire(2), to=5)
        trace.goes_on(late, to=5).close(to=5)
        assert trace.judged().verdict(LATE).status == ("holds" if retired else "violated")


@pytest.mark.clause("RFC9000-19.15-13")
def test_one_retirement_answers_all_copies(say: Any) -> None:
    """CQ-02: a second late copy is answered once more under one reading only."""
    trace = say.client()
    trace.sent(say.retire(0), acks=(trace.received(say.ncid(say.peers(5), 5, 4)),), to=5)
    trace.sent(say.retire(2), acks=(trace.received(say.ncid(say.peers(2), 2)),), to=5)
    trace.goes_on(trace.received(say.ncid(say.peers(2), 2)), to=5).close(to=5)
    assert not trace.judged().violated
    assert trace.judged(late_frame="again").verdict(LATE).status == "violated"


def test_numbers_that_never_came_may_be_retired(say: Any) -> None:
    """QL-09: 1 to 3 are lost, 7 asks to retire all below 4, and the endpoint retires 0 to 3."""
    trace = say.client()
    carrier = trace.received(say.ncid(say.peers(7), 7, 4))
    trace.sent(*(say.retire(n) for n in range(4)), acks=(carrier,), to=7)
    report = trace.close(to=7).judged()
    assert (report.violated, report.warnings) == ((), ())


@pytest.mark.clause("RFC9000-5.1.2-10")
def test_numbers_that_never_came_need_not_be_retired(say: Any) -> None:
    """Only one reading asks for them."""
    trace = say.client()
    carrier = trace.received(say.ncid(say.peers(7), 7, 4))
    trace.sent(say.retire(0), acks=(carrier,), to=7)
    trace.sent(to=7)
    trace.close(to=7)
    assert not trace.judged().violated
    assert trace.judged(unseen_below="at_once").verdict(RETIRE).status == "violated"


@pytest.mark.clause("RFC9000-5.1.2-10")
@pytest.mark.parametrize("unseen_below", ["on_arrival", "at_once"])
def test_the_largest_number_costs_nothing(say: Any, unseen_below: Any) -> None:
    """One frame may ask to retire every number below 2^62-1."""
    trace = say.client()
    carrier = trace.received(say.ncid(say.peers(9), MAX_VARINT, MAX_VARINT))
    trace.sent(say.retire(0), acks=(carrier,), to=9)
    trace.sent(to=9)
    report = trace.close(to=9).judged(unseen_below=unseen_below)
    assert report.verdict(RETIRE).status == ("holds" if unseen_below == "on_arrival" else "violated")


@pytest.mark.clause("RFC9000-19.15-06")
def test_a_copy_is_no_error(say: Any) -> None:
    """A second copy of a frame is met by going on; a close straight after it is worth a warning."""
    clause = "RFC9000-19.15-06"
    for closes in (False, True):
        trace = say.client()
        trace.received(say.ncid(say.peers(1), 1), say.ncid(say.peers(1), 1))
        if closes:
            trace.close(ErrorCode.PROTOCOL_VIOLATION, "transport")
        else:
            trace.sent()
        verdict = trace.judged().verdict(clause)
        assert (verdict.exercised, len(verdict.warnings)) == ((0, 1) if closes else (1, 0))


def test_nothing_is_judged_after_the_close(say: Any) -> None:
    """An endpoint that is closing or draining may still be sent anything."""
    trace = say.client(limit=2)
    trace.close(ErrorCode.NO_ERROR, "transport")
    carrier = trace.received(*(say.ncid(say.peers(n), n, n) for n in range(1, 5)))
    assert not trace.goes_on(carrier).judged().violated
