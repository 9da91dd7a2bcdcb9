"""NEW_CONNECTION_ID on the side that sends it."""

from typing import Any

import pytest

from pathproof.conformance.events import ABSENT, NOT_LOGGED

LIMIT, ORDER = "RFC9000-5.1.1-13", "RFC9000-5.1.1-06"


def status(report: Any, clause: Any, subject: Any = "local") -> Any:
    return report.verdict(clause, subject).status


@pytest.mark.clause("RFC9000-5.1.1-13")
def test_a_supply_within_the_limit_holds(say: Any) -> None:
    """The limit counts the connection ID of the handshake and every frame: 1 + 3 of 4."""
    trace = say.client()
    trace.sent(*(say.ncid(say.own(n), n) for n in (1, 2, 3)))
    report = trace.close().judged()
    assert not report.violated
    assert report.verdict(LIMIT).exercised == 3


@pytest.mark.clause("RFC9000-5.1.1-13")
def test_one_too_many_breaks_the_limit(say: Any) -> None:
    """QG-12, XQ-03: as many frames as the limit, beside the connection ID of the handshake."""
    trace = say.client(peer_limit=2)
    trace.sent(say.ncid(say.own(1), 1), say.ncid(say.own(2), 2))
    report = trace.close().judged()
    [finding] = report.verdict(LIMIT).violations
    assert (finding.packet, finding.position.event, finding.position.offset) == (0, 2, 200)
    assert "sequence_number=2" in finding.frame
    assert finding.says.startswith(
        "The client provided number 2 beyond the peer's active_connection_id_limit of 2"
    )


@pytest.mark.clause("RFC9000-5.1.1-13")
def test_a_preferred_address_counts_toward_the_limit(say: Any) -> None:
    """QN-15: numbers 0 and 1 are out before the first frame."""
    preferred = {
        "preferred_address_connection_id": say.own(1),
        "preferred_address_token": say.token(say.own(1)),
    }
    trace = say.server(peer_limit=2, **preferred)
    trace.sent(say.ncid(say.own(2), 2))
    assert status(trace.close().judged(), LIMIT) == "violated"
    larger = say.server(peer_limit=3, **preferred)
    larger.sent(say.ncid(say.own(2), 2))
    assert not larger.close().judged().violated


@pytest.mark.clause("RFC9000-5.1.1-13")
def test_an_absent_limit_is_two(say: Any) -> None:
    """An absent parameter has its default; one that is not logged decides nothing."""
    for limit, expected in ((ABSENT, "violated"), (NOT_LOGGED, "not observable")):
        trace = say.client(peer_limit=limit)
        trace.sent(say.ncid(say.own(1), 1), say.ncid(say.own(2), 2))
        assert status(trace.close().judged(), LIMIT) == expected


@pytest.mark.clause("RFC9000-5.1.1-13")
def test_a_retirement_makes_room_once_it_has_arrived(say: Any) -> None:
    """A new one after RETIRE_CONNECTION_ID came is within the limit, one before it is not."""
    for early, expected in ((False, "holds"), (True, "violated")):
        trace = say.client(peer_limit=2)
        trace.sent(say.ncid(say.own(1), 1))
        if early:
            trace.sent(say.ncid(say.own(2), 2))
        trace.received(say.retire(0), to=1)
        if not early:
            trace.sent(say.ncid(say.own(2), 2))
        assert status(trace.close().judged(), LIMIT) == expected


@pytest.mark.clause("RFC9000-5.1.1-13", "RFC9000-5.1.1-14")
def test_retire_prior_to_makes_room_at_once(say: Any) -> None:
    """The frame that passes the limit may take away what is too much, by the default reading."""
    trace = say.client(peer_limit=2)
    trace.sent(say.ncid(say.own(1), 1), say.ncid(say.own(2), 2, prior=1))
    report = trace.close().judged()
    assert not report.violated
    assert report.verdict("RFC9000-5.1.1-14").status == "holds"
    assert status(trace.judged(excess="never"), LIMIT) == "violated"


