"""The table of seen states: no state is lost and none is taken for another."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest

from pathproof.model.explorer import jit, kernel, store
from pathproof.model.explorer.states import States, shaped
from pathproof.model.explorer.store import Store


@pytest.fixture(params=[1, 2, 4])
def small(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store, for states of one word, of two or of four, whose table starts with a few buckets."""
    monkeypatch.setattr(store, "FIRST", 4)
    return Store(block=8, max_memory=1 << 23, words=request.param)


def entered(into: Store, states: States, count: int) -> int:
    """Enter states one block at a time, growing the table where it is full."""
    for start in range(0, len(states), into.block):
        if count + into.block > into.room:
            assert into.grow()
        some = states[start : start + into.block].copy()
        count = kernel.enter(some, len(some), into.found, count, into.table, into.buckets)
    return count


def spread_out(numbers: States, like: Store) -> States:
    """States whose words, the last one first, are the numbers and their mirror images."""
    if like.found.ndim == 1:
        return numbers
    words = like.found.ndim
    return shaped(np.stack([numbers[::-1] // 7, *[numbers] * (words - 1)], axis=1).ravel(), words)


@pytest.mark.parametrize("spread", [1, 1 << 20, (1 << 62) // 30_000])
def test_states_are_found_again_after_the_table_has_grown(small: Store, spread: int) -> None:
    """30,000 states enter while the table grows many times over; entered again, none is new."""
    states = spread_out(np.arange(30_000, dtype=np.int64) * spread, small)
    assert entered(small, states, 0) == 30_000
    assert np.array_equal(small.found[:30_000], states)
    assert entered(small, states[::-1].copy(), 30_000) == 30_000
    assert np.count_nonzero(small.table.reshape(len(small.table), -1)[:, 0]) == 30_000


def test_largest_word_is_kept_apart_from_the_smallest(small: Store) -> None:
    """The words 0 and 2**63 - 1 are at the two ends."""
    ends = [0, (1 << 63) - 1]
    words = small.found.ndim
    states = list(product(ends, repeat=words))
    assert entered(small, shaped(np.array([*states, *states], np.int64).ravel(), words), 0) == len(states)


@pytest.mark.parametrize(("words", "other"), [(2, 0), (2, 1), (4, 0), (4, 1), (4, 2), (4, 3)])
def test_states_that_share_all_words_but_one_are_different(words: int, other: int) -> None:
    """Every word counts, in the table and in its hash."""
    into = Store(block=8, max_memory=1 << 22, words=words)
    states = np.full((2_000, words), 5, np.int64)
    states[:, other] = np.arange(2_000)
    assert entered(into, shaped(states.ravel(), words), 0) == 2_000


@pytest.mark.parametrize("words", [1, 2, 4])
def test_last_growth_of_the_table_is_no_smaller_than_half_a_step(
    words: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table that grew by next to nothing could not spread its states in place."""
    monkeypatch.setattr(store, "FIRST", 1_000)
    for given in range(1_500_000, 2_000_000, 20_000):
        into = Store(block=8, max_memory=given, words=words)
        sizes = [into.buckets]
        while into.grow():
            sizes.append(into.buckets)
        steps = [later / before for before, later in pairwise(sizes)]
        half = store.GROWTH[words] ** 0.5
        assert all(step > 0.99 * half for step in steps[1:]) and len(steps) > 1


def test_filter_lets_a_word_pass_once_and_never_holds_back_a_new_one() -> None:
    """A filter of four slots forgets, and a word it forgot passes again; a new word always passes."""
    lately = np.zeros(4, np.int64)
    words = np.concatenate([np.zeros(5, np.int64), np.arange(100, dtype=np.int64)])
    kept = kernel.sieve(words, len(words), lately)
    assert 100 <= kept <= 101
    assert set(words[:kept].tolist()) == set(range(100))


@pytest.mark.parametrize("words", [1, 2, 4])
def test_store_takes_no_more_than_it_is_given(words: int) -> None:
    """Table and list at their largest are within the memory that was asked for."""
    given = 50_000_000
    full = Store(block=100, max_memory=given, words=words)
    while full.grow():
        pass
    assert 0.9 * given < full.bytes_taken(full.room) <= given
    assert full.room + 8 <= len(full.found)


@pytest.mark.parametrize(("words", "bound"), [(1, 24), (2, 40), (4, 83.2)])
def test_state_takes_24_bytes_or_40_or_83_whenever_the_table_has_just_grown(words: int, bound: int) -> None:
    """That is when there is the least in it."""
    growing = Store(block=100, max_memory=200_000_000, words=words)
    held = growing.room
    while growing.grow():
        assert growing.bytes_taken(held) / held < bound + 0.01
        held = growing.room


def test_available_memory_is_a_sensible_number() -> None:
    """More than 16 MB, less than a petabyte."""
    assert 1 << 24 < store.available_memory() < 1 << 50


def test_kernel_compiles_where_no_cache_can_be_written() -> None:
    """Without a directory for numba's cache the start is slower, and that is all."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": "/proc/no-such-directory"}
    text = "from pathproof.model.explorer import table; print(table.mixed((1,)) != 0)"
    done = subprocess.run([sys.executable, "-c", text], env=environment, capture_output=True, text=True)
    assert (done.stdout, done.stderr, done.returncode) == ("True\n", "", 0)


def test_cache_notices_an_edit_of_a_file_that_compiled_code_calls_into(tmp_path: Path) -> None:
    """A function is compiled anew where its own file is the same and `intrinsics.py` is not."""
    shutil.copytree(Path(jit.__file__).parents[1], tmp_path / "pathproof" / "model")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    lines = (
        "import numpy",
        "from pathproof.model.explorer.table import home",
        "print(home(numpy.zeros(8, int), 99, (1,)))",
    )
    command = [sys.executable, "-c", "; ".join(lines)]
    before = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    edited = tmp_path / "pathproof" / "model" / "explorer" / "intrinsics.py"
    edited.write_text(edited.read_text().replace("ir.Constant(wide, 64)", "ir.Constant(wide, 65)"))
    after = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert int(after.stdout) == int(before.stdout) // 16 * 8 > 0
