"""Sets of numbers as sorted intervals: what follows a real trace.

Sequence numbers reach 2**62-1, and one frame may ask to retire every number below that. A set costs its
number of gaps and not its number of members, so such a frame costs nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from pathproof.model.vocabulary import Numbers

Span = tuple[int, int]


def _normal(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted, disjoint, non-adjacent and non-empty half-open spans with the same members."""
    merged: list[Span] = []
    for low, high in sorted(span for span in spans if span[0] < span[1]):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return tuple(merged)


class IntervalNumbers(Numbers):
    """A set of numbers kept as half-open spans.

    >>> IntervalNumbers([(0, 3), (7, 8)])
    {0..2, 7}
    """

    __slots__ = ("spans",)

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self.spans = _normal(spans)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, IntervalNumbers) and self.spans == other.spans

    def __hash__(self) -> int:
        return hash(self.spans)

    def __repr__(self) -> str:
        shown = (str(low) if high == low + 1 else f"{low}..{high - 1}" for low, high in self.spans)
        return "{" + ", ".join(shown) + "}"

    def _has(self, number: int) -> bool:
        place = bisect_right(self.spans, number, key=lambda span: span[0]) - 1
        return place >= 0 and number < self.spans[place][1]

    def _add(self, number: int) -> IntervalNumbers:
        return IntervalNumbers((*self.spans, (number, number + 1)))

    def _discard(self, number: int) -> IntervalNumbers:
        return self._minus(IntervalNumbers([(number, number + 1)]))

    def _below(self, number: int) -> IntervalNumbers:
        return IntervalNumbers((low, min(high, number)) for low, high in self.spans)

    def _missing(self, low: int, high: int) -> IntervalNumbers:
        return IntervalNumbers([(low, high)])._minus(self)

    def _union(self, other: Numbers) -> IntervalNumbers:
        assert isinstance(other, IntervalNumbers)
        return IntervalNumbers((*self.spans, *other.spans))

    def _minus(self, other: Numbers) -> IntervalNumbers:
        assert isinstance(other, IntervalNumbers)
        kept: list[Span] = []
        for low, high in self.spans:
            for cut_low, cut_high in other.spans:
                if cut_high <= low or high <= cut_low:
                    continue
                kept.append((low, cut_low))
                low = cut_high
            kept.append((low, high))
        return IntervalNumbers(kept)

    def _count(self) -> int:
        return sum(high - low for low, high in self.spans)

    def _is_empty(self) -> bool:
        return not self.spans

    def _lowest(self) -> int:
        return self.spans[0][0] if self.spans else 0
