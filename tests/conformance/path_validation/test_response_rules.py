"""Responses in traces: what they answer, where they go, how large they are (RFC 9000 8.2.2, 8.2.3)."""

import pytest
from tests.conformance.journey import (
    CLIENT,
    NEW,
    PING,
    PREFERRED,
    STREAM,
    Journey,
    acks,
    answers,
    asks,
    is_broken,
    is_kept,
    is_unseen,
)

from pathproof.conformance.judge.scene import THEIR_SIGHT


def client(**more: object) -> Journey:
    return Journey().handshake(**more)


def server() -> Journey:
    return Journey("server").handshake()


@pytest.mark.clause("RFC9000-19.18-01")
def test_a_response_that_nobody_asked_for() -> None:
    """It is a breach of whoever sends it, unless something is missing."""
    journey = client()
    journey.came(asks(1))
    journey.sent(answers(1))
    is_kept(journey, "RFC9000-19.18-01")
    journey.sent(answers(2))
    is_broken(journey, "RFC9000-19.18-01")
    other = client()
    other.came(answers(2))
    is_broken(other, "RFC9000-19.18-01", "peer")
    assert "gap" in is_unseen_after_gap(answers(2))


def is_unseen_after_gap(frame: object) -> str:
    journey = client().gap()
    journey.sent(frame)  # type: ignore[arg-type]
    return is_unseen(journey, "RFC9000-19.18-01")


@pytest.mark.clause("RFC9000-8.2.2-07", "RFC9000-13.3-28")
def test_a_second_response() -> None:
    """One challenge has one response; a packet that is logged twice is one."""
    for clause in ("RFC9000-8.2.2-07", "RFC9000-13.3-28"):
        journey = client()
        journey.came(asks(1))
        journey.sent(answers(1))
        is_kept(journey, clause)
        journey.sent(answers(1))
        is_broken(journey, clause)
        other = client()
        other.sent(asks(1))
        number = other.came(answers(1))
        other.came(answers(1), number=number)
        is_kept(other, clause, "peer")
        other.came(answers(1))
        is_broken(other, clause, "peer")


@pytest.mark.clause("RFC9000-8.2.2-03")
def test_the_path_of_a_response() -> None:
    """It goes where its challenge came from; what the peer does is not seen from here."""
    journey = server()
    journey.came(asks(1), client=NEW, cid=b"to-here1")
    journey.sent(answers(1), client=NEW, cid=b"to-peer1")
    is_kept(journey, "RFC9000-8.2.2-03")
    journey.came(asks(2), client=NEW, cid=b"to-here1")
    journey.sent(answers(2))
    is_broken(journey, "RFC9000-8.2.2-03")
    other = client()
    other.sent(asks(1))
    other.came(answers(1))
    assert is_unseen(other, "RFC9000-8.2.2-03", "peer") == THEIR_SIGHT


@pytest.mark.clause("RFC9000-8.2.2-03")
def test_a_client_at_the_preferred_address_may_answer_there() -> None:
    """By one reading, a challenge from the original address is answered at the preferred one."""
    journey = client(preferred_address_connection_id=b"to-peer1", preferred_address_token=b"t" * 16)
    journey.sent(asks(1), server=PREFERRED, cid=b"to-peer1")
    journey.came(answers(1), server=PREFERRED)
    journey.sent(STREAM, server=PREFERRED, cid=b"to-peer1")
    journey.came(asks(2))
    journey.sent(answers(2), server=PREFERRED, cid=b"to-peer1")
    assert journey.judged().verdict("RFC9000-8.2.2-03").reading == "preferred_answer_path=preferred"
    is_broken(journey, "RFC9000-8.2.2-03", preferred_answer_path="challenged")


@pytest.mark.clause("RFC9000-8.2.2-05")
def test_the_size_of_a_response() -> None:
    """It fills 1200 bytes, unless the limit has no room."""
    journey = client()
    journey.came(asks(1))
    journey.sent(answers(1), size=1199)
    is_broken(journey, "RFC9000-8.2.2-05")
    other = server()
    other.came(asks(1), client=NEW, cid=b"to-here1", size=1200)
    other.sent(answers(1), client=NEW, cid=b"to-peer1", size=100)
    is_broken(other, "RFC9000-8.2.2-05")


@pytest.mark.clause("RFC9000-8.2.2-06")
def test_a_response_larger_than_the_limit() -> None:
    """A small challenge is answered by no more than three times its datagram."""
    for size in (300, 301):
        journey = server()
        journey.came(asks(1), client=NEW, cid=b"to-here1", size=100)
        journey.sent(answers(1), client=NEW, cid=b"to-peer1", size=size)
        verdict = journey.judged().verdict("RFC9000-8.2.2-06")
        assert verdict.status == ("holds" if size == 300 else "violated")


@pytest.mark.clause("RFC9000-8.2.2-01", "RFC9000-19.17-03")
def test_a_challenge_without_a_response() -> None:
    """An endpoint that acknowledges a challenge, goes on and closes has to have answered it."""
    for clause in ("RFC9000-8.2.2-01", "RFC9000-19.17-03"):
        journey = client()
        number = journey.came(asks(1))
        journey.sent(acks(number), PING)
        journey.sent(STREAM)
        assert is_unseen(journey, clause)  # the answer may follow
        is_broken(journey.closes(), clause)
        other = client()
        number = other.came(asks(1))
        other.sent(answers(1), acks(number))
        is_kept(other.closes(), clause)


@pytest.mark.clause("RFC9000-8.2.2-01")
def test_a_flood_is_answered_in_part_by_a_reading() -> None:
    """Where a second challenge comes before the first was answered, answers may be bounded."""
    journey = client()
    numbers = [journey.came(asks(1)), journey.came(asks(2))]
    journey.sent(acks(*numbers), answers(2), PING)
    journey.sent(STREAM)
    verdict = journey.closes().judged().verdict("RFC9000-8.2.2-01")
    assert (verdict.status, verdict.reading) == ("holds", "challenge_answers=bounded")
    is_broken(journey, "RFC9000-8.2.2-01", challenge_answers="all")


@pytest.mark.clause("RFC9000-8.2.2-01")
def test_a_challenge_on_another_path_may_find_no_connection_id() -> None:
    """What is left without an answer there is held against nobody."""
    journey = server()
    number = journey.came(asks(1), client=NEW, cid=b"to-here1")
    journey.sent(acks(number), PING)
    journey.sent(STREAM)
    assert "connection IDs" in is_unseen(journey.closes(), "RFC9000-8.2.2-01")


@pytest.mark.clause("RFC9000-8.2.1-08", "RFC9000-8.2.3-05")
def test_a_second_validation_is_owed_after_a_small_one() -> None:
    """A path that a small datagram validated is challenged in 1200 bytes, if the server goes on there."""
    for clause in ("RFC9000-8.2.1-08", "RFC9000-8.2.3-05"):
        for does in (True, False):
            journey = server()
            journey.came(PING, client=NEW, size=100)
            journey.sent(asks(1), PING, client=NEW, size=100)
            number = journey.came(answers(1), client=NEW)
            journey.sent(acks(number), PING, client=NEW)
            if does:
                journey.sent(asks(2), client=NEW)
            journey.sent(STREAM, client=NEW)
            journey.sent(asks(9), client=CLIENT)
            journey.closes(client=NEW)
            if does:
                is_kept(journey, clause)
            else:
                is_broken(journey, clause)
