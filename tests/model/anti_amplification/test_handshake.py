"""The limit in the handshake: three times exactly, blocked, unblocked, and never a deadlock."""

from __future__ import annotations

from tests.model.anti_amplification.play import after, did, may

from pathproof.model.anti_amplification.ledger import is_valid
from pathproof.model.anti_amplification.state import Parameters
from pathproof.model.vocabulary import get, has

IDLE = {"begins": "idle", "most": 8, "volume": 28}
OPEN = did("open_connection", path=0, processed=4)
FLIGHT = did("send_flight")


def test_three_datagrams_answer_one() -> None:
    """To 1200 bytes the server answers with 3600 exactly, and with nothing more."""
    state = after(OPEN, FLIGHT, FLIGHT, FLIGHT, **IDLE)
    assert (get(state.came, 0), get(state.went, 0), get(state.allowance, 0)) == (4, 12, 0)
    assert not may(state, "send_flight", IDLE)
    assert not may(state, "send_early_data", IDLE, size=1)


def test_padding_outside_packets_counts() -> None:
    """A datagram of which one byte is in packets counts in full."""
    assert get(after(did("open_connection", path=0, processed=1), **IDLE).allowance, 0) == 12


def test_what_nobody_can_decrypt_counts_where_it_came_from() -> None:
    """A damaged datagram adds to the limit of its source address and to no other."""
    state = after(OPEN, did("deliver_undecryptable", path=1, size=2), **IDLE)
    assert (get(state.allowance, 0), get(state.allowance, 1)) == (12, 6)


def test_a_blocked_server_is_unblocked_by_any_datagram() -> None:
    """While blocked the timer is off; a PTO that passed meanwhile is due with the next datagram."""
    blocked = after(OPEN, FLIGHT, FLIGHT, FLIGHT, did("time_passes"), **IDLE)
    assert (blocked.timer, blocked.overdue) == ("unarmed", "yes")
    more = did("deliver_undecryptable", path=0, size=4)
    unblocked = after(OPEN, FLIGHT, FLIGHT, FLIGHT, did("time_passes"), more, **IDLE)
    assert unblocked.timer == "expired"
    assert not may(unblocked, "send_flight", IDLE)
    assert may(unblocked, "retransmit", IDLE, part=0)


def test_a_client_with_nothing_in_flight_probes() -> None:
    """Without Handshake keys the probe is an Initial packet of 1200 bytes, which raises the limit."""
    lost = [did("lose_flight", part=part) for part in (0, 1)]
    quiet = [did("send_acknowledgment"), did("deliver_acknowledgment"), FLIGHT, FLIGHT, *lost]
    assert after(OPEN, *quiet, **IDLE).unacknowledged == "no"
    state = after(OPEN, *quiet, did("send_client_probe"), did("deliver_initial_probe", processed=4), **IDLE)
    assert get(state.allowance, 0) == 3 + 12


def test_a_probe_with_handshake_keys_validates() -> None:
    """A Handshake packet ends the limit for good."""
    keys = did("deliver_flight", part=0)
    state = after(OPEN, FLIGHT, keys, did("send_client_probe"), did("deliver_handshake_packet"), **IDLE)
    assert state.stage == "handshake"
    assert is_valid(state, Parameters(begins="idle"), 0)
    assert may(state, "send_early_data", IDLE, size=4)


def test_a_handshake_completes_although_the_flight_is_too_long() -> None:
    """The legitimate run: three datagrams, the probe that unblocks, the fourth, and the last packet."""
    arrive = [did("deliver_flight", part=part) for part in range(3)]
    probe = [did("send_client_probe"), did("deliver_handshake_packet")]
    rest = [FLIGHT, did("deliver_flight", part=3), did("finish"), did("deliver_handshake_packet")]
    state = after(OPEN, FLIGHT, FLIGHT, FLIGHT, *arrive, *probe, *rest, **IDLE)
    assert state.stage == "established"
    assert has(state.mtu, 0)


def test_a_victim_of_a_spoofed_initial_gets_three_times() -> None:
    """Retransmissions count too: nothing goes beyond the limit, however long the attacker waits."""
    state = after(did("spoof_open", path=1, processed=4), FLIGHT, FLIGHT, FLIGHT, did("time_passes"), **IDLE)
    assert get(state.went, 1) == 12
    assert not any(may(state, "retransmit", IDLE, part=part) for part in range(4))


def test_a_token_proves_the_address_it_was_given_to() -> None:
    """A token lifts the limit at its own address, and not at a victim's."""
    token = did("token_from_an_earlier_connection", path=0)
    own = after(token, did("open_with_token", path=0, origin=0), **IDLE)
    spoofed = after(token, did("spoof_open_with_token", path=1, origin=0), **IDLE)
    assert has(own.valid, 0)
    assert not has(spoofed.valid, 1)
    assert get(spoofed.allowance, 1) == 12


def test_a_connection_id_of_a_retry_proves_no_address() -> None:
    """The proof of 8.1-02 lifts the limit for a victim whose token would not."""
    retry = did("answer_statelessly", path=0, size=4)
    spoof = did("spoof_open_with_token", path=1, origin=0)
    assert not has(after(retry, spoof, **IDLE).valid, 1)
    assert has(after(retry, spoof, **IDLE, long_ids="validate").valid, 1)


def test_a_small_datagram_gets_no_stateless_answer() -> None:
    """Retry and Version Negotiation answer datagrams of 1200 bytes and more."""
    assert not may(after(**IDLE), "answer_statelessly", IDLE, path=0, size=3)