@pytest.mark.clause("RFC9000-5.1.1-06", "RFC9000-5.1.1-13")
def test_frames_of_one_batch_may_leave_in_any_order(say: Any) -> None:
    """quic-go and ngtcp2 send 3, 2, 1: numbers are assigned in order, and all count in the end."""
    for limit, expected in ((4, "holds"), (3, "violated")):
        trace = say.client(peer_limit=limit)
        trace.sent(*(say.ncid(say.own(n), n) for n in (3, 2, 1)))
        assert status(trace.close().judged(), LIMIT) == expected
        assert status(trace.judged(), ORDER) == "holds"


def test_a_batch_out_of_order_is_judged_in_the_order_of_its_numbers(say: Any) -> None:
    """Number 5 asks to retire 0 to 3 and leaves before 4, which was within the limit when it was assigned."""
    trace = say.client(peer_limit=5)
    trace.sent(*(say.ncid(say.own(n), n) for n in (1, 2, 3)))
    trace.sent(say.ncid(say.own(5), 5, prior=4), say.ncid(say.own(4), 4))
    assert not trace.close().judged().violated


@pytest.mark.clause("RFC9000-5.1.1-13")
def test_a_repeated_frame_never_counts_again(say: Any) -> None:
    """A retransmission provides nothing new."""
    trace = say.client(peer_limit=2)
    for _ in range(3):
        trace.sent(say.ncid(say.own(1), 1))
    assert trace.close().judged().verdict(LIMIT).exercised == 1


@pytest.mark.clause("RFC9000-5.1.1-13")
def test_frames_under_remembered_limits_decide_nothing(say: Any) -> None:
    """In 0-RTT packets a client counts by the limit of an earlier connection."""
    trace = say.client(peer_limit=2)
    trace.sent(*(say.ncid(say.own(n), n) for n in (1, 2, 3)), kind="0RTT")
    verdict = trace.close().judged().verdict(LIMIT)
    assert (verdict.status, verdict.missing) == ("not observable", ("limit remembered for 0-RTT",))


def test_after_a_gap_the_limit_is_not_judged(say: Any) -> None:
    """RETIRE_CONNECTION_ID may have arrived in the gap."""
    trace = say.client(peer_limit=2)
    trace.sent(say.ncid(say.own(1), 1))
    trace.gap()
    trace.sent(say.ncid(say.own(2), 2))
    report = trace.close().judged()
    assert not report.violated
    assert report.partial == ("sketch: byte 300, event 3: cut off",)


def skipping(
    say: Any, acks: Any = True, closes: Any = True, goes_on: Any = True, vantage: Any = "client", **more: Any
) -> Any:
    """A first frame with number 2 (NQ-08)."""
    trace = getattr(say, vantage)(**more)
    carrier = trace.sent(say.ncid(say.own(2), 2))
    trace.received(acks=(carrier,) if acks else ())
    if goes_on:
        trace.sent()
    return trace.close() if closes else trace


@pytest.mark.clause("RFC9000-5.1.1-06")
def test_a_number_left_out_for_good_is_a_breach(say: Any) -> None:
    """NQ-08: number 2 comes first, and number 1 never, though the connection went on to its end."""
    [finding] = skipping(say).judged().verdict(ORDER).violations
    assert "sent NEW_CONNECTION_ID 2 and never any for {1}" in finding.says
    assert status(skipping(say, vantage="server").judged(), ORDER) == "violated"


@pytest.mark.clause("RFC9000-5.1.1-06")
@pytest.mark.parametrize("lacking", ["acks", "closes", "goes_on"])
def test_a_number_that_may_still_come_is_a_warning(say: Any, lacking: Any) -> None:
    """Without an acknowledgment, a further packet and the end of the connection it may be on its way."""
    report = skipping(say, **{lacking: False}).judged()
    assert not report.violated
    assert [warning.clause for warning in report.warnings] == [ORDER]


@pytest.mark.clause("RFC9000-5.1.1-06")
def test_number_one_may_be_that_of_a_preferred_address(say: Any) -> None:
    """Where the preferred address is not logged, a server's missing number 1 decides nothing."""
    report = skipping(say, vantage="server", preferred_address_connection_id=NOT_LOGGED).judged()
    assert report.verdict(ORDER).status == "not observable"
    assert report.verdict(ORDER).missing == ("preferred_address",)


