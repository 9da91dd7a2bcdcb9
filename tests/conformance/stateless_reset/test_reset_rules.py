"""Stateless resets in traces: sizes, and the silence after one (RFC 9000 10.3)."""

import pytest
from tests.conformance.journey import Journey, is_broken, is_kept, is_unseen

from pathproof.conformance.events import NOT_LOGGED


@pytest.mark.clause("RFC9000-10.3-14")
def test_the_smallest_reset() -> None:
    """It has 21 bytes, whoever sends it."""
    for size in (20, 21):
        journey = Journey().handshake().resets(False, size)
        (is_kept if size == 21 else is_broken)(journey, "RFC9000-10.3-14", "peer")
        other = Journey("server").resets(True, size, trigger=30)
        (is_kept if size == 21 else is_broken)(other, "RFC9000-10.3-14", "local")


@pytest.mark.clause("RFC9000-10.3-18")
def test_a_reset_that_amplifies() -> None:
    """Four times the trigger is too much by every reading, three times by one."""
    is_kept(Journey("server").resets(True, 299, trigger=100), "RFC9000-10.3-18")
    is_broken(Journey("server").resets(True, 400, trigger=100), "RFC9000-10.3-18")
    thrice = Journey("server").resets(True, 300, trigger=100)
    is_kept(thrice, "RFC9000-10.3-18")
    is_broken(thrice, "RFC9000-10.3-18", three_times_larger="threefold")
    assert is_unseen(Journey().handshake().resets(False, 100), "RFC9000-10.3-18", "peer")


@pytest.mark.clause("RFC9000-10.3.3-01")
def test_a_reset_as_large_as_its_trigger() -> None:
    """It may loop: a warning, since state that no trace shows may rule that out."""
    is_kept(Journey("server").resets(True, 99, trigger=100), "RFC9000-10.3.3-01")
    report = Journey("server").resets(True, 100, trigger=100).judged()
    assert [warning.clause for warning in report.warnings] == ["RFC9000-10.3.3-01"]
    large = Journey().handshake().resets(False, 1200).judged()
    assert [warning.clause for warning in large.warnings] == ["RFC9000-10.3.3-01"]


@pytest.mark.clause("RFC9000-10.3-16")
def test_the_reset_of_a_short_packet() -> None:
    """It is one byte shorter, by advice."""
    is_kept(Journey("server").resets(True, 42, trigger=43), "RFC9000-10.3-16")
    report = Journey("server").resets(True, 41, trigger=43).judged()
    assert [warning.clause for warning in report.warnings] == ["RFC9000-10.3-16"]


@pytest.mark.clause("RFC9000-10.3.1-11", "RFC9000-10.3-05")
def test_nothing_follows_a_reset() -> None:
    """An endpoint that a reset has reached is silent."""
    for clause in ("RFC9000-10.3.1-11", "RFC9000-10.3-05"):
        journey = Journey().handshake().resets(False, 30)
        is_kept(journey, clause)
        journey.sent()
        is_broken(journey, clause)


@pytest.mark.clause("RFC9000-10.3-09", "RFC9000-18.2-42")
def test_what_clients_do_not_declare() -> None:
    """Tokens of stateless resets, and preferred addresses, are for servers to state."""
    fields = {
        "RFC9000-10.3-09": {"stateless_reset_token": b"t" * 16},
        "RFC9000-18.2-42": {"preferred_address_connection_id": b"preferred"},
    }
    for clause, stated in fields.items():
        is_kept(Journey().handshake(), clause)
        is_broken(Journey().handshake(client=stated), clause)
        is_broken(Journey("server").handshake(client=stated), clause, "peer")
        unseen = dict.fromkeys(stated, NOT_LOGGED)
        assert is_unseen(Journey().handshake(client=unseen), clause)
