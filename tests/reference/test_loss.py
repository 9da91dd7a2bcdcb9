"""Loss recovery (RFC 9002 6 and A), with packets of several paths in flight (RFC 9000 9.4)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathproof.reference.errors import ProtocolError, name_of
from pathproof.reference.frames import Ack, Ping
from pathproof.reference.loss import LONGEST_BACKOFF, Recovery
from pathproof.reference.sent_packet import Measured, SentPacket
from pathproof.reference.sent_space import MAX_LATE, MAX_SILENT
from pathproof.reference.spaces import Space

INITIAL, HANDSHAKE, APPLICATION = Space
PTO = 0.333 + 4 * 0.333 / 2
"""Of a path without a sample, in seconds."""


def recovery_of(is_client: bool = False, confirmed: bool = True) -> Recovery:
    """Loss recovery on one path that nothing is known of."""
    recovery = Recovery(Measured(), is_client)
    recovery.confirmed = confirmed
    return recovery


def send(
    recovery: Recovery,
    *numbers: int,
    now: float = 0.0,
    space: Space = APPLICATION,
    path: Measured | None = None,
    eliciting: bool = True,
) -> None:
    """Packets of 1200 bytes go out."""
    for number in numbers:
        on = recovery.path if path is None else path
        recovery.sent(SentPacket(number, space, now, 1200, eliciting, eliciting, on, (Ping(),)))


def acknowledge(
    recovery: Recovery, *numbers: int, now: float, space: Space = APPLICATION
) -> tuple[list[int], list[int]]:
    """An ACK frame comes for these packets: the numbers newly acknowledged, and those lost."""
    ranges = tuple((number, number) for number in sorted(numbers, reverse=True))
    acked, lost = recovery.acknowledged(space, Ack(ranges), 0.0, now)
    return [packet.number for packet in acked], [packet.number for packet in lost]


# Acknowledgments and losses.


def test_a_packet_three_before_one_that_arrived_is_lost() -> None:
    """RFC 9002 6.1.1."""
    recovery = recovery_of()
    send(recovery, 0, 1, 2, 3)
    assert acknowledge(recovery, 2, now=0.1) == ([2], [])
    assert acknowledge(recovery, 3, now=0.1) == ([3], [0])


def test_an_earlier_packet_is_lost_after_nine_eighths_of_a_round_trip() -> None:
    """RFC 9002 6.1.2: the timer runs for it, and there is no PTO meanwhile (RFC9002-6.2.1-12)."""
    recovery = recovery_of()
    send(recovery, 0, 1)
    assert acknowledge(recovery, 1, now=0.08) == ([1], [])
    assert recovery.deadline() == 0.09
    assert recovery.wake(0.089).lost == ()
    woken = recovery.wake(0.09)
    assert [packet.number for packet in woken.lost] == [0]
    assert woken.probes == () and recovery.deadline() is None


def test_an_ack_of_a_packet_never_sent_is_a_violation() -> None:
    """RFC 9000 13.1; in each space by itself."""
    recovery = recovery_of()
    send(recovery, 0, 1, space=HANDSHAKE)
    with pytest.raises(ProtocolError) as caught:
        acknowledge(recovery, 0, now=1.0)
    assert name_of(caught.value.code) == "PROTOCOL_VIOLATION"
    with pytest.raises(ProtocolError):
        acknowledge(recovery, 2, now=1.0, space=HANDSHAKE)


def test_a_lost_packet_that_arrives_after_all_is_acknowledged() -> None:
    """13.3-41: what it carried need not be repeated."""
    recovery = recovery_of()
    send(recovery, 0, 1, 2, 3)
    assert acknowledge(recovery, 3, now=0.1) == ([3], [0])
    assert acknowledge(recovery, 0, 3, now=0.2) == ([0], [])
    assert acknowledge(recovery, 0, 3, now=0.3) == ([], [])
    assert recovery.path.congestion.in_flight == 2400


def test_only_the_largest_if_it_is_new_gives_a_sample() -> None:
    """RFC 9002 5.1: and only if something that was acknowledged asked for it."""
    recovery = recovery_of()
    send(recovery, 0, 1)
    send(recovery, 2, eliciting=False)
    acknowledge(recovery, 2, now=0.05)
    assert recovery.path.round_trip.first_sample is None
    acknowledge(recovery, 1, now=0.1)
    assert recovery.path.round_trip.latest == 0.1
    acknowledge(recovery, 0, 1, now=0.2)
    assert recovery.path.round_trip.latest == 0.1


def test_the_peers_delay_is_limited_once_the_handshake_is_confirmed() -> None:
    """RFC 9002 5.3."""
    smoothed = []
    for confirmed in (False, True):
        recovery = recovery_of(confirmed=confirmed)
        for number in (0, 1):
            send(recovery, number, now=float(number))
            latest = 0.1 if number == 0 else 0.3
            recovery.acknowledged(APPLICATION, Ack(((number, number),)), 0.2, number + latest)
        smoothed.append(round(recovery.path.round_trip.smoothed, 6))
    assert smoothed == [0.1, round(7 / 8 * 0.1 + 1 / 8 * 0.275, 6)]


def test_persistent_congestion_collapses_the_window() -> None:
    """RFC 9002 7.6: all that was sent for more than three PTOs is lost; the least RTT begins anew (5.2)."""
    recovery = recovery_of()
    send(recovery, 0)
    acknowledge(recovery, 0, now=0.1)
    send(recovery, *range(1, 9), now=0.2)
    send(recovery, *range(9, 12), now=5.0)
    send(recovery, 12, now=9.0)
    assert acknowledge(recovery, 12, now=9.3)[1] == list(range(1, 12))
    assert recovery.path.congestion.window == 2400 + 1200  # the packet that arrived is slow start again
    assert recovery.path.round_trip.least == pytest.approx(0.3)


# Probe timeouts.


def test_the_pto_doubles_until_an_acknowledgment() -> None:
    """RFC9002-6.2.1-07 and -08; a PTO declares nothing lost (RFC 9002 6.2)."""
    recovery = recovery_of()
    send(recovery, 0)
    assert recovery.deadline() == pytest.approx(PTO + 0.025)
    woken = recovery.wake(2.0)
    assert (woken.lost, woken.probes) == ((), (APPLICATION,))
    assert recovery.deadline() == pytest.approx(2 * (PTO + 0.025))
    send(recovery, 1, now=2.0)  # the probe
    assert recovery.deadline() == pytest.approx(2.0 + 2 * (PTO + 0.025))
    acknowledge(recovery, 1, now=2.1)
    assert recovery.pto_count == 0


def test_backoff_has_an_end() -> None:
    """However often it expires, the PTO stays a number that a clock can hold."""
    recovery = recovery_of()
    send(recovery, 0)
    for _ in range(2000):
        recovery.wake(1e18)
    assert recovery.deadline() == pytest.approx((PTO + 0.025) * 2**LONGEST_BACKOFF)


def test_no_pto_runs_for_application_data_before_the_handshake_is_confirmed() -> None:
    """RFC9002-6.2.1-05; of the other spaces, the earlier time counts (RFC9002-6.2.1-04)."""
    recovery = recovery_of(confirmed=False)
    send(recovery, 0)
    assert recovery.deadline() is None
    send(recovery, 0, space=HANDSHAKE, now=2.0)
    send(recovery, 0, space=INITIAL, now=1.0)
    assert recovery.deadline() == pytest.approx(1.0 + PTO)
    assert recovery.wake(3.0).probes == (INITIAL, HANDSHAKE)
    recovery.confirmed = True
    assert recovery.wake(4.0).probes[0] == APPLICATION


def test_a_blocked_server_has_no_pto_and_makes_up_for_it_at_once() -> None:
    """RFC9002-6.2.2.1-02 to -04."""
    recovery = recovery_of(confirmed=False)
    send(recovery, 0, space=INITIAL)
    recovery.blocked = True
    assert recovery.deadline() is None and recovery.wake(9.0).probes == ()
    recovery.blocked = False
    assert recovery.wake(9.0).probes == (INITIAL,)


def test_a_client_keeps_probing_until_the_server_has_its_address() -> None:
    """RFC9002-6.2.2.1-06 and -07, and the backoff of RFC9002-6.2.1-09 and -10."""
    client = recovery_of(is_client=True, confirmed=False)
    assert client.deadline() is None  # nothing was sent yet
    send(client, 0, space=INITIAL)
    assert client.wake(2.0).probes == (INITIAL,)
    send(client, 1, space=INITIAL, now=2.0)
    acknowledge(client, 0, 1, now=2.1, space=INITIAL)
    assert client.pto_count == 1
    smoothed = client.path.round_trip.pto(0.0)
    assert client.deadline() == pytest.approx(2.1 + 2 * smoothed)  # with nothing in flight
    client.handshake_keys = True
    assert client.wake(9.0).probes == (HANDSHAKE,)
    send(client, 0, space=HANDSHAKE, now=9.0)
    acknowledge(client, 0, now=9.1, space=HANDSHAKE)
    assert client.pto_count == 0 and client.deadline() is None
    send(client, 2, space=INITIAL, now=10.0)
    client.wake(20.0)
    acknowledge(client, 2, now=20.1, space=INITIAL)
    assert client.pto_count == 1  # an Initial packet leaves it alone even then


def test_a_server_with_nothing_in_flight_waits_for_nothing() -> None:
    """RFC 9002 A.8."""
    server = recovery_of(confirmed=False)
    send(server, 0, space=INITIAL)
    acknowledge(server, 0, now=0.1, space=INITIAL)
    assert server.deadline() is None


def test_keys_that_are_gone_take_their_packets_along() -> None:
    """RFC9002-6.2.2-04 and -05: nothing of them stays in flight, and the backoff ends."""
    recovery = recovery_of(confirmed=False)
    send(recovery, 0, 1, space=INITIAL)
    recovery.wake(5.0)
    assert [packet.number for packet in recovery.discard(INITIAL, now=5.0)] == [0, 1]
    assert (recovery.path.congestion.in_flight, recovery.pto_count, recovery.deadline()) == (0, 0, None)
    assert acknowledge(recovery, 1, now=6.0, space=INITIAL) == ([], [])


def test_a_probe_may_repeat_the_oldest_packet() -> None:
    """RFC 9002 6.2.4: the oldest of those that ask for an acknowledgment."""
    recovery = recovery_of()
    assert recovery.oldest(APPLICATION) is None
    send(recovery, 0, eliciting=False)
    send(recovery, 1, 2)
    oldest = recovery.oldest(APPLICATION)
    assert oldest is not None and oldest.number == 1


# Paths.


def test_packets_of_the_old_path_have_no_part_in_the_new_one() -> None:
    """9.4-01: neither their losses nor their acknowledgments nor their round trips."""
    recovery, new = recovery_of(), Measured()
    old = recovery.path
    send(recovery, *range(4))
    recovery.path_changed(new, now=1.0)
    send(recovery, 4, now=1.0)
    assert acknowledge(recovery, 3, now=2.0) == ([3], [0])
    assert [packet.number for packet in recovery.wake(2.25).lost] == [1, 2]
    assert (old.congestion.window, new.congestion.window) == (6000, 12000)
    assert (old.round_trip.latest, new.round_trip.first_sample) == (2.0, None)
    assert (old.congestion.in_flight, new.congestion.in_flight) == (0, 1200)


def test_a_faster_path_does_not_make_packets_of_a_slower_one_lost() -> None:
    """9.4: what looks reordered because of two paths is not lost before its own path's time is over."""
    recovery, new = recovery_of(), Measured()
    send(recovery, 0)
    acknowledge(recovery, 0, now=0.4)
    send(recovery, 1, 2, now=1.0)
    recovery.path_changed(new, now=1.0)
    send(recovery, *range(3, 9), now=1.0)
    assert acknowledge(recovery, *range(3, 9), now=1.02) == (list(range(3, 9)), [])
    assert recovery.deadline() == pytest.approx(1.0 + 0.4 * 9 / 8)
    assert acknowledge(recovery, 1, 2, now=1.4) == ([1, 2], [])


