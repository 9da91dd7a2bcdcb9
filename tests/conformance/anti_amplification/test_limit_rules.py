"""What a server sends to an address that is not validated (RFC 9000 8, 8.1, 9.3.1)."""

from __future__ import annotations

from typing import Any

import pytest
from tests.conformance.journey import (
    CLIENT,
    CRYPTO,
    NEW,
    PING,
    PREFERRED,
    SERVER,
    STREAM,
    Journey,
    acks,
    answers,
    asks,
    is_broken,
    is_kept,
    is_unseen,
)

from pathproof.conformance.events import NOT_LOGGED, Datagram, Dropped

EARLY = ("RFC9000-8-01", "RFC9000-8.1-04", "RFC9000-14.1-07")
LATER = ("RFC9000-8-01", "RFC9000-9.3.1-01", "RFC9000-21.1.1.1-02")


def begun(flight: int, token: Any = b"", **parameters: Any) -> Journey:
    """A server has sent so many bytes to a client from which 1200 have come."""
    journey = Journey("server")
    journey.came(CRYPTO, kind="initial", token=token)
    journey.parameters(**parameters)
    while flight > 0:
        journey.sent(CRYPTO, kind="initial", size=min(flight, 1200))
        flight -= 1200
    return journey


def moved(*sizes: int, came: int = 100, **more: Any) -> Journey:
    """A client has moved, and its server has sent datagrams of these sizes to the new address."""
    journey = Journey("server").handshake(**more)
    journey.came(PING, client=NEW, size=came)
    for size in sizes:
        journey.sent(PING, client=NEW, size=size)
    return journey


@pytest.mark.clause("RFC9000-8-01", "RFC9000-8.1-04", "RFC9000-14.1-07")
def test_three_times_in_the_handshake() -> None:
    """3600 bytes may follow on 1200, and not one more."""
    for clause in EARLY:
        is_kept(begun(3600), clause)
        is_broken(begun(4800), clause)


@pytest.mark.parametrize(
    "proof",
    [
        {"token": b"token"},
        {"retry_source_connection_id": b"retry"},
    ],
    ids=["token", "retry"],
)
def test_tokens_lift_the_limit(proof: dict[str, Any]) -> None:
    """A client with a token may have proved its address."""
    assert begun(4800, **proof).judged().violated == ()


@pytest.mark.clause("RFC9000-8.1-04")
def test_tokens_that_are_not_logged_hide_what_was_allowed() -> None:
    """Nobody is blamed for what a token may have allowed."""
    report = begun(4800, token=NOT_LOGGED).judged()
    assert report.violated == ()
    assert report.verdict("RFC9000-8.1-04").missing == ("token of the client's Initial packets",)


@pytest.mark.clause("RFC9000-8.1-04")
@pytest.mark.parametrize("kind", ["handshake", "own"])
def test_what_proves_the_address_in_the_handshake(kind: str) -> None:
    """A Handshake packet does, and so may the server's own connection ID of 8 bytes (8.1-01, 8.1-02)."""
    journey = begun(3600)
    if kind == "handshake":
        journey.came(CRYPTO, kind="handshake", size=100)
    else:
        journey.came(CRYPTO, kind="initial", cid=b"to-here0")
    for _ in range(5):
        journey.sent(CRYPTO, kind="handshake")
    assert journey.judged().violated == ()


@pytest.mark.clause("RFC9000-8-01", "RFC9000-9.3.1-01", "RFC9000-21.1.1.1-02")
def test_three_times_at_a_new_address() -> None:
    """300 bytes may follow on 100, whatever is in them."""
    for clause in LATER:
        is_kept(moved(100, 200), clause)
        is_broken(moved(100, 201), clause)


@pytest.mark.clause("RFC9000-9.3.1-01")
def test_a_validated_address_has_no_limit() -> None:
    """PATH_RESPONSE lifts it, on whatever path it comes (8.2.3-02)."""
    journey = moved()
    journey.sent(asks(1), PING, client=NEW, size=300)
    journey.came(answers(1), client=CLIENT)
    for number in range(2, 9):
        journey.sent(asks(number), STREAM, client=NEW)
    assert journey.judged().violated == ()


