"""What arrived in one packet number space, and when it is acknowledged (RFC 9000 13.2)."""

from __future__ import annotations

from typing import Final

from pathproof.reference.frames import Ack, write_frame
from pathproof.reference.ranges import Ranges
from pathproof.reference.spaces import Space

MAX_ACK_DELAY: Final = 0.025
"""What this endpoint states as max_ack_delay, in seconds (the default of RFC 9000 18.2)."""

EVERY: Final = 2
"""So many ack-eliciting packets draw an acknowledgment at once (RFC 9000 13.2.2)."""

MAX_ACKNOWLEDGED: Final = 32
"""Ranges that an ACK frame lists at most: with the longest numbers these are 520 bytes (RFC 9000 13.2.3)."""

LONGEST_HEAD: Final = 49
"""Bytes of an ACK frame beside its ranges of two numbers each, if all numbers are long (RFC 9000 19.3)."""

MAX_REMEMBERED: Final = 256
"""Ranges kept to know duplicates by; a packet below what they tell of counts as one (RFC 9000 13.2.3)."""

NOT_ECT, ECT1, ECT0, CE = range(4)
"""The ECN codepoints of an IP header (RFC 9000 13.4.1)."""


class Received:
    """The packets of one space that have arrived, whatever path they came on (9.4-04).

    Examples
    --------
    >>> received = Received(Space.APPLICATION)
    >>> received.note(0, eliciting=True, now=1.0)
    >>> received.deadline()  # within max_ack_delay
    1.025
    >>> received.note(1, eliciting=True, now=1.01)
    >>> received.deadline()  # every second packet at once
    1.01
    >>> received.frame(now=1.01, exponent=3)
    Ack(ranges=((0, 1),), delay=0, ecn=None)
    >>> received.deadline() is None, received.is_new(1), received.is_new(2)
    (True, False, True)
    """

    __slots__ = ("_due", "_eliciting", "_largest_at", "_owed", "_seen", "_unreported", "ecn", "max_ack_delay")

    def __init__(self, space: Space, max_ack_delay: float = MAX_ACK_DELAY) -> None:
        self.max_ack_delay = max_ack_delay if space == Space.APPLICATION else 0.0  # 13.2.1: others at once
        self.ecn = [0, 0, 0]  # ECT(0), ECT(1), CE
        self._seen = Ranges(MAX_REMEMBERED)
        self._unreported = Ranges(MAX_ACKNOWLEDGED)  # without what the peer knows to have arrived
        self._largest_at = 0.0
        self._eliciting = -1  # the largest number of an ack-eliciting packet
        self._owed = 0  # ack-eliciting packets since the last ACK frame
        self._due: float | None = None

    @property
    def largest(self) -> int:
        """The largest packet number that has arrived, -1 before the first."""
        return -1 if self._seen.largest is None else self._seen.largest

    def is_new(self, number: int) -> bool:
        """Whether a packet with this number is to be processed: no duplicate, and not forgotten (12.3)."""
        return number >= self._seen.floor and number not in self._seen

    def note(self, number: int, eliciting: bool, now: float, ecn: int = NOT_ECT) -> None:
        """Note that a new packet was processed, and whether it draws an acknowledgment (13.2.1, 13.2.2)."""
        if number > self.largest:
            self._largest_at = now
        if ecn != NOT_ECT:
            self.ecn[(ECT0, ECT1, CE).index(ecn)] += 1
        in_order = self._is_in_order(number)
        self._seen.add(number, number)
        self._unreported.add(number, number)
        if not eliciting:
            return  # 13.2.1: never answered for itself
        self._eliciting = max(self._eliciting, number)
        self._owed += 1
        if not in_order or self._owed >= EVERY or ecn == CE:
            self._due = now
        elif self._due is None:
            self._due = now + self.max_ack_delay

    def _is_in_order(self, number: int) -> bool:
        """Whether no later ack-eliciting packet has arrived, and nothing is missing since (13.2.1)."""
        if number < self._eliciting:
            return False
        before = self._eliciting + 1
        return before == number or not self._seen.missing(before, number - 1)

    def deadline(self) -> float | None:
        """When an ACK frame has to go, even alone in its packet; None while nothing asks for one."""
        return self._due

    def frame(self, now: float, exponent: int, room: int = 1200) -> Ack | None:
        """Return the ACK frame of a packet that is about to be sent, and take it as sent.

        It is None unless an ack-eliciting packet has arrived since the last one: so no packet with nothing
        but an ACK frame answers another, and none is answered twice (13.2.1). `exponent` is the
        ack_delay_exponent that this endpoint has stated. The largest packet that arrived is always in it
        (13.2.3); of the lower ranges, as many as fit into `room` bytes. If not one fits, the frame waits.
        """
        if not self._owed:
            return None
        waited = int(max(now - self._largest_at, 0.0) * 1_000_000)  # 13.2.5
        counts = (self.ecn[0], self.ecn[1], self.ecn[2])
        ack = Ack(self._unreported.descending(), waited >> exponent, counts if any(counts) else None)
        while 16 * len(ack.ranges) + LONGEST_HEAD > room and len(write_frame(ack)) > room:
            if len(ack.ranges) == 1:
                return None
            ack.ranges = ack.ranges[: len(ack.ranges) // 2]
        self._owed, self._due = 0, None
        return ack

    def acknowledged(self, ack: Ack) -> None:
        """The peer has received this ACK frame: it is told no more of what it has listed (13.2.4).

        >>> received = Received(Space.APPLICATION)
        >>> for number in (0, 1, 3): received.note(number, True, 1.0)
        >>> received.acknowledged(received.frame(1.0, 3))
        >>> received.note(4, True, 1.1)
        >>> received.frame(1.1, 3).ranges, received.is_new(2)
        (((3, 4),), True)
        """
        self._unreported.discard_below(min(ack.largest + 1, self.largest))