def test_numbers_used_on_another_path_do_not_count_as_overtaking() -> None:
    """A path on which every third packet goes loses nothing by the packets between."""
    recovery, other = recovery_of(), Measured()
    for number in range(0, 9, 3):
        send(recovery, number)
        send(recovery, number + 1, number + 2, path=other)
    assert acknowledge(recovery, 3, now=0.1) == ([3], [])
    assert acknowledge(recovery, 6, now=0.1) == ([6], [])


def test_a_path_put_back_to_initial_values_hears_no_more_of_what_was_before() -> None:
    """9.4-02: packets feed the estimate and the window that the path had when they were sent."""
    recovery, path = recovery_of(), Measured()
    recovery.path_changed(path, now=0.0)
    send(recovery, *range(4))
    fresh = Measured()
    path.round_trip, path.congestion = fresh.round_trip, fresh.congestion
    acknowledge(recovery, 3, now=1.0)
    assert (path.congestion.window, path.congestion.in_flight) == (12000, 0)
    assert path.round_trip.first_sample is None


def test_backoff_begins_anew_on_a_new_path_alone() -> None:
    """9.4-02; where only the port has changed, and the estimate is kept, it goes on (9.4-03)."""
    recovery = recovery_of()
    send(recovery, 0)
    recovery.wake(5.0)
    same = Measured(recovery.path.round_trip, recovery.path.congestion)
    recovery.path_changed(same, now=5.0)
    assert recovery.pto_count == 1
    recovery.path_changed(Measured(), now=5.0)
    assert recovery.pto_count == 0


