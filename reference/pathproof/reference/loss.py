"""Loss recovery (RFC 9002 6 and A): which packets were lost, and when to probe.

Loss detection belongs to a packet number space, round-trip time and congestion to a path. While packets of
several paths are in flight in one space (RFC 9000 9.4), each is held against those of its own path: packets
of a slower path do not count as lost because of a faster one, before the time that their own path gives them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pathproof.reference.congestion import NewReno
from pathproof.reference.errors import ProtocolError, code_of
from pathproof.reference.frames import Ack
from pathproof.reference.sent_packet import MeasuredPath, SentPacket
from pathproof.reference.sent_space import SentSpace
from pathproof.reference.spaces import Space

LONGEST_BACKOFF: Final = 30
"""Doublings of the PTO at most: by then the idle timeout has long ended the connection (RFC 9002 6.2.1)."""


@dataclass(slots=True, frozen=True)
class Woken:
    """What the loss detection timer has brought: packets lost, or spaces in which to send a probe each.

    The first space is the one whose PTO expired, others have packets in flight, too (RFC 9002 6.2.4).
    """

    lost: tuple[SentPacket, ...] = ()
    probes: tuple[Space, ...] = ()


class Recovery:
    """Loss recovery of one connection.

    The owner says what it knows: `path`, the one in use; `max_ack_delay`, the peer's, in seconds; whether the
    handshake is `confirmed`; whether there are `handshake_keys`; whether the path is `blocked` by the
    anti-amplification limit.

    Examples
    --------
    >>> from pathproof.reference.sent_packet import Measured
    >>> recovery = Recovery(Measured(), is_client=False)
    >>> for number in range(5):
    ...     recovery.sent(SentPacket(number, Space.HANDSHAKE, 1.0, 1200, True, True, recovery.path, ()))
    >>> round(recovery.deadline(), 3)
    1.999
    >>> acked, lost = recovery.acknowledged(Space.HANDSHAKE, Ack(((4, 4),)), delay=0.0, now=1.1)
    >>> [packet.number for packet in acked], [packet.number for packet in lost]
    ([4], [0, 1])
    """

    __slots__ = (
        "_acknowledged_handshake",
        "_since",
        "blocked",
        "confirmed",
        "handshake_keys",
        "is_client",
        "max_ack_delay",
        "path",
        "pto_count",
        "spaces",
    )

    def __init__(self, path: MeasuredPath, is_client: bool, max_ack_delay: float = 0.025) -> None:
        self.path = path
        self.is_client = is_client
        self.max_ack_delay = max_ack_delay
        self.confirmed = False
        self.handshake_keys = False
        self.blocked = False
        self.pto_count = 0
        self.spaces = tuple(SentSpace(space) for space in Space)
        self._acknowledged_handshake = False
        self._since: float | None = None  # from when a client counts that has nothing in flight

    # What happens.

    def sent(self, packet: SentPacket) -> None:
        """A packet has gone out; packet numbers of a space ascend."""
        congestion = packet.congestion
        congestion.sent(packet.size, packet.in_flight)
        if packet.in_flight:
            smoothed = packet.round_trip.smoothed
            congestion.pacer.sent(packet.size, packet.time, congestion.window, smoothed)
        self.spaces[packet.space].sent(packet)
        self._since = packet.time

    def acknowledged(
        self, space: Space, ack: Ack, delay: float, now: float
    ) -> tuple[list[SentPacket], list[SentPacket]]:
        """An ACK frame has come: return the packets that it newly acknowledges, and those now lost.

        `delay` is the peer's, in seconds, with its exponent applied. Among the first are packets that had
        been declared lost: what they carried has arrived, and need not be repeated (13.3-40, 13.3-41).

        Raises
        ------
        ProtocolError
            PROTOCOL_VIOLATION if it acknowledges a packet that was never sent (RFC 9000 13.1).
        """
        state = self.spaces[space]
        if ack.largest > state.largest_sent:
            raise ProtocolError(code_of("PROTOCOL_VIOLATION"), "ACK of a packet that was never sent", 0x02)
        late = state.take_late(ack)
        acked = state.take(ack)
        if not acked:
            return late, []
        self._sample(acked, ack, delay, now)
        lost = state.detect(now)
        self._punish(lost, now)  # before the window grows by what arrived, as in RFC 9002 A.7
        for congestion, packets in _by_congestion(acked):
            congestion.acknowledged(packets)
        if space == Space.HANDSHAKE:
            self._acknowledged_handshake = True
        if self._peer_has_validated() and not (self.is_client and space == Space.INITIAL):
            self.pto_count = 0  # RFC9002-6.2.1-08 to -10
        self._since = now
        return late + acked, lost

    def _sample(self, acked: list[SentPacket], ack: Ack, delay: float, now: float) -> None:
        """The largest packet gives an RTT sample, if it is new, to the path that it went on (9.4-01)."""
        largest = max(acked, key=lambda packet: packet.number)
        if largest.number == ack.largest and any(packet.eliciting for packet in acked):  # RFC 9002 5.1
            delay = min(delay, self.max_ack_delay) if self.confirmed else delay  # RFC 9002 5.3
            largest.round_trip.sample(now - largest.time, delay, now)

    def _punish(self, lost: list[SentPacket], now: float) -> None:
        """Losses concern the window of the path on which they happened, and no other (9.4-01)."""
        for congestion, packets in _by_congestion(lost):
            congestion.lost(packets, now)
            round_trip = packets[0].round_trip
            if congestion.is_persistent(packets, round_trip, self.max_ack_delay):
                congestion.collapse()
                round_trip.restart_least()

    def discard(self, space: Space, now: float) -> list[SentPacket]:
        """The keys of a space are gone: forget its packets, which are returned (RFC9002-6.2.2-04, -05).

        A client that takes a Retry does the same with its Initial packets, and sends anew what they carried
        (RFC 9002 6.3).
        """
        packets = self.spaces[space].clear()
        for packet in packets:
            if packet.in_flight:
                packet.congestion.removed(packet.size)
        self.pto_count = 0
        self._since = now
        return packets

    def path_changed(self, new: MeasuredPath, now: float) -> None:
        """Another path is in use from now on: timeouts follow its round-trip time.

        Packets in flight stay where they are, and what becomes of them concerns only the path that they went
        on (9.4-01). The backoff begins anew, as it is among the initial values of a new path (9.4-02); where
        only the peer's port has changed and the estimate is kept (9.4-03), it goes on.
        """
        if new.round_trip is not self.path.round_trip:
            self.pto_count = 0
            self._since = now
        self.path = new

    def abandoned(self, path: MeasuredPath) -> list[SentPacket]:
        """A path is known to be gone: what is in flight there is returned, to be sent anew, without a wait.

        Its window has no further use, so that nothing is made of these losses (9.4-01).
        """
        gone = []
        for state in self.spaces:
            gone += state.abandon(path)
        for packet in gone:
            if packet.in_flight:
                packet.congestion.removed(packet.size)
        return gone

    # What time brings.

    def deadline(self) -> float | None:
        """When to call `wake`, in seconds; None if there is nothing to wait for."""
        loss_time = min((one.loss_time for one in self.spaces if one.loss_time is not None), default=None)
        if loss_time is not None:
            return loss_time  # and then there is no PTO (RFC9002-6.2.1-12)
        if self.blocked:
            return None  # RFC9002-6.2.2.1-02
        return self._pto()[0]

    def wake(self, now: float) -> Woken:
        """The time of `deadline` has come, perhaps: detect losses, or say where to send probes.

        A probe timeout declares nothing lost (RFC 9002 6.2). Each probe is ack-eliciting, and may exceed the
        congestion window (RFC 9002 6.2.4, 7.5).
        """
        deadline = self.deadline()
        if deadline is None or deadline > now:
            return Woken()
        late = [one for one in self.spaces if one.loss_time is not None]
        if late:
            lost = [packet for one in late for packet in one.detect(now)]
            self._punish(lost, now)
            self._since = now
            return Woken(lost=tuple(lost))
        space = self._pto()[1]
        others = (
            one.space for one in self.spaces if one.eliciting and one.space != space and self._runs(one)
        )
        self.pto_count += 1  # RFC9002-6.2.1-07
        self._since = now
        return Woken(probes=(space, *others))

    def oldest(self, space: Space) -> SentPacket | None:
        """Return the oldest packet in flight that asks for an acknowledgment: what a probe may repeat."""
        return next((packet for packet in self.spaces[space].packets.values() if packet.eliciting), None)

    def _pto(self) -> tuple[float | None, Space]:
        """When the PTO expires, and for which space (RFC9002-6.2.1-01 to -06, RFC9002-6.2.1-11)."""
        backoff = 1 << min(self.pto_count, LONGEST_BACKOFF)
        times: list[tuple[float, Space]] = []
        for one in self.spaces:
            if one.eliciting and self._runs(one):
                delay = self.max_ack_delay if one.space == Space.APPLICATION else 0.0
                times.append((one.last_eliciting + self.path.round_trip.pto(delay) * backoff, one.space))
        if times:
            return min(times)
        space = Space.HANDSHAKE if self.handshake_keys else Space.INITIAL
        if self._peer_has_validated() or self._since is None:
            return None, space
        return self._since + self.path.round_trip.pto(0.0) * backoff, space  # RFC9002-6.2.2.1-06, -07

    def _runs(self, state: SentSpace) -> bool:
        """Whether the PTO runs for a space: for 1-RTT only once the handshake is confirmed (6.2.1-05)."""
        return self.confirmed or state.space != Space.APPLICATION

    def _peer_has_validated(self) -> bool:
        """Whether the server is known to be done with the client's address (RFC9002-6.2.2.1-05)."""
        return not self.is_client or self._acknowledged_handshake or self.confirmed


def _by_congestion(packets: list[SentPacket]) -> list[tuple[NewReno, list[SentPacket]]]:
    """The packets by the window that they count for; mostly there is one."""
    if not packets:
        return []
    first = packets[0].congestion
    if all(packet.congestion is first for packet in packets):
        return [(first, packets)]
    groups: dict[NewReno, list[SentPacket]] = {}
    for packet in packets:
        groups.setdefault(packet.congestion, []).append(packet)
    return list(groups.items())
