"""A bound on how often something is done that others ask for: so many at once, and so many a second."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Rate:
    """A bucket of `burst`, which fills by `rate` a second.

    Examples
    --------
    >>> rate = Rate(burst=2, rate=10.0)
    >>> [rate.take(at) for at in (1.0, 1.0, 1.0, 1.1)]
    [True, True, False, True]
    """

    burst: int
    rate: float
    spent: float = 0.0
    since: float = 0.0

    def take(self, now: float) -> bool:
        """Whether it may be done once more, which then counts."""
        spent = max(self.spent - max(now - self.since, 0.0) * self.rate, 0.0)
        if spent + 1 > self.burst + 1e-9:  # what has refilled in full is not refused for a rounding
            return False
        self.spent, self.since = spent + 1, now
        return True