def test_what_was_on_an_abandoned_path_is_sent_anew_at_once() -> None:
    """And if it arrives after all, it counts as acknowledged."""
    recovery, new = recovery_of(), Measured()
    old = recovery.path
    send(recovery, 0, 1)
    recovery.path_changed(new, now=1.0)
    send(recovery, 2, now=1.0)
    assert [packet.number for packet in recovery.abandoned(old)] == [0, 1]
    assert (old.congestion.in_flight, old.congestion.window) == (0, 12000)
    assert acknowledge(recovery, 1, 2, now=1.1) == ([1, 2], [])


# Bounds.


def test_packets_that_nobody_acknowledges_are_forgotten() -> None:
    """A receiver sends ACK frames without end, and keeps the newest alone."""
    recovery = recovery_of()
    send(recovery, *range(2 * MAX_SILENT), eliciting=False)
    assert sorted(recovery.spaces[APPLICATION].packets) == list(range(MAX_SILENT, 2 * MAX_SILENT))
    assert recovery.deadline() is None


def test_lost_packets_are_forgotten_in_the_end() -> None:
    """13.3-42."""
    recovery = recovery_of()
    send(recovery, *range(MAX_LATE + 11))
    assert len(acknowledge(recovery, MAX_LATE + 10, now=0.1)[1]) == MAX_LATE + 8
    assert len(acknowledge(recovery, *range(MAX_LATE + 8), now=0.2)[0]) == MAX_LATE


