"""Congestion control of one path by NewReno (RFC 9002 7 and B), and the window that it allows.

Packets are not marked with ECT, so that what a peer reports of ECN marks says nothing, and losses are the
only sign of congestion.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from pathproof.reference.pacing import Pacer
from pathproof.reference.ranges import Ranges
from pathproof.reference.rtt import RoundTrip

MIN_DATAGRAM: Final = 1200
"""The least max_datagram_size, in bytes (RFC9002-B.2-01)."""

PERSISTENT: Final = 3
"""kPersistentCongestionThreshold: PTOs for which all that was sent has to be lost (RFC 9002 7.6.1)."""

BURST: Final = 3
"""A window counts as used while no more datagrams than these are left of it (RFC 9002 7.8)."""

MAX_GAPS: Final = 32
"""Runs of packets delivered that are remembered, so that what was lost between them is known for a run."""


class Sent(Protocol):
    """What congestion control needs to know of a packet that was sent."""

    time: float
    size: int
    eliciting: bool
    in_flight: bool
    ordinal: int


class NewReno:
    """The congestion window of one path, in bytes. A new path begins with a new one (9.4-02, RFC9002-B.3-01).

    `packets` counts all that went out on the path, `newest` has by space the number and the ordinal of the
    last of them to be acknowledged. `pacer` spreads what the window allows over the round trip, and
    `is_held_back` is whether something waits for it: a window is not unused on that account (RFC 9002 7.8).

    Examples
    --------
    >>> control = NewReno()
    >>> control.sent(12000, in_flight=True)
    >>> control.window, control.room
    (12000, 0)
    """

    __slots__ = (
        "_credit",
        "_delivered",
        "_one_more",
        "_recovery",
        "datagram",
        "in_flight",
        "is_held_back",
        "newest",
        "pacer",
        "packets",
        "threshold",
        "window",
    )

    def __init__(self, datagram: int = MIN_DATAGRAM) -> None:
        self.datagram = max(datagram, MIN_DATAGRAM)
        self.window = self.initial_window
        self.threshold: int | None = None  # the slow start threshold, None for none
        self.in_flight = 0
        self.packets = 0
        self.pacer = Pacer(self.initial_window)  # no larger burst leaves at a time (RFC 9002 7.7)
        self.is_held_back = False
        self.newest: dict[int, tuple[int, int]] = {}
        self._recovery: float | None = None  # when the recovery period began
        self._one_more = False  # a packet may go on entering recovery (RFC 9002 7.3.2)
        self._credit = 0  # bytes acknowledged toward the next growth in congestion avoidance
        self._delivered = Ranges(MAX_GAPS)

    @property
    def initial_window(self) -> int:
        """The window that a path begins with (RFC 9002 7.2).

        >>> NewReno().initial_window, NewReno(1500).initial_window
        (12000, 14720)
        """
        return min(10 * self.datagram, max(14720, 2 * self.datagram))

    @property
    def minimum_window(self) -> int:
        """The window that no loss reduces further (RFC 9002 7.2)."""
        return 2 * self.datagram

    @property
    def in_slow_start(self) -> bool:
        """Whether the window grows by all that is acknowledged (RFC 9002 7.3.1)."""
        return self.threshold is None or self.window < self.threshold

    @property
    def room(self) -> int:
        """How many bytes may be sent; a probe may go regardless (RFC 9002 7, 7.5)."""
        return max(self.window - self.in_flight, self.datagram if self._one_more else 0)

    def sent(self, size: int, in_flight: bool) -> None:
        """A packet has gone out, and counts as in flight or does not."""
        self.packets += 1
        if in_flight:
            self.in_flight += size
            self._one_more = False

    def removed(self, size: int) -> None:
        """A packet in flight can be acknowledged no more, for its keys are gone (RFC9002-6.2.2-04)."""
        self.in_flight -= size

    def is_in_recovery(self, time: float) -> bool:
        """Whether a packet sent at this time went out before the last recovery began (RFC 9002 7.3.2)."""
        return self._recovery is not None and time <= self._recovery

    def acknowledged(self, packets: Sequence[Sent]) -> None:
        """Packets of this path were newly acknowledged: the window grows if it was used (RFC 9002 7.8)."""
        left = self.window - self.in_flight
        is_half_used = left < self.in_flight  # all that slow start asks for, and pacing may leave no more
        used = left <= BURST * self.datagram or (is_half_used and (self.in_slow_start or self.is_held_back))
        for packet in packets:
            self._delivered.add(packet.ordinal, packet.ordinal)
            if packet.in_flight:
                self.in_flight -= packet.size
                if used and not self.is_in_recovery(packet.time):
                    self._grow(packet.size)

    def _grow(self, size: int) -> None:
        """Slow start adds what was acknowledged, congestion avoidance a datagram a window (RFC 9002 7.3)."""
        if self.in_slow_start:
            self.window += size
            return
        self._credit += size
        if self._credit >= self.window:
            self._credit -= self.window
            self.window += self.datagram

    def lost(self, packets: Sequence[Sent], now: float) -> None:
        """Packets of this path were lost: the window is halved, once in a round trip (RFC 9002 7.3.2).

        >>> from pathproof.reference.sent_packet import Measured, SentPacket, Space
        >>> path = Measured()
        >>> packet = SentPacket(0, Space.APPLICATION, 1.0, 1200, True, True, path, ())
        >>> path.congestion.sent(packet.size, packet.in_flight)
        >>> path.congestion.lost([packet], now=2.0)
        >>> path.congestion.window, path.congestion.in_flight
        (6000, 0)
        """
        in_flight = [packet for packet in packets if packet.in_flight]
        self.in_flight -= sum(packet.size for packet in in_flight)
        if not in_flight or self.is_in_recovery(max(packet.time for packet in in_flight)):
            return
        self._recovery = now
        self._one_more = True
        self._credit = 0
        self.threshold = self.window // 2
        self.window = max(self.threshold, self.minimum_window)

    def is_persistent(self, packets: Sequence[Sent], round_trip: RoundTrip, max_ack_delay: float) -> bool:
        """Whether these losses are of all that was sent for long enough (RFC 9002 7.6).

        Two of them, both ack-eliciting and sent when the path had an RTT sample, lie further apart than three
        PTOs, and nothing that was sent between them on this path, in any space, has been acknowledged. What
        happened to packets before the runs that are remembered is not known, and they do not count.
        """
        if round_trip.first_sample is None:
            return False
        duration = PERSISTENT * round_trip.pto(max_ack_delay)
        first: Sent | None = None
        before: Sent | None = None
        for packet in sorted(packets, key=lambda packet: packet.ordinal):
            if not packet.eliciting or packet.time <= round_trip.first_sample:
                continue
            if packet.ordinal < self._delivered.floor:
                continue
            if before is None or self._delivered.overlaps(before.ordinal, packet.ordinal):
                first = packet
            before = packet
            if first is not None and packet.time - first.time > duration:
                return True
        return False

    def collapse(self) -> None:
        """Persistent congestion: the least window, and slow start from there (RFC 9002 7.6.2)."""
        self.window = self.minimum_window
        self._recovery = None
        self._credit = 0
