"""A pacer: sending is spread over the round trip instead of going out in bursts (RFC 9002 7.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

GAIN: Final = 1.25
"""How much faster than a window per round trip packets may go, so that the window is used (RFC 9002 7.7)."""


@dataclass(slots=True)
class Pacer:
    """A bucket of `burst` bytes, which fills at the rate of the congestion window per round trip.

    Packets with nothing but ACK frames are not paced. The pacer is told of every other one.

    Examples
    --------
    >>> pacer = Pacer(burst=12000)
    >>> pacer.sent(12000, now=1.0, window=24000, smoothed=0.1)  # 300000 bytes a second
    >>> round(pacer.when(1200, now=1.0, window=24000, smoothed=0.1), 3)
    1.004
    """

    burst: int
    tokens: float = -1.0
    at: float = 0.0

    def __post_init__(self) -> None:
        if self.tokens < 0:
            self.tokens = float(self.burst)

    def sent(self, size: int, now: float, window: int, smoothed: float) -> None:
        """A packet has gone out; a probe may leave the bucket in debt."""
        self.tokens = self._tokens_at(now, window, smoothed) - size
        self.at = max(now, self.at)

    def when(self, size: int, now: float, window: int, smoothed: float) -> float:
        """Return when a packet of this size may go: `now` if it may at once."""
        short = min(size, self.burst) - self._tokens_at(now, window, smoothed)
        return now if short <= 0 else now + short * smoothed / (GAIN * window)

    def _tokens_at(self, now: float, window: int, smoothed: float) -> float:
        """What the bucket holds at a time: a path without delay fills it at once."""
        if smoothed <= 0:
            return float(self.burst)
        return min(self.burst, self.tokens + max(now - self.at, 0.0) * GAIN * window / smoothed)
