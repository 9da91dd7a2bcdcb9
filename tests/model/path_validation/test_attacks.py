"""What attackers try, and what comes of it."""

from __future__ import annotations

from typing import Any


def test_a_guess_validates_nothing(story: Any) -> None:
    """Data of no challenge is ignored, or ends the connection where the validator closes on it."""
    for option, error in (("ignore", "none"), ("close", "PROTOCOL_VIOLATION")):
        run = story(rogue="responder", unmatched=option).challenge(1).do("guess_response", path=1)
        assert run.s.error == error
        assert run.holds("reachable") == ({0},)


def test_a_forged_acknowledgment_validates_nothing(story: Any) -> None:
    """The peer that spoofs an address never sees the challenge, and its ACK is no proof."""
    run = story(rogue="responder").challenge(1).do("forge_acknowledgment", frame=0)
    assert run.holds("reachable", "validating") == ({0}, {1})
    assert not run.can("answer_anywhere", frame=0, path=1)


def test_an_answer_on_another_path_validates_the_challenged_one(story: Any) -> None:
    """To insist on the path of the response would help an attacker: the claim says what it costs."""
    run = story(rogue="responder").challenge(1).challenge(2).do("deliver_challenge", frame=0)
    run.do("answer_anywhere", frame=0, path=2)
    assert run.holds("reachable", "both_ways") == ({0, 1}, {0})


def test_a_second_answer_is_ignored_or_closes(story: Any) -> None:
    """The responder may send one only, and a validator may forget what was answered."""
    for reading, error in (("ignore", "none"), ("close", "PROTOCOL_VIOLATION")):
        run = story(rogue="responder", second_response=reading).challenge(1)
        run.do("deliver_challenge", frame=0).do("answer_anywhere", frame=0, path=1)
        assert run.do("answer_anywhere", frame=0, path=1).s.error == error


def test_a_copied_challenge_is_answered_to_where_it_came_from(story: Any) -> None:
    """The copy that wins the race decides where the response goes; the packet itself is then a duplicate."""
    run = story(relay="yes").challenge(1).do("relay_challenge", frame=0, path=2)
    assert not run.can("deliver_challenge", frame=0)
    assert run.s.came_on._get(0) == 2
    run.do("send_response", frame=0).do("deliver_response", frame=0)
    assert run.holds("reachable", "proved", "both_ways") == ({0, 1}, {0, 1}, {0})


def test_a_response_that_is_passed_on_counts_wherever_it_arrives(story: Any) -> None:
    """A NAT that rebinds between challenge and response does not stop the validation."""
    run = story(relay="yes").challenge(1).do("deliver_challenge", frame=0).do("send_response", frame=0)
    run.do("relay_response", frame=0, path=2)
    assert run.holds("fits") == ({0, 1},)
    assert not run.can("deliver_response", frame=0)


def test_other_packets_raise_the_limit_and_validate_nothing(story: Any) -> None:
    """Whoever spoofs an address can have three times his bytes sent there, and no more."""
    run = story(limited="validator", rogue="responder").do("want_validation", path=1)
    run.do("hear", path=1).do("send_challenge", path=1)
    assert run.s.budget._get(1) == 2
    assert run.holds("reachable") == ({0},)
