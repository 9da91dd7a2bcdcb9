"""How challenges are answered: where, when, how large, how often, and how many at a time."""

from __future__ import annotations

from typing import Any

from pathproof.model import execute
from pathproof.model.path_validation import machine
from pathproof.model.path_validation.answers import misdeed_in_size
from pathproof.model.vocabulary import put


def test_a_response_is_sent_once(story: Any) -> None:
    """Neither a copy of the packet nor the loss of the response draws another."""
    run = story().challenge(1).do("deliver_challenge", frame=0).do("send_response", frame=0)
    assert not run.can("send_response", frame=0)
    assert not run.can("deliver_challenge", frame=0)


def test_a_copied_challenge_is_answered_like_any_other(story: Any) -> None:
    """Two frames with the same data draw two responses; the second one is nothing new, or an error."""
    for reading, error in (("ignore", "none"), ("close", "PROTOCOL_VIOLATION")):
        run = story(challenge_payload="copied", second_response=reading).challenge(1).do("tick", path=1)
        run.do("copy_challenge", path=1).answer(0).answer(1)
        assert run.s.error == error
        assert run.holds("responses") == ({0, 1},)


def test_a_response_leaves_before_time_goes_on(story: Any) -> None:
    """Only congestion control makes it wait."""
    run = story(congestion="yes").challenge(1).do("deliver_challenge", frame=0)
    assert not run.can("tick", path=1)
    run.do("congest")
    assert not run.can("send_response", frame=0)
    run.do("hold_response", frame=0).do("tick", path=1)
    assert run.s.misdeed == "none"
    run.do("relieve").do("send_response", frame=0)


def test_a_response_is_as_large_as_the_limit_permits(story: Any) -> None:
    """Three times a small datagram is less than 1200 bytes; three times 1200 is enough."""
    for action, full in (("flood", {0}), ("flood_with_small_datagrams", set())):
        run = story(limited="responder", rogue="validator").do(action, path=1)
        run.do("deliver_challenge", frame=0).do("send_response", frame=0)
        assert run.holds("full") == (full,)
        assert run.s.misdeed == "none"
    run = story(rogue="validator").do("flood_with_small_datagrams", path=1)
    run.do("deliver_challenge", frame=0).do("send_response", frame=0)
    assert run.holds("full") == ({0},), "a small datagram is not discarded, and its answer is expanded"


def test_the_limit_counts_all_that_came(story: Any) -> None:
    """After two small challenges 1200 bytes are within the limit, and so they have to be filled."""
    run = story(limited="responder", rogue="validator")
    for frame in (0, 1):
        run.do("flood_with_small_datagrams", path=1).do("deliver_challenge", frame=frame)
        run.do("send_response", frame=frame)
    assert run.holds("full") == ({1},)


def test_the_address_of_the_handshake_has_no_limit(story: Any) -> None:
    """On the path of the handshake a small challenge draws 1200 bytes."""
    run = story(limited="responder", rogue="validator").do("flood_with_small_datagrams", path=0)
    run.do("deliver_challenge", frame=0).do("send_response", frame=0)
    assert run.holds("full") == ({0},)


def test_any_size_within_the_limit_will_do() -> None:
    """Where 1200 bytes are past the limit, a response that is expanded in part breaks nothing."""
    p = machine.setting({"limited": "responder"})
    s = execute.initial(machine, p)
    s.true_allowance = put(s.true_allowance, 1, 3)
    judged = [misdeed_in_size(s, p, 1, size) for size in (1, 2, 3, 4)]
    assert judged == ["none", "none", "none", "response beyond the limit"]
    s.true_allowance = put(s.true_allowance, 1, 4)
    assert misdeed_in_size(s, p, 1, 3) == "response too small"


def test_a_flood_is_answered_in_full_or_in_part(story: Any) -> None:
    """Two challenges in one packet: both wait, or as many as the bound."""
    for reading, owed in (("all", {0, 1}), ("bounded", {0})):
        run = story(rogue="validator", challenge_answers=reading).do("flood", path=1).do("flood", path=1)
        run.do("deliver_two_challenges", frame=0)
        assert run.holds("owed") == (owed,)


def test_two_challenges_on_different_paths_share_no_packet(story: Any) -> None:
    """What one packet brings came in on one path."""
    run = story(rogue="validator").do("flood", path=1).do("flood", path=2)
    assert not run.can("deliver_two_challenges", frame=0)


def test_a_path_that_loses_its_connection_id_mid_packet_takes_a_fresh_one(story: Any) -> None:
    """The first frame retires the path's own ID, and the second is the challenge."""
    run = story(supply="scarce", spares=1, challenges=4).challenge(0)
    run.do("deliver_challenge_after_retirement", frame=0)
    assert run.s.spare == 0
    run.do("send_response", frame=0)
    assert run.s.misdeed == "none"


def test_a_path_without_a_connection_id_is_not_answered_nor_taken_up(story: Any) -> None:
    """Nothing leaves under the retired ID; the response waits for a new one."""
    run = story(supply="scarce", spares=1, challenges=4).challenge(0).do("tick", path=0)
    run.do("repeat_challenge", path=0)
    run.do("deliver_challenge_after_retirement", frame=0).do("deliver_challenge_after_retirement", frame=1)
    assert run.holds("equipped", "owed") == (set(), {0, 1})
    assert not run.can("send_response", frame=0)
    run.do("hold_response", frame=0).do("supply").do("send_response", frame=0)
    assert run.s.misdeed == "none"
