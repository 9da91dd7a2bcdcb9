"""Sets of numbers as few ranges: packet numbers that arrived, bytes that did, or that were lost."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator


class Ranges:
    """A set of whole numbers, kept as ascending ranges that neither touch nor overlap.

    With a `limit`, the set holds at most so many ranges: the lowest is forgotten, and `floor` is then the
    lowest number of which the set still knows (RFC 9000 13.2.3).

    Examples
    --------
    >>> seen = Ranges()
    >>> seen.add(4, 6); seen.add(1, 2); seen.add(3, 3)
    >>> list(seen), 5 in seen, seen.largest
    ([(1, 6)], True, 6)
    """

    __slots__ = ("_firsts", "_lasts", "floor", "limit")

    def __init__(self, limit: int | None = None) -> None:
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        self.limit = limit
        self.floor = 0

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """The ranges as (first, last), lowest first."""
        return zip(self._firsts, self._lasts, strict=True)

    def __len__(self) -> int:
        """How many ranges there are."""
        return len(self._firsts)

    def __contains__(self, number: int) -> bool:
        """Whether a number is in the set."""
        at = bisect_right(self._firsts, number) - 1
        return at >= 0 and number <= self._lasts[at]

    def __repr__(self) -> str:
        return f"Ranges({list(self)})"

    @property
    def largest(self) -> int | None:
        """The largest number, or None of an empty set."""
        return self._lasts[-1] if self._lasts else None

    @property
    def least(self) -> int | None:
        """The smallest number, or None of an empty set."""
        return self._firsts[0] if self._firsts else None

    def descending(self) -> tuple[tuple[int, int], ...]:
        """Return the ranges as an ACK frame lists them: (smallest, largest), the highest range first.

        >>> seen = Ranges()
        >>> seen.add(1, 2); seen.add(7, 9)
        >>> seen.descending()
        ((7, 9), (1, 2))
        """
        return tuple(zip(reversed(self._firsts), reversed(self._lasts), strict=True))

    def add(self, first: int, last: int) -> None:
        """Put the numbers from `first` to `last` into the set."""
        if (
            self._lasts and self._firsts[-1] <= first <= self._lasts[-1] + 1
        ):  # mostly, the highest range grows
            if last > self._lasts[-1]:
                self._lasts[-1] = last
            return
        low = bisect_left(self._lasts, first - 1)  # the first range that is not wholly below
        high = bisect_right(self._firsts, last + 1)  # behind the last range that is not wholly above
        if low < high:
            first, last = min(first, self._firsts[low]), max(last, self._lasts[high - 1])
        self._firsts[low:high] = [first]
        self._lasts[low:high] = [last]
        if self.limit is not None and len(self._firsts) > self.limit:
            self.floor = max(self.floor, self._lasts.pop(0) + 1)
            del self._firsts[0]

    def remove(self, first: int, last: int) -> None:
        """Take the numbers from `first` to `last` out of the set.

        >>> lost = Ranges()
        >>> lost.add(1, 9)
        >>> lost.remove(4, 5)
        >>> lost
        Ranges([(1, 3), (6, 9)])
        """
        low = bisect_left(self._lasts, first)
        high = bisect_right(self._firsts, last)
        if low >= high:
            return
        kept = [(self._firsts[low], first - 1), (last + 1, self._lasts[high - 1])]
        kept = [(one, other) for one, other in kept if one <= other]
        self._firsts[low:high] = [one for one, _ in kept]
        self._lasts[low:high] = [other for _, other in kept]

    def discard_below(self, number: int) -> None:
        """Take all numbers below `number` out of the set."""
        if self._firsts and self._firsts[0] < number:
            self.remove(self._firsts[0], number - 1)

    def overlaps(self, first: int, last: int) -> bool:
        """Whether any number from `first` to `last` is in the set.

        >>> held = Ranges()
        >>> held.add(3, 4)
        >>> held.overlaps(4, 9), held.overlaps(5, 9), held.overlaps(4, 3)
        (True, False, False)
        """
        at = bisect_left(self._lasts, first)
        return at < len(self._firsts) and self._firsts[at] <= last and first <= last

    def missing(self, first: int, last: int) -> list[tuple[int, int]]:
        """Return the ranges from `first` to `last` that are not in the set, lowest first.

        >>> held = Ranges()
        >>> held.add(3, 4)
        >>> held.missing(1, 9)
        [(1, 2), (5, 9)]
        """
        gaps = []
        for at in range(bisect_left(self._lasts, first), bisect_right(self._firsts, last)):
            if first < self._firsts[at]:
                gaps.append((first, self._firsts[at] - 1))
            first = self._lasts[at] + 1
        if first <= last:
            gaps.append((first, last))
        return gaps

    def take(self, count: int) -> tuple[int, int]:
        """Take at most `count` numbers in a row, the smallest of all, out of the set, which is not empty.

        >>> lost = Ranges()
        >>> lost.add(10, 19)
        >>> lost.take(4), lost.take(100), len(lost)
        ((10, 13), (14, 19), 0)
        """
        first, last = self._firsts[0], self._lasts[0]
        if last - first >= count:
            last = first + count - 1
            self._firsts[0] = last + 1
        else:
            del self._firsts[0], self._lasts[0]
        return first, last
