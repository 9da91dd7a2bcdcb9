"""Instances that share a static key: the oracle, what prevents it, and what preventing it costs."""

from __future__ import annotations

import pytest
from tests.model.stateless_reset.play import ARRIVES, CRASH, after, answer, did, may, packet

SEEN = did("send_seen_connection_id", number=0)
ELSEWHERE = answer(23, "answer_elsewhere")


def test_the_oracle() -> None:
    """Routing by address, one key, and instances that look no farther: a seen connection ID is enough."""
    state = after(SEEN, ELSEWHERE, ARRIVES, cluster="answering_by_address")
    assert (state.end, state.holder, state.fate) == ("draining", "holds", "held")


def test_a_change_of_address_is_enough() -> None:
    """With such instances a connection does not survive the rebinding of its address."""
    steps = (did("route_anew"), packet(24), ELSEWHERE, ARRIVES)
    assert after(*steps, cluster="answering_by_address", attacker="nobody").fate == "unreachable"


def test_routing_by_connection_id_leaves_no_way() -> None:
    """What bears the connection ID reaches the instance that holds the connection, whoever sent it."""
    settings = {"cluster": "by_connection_id"}
    state = after(SEEN, **settings)
    assert state.heading == "to the issuer"
    assert not may(state, "answer", settings, beyond=3)


def test_keys_of_their_own_make_resets_harmless() -> None:
    """Another instance computes another token, which is none of the connection."""
    state = after(SEEN, ELSEWHERE, ARRIVES, cluster="own_keys")
    assert (state.end, state.ignored) == ("open", "no")


def test_silent_instances_are_no_oracle() -> None:
    """An instance that knows it might not be alone sends no reset, and the peer has only its timeout."""
    settings = {"cluster": "silent_by_address"}
    state = after(did("route_anew"), packet(24), **settings)
    assert not may(state, "answer_elsewhere", settings, beyond=3)
    assert after(did("route_anew"), did("time_out"), **settings).end == "over"


@pytest.mark.parametrize(("reading", "answers"), [("exception", True), ("never", False)])
def test_routing_that_has_changed_for_good(reading: str, answers: bool) -> None:
    """A reset from the new instance is preferable to a timeout, or forbidden while the old one holds on."""
    settings = {"cluster": "rerouted", "reset_oracle_exception": reading}
    state = after(did("route_anew"), packet(24), **settings)
    assert may(state, "answer_elsewhere", settings, beyond=3) == answers
    lost = after(did("route_anew"), CRASH, packet(24), **settings)
    assert may(lost, "answer_elsewhere", settings, beyond=3)


def test_before_the_change_an_attacker_reaches_the_right_instance() -> None:
    """A final change of routing is nothing that an attacker can bring about."""
    assert after(SEEN, cluster="rerouted").heading == "to the issuer"
