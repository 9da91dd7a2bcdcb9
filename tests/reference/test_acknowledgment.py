"""When and what is acknowledged (RFC 9000 13.2)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathproof.reference.acknowledgment import CE, ECT0, MAX_ACKNOWLEDGED, MAX_REMEMBERED, Received
from pathproof.reference.frames import Ack, write_frame
from pathproof.reference.spaces import Space


def received(*numbers: int, space: Space = Space.APPLICATION) -> Received:
    """A space in which these ack-eliciting packets arrived, one each second."""
    state = Received(space)
    for now, number in enumerate(numbers):
        state.note(number, True, float(now))
    return state


def frame_of(state: Received, now: float = 10.0) -> Ack:
    """The ACK frame that is due."""
    ack = state.frame(now, 3)
    assert ack is not None
    return ack


@pytest.mark.parametrize("space", [Space.INITIAL, Space.HANDSHAKE])
def test_handshake_packets_are_acknowledged_at_once(space: Space) -> None:
    """13.2.1: Initial and Handshake packets do not wait."""
    assert received(0, space=space).deadline() == 0.0


def test_one_packet_waits_for_max_ack_delay_and_the_second_does_not() -> None:
    """13.2.1 and 13.2.2."""
    assert received(0).deadline() == 0.025
    assert received(0, 1).deadline() == 1.0


@pytest.mark.parametrize("numbers", [(5, 3), (5, 7)])
def test_a_packet_out_of_order_is_acknowledged_at_once(numbers: tuple[int, int]) -> None:
    """13.2.1: one that is overtaken, and one before which something is missing."""
    state = received(*range(numbers[0] + 1))
    frame_of(state)
    state = received(numbers[0])
    frame_of(state)
    state.note(numbers[1], True, 2.0)
    assert state.deadline() == 2.0


def test_a_packet_that_elicits_nothing_closes_a_gap() -> None:
    """What came in between need not have asked for an acknowledgment."""
    state = received(0)
    frame_of(state)
    state.note(1, False, 1.0)
    state.note(2, True, 2.0)
    assert state.deadline() == 2.025


def test_a_mark_of_congestion_is_reported_at_once() -> None:
    """13.2.1: with the counts of 13.4.1, which go on."""
    state = Received(Space.APPLICATION)
    state.note(0, True, 1.0, ecn=CE)
    assert state.deadline() == 1.0
    assert frame_of(state).ecn == (0, 0, 1)
    state.note(1, True, 2.0, ecn=ECT0)
    assert frame_of(state).ecn == (1, 0, 1)


def test_what_elicits_nothing_is_not_answered() -> None:
    """13.2.1: no loop of acknowledgments; the packet is listed when another one asks."""
    state = Received(Space.APPLICATION)
    state.note(0, False, 1.0)
    assert state.deadline() is None
    assert state.frame(1.0, 3) is None
    state.note(1, True, 2.0)
    assert frame_of(state).ranges == ((0, 1),)
    assert state.frame(2.0, 3) is None


def test_the_delay_is_that_of_the_largest_packet() -> None:
    """13.2.5, in units of the exponent, microseconds shifted."""
    state = received(7)
    assert frame_of(state, now=0.024).delay == 24000 >> 3


def test_what_the_peer_knows_is_reported_no_more() -> None:
    """13.2.4, and yet the largest stays (13.2.3), and a late packet is still new."""
    state = received(0, 1, 3, 4)
    state.acknowledged(frame_of(state))
    state.note(5, True, 5.0)
    assert frame_of(state).ranges == ((4, 5),)
    assert state.is_new(2)
    state.note(2, True, 6.0)
    assert frame_of(state).ranges == ((4, 5), (2, 2))


def test_state_is_bounded() -> None:
    """However many gaps a peer leaves, no more ranges are kept or sent; what is forgotten counts as old."""
    state = received(*range(0, 4 * MAX_REMEMBERED, 2))
    ranges = frame_of(state).ranges
    assert len(ranges) == MAX_ACKNOWLEDGED
    assert ranges[0] == (4 * MAX_REMEMBERED - 2, 4 * MAX_REMEMBERED - 2)
    assert not state.is_new(1)
    assert state.is_new(4 * MAX_REMEMBERED - 3)


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans(), st.booleans())))
def test_each_packet_is_new_once_and_each_eliciting_one_is_acknowledged(
    steps: list[tuple[int, bool, bool]],
) -> None:
    """Whatever arrives in whatever order, and whenever ACK frames are sent and known."""
    state, seen, told = Received(Space.APPLICATION), set[int](), set[int]()
    eliciting: set[int] = set()
    for now, (number, elicits, sends) in enumerate(steps):
        assert state.is_new(number) == (number not in seen)
        if number not in seen:
            seen.add(number)
            eliciting |= {number} if elicits else set()
            state.note(number, elicits, float(now))
            assert not elicits or state.deadline() is not None
        ack = state.frame(float(now), 3) if sends else None
        if ack is not None:
            listed = {one for first, last in ack.ranges for one in range(first, last + 1)}
            assert listed <= seen and ack.largest == max(seen)
            told |= listed
            assert eliciting <= told and state.deadline() is None
            state.acknowledged(ack)


@given(st.lists(st.integers(0, 1 << 20), min_size=1, max_size=60), st.integers(0, 200))
def test_a_frame_takes_no_more_room_than_there_is(numbers: list[int], room: int) -> None:
    """Ranges that do not fit are left out, the highest last; what does not go at all stays owed (13.2.3)."""
    state = Received(Space.APPLICATION)
    for number in dict.fromkeys(numbers):
        state.note(number, True, 1.0)
    ack = state.frame(1.0, 3, room)
    if ack is None:
        assert room < 26 and state.deadline() is not None
    else:
        assert len(write_frame(ack)) <= room
        assert ack.largest == max(numbers)
