"""The sizes of resets at every boundary that the text names, and loops of resets."""

from __future__ import annotations

from typing import Any

import pytest
from tests.model.stateless_reset.play import CRASH, after, answer, did, may, packet, sizes

from pathproof.model.stateless_reset.consumer import least_own_size
from pathproof.model.stateless_reset.resets import may_have_size
from pathproof.model.stateless_reset.state import Parameters

WIDE = {"beyond": 25}


def allowed(trigger: int, **settings: Any) -> list[int]:
    """The sizes of resets that may answer a packet of this size."""
    return [size for size in range(300) if may_have_size(Parameters(**settings), trigger, size)]


@pytest.mark.parametrize(
    ("trigger", "resets"),
    [
        (20, []),
        (21, []),
        (22, [21]),
        (23, [22]),
        (42, [41]),
        (43, [42]),
        (44, [*range(21, 44)]),
        (45, [*range(21, 45)]),
    ],
)
def test_sizes_without_state_against_loops(trigger: int, resets: list[int]) -> None:
    """From 22 bytes on there is an answer, one byte shorter up to 43, and of any smaller size beyond."""
    assert allowed(trigger) == resets


@pytest.mark.parametrize(("trigger", "resets"), [(41, []), (42, [41]), (43, [42]), (44, [41, 42, 43])])
def test_sizes_of_long_only(trigger: int, resets: list[int]) -> None:
    """No reset is below 41 bytes, so that packets below 42 get no answer."""
    assert allowed(trigger, reset_size="long_only") == resets


@pytest.mark.parametrize(("reading", "largest"), [("fourfold", 83), ("threefold", 62)])
def test_amplification_with_state_against_loops(reading: str, largest: int) -> None:
    """Three times larger than 21 bytes is the fourfold to the letter, and the threefold in common use."""
    settings = {"loop_state": "until_silence", "short_triggers": "any_size"}
    found = allowed(21, three_times_larger=reading, **settings)
    assert (min(found), max(found)) == (21, largest)


@pytest.mark.parametrize("loop_state", ["until_silence", "rate_limit"])
def test_state_against_loops_frees_long_triggers_only(loop_state: str) -> None:
    """State lifts the bound of 10.3.3, and not the advice of 10.3 on packets of up to 43 bytes."""
    assert allowed(21, loop_state=loop_state) == []
    assert allowed(43, loop_state=loop_state) == [42]
    assert allowed(44, loop_state=loop_state) == [*range(21, 4 * 44)]


def test_advice_on_short_triggers_may_be_departed_from() -> None:
    """Without state a reset is then still smaller than what it answers."""
    assert allowed(43, short_triggers="any_size") == [*range(21, 43)]


def test_a_larger_expansion_moves_all_bounds() -> None:
    """With an AEAD tag of 20 bytes, the smallest reset has 25 bytes, and 47 are one byte shorter."""
    assert allowed(25, expansion=20) == []
    assert allowed(26, expansion=20) == [25]
    assert allowed(47, expansion=20) == [46]
    assert allowed(48, expansion=20) == [*range(25, 48)]


@pytest.mark.parametrize(("length", "least"), [(0, 22), (1, 23), (8, 30), (20, 42)])
def test_own_packets_leave_room_for_a_reset(length: int, least: int) -> None:
    """A packet has 22 bytes more than the shortest connection ID that its sender asks for."""
    assert least_own_size(Parameters(length=length)) == least
    settings = {"length": length, "beyond": 25}
    assert may(after(**settings), "send_packet", settings, beyond=least - 20)
    assert not may(after(**settings), "send_packet", settings, beyond=least - 21)


def test_a_longer_packet_may_get_a_reset_that_stands_out() -> None:
    """A reset for 43 bytes has 42; for 44 bytes it may have 21, less than packets to the consumer have."""
    assert sizes(after(packet(43), CRASH, **WIDE), "answer", WIDE) == [42]
    assert 21 in sizes(after(packet(44), CRASH, **WIDE), "answer", WIDE)


def test_two_resetters_come_to_an_end() -> None:
    """Both ends have lost the connection: each reset is a byte shorter, and 21 bytes get no answer."""
    lost = (CRASH, did("restart_consumer"))
    chain = (did("send_unknown_packet", beyond=4), answer(23), answer(22, "answer_back"))
    state = after(*lost, *chain, answer(21), limit=2)
    assert not may(state, "answer_back", {"limit": 2}, beyond=0)
    assert not may(state, "answer_back", {"limit": 2}, beyond=1)
    assert may(state, "drop", {"limit": 2})


def test_a_consumer_may_answer_what_it_takes_for_unknown() -> None:
    """A reset that matches nothing at a live consumer is an unknown packet, and may be answered in turn."""
    state = after(did("send_unknown_packet", beyond=4), answer(23))
    assert sizes(state, "answer_back", {}) == [22]


def test_resets_are_rationed_by_interval() -> None:
    """The second unknown packet of an interval gets no answer where the ration is one."""
    again = (did("send_unknown_packet", beyond=4), answer(23), did("lose"), packet(24))
    state = after(CRASH, *again)
    assert not may(state, "answer", {}, beyond=3)
    assert may(after(CRASH, *again, did("pass_interval")), "answer", {}, beyond=3)


def test_state_against_loops_outlasts_the_loop() -> None:
    """The state that replaces smaller resets is kept while a datagram is under way; a rate limit is not."""
    steps = (did("send_unknown_packet", beyond=24), answer(44))
    for loop_state, renewed in (("until_silence", False), ("rate_limit", True)):
        settings = {"loop_state": loop_state, **WIDE}
        assert may(after(CRASH, *steps, **settings), "pass_interval", settings) == renewed


def test_long_headers_may_be_answered_or_not() -> None:
    """Either is permitted; the reset has a short header all the same."""
    unknown = did("send_unknown_long_packet")
    assert after(unknown, answer(23)).form == "short"
    settings = {"long_headers": "dropped"}
    assert not may(after(unknown, **settings), "answer", settings, beyond=3)
