"""Connection IDs on several paths (RFC 9000 9.5, 5.1.2, 8.2)."""

import pytest
from tests.conformance.journey import (
    NEW,
    PING,
    PREFERRED,
    STREAM,
    Journey,
    answers,
    asks,
    is_broken,
    is_kept,
    is_unseen,
)

from pathproof.conformance.judge.scene import THEIR_SIGHT

LOCAL, REMOTE, BOTH, PROBE = "RFC9000-9.5-03", "RFC9000-9.5-04", "RFC9000-5.1.2-05", "RFC9000-8.2-07"


@pytest.mark.clause("RFC9000-9.5-03", "RFC9000-5.1.2-05", "RFC9000-8.2-07")
@pytest.mark.parametrize("clause", [LOCAL, BOTH, PROBE])
def test_a_client_that_probes(clause: str) -> None:
    """It takes a new connection ID for its new address."""
    journey = Journey().handshake()
    journey.sent(asks(1), client=NEW, cid=b"to-peer1")
    is_kept(journey, clause)
    other = Journey().handshake()
    other.sent(asks(1), client=NEW)
    is_broken(other, clause)


@pytest.mark.clause("RFC9000-9.5-03")
def test_a_client_that_moves_with_its_connection_id() -> None:
    """The same, for packets that are no probes; after a gap nobody is blamed."""
    journey = Journey().handshake()
    journey.sent(STREAM, client=NEW)
    is_broken(journey, LOCAL)
    other = Journey().handshake().gap()
    other.sent(STREAM, client=NEW)
    assert "gap" in is_unseen(other, LOCAL)


@pytest.mark.clause("RFC9000-9.5-04", "RFC9000-5.1.2-05")
@pytest.mark.parametrize("clause", [REMOTE, BOTH])
def test_a_server_whose_client_has_moved(clause: str) -> None:
    """A client with a new connection ID gets one, too; one with the old one need not (9.5-05)."""
    for theirs, ours, breaks in (
        (b"to-here1", b"to-peer1", False),
        (b"to-here1", b"to-peer0", True),
        (b"to-here0", b"to-peer0", False),
    ):
        journey = Journey("server").handshake()
        journey.came(STREAM, client=NEW, cid=theirs)
        journey.sent(asks(1), PING, client=NEW, cid=ours)
        if breaks:
            is_broken(journey, clause)
        else:
            assert journey.judged().violated == ()


@pytest.mark.clause("RFC9000-9.5-04")
def test_one_connection_id_to_both_addresses_of_the_server() -> None:
    """The preferred address takes a connection ID of its own."""
    for cid, status in ((b"to-peer1", "holds"), (b"to-peer0", "violated")):
        journey = Journey().handshake()
        journey.sent(asks(1), server=PREFERRED, cid=cid)
        assert journey.judged().verdict(REMOTE).status == status


@pytest.mark.clause("RFC9000-9.5-03", "RFC9000-9.5-04")
def test_empty_connection_ids_may_be_on_every_path() -> None:
    """They are no connection IDs that anybody could reuse, unless the caller takes the other reading."""
    journey = Journey().handshake()
    journey.sent(PING, cid=b"")
    journey.sent(STREAM, client=NEW, cid=b"")
    assert journey.judged().violated == ()
    is_broken(journey, LOCAL, zero_length_move="barred")


@pytest.mark.clause("RFC9000-9.5-03", "RFC9000-9.5-04")
def test_what_the_other_end_sees() -> None:
    """A translator may have changed the address of a client, so that the trace of its server says nothing."""
    journey = Journey("server").handshake()
    journey.came(STREAM, client=NEW)
    journey.sent(asks(1), answers(1), client=NEW)
    verdict = Journey("server").handshake().judged().verdict(LOCAL, "peer")
    assert verdict.status == "not exercised"
    assert journey.judged().verdict(LOCAL, "peer").missing == (THEIR_SIGHT,)
    assert "addresses" in is_unseen(Journey(addressed=False).handshake(), LOCAL)