@pytest.mark.clause("RFC9000-8-01")
def test_an_acknowledgment_lifts_no_limit() -> None:
    """Packets that come from the new address are no proof (8.2.3-06)."""
    journey = moved()
    number = journey.sent(asks(1), PING, client=NEW, size=100)
    journey.came(acks(number), client=NEW, size=40)
    journey.sent(STREAM, client=NEW, size=500)
    is_broken(journey, "RFC9000-8-01")


@pytest.mark.clause("RFC9000-8-01")
def test_dropped_packets_count_as_received() -> None:
    """All bytes of a datagram count, whatever becomes of its packets (8.1-06)."""
    journey = moved(came=100)
    at = len(journey.events)
    journey.events.append(Datagram(0.0, False, at, SERVER, NEW, 1000, journey.position))
    journey.events.append(Dropped(0.0, "1RTT", b"x", "duplicate", journey.position, at, 1000))
    journey.sent(PING, client=NEW, size=3300)
    assert journey.judged().violated == ()


@pytest.mark.clause("RFC9000-9.3.1-01")
def test_a_known_address_may_be_free_by_a_reading() -> None:
    """A client that comes back to an address which was not validated may be served there at once."""
    journey = moved(300)
    journey.came(PING)
    journey.sent(PING)
    journey.came(PING, client=NEW, size=100)
    journey.sent(STREAM, client=NEW, size=1000)
    assert journey.judged().verdict("RFC9000-9.3.1-01").reading == "rebinding_validation=seen"
    is_broken(journey, "RFC9000-9.3.1-01", rebinding_validation="ever")


@pytest.mark.clause("RFC9000-8-01")
def test_the_limit_of_each_path_for_who_insists() -> None:
    """A path to a validated address may have a limit of its own, by a reading that nobody is held to."""
    journey = Journey("server").handshake(preferred_address_connection_id=b"to-here1")
    journey.came(asks(1), server=PREFERRED, cid=b"to-here1", size=100)
    journey.sent(answers(1), server=PREFERRED, cid=b"to-peer1", size=1200)
    assert journey.judged().verdict("RFC9000-8-01").status == "holds"
    is_broken(journey, "RFC9000-8-01", amplification_scope="path")


@pytest.mark.clause("RFC9000-9.6.3-04")
def test_the_limit_at_the_preferred_address() -> None:
    """A client that is elsewhere has a limit there, too."""
    for size, status in ((300, "holds"), (301, "violated")):
        journey = Journey("server").handshake(preferred_address_connection_id=b"to-here1")
        journey.came(asks(1), client=NEW, server=PREFERRED, cid=b"to-here1", size=100)
        journey.sent(answers(1), client=NEW, server=PREFERRED, cid=b"to-peer1", size=size)
        assert journey.judged().verdict("RFC9000-9.6.3-04").status == status


@pytest.mark.clause("RFC9000-8-01")
def test_what_the_trace_does_not_show_excuses() -> None:
    """A gap, or packets in unknown datagrams, and nothing is a breach; a client's trace decides nothing."""
    journey = moved()
    journey.gap()
    journey.sent(PING, client=NEW, size=1000)
    assert journey.judged().violated == ()
    other = Journey("server", linked=False).handshake()
    other.came(PING, client=NEW, size=100)
    other.sent(PING, client=NEW, size=1000)
    assert "datagram" in is_unseen(other, "RFC9000-9.3.1-01")
    assert is_unseen(Journey().handshake(), "RFC9000-8-01", "peer")


@pytest.mark.clause("RFC9000-8-01")
def test_a_storm_of_addresses_costs_bounded_memory() -> None:
    """Of many addresses some are followed, and the report says so."""
    journey = Journey("server").handshake()
    for number in range(400):
        journey.came(PING, client=f"198.51.{number % 250}.{number // 250}:9", size=100)
    report = journey.judged()
    assert report.partial == ("more than 256 paths were used: what went on further ones was not followed",)
