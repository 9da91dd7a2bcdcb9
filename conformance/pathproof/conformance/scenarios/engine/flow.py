"""One download as it was measured: bytes over time, stalls, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from pathproof.conformance.scenarios.engine.child import Line

STALL = 0.25
"""Seconds without a byte that count as a stall; shorter ones are round trips and batches."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Times are in seconds from the beginning of the run.

    Attributes
    ----------
    points
        When so many bytes had come, in their order; the first is when the download was asked for.
    outcome
        `finished`, `stalled` (nothing came any more while it was watched), or how the connection ended:
        `reset`, `closed`, `idle`, `no path`, and so on.
    asked
        Bytes that were asked for.
    until
        When it was finished, ended, or last watched.
    pauses
        From when to when nobody had asked for anything.

    Examples
    --------
    >>> flow = Flow(((0.0, 0), (0.1, 50), (1.1, 100)), "finished", 100, 1.1)
    >>> flow.received, flow.stalls, flow.stalled
    (100, [(0.1, 1.1)], 1.0)
    >>> flow.in_bins(4, 2.0)
    [50, 0, 50, 0]
    """

    points: tuple[tuple[float, int], ...]
    outcome: str
    asked: int
    until: float
    pauses: tuple[tuple[float, float], ...] = ()

    @property
    def received(self) -> int:
        """Bytes that came."""
        return max((size for _, size in self.points), default=0)

    @property
    def stalls(self) -> list[tuple[float, float]]:
        """From when to when nothing came though something was due."""
        times = [0.0, *(at for (_, before), (at, size) in pairwise(self.points) if size > before), self.until]
        gaps = [(start, end) for start, end in pairwise(times) if end - start >= STALL]
        return [gap for gap in gaps if not any(_overlap(gap, pause) for pause in self.pauses)]

    @property
    def stalled(self) -> float:
        """Seconds of stalls."""
        return round(sum(end - start for start, end in self.stalls), 6)

    def in_bins(self, bins: int, seconds: float) -> list[int]:
        """Bytes that came in each of so many equal parts of the time.

        A client tells of them now and then: what came between two of its lines is spread over that time, and
        what came after a stall counts where the stall ended.
        """
        found, wide = [0.0] * bins, seconds / bins
        for (since, before), (at, size) in pairwise(self.points):
            since = at if at - since >= STALL else since
            first, last = (max(0, min(bins - 1, int(time / wide))) for time in (since, at))
            for one in range(first, last + 1):
                lasts = min(at, (one + 1) * wide) - max(since, one * wide)
                found[one] += (size - before) * (lasts / (at - since) if last > first else 1)
        return [round(size) for size in found]

    def usual(self, bins: int, seconds: float) -> int:
        """Bytes in a part of the time in which some came, in the middle of all such parts."""
        some = sorted(size for size in self.in_bins(bins, seconds) if size)
        return some[len(some) // 2] if some else 0

    def as_dict(self) -> Line:
        """For JSON: the figures, without every point."""
        return {
            "bytes": self.received,
            "asked": self.asked,
            "seconds": round(self.until, 3),
            "stalled_seconds": round(self.stalled, 3),
            "stalls": [[round(start, 3), round(end, 3)] for start, end in self.stalls],
            "outcome": self.outcome,
        }


def _overlap(gap: tuple[float, float], pause: tuple[float, float]) -> bool:
    """Whether most of a gap is a pause."""
    return min(gap[1], pause[1]) - max(gap[0], pause[0]) > (gap[1] - gap[0]) / 2


def measured(
    lines: list[Line], began: float, ended: float, asked: int, pauses: tuple[tuple[float, float], ...] = ()
) -> Flow:
    """The download that a client's lines tell of, watched from `began` to `ended` of the machine's clock.

    >>> measured([{"event": "progress", "at": 7.5, "bytes": 10}], 7.0, 9.0, 20).outcome
    'stalled'
    """
    points = [(0.0, 0)]
    outcome, until = "stalled", ended - began
    for line in lines:
        if line["event"] in ("progress", "fetched") and line["bytes"] >= points[-1][1]:
            points.append((line["at"] - began, line["bytes"]))
        if line["event"] == "fetched" and line["bytes"] >= asked:
            outcome, until = "finished", line["at"] - began
            break
        if line["event"] == "ended" and line["at"] <= ended:
            outcome, until = line["outcome"], line["at"] - began
            break
    return Flow(tuple(points), outcome, asked, until, pauses)
