"""The ratios that the benchmark prints are of searches that find the same."""

from __future__ import annotations

from tests.bench import ratios


def test_threads_find_the_same_states() -> None:
    """One and two threads, at small bounds."""
    found = ratios.threads(bounds={"N": 2, "P": 1})
    assert found.states == 1 and found.seconds > 0
    assert found.without.transitions == found.having.transitions


def test_reductions_keep_fewer_states() -> None:
    """Three addresses and two paths have twelve orders."""
    found = ratios.reductions({"addresses": 3, "paths": 2, "top": 1})
    assert 3 < found.states <= 12
