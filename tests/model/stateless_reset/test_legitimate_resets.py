"""The runs that a reset is made for: an end has lost its state, and its peer learns of it."""

from __future__ import annotations

import pytest
from tests.model.stateless_reset.play import ARRIVES, CRASH, SECOND_ID, after, answer, did, may, packet


def test_a_restarted_issuer_resets_its_peer() -> None:
    """A packet of 24 bytes finds no connection, is answered by 23 bytes, and the consumer drains."""
    state = after(packet(24), CRASH, answer(23), ARRIVES)
    assert (state.end, state.fate) == ("draining", "gone")


@pytest.mark.parametrize("loss", ["reach_integrity_limit", "close_silently"])
def test_a_connection_given_up_in_silence_is_reset(loss: str) -> None:
    """An issuer that has given the connection up answers with a reset, as one that lost it."""
    assert after(did(loss), packet(24), answer(23), ARRIVES).fate == "gone"


def test_a_held_connection_is_not_reset() -> None:
    """As long as the issuer has the connection, or is closing it, its packets get no reset."""
    assert not may(after(packet(24)), "answer", {}, beyond=3)
    assert not may(after(did("close"), packet(24)), "answer", {}, beyond=3)
    assert may(after(did("close"), did("end_closing"), packet(24)), "answer", {}, beyond=3)


def test_an_error_is_told_by_connection_close() -> None:
    """An issuer that can send frames closes by CONNECTION_CLOSE, and no reset is needed."""
    state = after(did("close"), did("deliver_connection_close"))
    assert (state.end, state.fate) == ("draining", "none")


def test_without_its_key_an_issuer_is_mute() -> None:
    """A restart that has cost the static key leaves nothing to answer with."""
    settings = {"static_key": "lost"}
    assert not may(after(CRASH, packet(24), **settings), "answer", settings, beyond=3)
    assert may(after(did("close_silently"), packet(24), **settings), "answer", settings, beyond=3)


@pytest.mark.parametrize("settings", [{"issuer": "client"}, {"handshake_token": "absent"}])
def test_without_a_token_the_first_connection_id_cannot_be_reset(settings: dict[str, str]) -> None:
    """A client, and a server that left the parameter out, has no reset before its peer uses another ID."""
    assert after(packet(24), CRASH, answer(23), ARRIVES, **settings).end == "open"
    second = (*SECOND_ID, did("switch", number=1))
    assert after(*second, packet(24), CRASH, answer(23), ARRIVES, **settings).end == "draining"


def test_the_preferred_address_supplies_a_token() -> None:
    """The second connection ID of the handshake is reset without any NEW_CONNECTION_ID."""
    steps = (did("go_to_second_address", number=1), packet(24), CRASH, answer(23), ARRIVES)
    assert after(*steps, preferred_address="yes").end == "draining"


def test_a_reset_for_a_probe_ends_the_whole_connection() -> None:
    """The token of a connection ID that was in a probing packet only ends the connection."""
    assert after(*SECOND_ID, did("probe", number=1), CRASH, answer(23), ARRIVES).end == "draining"


def test_nothing_is_sent_after_a_reset() -> None:
    """A draining consumer sends no packet, and one that has discarded the connection has none to send."""
    state = after(packet(24), CRASH, answer(23), ARRIVES)
    assert not may(state, "send_packet", {}, beyond=4)
    assert may(state, "end_draining", {})


def test_a_new_connection_takes_a_new_connection_id() -> None:
    """A token that was shown for the first connection does nothing to the second."""
    first = (packet(24), CRASH, answer(23), ARRIVES, did("end_draining"))
    second = (did("connect_again", number=1), did("forge_reset", token=0, address=0, form=0), ARRIVES)
    state = after(*first, *second, connections=2)
    assert (state.end, state.current) == ("open", 1)
    assert not may(after(*first, connections=2), "connect_again", {"connections": 2}, number=0)
