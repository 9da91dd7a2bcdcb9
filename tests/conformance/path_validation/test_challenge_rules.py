"""Challenges in traces: data, sizes, packets (RFC 9000 8.2.1)."""

import pytest
from tests.conformance.journey import NEW, PING, Journey, answers, asks, is_broken, is_kept, is_unseen

from pathproof.conformance.events import NOT_LOGGED, PathChallenge


def client() -> Journey:
    return Journey().handshake()


def server() -> Journey:
    return Journey("server").handshake()


@pytest.mark.clause("RFC9000-8.2.1-05", "RFC9000-13.3-27")
def test_data_that_comes_again() -> None:
    """Two challenges with the same data are a breach, of either side; one packet seen twice is none."""
    for clause in ("RFC9000-8.2.1-05", "RFC9000-13.3-27"):
        journey = client()
        journey.sent(asks(1))
        is_kept(journey, clause)
        journey.sent(asks(1), client=NEW, cid=b"to-peer1")
        is_broken(journey, clause)
        other = client()
        number = other.came(asks(1))
        other.came(asks(1), number=number)
        is_kept(other, clause, "peer")
        other.came(asks(1), client=NEW)
        is_broken(other, clause, "peer")


@pytest.mark.clause("RFC9000-8.2.1-05")
def test_copies_on_one_path_are_admitted_by_a_reading() -> None:
    """A copy on the same path is a breach only for who insists on fresh data."""
    journey = client()
    journey.sent(asks(1))
    journey.sent(asks(1))
    assert journey.judged().verdict("RFC9000-8.2.1-05").reading == "challenge_payload=copied"
    is_broken(journey, "RFC9000-8.2.1-05", challenge_payload="fresh")


@pytest.mark.clause("RFC9000-8.2.1-05")
def test_data_that_is_not_logged() -> None:
    """Without data nothing is said of it."""
    journey = client()
    journey.sent(PathChallenge(NOT_LOGGED))
    assert "data" in is_unseen(journey, "RFC9000-8.2.1-05")


@pytest.mark.clause("RFC9000-8.2.1-06")
def test_a_client_fills_its_challenges() -> None:
    """It has no limit, in its own trace and in that of its server."""
    journey = client()
    journey.sent(asks(1), client=NEW, cid=b"to-peer1")
    is_kept(journey, "RFC9000-8.2.1-06")
    journey.sent(asks(2), client=NEW, cid=b"to-peer1", size=1199)
    is_broken(journey, "RFC9000-8.2.1-06")
    other = server()
    other.came(asks(1), client=NEW, cid=b"to-here1", size=600)
    is_broken(other, "RFC9000-8.2.1-06", "peer")


@pytest.mark.clause("RFC9000-8.2.1-06")
def test_a_server_fills_its_challenges_where_it_may() -> None:
    """A datagram of 400 bytes from the new address makes room for 1200 bytes, one of 399 does not."""
    for size, room in ((400, True), (399, False)):
        journey = server()
        journey.came(PING, client=NEW, size=size)
        journey.sent(asks(1), client=NEW, size=100)
        if room:
            is_broken(journey, "RFC9000-8.2.1-06")
        else:
            assert "limit" in is_unseen(journey, "RFC9000-8.2.1-06")


@pytest.mark.clause("RFC9000-8.2.1-06")
def test_a_server_has_no_limit_on_the_path_of_the_handshake() -> None:
    """As long as there is no other path, its address is validated."""
    journey = server()
    journey.sent(asks(1), size=100)
    is_broken(journey, "RFC9000-8.2.1-06")


@pytest.mark.clause("RFC9000-8.2.1-06")
def test_sizes_need_datagrams() -> None:
    """Without datagrams, sizes are not seen; with them, those of a server are not judged by its client."""
    journey = Journey(linked=False).handshake()
    journey.sent(asks(1), size=100)
    assert "datagram" in is_unseen(journey, "RFC9000-8.2.1-06")
    other = client()
    other.came(asks(1), size=100)
    assert "limit" in is_unseen(other, "RFC9000-8.2.1-06", "peer")


@pytest.mark.clause("RFC9000-8.2.1-03")
def test_two_challenges_in_a_packet() -> None:
    """That is advised against, and no more."""
    journey = client()
    journey.sent(asks(1))
    is_kept(journey, "RFC9000-8.2.1-03")
    journey.sent(asks(2), asks(3))
    assert [w.clause for w in journey.judged().warnings if "8.2.1" in w.clause] == ["RFC9000-8.2.1-03"]


@pytest.mark.clause("RFC9000-12.4-23", "RFC9000-12.4-24")
def test_frames_in_packets_of_the_handshake() -> None:
    """Neither frame travels in Handshake packets, and no response in 0-RTT packets."""
    journey = client()
    journey.sent(asks(1), kind="handshake")
    is_broken(journey, "RFC9000-12.4-23")
    other = client()
    other.came(asks(1))
    other.sent(answers(1), kind="0RTT")
    is_broken(other, "RFC9000-12.4-24")