@st.composite
def lives(draw: st.DrawFn) -> list[tuple[str, int, int]]:
    """Steps: packets go out on one of two paths, are acknowledged in some order, and time passes."""
    kinds = st.sampled_from(["send", "send", "acknowledge", "wake", "move", "abandon"])
    return draw(st.lists(st.tuples(kinds, st.integers(0, 9), st.integers(0, 1)), max_size=60))


@given(lives())
def test_every_packet_is_acknowledged_or_lost_once_and_the_books_balance(
    steps: list[tuple[str, int, int]],
) -> None:
    """Nothing is lost sight of, nothing is lost and acknowledged, except one that arrives late."""
    paths = [Measured(), Measured()]
    recovery = Recovery(paths[0], is_client=False)
    recovery.confirmed = True
    now, count = 0.0, 0
    waiting, lost, acked = set[int](), list[int](), list[int]()
    for step, number, path in steps:
        now += 0.05
        gone: list[int] = []
        if step == "send":
            send(recovery, count, now=now, path=paths[path])
            waiting.add(count)
            count += 1
        elif step == "acknowledge" and count:
            arrived, gone = acknowledge(recovery, number % count, now=now)
            assert set(arrived) <= waiting | set(lost)
            acked += arrived
            waiting -= set(arrived)
        elif step == "wake":
            now = max(now, recovery.deadline() or now)
            gone = [packet.number for packet in recovery.wake(now).lost]
        elif step == "move":
            recovery.path_changed(paths[path], now)
        elif step == "abandon":
            gone = [packet.number for packet in recovery.abandoned(paths[path])]
        assert set(gone) <= waiting
        lost += gone
        waiting -= set(gone)
        assert waiting == set(recovery.spaces[APPLICATION].packets)
        assert sum(one.congestion.in_flight for one in paths) == 1200 * len(waiting)
        assert recovery.spaces[APPLICATION].eliciting == len(waiting)
        assert len(set(lost)) == len(lost) and len(set(acked)) == len(acked)
        assert (recovery.deadline() is None) == (not waiting)
