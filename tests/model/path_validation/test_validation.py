"""How a path is validated, in the sizes that the limit permits, and how an attempt ends."""

from __future__ import annotations

from typing import Any


def test_a_path_is_validated_with_its_mtu(story: Any) -> None:
    """A challenge in 1200 bytes and its response do it in one round."""
    run = story().challenge(1).answer(0)
    assert run.holds("reachable", "fits", "validating", "wanted") == ({0, 1}, {0, 1}, set(), set())


def test_nothing_is_validated_before_the_response(story: Any) -> None:
    """That the challenge arrived and was acknowledged is not enough."""
    run = story().challenge(1).do("deliver_challenge", frame=0).do("deliver_acknowledgment", frame=0)
    assert run.holds("reachable", "validating") == ({0}, {1})


def test_a_small_challenge_leaves_at_once_and_a_second_validation_follows(story: Any) -> None:
    """900 bytes may go there: too little for 1200, enough for a small datagram."""
    run = story(limited="validator").do("want_validation", path=1)
    assert not run.can("send_challenge", path=1)
    run.do("hear", path=1).do("send_challenge", path=1).answer(0)
    assert run.holds("expanded", "reachable", "fits", "wanted") == (set(), {0, 1}, {0}, {1})
    run.do("send_challenge", path=1).answer(1)
    assert run.holds("expanded", "fits", "wanted") == ({1}, {0, 1}, set())


def test_an_endpoint_that_waits_sends_nothing_small(story: Any) -> None:
    """Under `padding_budget=wait` the challenge leaves when 1200 bytes may."""
    run = story(limited="validator", padding_budget="wait").do("want_validation", path=1).do("hear", path=1)
    assert run.can("hold_challenge", path=1)
    assert not run.can("send_challenge", path=1)
    run.do("hear", path=1).do("send_challenge", path=1)
    assert run.holds("expanded") == ({0},)


def test_1200_bytes_leave_where_exactly_1200_are_left(story: Any) -> None:
    """With room for 1200 bytes and no more the challenge is expanded; with 300 less it is not."""
    for room, expanded in ((4, {0}), (3, set())):
        run = story(limited="validator").do("want_validation", path=1)
        run.s.budget = run.s.true_budget = run.s.budget._put(1, room)
        run.do("send_challenge", path=1)
        assert run.holds("expanded") == (expanded,)


def test_the_larger_challenge_may_follow_before_the_answer(story: Any) -> None:
    """As soon as enough bytes came in, the second validation need not wait for a PTO or a response."""
    run = story(limited="validator").do("want_validation", path=1).do("hear", path=1)
    run.do("send_challenge", path=1)
    assert not run.can("send_larger_challenge", path=1)
    run.do("hear", path=1).do("send_larger_challenge", path=1)
    assert run.holds("expanded", "small_only") == ({1}, set())
    run.answer(0)
    assert run.holds("reachable", "fits", "validating") == ({0, 1}, {0}, {1})
    run.answer(1)
    assert run.holds("fits", "validating") == ({0, 1}, set())


def test_a_challenge_is_repeated_after_one_pto_and_not_before(story: Any) -> None:
    """The second challenge has data of its own, and either answer will do."""
    run = story(challenges=4).challenge(1)
    assert not run.can("repeat_challenge", path=1)
    run.do("tick", path=1)
    assert not run.can("tick", path=1), "a challenge that is due leaves before time goes on"
    run.do("repeat_challenge", path=1)
    assert run.s.data._get(1) == 1
    assert not run.do("tick", path=1).can("repeat_challenge", path=1), "the interval has doubled"
    assert run.answer(1).holds("fits") == ({0, 1},)


def test_there_is_time_for_a_third_challenge_only_beside_a_slower_path(story: Any) -> None:
    """It would be due after three PTOs, which is when the attempt is given up."""
    for slower, third in ((1, False), (2, True)):
        run = story(challenges=4, current_pto=slower, horizon=7).challenge(1).do("tick", path=1)
        run.do("repeat_challenge", path=1).do("tick", path=1).do("tick", path=1)
        assert run.can("give_up", path=1) != third
        assert run.can("repeat_challenge", path=1)


def test_an_attempt_fails_after_three_ptos_and_not_before(story: Any) -> None:
    """The larger PTO counts; the path in use goes on, and the connection with it."""
    for settings, ticks in (({}, 3), ({"current_pto": 2}, 6), ({"initial_pto": 2}, 6)):
        run = story(challenges=1, horizon=7, **settings).challenge(1)
        for _ in range(ticks):
            assert not run.can("give_up", path=1)
            run.do("tick", path=1)
        assert not run.can("tick", path=1)
        run.do("give_up", path=1)
        assert run.holds("failed", "validating") == ({1}, set())
        assert not run.can("discard_connection")
        assert not run.can("signal_no_viable_path")


def test_a_late_answer_validates_or_does_not(story: Any) -> None:
    """The reading decides whether a path that was given up comes back."""
    for reading, reachable, failed in (("validates", {0, 1}, set()), ("void", {0}, {1})):
        run = story(challenges=1, late_response=reading).challenge(1)
        run.do("tick", path=1).do("tick", path=1).do("tick", path=1).do("give_up", path=1).answer(0)
        assert run.holds("reachable", "failed") == (reachable, failed)


def test_an_abandoned_attempt_is_no_failure(story: Any) -> None:
    """The path may be tried again at once."""
    run = story().challenge(1).do("abandon", path=1)
    assert run.holds("failed", "abandoned") == (set(), {1})
    assert run.challenge(1).answer(1).holds("fits", "abandoned") == ({0, 1}, set())


def test_no_viable_path_tells_of_a_path_that_is_too_narrow(story: Any) -> None:
    """The path in use has failed, and another one answered in small datagrams only."""
    run = story(limited="validator", challenges=5, paths=2)
    run.do("want_validation", path=1).do("hear", path=1).do("send_challenge", path=1).answer(0)
    run.do("send_challenge", path=1)
    run.do("tick", path=1).do("repeat_challenge", path=1).do("tick", path=1).do("tick", path=1)
    run.do("give_up", path=1)
    assert not run.can("signal_no_viable_path"), "the other path still works"
    run.challenge(0).do("tick", path=0).do("repeat_challenge", path=0).do("tick", path=0).do("tick", path=0)
    run.do("give_up", path=0).do("signal_no_viable_path")
    assert run.s.error == "NO_VIABLE_PATH"


def test_a_move_ends_other_validations_under_one_reading(story: Any) -> None:
    """The attempts for the new and the former path stay."""
    for reading, running in (("may", {0, 1, 2}), ("abandon", {0, 1})):
        run = story(moves="yes", validation_failure=reading).challenge(0).challenge(1).challenge(2)
        run.do("move", path=1)
        assert run.holds("validating") == (running,)


def test_the_paths_probed_are_bounded_by_connection_ids(story: Any) -> None:
    """With one to spare a second new path has to wait, and the first may be tried again."""
    run = story(spares=1).challenge(1).do("abandon", path=1)
    assert not run.can("want_validation", path=2)
    assert run.can("want_validation", path=1)
