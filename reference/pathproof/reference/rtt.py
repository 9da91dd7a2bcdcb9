"""The round-trip time of one path (RFC 9002 5), and the timeouts that follow from it (6.1.2, 6.2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

GRANULARITY: Final = 0.001
"""kGranularity: no timer of loss recovery is shorter, in seconds (RFC 9002 6.1.2)."""

INITIAL_RTT: Final = 0.333
"""kInitialRtt: what a path is taken for before its first sample, in seconds (RFC9002-6.2.2-02)."""

TIME_THRESHOLD: Final = 9 / 8
"""kTimeThreshold: round trips after which a packet counts as lost if a later one arrived (RFC 9002 6.1.2)."""


@dataclass(slots=True)
class RoundTrip:
    """The estimate of one path's round-trip time, in seconds. A new path begins with a new one (9.4-02).

    `initial` may be the time from a PATH_CHALLENGE to its PATH_RESPONSE (RFC9002-6.2.2-03). `first_sample` is
    when the first sample was taken, and None before.

    Examples
    --------
    >>> path = RoundTrip()
    >>> round(path.pto(0), 3)  # the first PTO of a handshake
    0.999
    >>> path.sample(0.1, delay=0.02, now=1.0)
    >>> path.smoothed, path.variation, path.least
    (0.1, 0.05, 0.1)
    """

    initial: float = INITIAL_RTT
    latest: float = 0.0
    smoothed: float = 0.0
    variation: float = 0.0
    least: float = 0.0
    first_sample: float | None = None

    def __post_init__(self) -> None:
        self.smoothed, self.variation = self.initial, self.initial / 2  # RFC9002-A.4-01, RFC 9002 5.3

    def sample(self, latest: float, delay: float, now: float) -> None:
        """Note that a packet was acknowledged `latest` seconds after it was sent, `delay` of it at the peer.

        The caller limits `delay` to the peer's max_ack_delay once the handshake is confirmed. The deviation
        is that from the estimate before this sample, as in RFC 9002 A.7; 5.3 has it after.
        """
        self.latest = latest
        if self.first_sample is None:
            self.first_sample = now
            self.least = self.smoothed = latest
            self.variation = latest / 2
            return
        self.least = min(self.least, latest)  # RFC 9002 5.2
        adjusted = latest - delay if latest >= self.least + delay else latest  # never below the least (5.3)
        self.variation += (abs(self.smoothed - adjusted) - self.variation) / 4
        self.smoothed += (adjusted - self.smoothed) / 8

    def restart_least(self) -> None:
        """After persistent congestion, the least is the newest sample (RFC 9002 5.2)."""
        self.least = self.latest

    def pto(self, max_ack_delay: float) -> float:
        """Return the probe timeout without backoff (RFC9002-6.2.1-01, RFC9002-6.2.1-03).

        `max_ack_delay` is 0 for Initial and Handshake packets (RFC9002-6.2.1-02).
        """
        return self.smoothed + max(4 * self.variation, GRANULARITY) + max_ack_delay

    def loss_delay(self) -> float:
        """Return how long a packet is waited for once a later one has arrived (RFC 9002 6.1.2).

        >>> RoundTrip(initial=0.08).loss_delay()
        0.09
        """
        return max(TIME_THRESHOLD * max(self.smoothed, self.latest), GRANULARITY)
