"""Ranges are held against the set of numbers that they stand for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pathproof.reference.ranges import Ranges

NUMBERS = st.integers(0, 60)
STEPS = st.lists(st.tuples(st.sampled_from(["add", "remove", "discard"]), NUMBERS, st.integers(0, 9)))


def made(steps: list[tuple[str, int, int]]) -> tuple[Ranges, set[int]]:
    """The ranges and the set that these steps lead to."""
    ranges, numbers = Ranges(), set[int]()
    for step, first, more in steps:
        if step == "add":
            ranges.add(first, first + more)
            numbers |= set(range(first, first + more + 1))
        elif step == "remove":
            ranges.remove(first, first + more)
            numbers -= set(range(first, first + more + 1))
        else:
            ranges.discard_below(first)
            numbers -= set(range(first))
    return ranges, numbers


@given(STEPS)
def test_ranges_are_the_set_in_as_few_ranges_as_can_be(steps: list[tuple[str, int, int]]) -> None:
    """Adding and removing in any order leaves the same numbers, and no two ranges that touch."""
    ranges, numbers = made(steps)
    assert {number for first, last in ranges for number in range(first, last + 1)} == numbers
    assert [number in ranges for number in range(80)] == [number in numbers for number in range(80)]
    bounds = [bound for pair in ranges for bound in pair]
    assert all(one[1] + 1 < other[0] for one, other in zip(list(ranges), list(ranges)[1:], strict=False))
    assert bounds == sorted(bounds)
    assert (ranges.least, ranges.largest) == (min(numbers, default=None), max(numbers, default=None))
    assert ranges.descending() == tuple(reversed(list(ranges)))
    assert len(ranges) == len(list(ranges))


@given(STEPS, NUMBERS, st.integers(-1, 30))
def test_gaps_and_overlaps(steps: list[tuple[str, int, int]], first: int, more: int) -> None:
    """What is missing from a stretch, and whether anything of it is there."""
    ranges, numbers = made(steps)
    stretch = set(range(first, first + more + 1))
    gaps = ranges.missing(first, first + more)
    assert {number for one, other in gaps for number in range(one, other + 1)} == stretch - numbers
    assert ranges.overlaps(first, first + more) == bool(stretch & numbers)


@given(STEPS, st.integers(1, 20))
def test_take_is_of_the_smallest_in_a_row(steps: list[tuple[str, int, int]], count: int) -> None:
    """Taking again and again gives all numbers once, in order, and never more than asked for."""
    ranges, numbers = made(steps)
    taken: list[int] = []
    while ranges:
        first, last = ranges.take(count)
        assert last - first < count
        taken += range(first, last + 1)
    assert taken == sorted(numbers)


@given(st.lists(NUMBERS), st.integers(1, 4))
def test_a_bounded_set_forgets_the_lowest(numbers: list[int], limit: int) -> None:
    """There are never more ranges than the limit, and from the floor on nothing is forgotten."""
    ranges = Ranges(limit)
    for number in numbers:
        ranges.add(number, number)
        assert len(ranges) <= limit
    known = {number for number in numbers if number >= ranges.floor}
    assert known <= {number for number in range(61) if number in ranges} <= set(numbers)
