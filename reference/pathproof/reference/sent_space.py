"""The packets of one space that were sent and not yet acknowledged, and which of them are lost."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from typing import Final

from pathproof.reference.frames import Ack
from pathproof.reference.sent_packet import MeasuredPath, SentPacket
from pathproof.reference.spaces import Space

PACKET_THRESHOLD: Final = 3
"""kPacketThreshold: a packet is lost when one sent so much later has arrived (RFC 9002 6.1.1)."""

MAX_SILENT: Final = 256
"""Packets with nothing but ACK frames that are remembered: a receiver sends many, and few are answered."""

MAX_LATE: Final = 512
"""Lost packets that are remembered in case they arrive after all (13.3-42)."""


class SentSpace:
    """What Recovery keeps of one packet number space.

    Examples
    --------
    >>> from pathproof.reference.sent_packet import Measured
    >>> state, path = SentSpace(Space.APPLICATION), Measured()
    >>> for number in range(4):
    ...     state.sent(SentPacket(number, state.space, 1.0, 1200, True, True, path, ()))
    >>> [packet.number for packet in state.take(Ack(((2, 2), (0, 0))))], sorted(state.packets)
    ([0, 2], [1, 3])
    """

    __slots__ = (
        "_late",
        "_silent",
        "eliciting",
        "largest_acked",
        "largest_sent",
        "last_eliciting",
        "loss_time",
        "packets",
        "space",
    )

    def __init__(self, space: Space) -> None:
        self.space = space
        self.packets: dict[int, SentPacket] = {}  # by number, ascending
        self.eliciting = 0  # how many of them ask for an acknowledgment
        self.largest_sent = -1
        self.largest_acked = -1
        self.last_eliciting = 0.0  # when the last packet went out that asks for an acknowledgment
        self.loss_time: float | None = None  # when the next packet counts as lost
        self._silent: deque[int] = deque()
        self._late: dict[int, SentPacket] = {}

    def sent(self, packet: SentPacket) -> None:
        """A packet has gone out. Those that are not in flight are forgotten first if there are many."""
        self.packets[packet.number] = packet
        self.largest_sent = packet.number
        if packet.eliciting:
            self.eliciting += 1
            self.last_eliciting = packet.time
        elif not packet.in_flight:
            self._silent.append(packet.number)
            if len(self._silent) > MAX_SILENT:
                self.packets.pop(self._silent.popleft(), None)

    def take(self, ack: Ack) -> list[SentPacket]:
        """Take out and return the packets that an ACK frame newly acknowledges, in ascending order."""
        self.largest_acked = max(self.largest_acked, ack.largest)
        taken: list[SentPacket] = []
        for first, last in ack.ranges:
            oldest = next(iter(self.packets), None)
            if oldest is None or last < oldest:
                break
            for number in range(last, max(first, oldest) - 1, -1):
                packet = self.packets.pop(number, None)
                if packet is not None:
                    taken.append(packet)
                    self._arrived(packet)
        taken.reverse()
        return taken

    def _arrived(self, packet: SentPacket) -> None:
        """Note a packet that arrived: what went out earlier on its path is held against it."""
        self.eliciting -= packet.eliciting
        newest = packet.congestion.newest
        if self.space not in newest or newest[self.space][0] < packet.number:
            newest[self.space] = (packet.number, packet.ordinal)

    def take_late(self, ack: Ack) -> list[SentPacket]:
        """Take the packets that an ACK frame acknowledges out of those that were declared lost."""
        if not self._late:
            return []
        numbers = sorted(self._late)
        taken: list[SentPacket] = []
        for first, last in ack.ranges:
            among = numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]
            taken += (self._late.pop(number) for number in among)
        return taken

    def detect(self, now: float) -> list[SentPacket]:
        """Take out and return the packets that are lost by now (RFC 9002 6.1); `loss_time` is of the next.

        A packet is lost if one sent three packets later on its path has arrived, or if any later one has, and
        its own path's round trip says that it should have arrived, too.
        """
        self.loss_time = None
        lost: list[SentPacket] = []
        for packet in self.packets.values():
            if packet.number > self.largest_acked:
                break
            due = packet.time + packet.round_trip.loss_delay()
            if due <= now or self._is_overtaken(packet):
                lost.append(packet)
            elif self.loss_time is None or due < self.loss_time:
                self.loss_time = due
        self._remove(lost)
        return lost

    def _is_overtaken(self, packet: SentPacket) -> bool:
        """Whether a packet three later has arrived, three in its space and three on its path."""
        number, ordinal = packet.congestion.newest.get(self.space, (-1, -1))
        return min(number - packet.number, ordinal - packet.ordinal) >= PACKET_THRESHOLD

    def abandon(self, path: MeasuredPath) -> list[SentPacket]:
        """Take out and return the packets of a path that is gone."""
        gone = [packet for packet in self.packets.values() if packet.path is path]
        self._remove(gone)
        overtaken = (one for one in self.packets.values() if one.number <= self.largest_acked)
        times = (one.time + one.round_trip.loss_delay() for one in overtaken)
        self.loss_time = min(times, default=None)
        return gone

    def _remove(self, lost: list[SentPacket]) -> None:
        """Take packets out of those that were sent; they may still arrive."""
        for packet in lost:
            del self.packets[packet.number]
            self.eliciting -= packet.eliciting
            self._late[packet.number] = packet
        while len(self._late) > MAX_LATE:
            del self._late[next(iter(self._late))]

    def clear(self) -> list[SentPacket]:
        """Forget all packets, and return those that were in flight or might have been acknowledged."""
        packets = list(self.packets.values())
        self.packets.clear()
        self._late.clear()
        self._silent.clear()
        self.eliciting = 0
        self.loss_time = None
        return packets
