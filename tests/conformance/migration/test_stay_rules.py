"""What has to follow a move (RFC 9000 9, 9.2, 9.3, 9.3.3)."""

import pytest
from tests.conformance.journey import (
    CLIENT,
    NEW,
    PING,
    STREAM,
    Journey,
    acks,
    asks,
    is_broken,
    is_kept,
    is_unseen,
)


def followed(*frames: object, cid: bytes = b"to-here0", goes: bytes = b"to-peer0") -> Journey:
    """A server has followed its client to a new address, and sent this with its first packet there."""
    journey = Journey("server").handshake()
    journey.came(STREAM, client=NEW, cid=cid)
    number = journey.sent(*frames, STREAM, client=NEW, cid=goes)  # type: ignore[arg-type]
    journey.came(acks(number), client=NEW, cid=cid)
    return journey


@pytest.mark.clause("RFC9000-9-04", "RFC9000-9.3-02")
@pytest.mark.parametrize("clause", ["RFC9000-9-04", "RFC9000-9.3-02"])
def test_a_new_address_is_validated(clause: str) -> None:
    """A server that goes on there for a round trip challenges it."""
    journey = followed(asks(1))
    journey.sent(asks(2), client=CLIENT)
    is_kept(journey.closes(client=NEW), clause)
    other = followed()
    other.sent(asks(2), client=CLIENT)
    assert is_unseen(other, clause)
    is_broken(other.closes(client=NEW), clause)


@pytest.mark.clause("RFC9000-9-04")
def test_the_limit_may_hold_the_challenge_back() -> None:
    """By a reading, a challenge waits for room of 1200 bytes."""
    journey = Journey("server").handshake()
    journey.came(STREAM, client=NEW, size=100)
    number = journey.sent(STREAM, client=NEW, size=100)
    journey.came(acks(number), client=NEW, size=100)
    journey.sent(asks(2), client=CLIENT)
    assert "limit" in is_unseen(journey.closes(client=NEW, size=100), "RFC9000-9-04")


@pytest.mark.clause("RFC9000-9.3.3-02")
def test_the_former_path_is_validated() -> None:
    """After what looks like a rebinding, the path that was in use is challenged, too."""
    journey = followed(asks(1))
    journey.sent(asks(2), client=CLIENT)
    is_kept(journey.closes(client=NEW), "RFC9000-9.3.3-02")
    other = followed(asks(1))
    is_broken(other.closes(client=NEW), "RFC9000-9.3.3-02")


@pytest.mark.clause("RFC9000-9.3.3-02")
def test_who_moves_with_a_new_connection_id_has_meant_it() -> None:
    """By the most lenient reading, the former path need not be challenged then."""
    journey = followed(asks(1), cid=b"to-here1", goes=b"to-peer1").closes(client=NEW, cid=b"to-peer1")
    assert journey.judged().violated == ()
    is_broken(journey, "RFC9000-9.3.3-02", apparent_migration="unvalidated")


@pytest.mark.clause("RFC9000-9.3.3-02")
def test_who_comes_back_needs_no_challenge() -> None:
    """A client whose packets come from its first address again is back there."""
    journey = followed(asks(1))
    journey.came(STREAM)
    journey.sent(STREAM)
    assert journey.closes().judged().violated == ()


@pytest.mark.clause("RFC9000-9.2-03")
def test_a_client_that_does_not_validate_its_new_path() -> None:
    """It is warned, since no MUST says so."""
    for frames in ((asks(1), PING), (PING,)):
        journey = Journey().handshake()
        number = journey.sent(*frames, client=NEW, cid=b"to-peer1")
        journey.came(acks(number), client=NEW)
        journey.closes(client=NEW, cid=b"to-peer1")
        if len(frames) == 2:
            is_kept(journey, "RFC9000-9.2-03")
        else:
            assert [warning.clause for warning in journey.judged().warnings] == ["RFC9000-9.2-03"]


@pytest.mark.clause("RFC9000-9-04", "RFC9000-9.3.3-02")
def test_what_is_missing_excuses() -> None:
    """A gap may hold the challenges."""
    journey = followed().gap().closes(client=NEW)
    for clause in ("RFC9000-9-04", "RFC9000-9.3.3-02"):
        assert "gap" in is_unseen(journey, clause)


@pytest.mark.clause("RFC9000-9.3.3-02")
def test_a_validation_that_is_under_way_may_go_on() -> None:
    """Where a challenge to the former path is still without answer, the next one may wait for its timer."""
    journey = Journey("server").handshake()
    journey.sent(asks(5))
    journey.came(STREAM, client=NEW)
    number = journey.sent(asks(1), STREAM, client=NEW)
    journey.came(acks(number), client=NEW)
    assert journey.closes(client=NEW).judged().violated == ()
