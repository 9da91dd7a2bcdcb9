"""The table of seen words: no word is lost and none is taken for another."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from pathproof.model.explorer import kernel, store
from pathproof.model.explorer.store import Store


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store whose table starts with a few buckets."""
    monkeypatch.setattr(store, "FIRST", 4)
    monkeypatch.setattr(store, "LARGE", 16)
    return Store(block=8, max_memory=1 << 22)


def entered(into: Store, words: np.ndarray[tuple[int], np.dtype[np.int64]], count: int) -> int:
    """Enter words one block at a time, growing the table where it is full."""
    for start in range(0, len(words), into.block):
        if count + into.block > into.room:
            assert into.grow()
        some = words[start : start + into.block].copy()
        count = kernel.enter(some, len(some), into.found, count, into.table, into.buckets)
    return count


@pytest.mark.parametrize("spread", [1, 1 << 20, (1 << 62) // 30_000])
def test_words_are_found_again_after_the_table_has_grown(small: Store, spread: int) -> None:
    """30,000 words enter while the table grows many times over; entered again, none is new."""
    words = np.arange(30_000, dtype=np.int64) * spread
    assert entered(small, words, 0) == 30_000
    assert np.array_equal(small.found[:30_000], words)
    assert entered(small, words[::-1].copy(), 30_000) == 30_000
    assert np.count_nonzero(small.table) == 30_000


def test_largest_word_is_kept_apart_from_the_smallest(small: Store) -> None:
    """The words 0 and 2**63 - 2 are at the two ends."""
    words = np.array([0, (1 << 63) - 2, 0, (1 << 63) - 2], np.int64)
    assert entered(small, words, 0) == 2


def test_filter_lets_a_word_pass_once_and_never_holds_back_a_new_one() -> None:
    """A filter of four slots forgets, and a word it forgot passes again; a new word always passes."""
    lately = np.zeros(4, np.int64)
    words = np.concatenate([np.zeros(5, np.int64), np.arange(100, dtype=np.int64)])
    kept = kernel.sieve(words, len(words), lately)
    assert 100 <= kept <= 101
    assert set(words[:kept].tolist()) == set(range(100))


def test_store_takes_no_more_than_it_is_given() -> None:
    """Table and list at their largest are within the memory that was asked for."""
    given = 50_000_000
    full = Store(block=100, max_memory=given)
    while full.grow():
        pass
    assert 0.9 * given < full.bytes_taken(full.room) <= given
    assert full.room + 8 <= len(full.found)


def test_available_memory_is_a_sensible_number() -> None:
    """More than 16 MB, less than a petabyte."""
    assert 1 << 24 < store.available_memory() < 1 << 50


def test_kernel_compiles_where_no_cache_can_be_written() -> None:
    """Without a directory for numba's cache the start is slower, and that is all."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": "/proc/no-such-directory"}
    text = "from pathproof.model.explorer import kernel; print(kernel.mixed(1) != 0)"
    done = subprocess.run([sys.executable, "-c", text], env=environment, capture_output=True, text=True)
    assert (done.stdout, done.stderr, done.returncode) == ("True\n", "", 0)
