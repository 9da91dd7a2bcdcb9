"""Configurations come and go while connections live on: 3.1 of the draft, and 9.6."""

from __future__ import annotations

from tests.model.load_balancing.play import ROTATE, ROUTABLE, after, did, may

from pathproof.model.vocabulary import get, has

REPLACED = (
    did("supply"),
    did("deliver_new_connection_id", number=1),
    did("deliver_retire_connection_id", number=0),
)


def test_a_rotation_from_one_end_to_the_other() -> None:
    """The new ID retires the old one, and only then does the old configuration go."""
    state = after(*ROUTABLE, *ROTATE, *REPLACED, did("withdraw", configuration=0))
    assert (state.current, get(state.made_with, 1), get(state.sent_prior, 1)) == (1, 1, 1)
    assert not has(state.active, 0)


def test_a_withdrawal_waits_for_the_last_retirement() -> None:
    """One RETIRE_CONNECTION_ID is outstanding, or one server is behind: the agent waits."""
    withdraw = did("withdraw", configuration=0)
    assert not may(withdraw, *ROUTABLE, *ROTATE, *REPLACED[:2])
    assert not may(withdraw, *ROUTABLE, *ROTATE[:3], *REPLACED)
    assert may(withdraw, *ROUTABLE, *ROTATE, *REPLACED)


def test_an_early_withdrawal_loses_the_connection() -> None:
    """The old ID has become unroutable, and the hash gives another server."""
    rebound = did("rebind")
    lost = did("forward_by_fallback", number=0, late=0, server=1)
    way = (*ROUTABLE, rebound, *ROTATE[:1], did("withdraw", configuration=0))
    assert after(*way, lost, withdrawal="early").astray == "withdrawn"


def test_a_server_uses_its_newest_configuration_only() -> None:
    """3.1-05: what is made after the delivery is made with the new configuration."""
    assert get(after(*ROUTABLE, *ROTATE[:3], did("supply")).made_with, 1) == 1


def test_the_balancer_comes_first() -> None:
    """3.1-03: no server gets what the load balancer lacks, unless deliveries are in any order."""
    to_server = did("deliver_to_server", server=0)
    assert not may(to_server, did("make_configuration"))
    assert may(to_server, did("make_configuration"), delivery="any_order")
    assert may(to_server, did("make_configuration"), did("deliver_to_balancer"))


def test_a_codepoint_is_free_before_it_is_used_anew() -> None:
    """3.1-04: with one codepoint there is no second configuration as long as the first is there."""
    assert not may(did("make_configuration"), codepoints=1)
    first = did("connect", codepoint=1, decodes_to=0, wanted=0)
    way = (first, *ROUTABLE[1:], did("make_configuration"), did("deliver_to_balancer"))
    misread = did("misforward", number=0, late=0, server=1)
    assert after(*way, misread, codepoints=1, precaution="none").astray == "withdrawn"


def test_a_configuration_without_nonces_keeps_the_old_one_in_use() -> None:
    """9.6-05 against 3.1-06: the ID of 0b111 retires nothing, and the old configuration cannot go."""
    used_up = [did("serve_another_client")] * 3
    way = (*ROUTABLE, *ROTATE, *used_up, did("supply"), did("deliver_new_connection_id", number=1))
    state = after(*way, other_connections="some")
    assert (get(state.made_with, 1), get(state.sent_prior, 1), has(state.retired, 0)) == (2, 0, False)
    assert not may(did("withdraw", configuration=0), *way, other_connections="some")


def test_no_nonce_is_left_after_the_last() -> None:
    """Three nonces make three IDs; with fallback_codepoint=unconfigured there is no fourth."""
    used_up = [did("serve_another_client")] * 2
    some = {"other_connections": "some"}
    assert not may(did("serve_another_client"), *ROUTABLE, *used_up, **some)
    assert may(did("supply"), *ROUTABLE, *used_up, **some)
    assert not may(did("supply"), *ROUTABLE, *used_up, fallback_codepoint="unconfigured", **some)


def test_what_bears_0b111_for_want_of_nonces_is_lost_for_good() -> None:
    """9.6-05, codepoint_only: an ID made after the only nonce leads elsewhere, again and again."""
    third = (*ROTATE[:3], *REPLACED, did("supply"), did("deliver_new_connection_id", number=2))
    way = (*ROUTABLE, *third, did("move", number=2))
    assert get(after(*way, nonces=1).made_with, 2) == 2
    lost = (*way, did("forward_by_fallback", number=2, late=0, server=1))
    assert after(*lost, nonces=1).astray == "under a later ID"
    again = did("forward_by_table", number=2, late=0)
    assert after(*lost, again, nonces=1).astray == "under a later ID"
    assert not may(did("forward_by_fallback", number=2, late=0, server=0), *lost, nonces=1)


def test_a_shared_key_goes_on_with_its_nonces() -> None:
    """9.6-02: a new configuration with the old key brings no new nonces."""
    state = after(*ROUTABLE, *ROTATE[:3], did("supply"), keys="kept")
    assert (get(state.counter, 0), get(state.counter, 1)) == (2, 0)


def test_a_restart_may_forget_nonces() -> None:
    """A server that does not remember them repeats one."""
    way = (*ROUTABLE, did("restart"), did("serve_another_client"))
    some = {"restarts": "server", "other_connections": "some"}
    assert after(*way, **some).repeated == "no"
    assert after(*way, nonce_memory="lost", **some).repeated == "yes"


def test_plaintext_supply() -> None:
    """Without a key: several IDs, or one and one more after a change of configuration."""
    assert may(did("supply"), *ROUTABLE, key="none")
    assert not may(did("supply"), *ROUTABLE, key="none", plaintext_supply="one")
    assert may(did("supply"), *ROUTABLE, *ROTATE, key="none", plaintext_supply="one")
