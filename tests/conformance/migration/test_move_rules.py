"""Who moves, when, and where to (RFC 9000 9, 9.3)."""

import pytest
from tests.conformance.journey import (
    DONE,
    NEW,
    PREFERRED,
    SERVER,
    STREAM,
    VICTIM,
    Journey,
    acks,
    answers,
    asks,
    is_broken,
    is_kept,
    is_unseen,
)

from pathproof.conformance.events import NOT_LOGGED, OtherFrame

CRYPTO = OtherFrame("crypto")


def unconfirmed() -> Journey:
    """A client that has completed its handshake, and does not know yet whether its server has."""
    journey = Journey()
    journey.sent(CRYPTO, kind="initial")
    journey.parameters()
    journey.came(CRYPTO, kind="initial")
    journey.came(CRYPTO, kind="handshake", joined=True)
    journey.sent(CRYPTO, kind="handshake", size=300)
    journey.sent(STREAM)
    return journey


@pytest.mark.clause("RFC9000-9-01")
@pytest.mark.parametrize("confirmation", ["none", "done", "acknowledgment"])
def test_a_move_before_confirmation(confirmation: str) -> None:
    """HANDSHAKE_DONE confirms, and so may an acknowledgment of a 1-RTT packet (RFC 9001 4.1.2)."""
    journey = unconfirmed()
    if confirmation == "done":
        journey.came(DONE)
    elif confirmation == "acknowledgment":
        journey.came(acks(journey.numbers[True] - 1))
    journey.sent(asks(1), STREAM, client=NEW, cid=b"to-peer1")
    (is_broken if confirmation == "none" else is_kept)(journey, "RFC9000-9-01")


@pytest.mark.clause("RFC9000-9-02", "RFC9000-18.2-39")
@pytest.mark.parametrize("clause", ["RFC9000-9-02", "RFC9000-18.2-39"])
def test_a_client_that_is_asked_to_stay(clause: str) -> None:
    """Not even a probe leaves from another address of its own."""
    journey = Journey().handshake(disable_active_migration=True)
    is_kept(journey, clause)
    journey.sent(asks(1), client=NEW, cid=b"to-peer1")
    is_broken(journey, clause)
    unknown = Journey().handshake(disable_active_migration=NOT_LOGGED)
    unknown.sent(asks(1), client=NEW, cid=b"to-peer1")
    assert is_unseen(unknown, clause) == "disable_active_migration"


@pytest.mark.clause("RFC9000-9-02")
def test_the_preferred_address_lifts_the_ban() -> None:
    """Once a client has acted on it, it may move; by another reading the first address stays barred."""
    journey = Journey().handshake(disable_active_migration=True, preferred_address_connection_id=b"to-peer1")
    journey.sent(asks(1), server=PREFERRED, cid=b"to-peer1")
    journey.sent(asks(2), client=NEW, cid=b"to-peer2")
    is_kept(journey, "RFC9000-9-02")
    is_broken(journey, "RFC9000-9-02", disabled_migration_scope="handshake_address")


@pytest.mark.clause("RFC9000-9-02")
def test_an_answer_from_an_address_where_a_challenge_came() -> None:
    """The answer is owed there (8.2.2-03), so that nobody is blamed for it."""
    journey = Journey().handshake(disable_active_migration=True)
    journey.came(asks(1), client=NEW)
    journey.sent(answers(1), client=NEW, cid=b"to-peer1")
    assert journey.judged().violated == ()


@pytest.mark.clause("RFC9000-9-09")
def test_a_server_answers_a_probe_with_data() -> None:
    """Only where a non-probing packet came from, non-probing packets go."""
    for frame in (asks(1), STREAM):
        journey = Journey("server").handshake()
        journey.came(frame, client=NEW, cid=b"to-here1")
        journey.sent(asks(7), STREAM, client=NEW, cid=b"to-peer1")
        (is_kept if frame is STREAM else is_broken)(journey, "RFC9000-9-09")


@pytest.mark.clause("RFC9000-9.3-04")
def test_an_overtaken_packet_moves_nobody() -> None:
    """A packet with a number below the largest, from a new address, came late."""
    for number in (2, 60):
        journey = Journey("server").handshake()
        journey.came(STREAM, number=50)
        journey.came(STREAM, client=NEW, number=number)
        journey.sent(asks(7), STREAM, client=NEW)
        (is_kept if number == 60 else is_broken)(journey, "RFC9000-9.3-04")


