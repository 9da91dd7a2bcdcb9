"""How large the first datagrams are (RFC 9000 14.1)."""

import pytest
from tests.conformance.journey import CRYPTO, Journey, acks, is_broken, is_kept, is_unseen

CLIENTS = ("RFC9000-14.1-01", "RFC9000-8.1-07")


@pytest.mark.clause("RFC9000-14.1-01", "RFC9000-8.1-07")
@pytest.mark.parametrize(("vantage", "subject"), [("client", "local"), ("server", "peer")])
def test_a_client_fills_its_initial_datagrams(vantage: str, subject: str) -> None:
    """In the trace of either end."""
    for clause in CLIENTS:
        is_kept(Journey(vantage).handshake(), clause, subject)
        journey = Journey(vantage)
        journey.packet(vantage == "client", (CRYPTO,), kind="initial", size=1199)
        is_broken(journey, clause, subject)


@pytest.mark.clause("RFC9000-14.1-03")
@pytest.mark.parametrize(("vantage", "subject"), [("server", "local"), ("client", "peer")])
def test_a_server_fills_those_that_ask_for_an_answer(vantage: str, subject: str) -> None:
    """An acknowledgment alone may be in a smaller one."""
    for frame, breaks in ((acks(0), False), (CRYPTO, True)):
        journey = Journey(vantage).handshake()
        journey.packet(vantage == "server", (frame,), kind="initial", size=100)
        if breaks:
            is_broken(journey, "RFC9000-14.1-03", subject)
        else:
            is_kept(journey, "RFC9000-14.1-03", subject)


@pytest.mark.clause("RFC9000-14.1-01")
def test_sizes_that_are_not_logged() -> None:
    """Without the datagram nothing is said of its size."""
    assert is_unseen(Journey(linked=False).handshake(), "RFC9000-14.1-01")


@pytest.mark.clause("RFC9000-14.1-05")
def test_a_server_drops_what_is_too_small() -> None:
    """It may not acknowledge an Initial packet from a small datagram; that it came is no breach yet."""
    journey = Journey("server").handshake().drops("initial", 600)
    is_kept(journey, "RFC9000-14.1-05")
    other = Journey("server")
    number = other.came(CRYPTO, kind="initial", size=600)
    assert other.judged().verdict("RFC9000-14.1-05").status == "not exercised"
    other.sent(acks(number), CRYPTO, kind="initial")
    is_broken(other, "RFC9000-14.1-05")
