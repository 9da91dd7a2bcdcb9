"""What the server owes: answers to challenges, challenges of its own, and by which readings none."""

from __future__ import annotations

from typing import Any

import pytest

from pathproof.model.vocabulary import get, has


def moved(story: Any, **settings: Any) -> Any:
    """The client has gone on from a new address, without a probe, and the server has followed it."""
    told = story(**settings).do("issue", cid=2).do("migrate", address=1)
    return told.do("deliver_from_elsewhere", number=0)


def test_a_challenge_beside_other_frames_is_answered_on_its_path(story: Any) -> None:
    """The first packet from the new address is no probe, and holds PATH_CHALLENGE all the same (9.2-03)."""
    told = moved(story)
    assert has(told.s.asked, 1) and has(told.s.owed, 1)
    told.do("answer", address=1)
    assert has(told.s.works, 1) and not has(told.s.owed, 1)


def test_an_overtaken_challenge_is_answered_where_it_came_from(story: Any) -> None:
    """The client is back before its packet from the new address arrives, which moves nothing."""
    told = story().do("issue", cid=2).do("migrate", address=1).do("client_waits").do("go_back", address=0)
    told.do("deliver", number=1).do("deliver_from_elsewhere", number=0)
    assert told.s.current == 0 and has(told.s.owed, 1)
    told.cannot("give_up_path", address=1).do("answer_in_vain", address=1).do("give_up_path", address=1)


def test_a_challenge_that_is_dropped_is_owed_nothing(story: Any) -> None:
    """By `probe_order` = highest an overtaken packet from a new address is as lost."""
    told = story(probe_order="highest").do("issue", cid=2).do("migrate", address=1).do("client_waits")
    told.do("go_back", address=0).do("deliver", number=1).cannot("deliver_from_elsewhere", number=0)


def test_the_answer_leaves_before_timers_end(story: Any) -> None:
    """A server whose own challenge found no answer has given its answer by then, if it could (8.2.2-02)."""
    told = moved(story).do("challenge", address=1).do("server_waits", address=1)
    told.cannot("server_gives_up", address=1).do("answer_in_vain", address=1)
    assert told.do("server_gives_up", address=1).s.current == 0


def test_what_cannot_be_sent_is_owed_no_more_with_the_path(story: Any) -> None:
    """No connection ID is there for the new address, so that its answer goes with what is known of it."""
    told = story().do("migrate", address=1).do("send").do("deliver_from_elsewhere", number=0)
    told.do("client_waits").do("go_back", address=0).do("deliver", number=2).do("give_up_path", address=1)
    assert not has(told.s.owed, 1) and not has(told.s.asked, 1)


@pytest.mark.parametrize(("change", "place"), [("dropped", 0), ("followed", 1)])
def test_a_change_during_the_handshake_is_dropped_or_validated(story: Any, change: str, place: int) -> None:
    """A NAT binds nobody; a server that follows has to validate (9-04)."""
    told = story(handshake="under way", early_change=change).do("rebind", address=1).do("send")
    if change == "dropped":
        told.cannot("deliver_from_elsewhere", number=0)
    else:
        told.do("deliver_from_elsewhere", number=0)
    assert told.s.current == place and has(told.s.due, 1) is (place == 1)
    told.cannot("migrate", address=2)


def test_data_may_go_first_and_leaves_room(story: Any) -> None:
    """Two of three datagrams may be data; the third is for the challenge."""
    told = story(data="flows", data_first="yes").do("send").do("copy_packet", number=0, address=1)
    told.do("produce").do("send_data").do("declare_lost", address=1)
    told.do("send_data").do("declare_lost", address=1).cannot("send_data")
    assert get(told.s.flooded, 1) == 1
    told.do("challenge", address=1)
    waits = story(data="flows").do("send").do("copy_packet", number=0, address=1).do("produce")
    waits.cannot("send_data").do("challenge", address=1).do("send_data")


@pytest.mark.parametrize(("reading", "challenged"), [("ever", True), ("recent", True), ("seen", False)])
def test_an_address_left_unanswered_is_trusted_by_one_reading(
    story: Any, reading: str, challenged: bool
) -> None:
    """A copier comes back to where it was challenged in vain: by `seen` it is not again (9.3-06)."""
    told = story(rebinding_validation=reading).do("send").do("copy_packet", number=0, address=1)
    told.do("challenge", address=1).do("send").do("deliver", number=1).do("abandon", address=1)
    told.do("send").do("copy_another", number=2, address=1)
    assert told.s.current == 1 and has(told.s.due, 1) is challenged


def test_a_validation_that_ran_out_is_repeated_on_return(story: Any) -> None:
    """By `recent` the client's own address is challenged after a copier has held the connection for long."""
    for reading, challenged in (("ever", False), ("recent", True)):
        told = story(rebinding_validation=reading, apparent_migration="rebinding").do("send").do("send")
        told.do("copy_packet", number=0, address=1).do("challenge", address=0)
        told.do("deliver_challenge", address=0).do("deliver_path_response", address=0)
        if reading == "recent":
            told.do("time_runs_out", address=0)
        assert has(told.do("deliver", number=1).s.due, 0) is challenged


def test_what_is_learnt_comes_from_what_went_there(story: Any) -> None:
    """Back at its first address, the client finds the window that was there before."""
    told = moved(story, data="flows").do("challenge", address=1).do("deliver_challenge", address=1)
    told.do("deliver_path_response", address=1).do("produce").do("send_data")
    told.do("deliver_acknowledgment", address=1)
    assert has(told.s.grown, 1) and has(told.s.earned, 1)
    told.do("answer", address=1).do("go_over", address=0).do("deliver", number=1)
    assert told.s.current == 0 and not has(told.s.grown, 0) and not has(told.s.earned, 0)
