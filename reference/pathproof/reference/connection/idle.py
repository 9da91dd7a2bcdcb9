"""When silence ends a connection (RFC 9000 10.1)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Idle:
    """The idle timer; `timeout` is the smaller of what both ends declare, in seconds, and 0 for none (10.1).

    Examples
    --------
    >>> idle = Idle(timeout=30.0, since=0.0)
    >>> idle.sent(1.0, eliciting=True); idle.sent(2.0, eliciting=True)
    >>> idle.deadline(pto=0.5), idle.deadline(pto=20.0)
    (31.0, 61.0)
    """

    timeout: float
    since: float
    _has_sent: bool = False  # an ack-eliciting packet, since the last one that came

    def agree(self, timeout: float) -> None:
        """The peer declares its own timeout; 0 is none."""
        given = [one for one in (self.timeout, timeout) if one > 0]
        self.timeout = min(given, default=0.0)

    def received(self, now: float) -> None:
        """A packet of the peer was processed."""
        self.since, self._has_sent = now, False

    def sent(self, now: float, eliciting: bool) -> None:
        """A packet has gone; the first that asks for an answer restarts the timer, too."""
        if eliciting and not self._has_sent:
            self.since, self._has_sent = now, True

    def deadline(self, pto: float) -> float | None:
        """When the connection is silently discarded: three PTOs are left in any case (10.1)."""
        return self.since + max(self.timeout, 3 * pto) if self.timeout else None