@pytest.mark.clause("RFC9000-9.3-04")
def test_a_packet_that_a_probe_has_overtaken_may_move_a_server() -> None:
    """By one reading, probes do not count."""
    journey = Journey("server").handshake()
    journey.came(asks(1), client=VICTIM, number=50)
    journey.came(STREAM, client=NEW, number=40)
    journey.sent(asks(7), STREAM, client=NEW)
    assert journey.judged().verdict("RFC9000-9.3-04").reading == "probes_counted=non_probing"
    is_broken(journey, "RFC9000-9.3-04", probes_counted="all_packets")


@pytest.mark.clause("RFC9000-9.3-04")
def test_a_return_to_a_validated_address_needs_no_packet() -> None:
    """A server that falls back is not following anybody."""
    journey = Journey("server").handshake()
    journey.came(asks(1), client=NEW, cid=b"to-here1")
    journey.sent(answers(1), asks(7), client=NEW, cid=b"to-peer1")
    journey.came(answers(7), client=NEW, cid=b"to-here1")
    journey.sent(STREAM, client=NEW, cid=b"to-peer1")
    assert "validation has failed" in is_unseen(journey, "RFC9000-9.3-04")


@pytest.mark.clause("RFC9000-9.3-04")
def test_a_late_packet_does_not_lead_back() -> None:
    """From a path that is validated, a server returns for a higher packet only."""
    for number in (5, 60):
        journey = Journey("server").handshake()
        journey.came(STREAM, client=NEW, number=50)
        journey.sent(asks(7), STREAM, client=NEW)
        journey.came(answers(7), client=NEW, number=51)
        journey.came(STREAM, number=number)
        journey.sent(asks(8), STREAM)
        (is_kept if number == 60 else is_broken)(journey, "RFC9000-9.3-04")


@pytest.mark.clause("RFC9000-9.3-04")
def test_packet_numbers_that_are_not_logged() -> None:
    """Without them the highest is not known."""
    journey = Journey("server").handshake()
    journey.came(STREAM, client=NEW, number=NOT_LOGGED)
    journey.sent(asks(7), STREAM, client=NEW)
    assert "packet numbers" in is_unseen(journey, "RFC9000-9.3-04")


@pytest.mark.clause("RFC9000-9-07")
def test_a_server_that_moves() -> None:
    """It stays where packets come to."""
    journey = Journey("server").handshake()
    journey.sent(STREAM, server="192.0.2.7:443", cid=b"to-peer1")
    is_broken(journey, "RFC9000-9-07")
    other = Journey("server").handshake()
    other.came(STREAM, server="192.0.2.7:443", cid=b"to-here1")
    other.sent(asks(1), STREAM, server="192.0.2.7:443", cid=b"to-peer1")
    is_kept(other, "RFC9000-9-07")


@pytest.mark.clause("RFC9000-9.5-07")
def test_a_move_with_an_empty_connection_id() -> None:
    """That is advised against."""
    journey = Journey().handshake()
    journey.sent(asks(1), STREAM, client=NEW, cid=b"to-peer1")
    is_kept(journey, "RFC9000-9.5-07")
    other = Journey().handshake()
    other.sent(asks(1), STREAM, client=NEW, cid=b"")
    assert [warning.clause for warning in other.judged().warnings] == ["RFC9000-9.5-07"]


@pytest.mark.clause("RFC9000-9-10")
def test_a_packet_from_an_unknown_server_address() -> None:
    """A client that acknowledges it has taken it in; where a preferred address exists, it may be that one."""
    journey = Journey().handshake()
    number = journey.came(STREAM, server="192.0.2.9:443")
    journey.sent(acks(number - 1))
    is_kept(journey, "RFC9000-9-10")
    journey.sent(acks(number))
    is_broken(journey, "RFC9000-9-10")
    other = Journey().handshake(preferred_address_connection_id=b"to-peer1")
    number = other.came(STREAM, server=PREFERRED)
    other.sent(acks(number))
    assert "preferred_address" in is_unseen(other, "RFC9000-9-10")


@pytest.mark.clause("RFC9000-9-01", "RFC9000-9-09")
def test_moves_need_addresses() -> None:
    """Without them nobody is seen to move, and a gap excuses."""
    assert "addresses" in is_unseen(Journey(addressed=False).handshake(), "RFC9000-9-01")
    journey = unconfirmed().gap()
    journey.sent(asks(1), STREAM, client=NEW, cid=b"to-peer1")
    assert "gap" in is_unseen(journey, "RFC9000-9-01")
    assert SERVER != PREFERRED
