"""NewReno (RFC 9002 7 and B): how the window grows, and what shrinks it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathproof.reference.congestion import MAX_GAPS, NewReno
from pathproof.reference.rtt import RoundTrip


@dataclass
class Packet:
    """What congestion control sees of a packet."""

    time: float
    ordinal: int = 0
    size: int = 1200
    eliciting: bool = True
    in_flight: bool = True


def sent(control: NewReno, *packets: Packet) -> list[Packet]:
    """The packets, after they have gone out."""
    for packet in packets:
        packet.ordinal = control.packets
        control.sent(packet.size, packet.in_flight)
    return list(packets)


@pytest.mark.parametrize(("datagram", "window"), [(1000, 12000), (1200, 12000), (1500, 14720), (9000, 18000)])
def test_the_initial_window(datagram: int, window: int) -> None:
    """RFC 9002 7.2; a datagram counts as 1200 bytes at least (RFC9002-B.2-01)."""
    assert NewReno(datagram).window == window


def test_slow_start_doubles_a_window_that_is_used() -> None:
    """RFC 9002 7.3.1."""
    control = NewReno()
    control.acknowledged(sent(control, *(Packet(1.0) for _ in range(10))))
    assert (control.window, control.in_flight) == (24000, 0)


def test_a_window_that_is_not_used_does_not_grow() -> None:
    """RFC 9002 7.8."""
    control = NewReno()
    control.acknowledged(sent(control, *(Packet(1.0) for _ in range(4))))
    assert control.window == 12000


@pytest.mark.parametrize(("held_back", "count", "grows"), [(True, 6, 1), (False, 6, 0), (True, 2, 0)])
def test_a_window_that_pacing_leaves_half_used_grows(held_back: bool, count: int, grows: int) -> None:
    """What waits for the pacer would have used it (RFC 9002 7.8), unless there is far more room than that."""
    control = NewReno()
    control.threshold = control.window
    for _ in range(12):
        control.is_held_back = held_back
        control.acknowledged(sent(control, *(Packet(1.0) for _ in range(count)))[: count // 2])
        control.in_flight = 0
    assert (control.window > control.initial_window) == bool(grows)


def test_congestion_avoidance_adds_one_datagram_a_window() -> None:
    """RFC 9002 7.3.3: at most one for each window that is acknowledged."""
    control = NewReno()
    packets = sent(control, *(Packet(1.0) for _ in range(10)))
    control.lost(packets[:1], now=2.0)
    control.acknowledged(packets[1:])
    assert control.window == 6000  # packets from before the recovery period add nothing
    for _ in range(3):
        before = control.window
        control.acknowledged(sent(control, *(Packet(3.0) for _ in range(before // 1200))))
        assert before < control.window <= before + 1200


def test_losses_of_one_round_trip_halve_the_window_once() -> None:
    """RFC 9002 7.3.2; the loss of a packet sent later does it again."""
    control = NewReno()
    packets = sent(control, *(Packet(1.0) for _ in range(10)))
    control.lost(packets[:2], now=2.0)
    control.lost(packets[2:4], now=2.5)
    assert (control.window, control.threshold, control.in_flight) == (6000, 6000, 7200)
    assert control.room == 1200  # one packet goes on entering recovery, full as the window is
    later = sent(control, Packet(3.0))
    assert control.room == 0
    control.lost(later, now=4.0)
    assert control.window == 3000


def test_no_loss_takes_the_window_below_two_datagrams() -> None:
    """RFC 9002 7.2."""
    control = NewReno()
    for now in range(9):
        control.lost(sent(control, Packet(float(now))), now=now + 0.5)
    assert control.window == control.minimum_window == 2400


def test_the_loss_of_what_is_not_in_flight_says_nothing() -> None:
    """A packet with nothing but an ACK frame does not count (RFC 9002 B.2)."""
    control = NewReno()
    control.lost(sent(control, Packet(1.0, in_flight=False, eliciting=False)), now=2.0)
    assert (control.window, control.in_flight) == (12000, 0)


def persistent_example(delivered: set[int]) -> bool:
    """Whether the example of RFC 9002 7.6.3 is persistent, with `delivered` known to have arrived.

    There a PTO is 2 seconds: smoothed 1, deviation 0.25 and no delay of the peer.
    """
    control, path = NewReno(), RoundTrip()
    path.smoothed, path.variation, path.first_sample = 1.0, 0.25, 0.5
    packets = sent(control, *(Packet(time) for time in (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 12.0)))
    control.acknowledged([packets[0], packets[8], *(packets[one - 1] for one in delivered)])
    lost = [packet for number, packet in enumerate(packets[1:8], 2) if number not in delivered]
    return control.is_persistent(lost, path, max_ack_delay=0.0)


def test_the_example_of_persistent_congestion() -> None:
    """Packets 2 to 8, sent over 7 seconds, are lost: longer than three PTOs (RFC 9002 7.6.3)."""
    assert persistent_example(set())


@pytest.mark.parametrize("number", range(2, 9))
def test_one_packet_that_arrived_in_between_denies_it(number: int) -> None:
    """The stretch without it is 6 seconds at most, which does not exceed three PTOs."""
    assert not persistent_example({number})


def test_losses_before_the_first_sample_do_not_count() -> None:
    """RFC 9002 7.6.2: nor do those of packets that ask for no acknowledgment."""
    control, path = NewReno(), RoundTrip()
    lost = sent(control, Packet(1.0), Packet(9.0))
    assert not control.is_persistent(lost, path, 0.0)
    path.sample(0.1, 0.0, now=2.0)
    assert not control.is_persistent(lost, path, 0.0)
    path.first_sample = 0.5
    assert control.is_persistent(lost, path, 0.0)
    lost[1].eliciting = False
    assert not control.is_persistent(lost, path, 0.0)


def test_what_is_not_remembered_is_not_held_against_a_path() -> None:
    """With too many gaps, the fate of the oldest packets is unknown, and their losses do not count."""
    control, path = NewReno(), RoundTrip(first_sample=0.5)
    packets = sent(control, *(Packet(1.0 + number) for number in range(4 * MAX_GAPS)))
    control.acknowledged(packets[4::2])
    assert control.is_persistent([packets[0], packets[2]], path, 0.0) is False
    path.smoothed = path.variation = 0.01
    assert control.is_persistent([packets[0], packets[2]], path, 0.0) is False
    assert control.is_persistent([Packet(1.0, 10**6), Packet(9.0, 10**6 + 1)], path, 0.0)


def test_collapse_returns_to_slow_start() -> None:
    """The least window, and from there slow start up to the threshold (RFC 9002 7.6.2)."""
    control = NewReno()
    control.lost(sent(control, Packet(1.0)), now=2.0)
    control.collapse()
    assert (control.window, control.in_slow_start, control.is_in_recovery(1.0)) == (2400, True, False)


@given(st.lists(st.tuples(st.sampled_from(["send", "ack", "lose", "drop"]), st.integers(0, 5))))
def test_bytes_in_flight_are_those_of_packets_that_wait(steps: list[tuple[str, int]]) -> None:
    """Whatever becomes of packets, each is counted once, and the window stays at two datagrams or above."""
    control, waiting = NewReno(), list[Packet]()
    for now, (step, at) in enumerate(steps):
        if step == "send":
            waiting += sent(control, Packet(float(now), size=100 * at, in_flight=at != 3))
        elif waiting:
            packet = waiting.pop(at % len(waiting))
            if step == "ack":
                control.acknowledged([packet])
            elif step == "lose":
                control.lost([packet], float(now))
            elif packet.in_flight:
                control.removed(packet.size)
        assert control.in_flight == sum(packet.size for packet in waiting if packet.in_flight)
        assert control.window >= control.minimum_window
