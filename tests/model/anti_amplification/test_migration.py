"""The limit after a migration: challenges, responses, storms of migrations, addresses that change hands."""

from __future__ import annotations

from tests.model.anti_amplification.play import after, did, may

from pathproof.model.vocabulary import get, has

CHALLENGE = did("send_challenge", path=1)
ANSWER = did("deliver_answer_to_small", path=1)


def moved(size: int) -> list[tuple[str, dict[str, int]]]:
    """The client goes on from address 1, with a packet of this size."""
    return [did("gain_address", address=1), did("client_sends", path=1, size=size)]


def test_a_small_packet_allows_a_small_challenge_only() -> None:
    """300 bytes allow 900: the challenge is not expanded."""
    state = after(*moved(1), CHALLENGE)
    assert (get(state.went, 1), has(state.small_out, 1)) == (1, True)


def test_600_bytes_allow_an_expanded_challenge() -> None:
    """With room for 1200 bytes the challenge is expanded at once."""
    state = after(*moved(2), CHALLENGE)
    assert (get(state.went, 1), has(state.full_out, 1)) == (4, True)


def test_a_challenge_may_wait_for_room() -> None:
    """By padding_budget=wait no challenge leaves before 1200 bytes fit, and then it is expanded."""
    wait = {"padding_budget": "wait"}
    assert not may(after(*moved(1), **wait), "send_challenge", wait, path=1)
    more = did("client_sends", path=1, size=1)
    assert has(after(*moved(1), more, CHALLENGE, **wait).full_out, 1)


def test_a_small_exchange_lifts_the_limit_and_a_second_follows() -> None:
    """The address is valid after the small exchange, the path MTU after the second validation."""
    first = after(*moved(1), CHALLENGE, ANSWER)
    assert has(first.valid, 1)
    assert not has(first.mtu, 1)
    assert may(first, "send_data", {}, size=4)
    second = after(*moved(1), CHALLENGE, ANSWER, CHALLENGE, did("deliver_answer_to_full", path=1))
    assert has(second.mtu, 1)
    assert not has(second.validating, 1)


def test_the_second_challenge_may_leave_as_soon_as_there_is_room() -> None:
    """More bytes from the path make room before the small challenge is answered."""
    state = after(*moved(1), CHALLENGE, did("client_sends", path=1, size=1), CHALLENGE)
    assert has(state.full_out, 1)
    assert has(state.small_out, 1)


def test_the_challenge_leaves_before_data() -> None:
    """Data waits for the first challenge, and then may use what is left."""
    assert not may(after(*moved(1)), "send_data", {}, size=1)
    state = after(*moved(1), CHALLENGE)
    assert may(state, "send_data", {}, size=2)


def test_data_in_its_turn_need_not_wait_for_the_challenge() -> None:
    """Data may go to an address that is not validated, within the limit, before a challenge does (9.3-05)."""
    state = after(*moved(1), data_first="yes")
    assert may(state, "send_data", {"data_first": "yes"}, size=3)
    assert not may(state, "send_data", {"data_first": "yes"}, size=4)
    assert not may(state, "send_data", {}, size=3)


def test_a_response_is_expanded_if_the_limit_allows() -> None:
    """To a challenge of 300 bytes the response has the smallest size, to one of 600 bytes 1200."""
    small = after(did("spoof_challenge", path=1, size=1), did("send_response", path=1))
    large = after(did("spoof_challenge", path=1, size=2), did("send_response", path=1))
    assert (get(small.went, 1), get(large.went, 1)) == (1, 4)


def test_a_storm_of_migrations_collects_nothing() -> None:
    """Going back and forth adds to the limit no more than the bytes that came."""
    spoof, back = did("spoof_packet", path=1, size=1), did("client_sends", path=0, size=1)
    state = after(spoof, CHALLENGE, back, spoof, did("send_data", size=3), back, spoof)
    assert (get(state.came, 1), get(state.went, 1), get(state.allowance, 1)) == (3, 4, 5)


def test_seen_lately_is_no_proof() -> None:
    """By rebinding_validation=seen an attacker spoofs twice, and the victim has no limit any more."""
    spoof, back = did("spoof_packet", path=1, size=1), did("client_sends", path=0, size=1)
    state = after(spoof, back, spoof, rebinding_validation="seen")
    assert has(state.valid, 1)
    assert not has(state.proven, 1)


def test_an_address_in_other_hands_stays_valid() -> None:
    """By rebinding_validation=ever the new owner of an address is flooded; by `recent` it is not."""
    way = [*moved(2), CHALLENGE, did("deliver_answer_to_full", path=1), did("let_time_pass")]
    way += [did("lose_address", path=0), did("spoof_packet", path=0, size=1)]
    assert may(after(*way, reassignment="yes"), "send_data", {"reassignment": "yes"}, size=4)
    recent = {"reassignment": "yes", "rebinding_validation": "recent"}
    assert not may(after(*way, **recent), "send_data", recent, size=4)


def test_giving_up_goes_back_to_the_validated_address() -> None:
    """After a spoofed migration the server returns, and no limit holds there."""
    state = after(did("forward_copy", path=1, size=1), CHALLENGE, did("give_up_validation", path=1))
    assert state.current == 0
    assert may(state, "send_data", {}, size=4)


def test_two_paths_to_one_address_share_its_limit() -> None:
    """By the address, one path may use what came over another; by the path, it may not."""
    way = [did("spoof_challenge", path=2, size=1), did("spoof_packet", path=1, size=1)]
    for scope, allowed in (("address", 6), ("path", 3)):
        state = after(*way, paths=3, amplification_scope=scope)
        assert get(state.allowance, 1) == allowed


def test_data_leaves_room_for_a_response_on_another_path() -> None:
    """Two paths to one address share its limit: data on one waits for the response owed on the other."""
    shared = {"paths": 3}
    way = [did("spoof_packet", path=2, size=1), did("send_challenge", path=2)]
    way.append(did("spoof_challenge", path=1, size=1))
    assert not may(after(*way, **shared), "send_data", shared, size=1)
    assert may(after(*way, **shared), "send_response", shared, path=1)


def test_a_guarded_port_gets_nothing() -> None:
    """A server that keeps off ports that attacks often aim at answers nothing from there."""
    guarded = {"ports": "guarded"}
    state = after(did("spoof_packet", path=1, size=4), **guarded)
    assert not may(state, "send_challenge", guarded, path=1)
