"""Every word means the same on plain sets and on intervals."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathproof.model import vocabulary as words
from pathproof.model.intervals import IntervalNumbers
from pathproof.model.plain import PlainNumbers, PlainTable

SMALL = st.integers(0, 12)
SETS = st.frozensets(SMALL)
HUGE = 2**62 - 1


def both(members: frozenset[int]) -> tuple[PlainNumbers, IntervalNumbers]:
    """One set in both carriers."""
    return PlainNumbers(members), IntervalNumbers((n, n + 1) for n in members)


def same(plain: Any, spans: Any) -> bool:
    """Both carriers hold the same."""
    if isinstance(plain, PlainNumbers):
        return plain.members == {n for low, high in spans.spans for n in range(low, high)}
    return bool(plain == spans)


@pytest.mark.parametrize("word", [words.has, words.add, words.discard, words.below, words.discard_below])
@given(members=SETS, number=SMALL)
def test_words_of_a_set_and_a_number(word: Any, members: frozenset[int], number: int) -> None:
    """`has`, `add`, `discard`, `below` and `discard_below` do not depend on the carrier."""
    plain, spans = both(members)
    assert same(word(plain, number), word(spans, number))


@pytest.mark.parametrize("word", [words.union, words.minus])
@given(left=SETS, right=SETS)
def test_words_of_two_sets(word: Any, left: frozenset[int], right: frozenset[int]) -> None:
    """`union` and `minus` do not depend on the carrier."""
    (plain, spans), (plain_too, spans_too) = both(left), both(right)
    assert same(word(plain, plain_too), word(spans, spans_too))


@pytest.mark.parametrize("word", [words.count, words.is_empty, words.lowest])
@given(members=SETS)
def test_words_of_one_set(word: Any, members: frozenset[int]) -> None:
    """`count`, `is_empty` and `lowest` do not depend on the carrier."""
    plain, spans = both(members)
    assert same(word(plain), word(spans))


@given(members=SETS, low=SMALL, high=SMALL)
def test_missing(members: frozenset[int], low: int, high: int) -> None:
    """`missing` does not depend on the carrier, and is empty where the span is."""
    plain, spans = both(members)
    assert same(words.missing(plain, low, high), words.missing(spans, low, high))
    assert words.is_empty(words.missing(plain, low, high)) or low < high


def test_the_largest_sequence_number_costs_nothing() -> None:
    """Asking to retire everything below 2**62-1 makes one span, not 2**62 members."""
    everything = words.missing(IntervalNumbers(), 0, HUGE)
    assert words.count(words.discard(everything, 5)) == HUGE - 1
    assert repr(words.discard(everything, 5)) == f"{{0..4, 6..{HUGE - 1}}}"


@given(entries=st.dictionaries(SMALL, SMALL), key=SMALL, value=SMALL)
def test_tables_are_zero_where_nothing_was_put(entries: dict[int, int], key: int, value: int) -> None:
    """`put` changes one entry, and a zero leaves no trace."""
    table = words.put(PlainTable(entries), key, value)
    assert words.get(table, key) == value
    assert all(words.get(table, other) == entries.get(other, 0) for other in range(13) if other != key)
    assert words.put(table, key, 0) == PlainTable({k: v for k, v in entries.items() if k != key})
