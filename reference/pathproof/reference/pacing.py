"""A pacer: sending is spread over the round trip instead of going out in bursts (RFC 9002 7.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pathproof.reference.rtt import GRANULARITY

GAIN: Final = 1.25
"""How much faster than a window per round trip packets may go, so that the window is used (RFC 9002 7.7)."""


@dataclass(slots=True)
class Pacer:
    """A bucket of `burst` bytes, which fills at the rate of the congestion window per round trip.

    Where the rate is so high that more than `burst` falls due within the granularity of timers, the bucket
    holds that: the timer comes no more often, and on such a path less would be a limit that the congestion
    window does not set. Packets with nothing but ACK frames are not paced. The pacer is told of every other
    one.

    Examples
    --------
    >>> pacer = Pacer(burst=12000)
    >>> pacer.sent(12000, now=1.0, window=24000, smoothed=0.1)  # 300000 bytes a second
    >>> round(pacer.when(1200, now=1.0, window=24000, smoothed=0.1), 3)
    1.004
    """

    burst: int
    debt: float = 0.0  # bytes that are missing in the bucket
    at: float = 0.0

    def sent(self, size: int, now: float, window: int, smoothed: float) -> None:
        """A packet has gone out; a probe may leave less than nothing in the bucket."""
        self.debt = self._debt_at(now, window, smoothed) + size
        self.at = max(now, self.at)

    def when(self, size: int, now: float, window: int, smoothed: float) -> float:
        """Return when a packet of this size may go: `now` if it may at once."""
        if self.debt + size <= self.burst:
            return now
        debt = self._debt_at(now, window, smoothed)
        short = debt + size - self.capacity(window, smoothed) if debt else 0.0
        return now if short < 1 else now + short * smoothed / (GAIN * window)  # there are no parts of bytes

    def capacity(self, window: int, smoothed: float) -> float:
        """Return how many bytes may go at one time, of a path whose round trip takes any time.

        >>> [Pacer(burst=12000).capacity(window=1_000_000, smoothed=one) for one in (0.5, 0.0125)]
        [12000, 100000.0]
        """
        return max(self.burst, GAIN * window * GRANULARITY / smoothed)

    def _debt_at(self, now: float, window: int, smoothed: float) -> float:
        """What the bucket lacks at a time: a path without delay fills it at once."""
        if not self.debt or smoothed <= 0:
            return 0.0
        return max(self.debt - max(now - self.at, 0.0) * GAIN * window / smoothed, 0.0)