def test_a_gap_may_hide_a_number(say: Any) -> None:
    """The missing frame may have left in the gap."""
    trace = skipping(say, closes=False)
    assert not trace.gap().close().judged().violated


@pytest.mark.clause("RFC9000-5.1.1-06")
def test_order_on_the_wire_is_asked_for_by_one_reading_only(say: Any) -> None:
    """Under `number_order=sent` first copies leave in the order of their numbers."""
    trace = say.client()
    trace.sent(say.ncid(say.own(2), 2), say.ncid(say.own(1), 1))
    trace.close()
    assert status(trace.judged(), ORDER) == "holds"
    assert status(trace.judged(number_order="sent"), ORDER) == "violated"


def test_gaps_in_what_a_peer_sent_can_be_loss(say: Any) -> None:
    """QL-11, OS-02, NQ-08 from the other end: nothing is held against the peer."""
    trace = say.client()
    trace.received(say.ncid(say.peers(3), 3), say.ncid(say.peers(2), 2))
    report = trace.close().judged()
    assert not report.violated
    assert report.verdict(ORDER, "peer").status == "not exercised"


@pytest.mark.parametrize("by", ["local", "peer"])
class TestMalformedOffers:
    """Frames that are wrong by themselves are the sender's breach, whoever keeps the log."""

    def offered(self, say: Any, by: Any, *frames: Any, **handshake: Any) -> Any:
        trace = say.client(**handshake)
        (trace.sent if by == "local" else trace.received)(*frames)
        return trace.judged()

    def name(self, say: Any, by: Any) -> Any:
        return say.own if by == "local" else say.peers

    @pytest.mark.clause("RFC9000-19.15-09")
    def test_prior_above_the_number(self, say: Any, by: Any) -> None:
        """QG-07: Retire Prior To above the frame's own number."""
        name = self.name(say, by)
        assert status(self.offered(say, by, say.ncid(name(1), 1, prior=1)), "RFC9000-19.15-09", by) == "holds"
        report = self.offered(say, by, say.ncid(name(1), 1, prior=2))
        assert status(report, "RFC9000-19.15-09", by) == "violated"

    @pytest.mark.clause("RFC9000-19.15-02")
    @pytest.mark.parametrize(
        ("length", "expected"), [(0, "violated"), (1, "holds"), (20, "holds"), (21, "violated")]
    )
    def test_length(self, say: Any, by: Any, length: Any, expected: Any) -> None:
        """QG-08, QG-09: 1 to 20 bytes."""
        report = self.offered(say, by, say.ncid(b"x" * length, 1))
        assert status(report, "RFC9000-19.15-02", by) == expected

    @pytest.mark.clause("RFC9000-19.15-04", "RFC9000-5.1.1-21")
    def test_zero_length_issuer(self, say: Any, by: Any) -> None:
        """QN-49: an issuer with an empty connection ID offers none."""
        handshake = {"first": b""} if by == "local" else {"peer_first": b""}
        report = self.offered(say, by, say.ncid(self.name(say, by)(1), 1), **handshake)
        assert status(report, "RFC9000-19.15-04", by) == status(report, "RFC9000-5.1.1-21", by) == "violated"

    @pytest.mark.clause("RFC9000-5.1-04")
    def test_one_connection_id_under_two_numbers(self, say: Any, by: Any) -> None:
        """QL-10: the connection ID of the handshake comes again with another number."""
        name = self.name(say, by)
        assert status(self.offered(say, by, say.ncid(name(1), 1)), "RFC9000-5.1-04", by) == "holds"
        assert status(self.offered(say, by, say.ncid(name(0), 1)), "RFC9000-5.1-04", by) == "violated"

    @pytest.mark.clause("RFC9000-5.1.1-06")
    def test_one_number_for_two_connection_ids(self, say: Any, by: Any) -> None:
        """LX-01: a second connection ID under a number that has one."""
        name = self.name(say, by)
        report = self.offered(say, by, say.ncid(name(1), 1), say.ncid(name(2), 1))
        assert status(report, ORDER, by) == "violated"

    @pytest.mark.clause("RFC9000-10.3.2-07")
    def test_one_token_for_two_connection_ids(self, say: Any, by: Any) -> None:
        """Every connection ID has a token of its own."""
        name = self.name(say, by)
        frames = say.ncid(name(1), 1), say.ncid(name(2), 2, token=say.token(name(1)))
        assert status(self.offered(say, by, *frames), "RFC9000-10.3.2-07", by) == "violated"
        unlogged = say.ncid(name(1), 1, token=NOT_LOGGED), say.ncid(name(2), 2, token=NOT_LOGGED)
        assert status(self.offered(say, by, *unlogged), "RFC9000-10.3.2-07", by) == "not observable"

    @pytest.mark.clause("RFC9000-19.15-07")
    def test_two_tokens_for_one_connection_id(self, say: Any, by: Any) -> None:
        """The same number and connection ID with another token."""
        name = self.name(say, by)
        frames = say.ncid(name(1), 1), say.ncid(name(1), 1, token=say.token(name(2)))
        assert status(self.offered(say, by, *frames), "RFC9000-19.15-07", by) == "violated"


