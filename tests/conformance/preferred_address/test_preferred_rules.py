"""The server's preferred address in traces (RFC 9000 9.6.2, 21.5.3)."""

import pytest
from tests.conformance.journey import (
    NEW,
    PREFERRED,
    STREAM,
    Journey,
    answers,
    asks,
    is_broken,
    is_kept,
    is_unseen,
)

from pathproof.conformance.events import NOT_LOGGED

OFFER = {"preferred_address_connection_id": b"to-peer1", "preferred_address_token": b"t" * 16}


@pytest.mark.clause("RFC9000-9.6.2-01", "RFC9000-21.5.3-01")
@pytest.mark.parametrize("clause", ["RFC9000-9.6.2-01", "RFC9000-21.5.3-01"])
def test_a_client_validates_the_preferred_address(clause: str) -> None:
    """Before it sends anything but probes there."""
    journey = Journey().handshake(**OFFER)
    journey.sent(asks(1), server=PREFERRED, cid=b"to-peer1")
    assert journey.judged().verdict(clause).status == "not exercised"
    other = Journey().handshake(**OFFER)
    other.sent(asks(1), server=PREFERRED, cid=b"to-peer1")
    other.sent(STREAM, server=PREFERRED, cid=b"to-peer1")
    is_broken(other, clause)
    journey.came(answers(1), server=PREFERRED)
    journey.sent(STREAM, server=PREFERRED, cid=b"to-peer1")
    is_kept(journey, clause)


def server(*steps: str, **more: object) -> Journey:
    """A server does some of what leads to its preferred address, and then sends from there."""
    journey = Journey("server").handshake(**{**OFFER, **more})
    if "probed" in steps:
        journey.came(asks(1), server=PREFERRED, cid=b"to-here1")
        journey.sent(answers(1), asks(7), server=PREFERRED, cid=b"to-peer1")
    if "validated" in steps:
        journey.came(answers(7), server=PREFERRED, cid=b"to-here1")
    if "heard" in steps:
        journey.came(STREAM, server=PREFERRED, cid=b"to-here1")
    journey.sent(STREAM, server=PREFERRED, cid=b"to-peer1")
    return journey


@pytest.mark.clause("RFC9000-9.6.2-03")
def test_a_server_waits_at_its_original_address() -> None:
    """It moves when it has both heard the client at the other, and validated the path from there."""
    is_kept(server("probed", "validated", "heard"), "RFC9000-9.6.2-03")
    is_broken(server("probed", "validated"), "RFC9000-9.6.2-03")
    is_broken(server("probed", "heard"), "RFC9000-9.6.2-03")


@pytest.mark.clause("RFC9000-9.6.2-04")
def test_a_server_probes_from_its_preferred_address() -> None:
    """A server that goes there without a challenge has not."""
    is_kept(server("probed", "validated", "heard"), "RFC9000-9.6.2-04")
    is_broken(server("heard"), "RFC9000-9.6.2-04")


@pytest.mark.clause("RFC9000-9.6.2-03")
def test_whether_there_is_a_preferred_address_may_not_be_logged() -> None:
    """Then nothing is said, nor where there is none; and a gap excuses."""
    unknown = server("heard", preferred_address_connection_id=NOT_LOGGED)
    assert is_unseen(unknown, "RFC9000-9.6.2-03") == "preferred_address"
    journey = Journey().handshake(**OFFER).gap()
    journey.sent(STREAM, server=PREFERRED, client=NEW, cid=b"to-peer1")
    assert "gap" in is_unseen(journey, "RFC9000-9.6.2-01")
    unaddressed = Journey(addressed=False).handshake(**OFFER)
    assert "addresses" in is_unseen(unaddressed, "RFC9000-9.6.2-01")
    without = Journey(addressed=False).handshake()
    assert without.judged().verdict("RFC9000-9.6.2-01").status == "not exercised"
