"""Attacks and what they come to: copies, spoofing, exhaustion of the supply."""

from __future__ import annotations

from typing import Any

from pathproof.model.vocabulary import get, has


def dragged(story: Any, **settings: Any) -> Any:
    """An attacker's copy has arrived first, and both addresses are challenged."""
    told = story(**settings).do("send").do("copy_packet", number=0, address=1)
    assert told.s.current == 1
    return told.do("challenge", address=0).do("challenge", address=1)


def test_a_copy_drags_the_connection_and_the_newest_packet_brings_it_back(story: Any) -> None:
    """The challenge on the former path makes the client send, and its packet moves the connection back."""
    told = dragged(story).do("deliver_challenge", address=0)
    assert told.s.owes == "a packet"
    told.do("send").do("deliver", number=1)
    assert told.s.current == 0


def test_the_answer_may_share_its_packet(story: Any) -> None:
    """By `same_packet` the non-probing packet leaves with the answer."""
    told = dragged(story, old_path_answer="same_packet").do("deliver_challenge", address=0)
    assert told.s.sent == 2 and told.s.owes == "nothing"


def test_a_failed_validation_falls_back(story: Any) -> None:
    """Nobody answers at the attacker's address, so the server goes back to the one validated last."""
    told = dragged(story).do("server_waits", address=1).do("server_gives_up", address=1)
    assert told.s.current == 0 and not has(told.s.paths, 1)


def test_it_falls_back_to_what_was_validated_last(story: Any) -> None:
    """An answer counts that comes when its address was left already, but not where `abandon` ended that."""
    for reading, place in (("may", 1), ("abandon", 0)):
        told = story(validation_failure=reading).do("rebind", address=1).do("send").do("send")
        told.do("deliver_from_elsewhere", number=0).do("challenge", address=1)
        told.do("deliver_challenge", address=1).do("copy_packet", number=1, address=2)
        if reading == "abandon":
            told.cannot("deliver_path_response", address=1)
        else:
            told.do("deliver_path_response", address=1)
        told.do("challenge", address=2).do("server_waits", address=2).do("server_gives_up", address=2)
        assert told.s.current == told.s.proven == place


def test_a_failure_at_an_address_left_behind_reverts_or_not(story: Any) -> None:
    """The copier is elsewhere by then: the address in use stays, or the last validated one comes back."""
    for reading, place in (("ignored", 2), ("reverts", 0)):
        told = dragged(story, failed_elsewhere=reading).do("send").do("copy_packet", number=1, address=2)
        told.do("server_waits", address=1).do("server_gives_up", address=1)
        assert told.s.current == place and not has(told.s.paths, 1) and has(told.s.paths, 2)


def test_a_revert_without_a_validated_address_discards(story: Any) -> None:
    """By `reverts`, a server that knows of none to revert to keeps nothing (9.3.2-04)."""
    told = dragged(story, failed_elsewhere="reverts", remembers="no").do("send")
    told.do("copy_packet", number=1, address=2).do("server_waits", address=1)
    assert told.do("server_gives_up", address=1).s.connection == "discarded"


def test_three_ptos_and_no_fewer(story: Any) -> None:
    """With the recommended timer the validation fails after the third PTO."""
    told = dragged(story, ptos=3)
    for _ in range(3):
        told.cannot("server_gives_up", address=1).do("server_waits", address=1)
    told.do("server_gives_up", address=1)


def test_without_state_it_is_discarded(story: Any) -> None:
    """A server that knows of no validated address keeps nothing."""
    told = dragged(story, remembers="no").do("server_waits", address=1).do("server_gives_up", address=1)
    assert told.s.connection == "discarded"


def test_a_relay_gets_its_address_validated(story: Any) -> None:
    """Who hands the challenge on is a path like another: the text admits this attacker."""
    told = dragged(story, relay="yes").do("relay_challenge", address=1).do("deliver_path_response", address=1)
    assert has(told.s.validated, 1) and told.s.fallback == 1


def test_three_datagrams_and_not_one_more(story: Any) -> None:
    """Three datagrams go to an address not validated, and a fourth after another packet from there."""
    told = story(data="flows", ptos=3).do("send").do("copy_packet", number=0, address=1)
    told.do("challenge", address=1)
    told.do("server_waits", address=1).do("server_waits", address=1).do("server_waits", address=1)
    assert get(told.s.allowance, 1) == 0
    told.do("produce").cannot("send_data")
    told.do("send").do("copy_another", number=1, address=1).do("send_data")


def test_an_exhausted_supply_silences_the_server(story: Any) -> None:
    """With no spare connection ID nothing goes to the new address until the client supplies one."""
    told = story().do("migrate", address=1).do("deliver_from_elsewhere", number=0)
    told.cannot("challenge", address=1).cannot("answer", address=1)
    told.do("issue", cid=2).do("challenge", address=1)
    story().do("migrate", address=1).do("issue", cid=2).do("deliver_from_elsewhere", number=0)
    refused = story(exhausted_supply="refuse").do("migrate", address=1)
    refused.cannot("deliver_from_elsewhere", number=0).cannot("issue", cid=2)


def test_a_path_given_up_too_soon_silences_the_server(story: Any) -> None:
    """At a copier's address a server has no connection ID once it has given up the one of the client's."""
    told = story(packets=2).do("migrate", address=1).do("send").do("issue", cid=2)
    told.do("deliver_from_elsewhere", number=0).do("challenge", address=1)
    told.do("copy_packet", number=1, address=2).do("answer", address=1)
    told.do("abandon", address=1).do("give_up_path", address=1)
    assert told.s.current == 2 and has(told.s.due, 2)
    told.cannot("challenge", address=2).cannot("deliver_retirement", cid=2).cannot("issue", cid=1)


def test_a_second_move_can_leave_both_ends_silent(story: Any) -> None:
    """A validation that failed used up a connection ID, and the word of its retirement cannot be sent.

    The client may issue no more, for it counts two; the server has none for the new address. Retire Prior
    To, which the client need not use, is the way out.
    """
    told = story(cids=2).do("issue", cid=2).do("migrate", address=1)
    told.do("deliver_from_elsewhere", number=0).do("send").do("challenge", address=1)
    told.do("answer_in_vain", address=1).do("server_waits", address=1).do("server_gives_up", address=1)
    told.do("deliver_from_elsewhere", number=1)
    assert told.s.current == 1 and has(told.s.due, 1)
    told.cannot("challenge", address=1).cannot("deliver_retirement", cid=2)
    told.cannot("issue", cid=1).cannot("issue", cid=2)


def test_congestion_state_is_reset_but_for_a_port(story: Any) -> None:
    """What was learnt is gone on another host once that is confirmed, and kept on another port."""
    for differ, kept in (("host", False), ("port", True)):
        told = story(data="flows", differ=differ).do("produce").do("send_data")
        told.do("deliver_acknowledgment", address=0).do("rebind", address=1).do("send")
        told.do("deliver_from_elsewhere", number=0).do("challenge", address=1)
        told.do("deliver_challenge", address=1).do("deliver_path_response", address=1)
        assert has(told.s.grown, 1) is kept and told.s.ecn == "testing"


def test_the_client_discards_an_unknown_server(story: Any) -> None:
    """A packet from an address that the client does not know changes nothing."""
    assert story().do("speak_as_server").s.heeded == "no"