@pytest.mark.clause("RFC9000-10.3.2-07")
def test_the_token_of_a_server_belongs_to_number_0(say: Any) -> None:
    """The stateless_reset_token parameter counts as the token of the handshake's connection ID."""
    trace = say.client()
    trace.received(say.ncid(say.peers(1), 1, token=say.token(say.peers(0))))
    assert status(trace.judged(), "RFC9000-10.3.2-07", "peer") == "violated"


@pytest.mark.clause("RFC9000-5.1-04")
def test_a_destination_that_the_client_invented_has_no_number(say: Any) -> None:
    """The first destination of the client may even come back as a connection ID of the server's."""
    trace = say.bare("client")
    trace.sent(to=b"invented", kind="initial")
    trace.received(kind="initial")
    trace.received(say.ncid(b"invented", 1))
    assert status(trace.judged(), "RFC9000-5.1-04", "peer") == "holds"


@pytest.mark.clause("RFC9000-13.3-31")
def test_a_repeated_frame_with_another_prior(say: Any) -> None:
    """Frames may be brought up to date, unless the caller insists on identical copies."""
    trace = say.client(peer_limit=8)
    trace.sent(say.ncid(say.own(1), 1), say.ncid(say.own(2), 2, prior=1))
    trace.sent(say.ncid(say.own(1), 1, prior=1))
    trace.close()
    verdict = trace.judged().verdict("RFC9000-13.3-31")
    assert (verdict.status, verdict.reading) == ("holds", "retransmission=updated")
    assert status(trace.judged(retransmission="identical"), "RFC9000-13.3-31") == "violated"


@pytest.mark.clause("RFC9000-5.1.2-14")
def test_raising_prior_too_early_is_a_warning(say: Any) -> None:
    """It is advice to wait for the retirements that the last value asked for."""
    for retired in (True, False):
        trace = say.client(peer_limit=8)
        trace.sent(say.ncid(say.own(1), 1, prior=1))
        if retired:
            trace.received(say.retire(0), to=1)
        trace.sent(say.ncid(say.own(2), 2, prior=2))
        report = trace.close().judged()
        assert not report.violated
        assert bool(report.verdict("RFC9000-5.1.2-14").warnings) is not retired


@pytest.mark.clause("RFC9000-5.1.1-16")
def test_a_retired_connection_id_is_to_be_replaced(say: Any) -> None:
    """It is advice to supply a new one, which quic-go does not for the handshake's."""
    for replaced in (True, False):
        trace = say.client()
        trace.sent(say.ncid(say.own(1), 1))
        carrier = trace.received(say.retire(0), to=1)
        trace.goes_on(carrier)
        if replaced:
            trace.sent(say.ncid(say.own(2), 2))
        verdict = trace.close().judged().verdict("RFC9000-5.1.1-16")
        assert (verdict.status, len(verdict.warnings)) == (("holds", 0) if replaced else ("not exercised", 1))
