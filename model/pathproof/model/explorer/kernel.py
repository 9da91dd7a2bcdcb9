"""The compiled search kernel: a table of the words that were seen, and the loop that fills it.

The table is a run of buckets of eight words, one cache line each. A word's hash, scaled to the number of
buckets, is its home; a full bucket sends it on to the next. Because scaling keeps the order of hashes, a
table can grow in place from its top down, with no second copy. Slots hold the word plus one; 0 is empty.

A small filter in front holds words seen lately: most duplicates never reach the table. Words that pass are
prefetched together and looked up a little later, so that their cache misses overlap.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numba import boolean, int64, uint8, uint64, void

from pathproof.model.explorer.intrinsics import BUCKET, call_expand, matches, prefetch, scaled

BLOCK = 512
"""States expanded at a time."""
AHEAD = 24
"""How many lookups ahead a bucket is prefetched."""
NEXT, FOUND, STUCK, STUCK_AT = range(4)
"""Places in the cursor: the next state to expand, how many are found, and those without successors."""
DONE, FULL, TROUBLE = range(3)
NO_TROUBLE = 1 << 62
WORDS = int64[::1]
BYTES = uint8[::1]


def compiled(*signature: Any) -> Callable[[Any], Any]:
    """Compile now, from numba's cache where it is warm; without a cache where none can be written."""

    njit: Any = numba.njit

    def compile_now(function: Any) -> Any:
        try:
            return njit(*signature, cache=True)(function)
        except RuntimeError:  # numba found no directory that it may write to
            return njit(*signature)(function)

    return compile_now


@compiled(uint64(int64))
def mixed(word: Any) -> Any:
    """A hash whose every bit depends on every bit of the word; no two words share one."""
    x = np.uint64(word) * np.uint64(0x9E3779B97F4A7C15)
    x ^= x >> np.uint64(32)
    return x * np.uint64(0xD6E8FEB86659FD93)


@compiled(boolean(WORDS, int64, int64))
def put(table: Any, buckets: int, word: int) -> bool:
    """Put a word into the table; whether it is new there."""
    slot = BUCKET * scaled(mixed(word), buckets)
    while not matches(table, slot, word + 1):
        free = matches(table, slot, 0)
        if free:
            table[slot + BUCKET - free] = word + 1
            return True
        slot += BUCKET
        if slot >= len(table):
            raise RuntimeError("the hash has put too many words in one place")
    return False


@compiled(void(WORDS, int64, int64, WORDS))
def grow(table: Any, old: int, new: int, waiting: Any) -> None:
    """Spread the words of `old` buckets over `new` ones, in place.

    Going down from the top, a word's new home lies above whatever is still to be moved, but for a few words
    near the bottom, which wait in `waiting` until the end.
    """
    top = BUCKET * old
    while table[top] != 0:  # words that full buckets have sent on
        top += BUCKET
    held = 0
    for slot in range(top - 1, -1, -1):
        word = table[slot] - 1
        if word < 0:
            continue
        table[slot] = 0
        if BUCKET * scaled(mixed(word), new) >= slot:
            put(table, new, word)
        elif held == len(waiting):
            raise RuntimeError("the hash has put too many words in one place")
        else:
            waiting[held] = word
            held += 1
    for place in range(held):
        put(table, new, waiting[place])


@compiled(int64(WORDS, int64, WORDS))
def sieve(words: Any, many: int, lately: Any) -> int:
    """Close up the words that were not seen lately; how many they are."""
    kept = 0
    mask = np.uint64(len(lately) - 1)
    for place in range(many):
        word = words[place]
        slot = mixed(word) & mask
        words[kept] = word
        kept += lately[slot] != word + 1
        lately[slot] = word + 1
    return kept


@compiled(int64(WORDS, int64, WORDS, int64, WORDS, int64))
def enter(words: Any, many: int, found: Any, count: int, table: Any, buckets: int) -> int:
    """Append to `found` the words that are new to the table; how many it has then."""
    for place in range(min(AHEAD, many)):
        prefetch(table, BUCKET * scaled(mixed(words[place]), buckets))
    for place in range(many):
        if place + AHEAD < many:
            prefetch(table, BUCKET * scaled(mixed(words[place + AHEAD]), buckets))
        if put(table, buckets, words[place]):
            found[count] = words[place]
            count += 1
    return count


@compiled(void(BYTES, int64, int64, int64, WORDS))
def note_stuck(alive: Any, first: int, many: int, lanes: int, cursor: Any) -> None:
    """Count the states of a block that have no successor, and keep the first one's place."""
    full = (1 << lanes) - 1
    for group in range((many + lanes - 1) // lanes):
        if alive[group] != full:
            for lane in range(min(lanes, many - group * lanes)):
                if not alive[group] >> lane & 1:
                    if cursor[STUCK] == 0:
                        cursor[STUCK_AT] = first + group * lanes + lane
                    cursor[STUCK] += 1
        alive[group] = 0


@compiled(int64(int64, WORDS, WORDS, WORDS, WORDS, BYTES, WORDS, WORDS, int64, int64, int64, int64))
def advance(
    address: int,
    found: Any,
    table: Any,
    lately: Any,
    out: Any,
    alive: Any,
    info: Any,
    cursor: Any,
    stop: int,
    buckets: int,
    room: int,
    lanes: int,
) -> int:
    """Expand the states from the cursor to `stop`; answers `DONE`, `FULL` or `TROUBLE`."""
    while cursor[NEXT] < stop:
        if cursor[FOUND] + len(out) > room:
            return FULL
        first = cursor[NEXT]
        many = min(BLOCK, stop - first)
        made = call_expand(address, found, first, many, out, alive, info)
        if info[0] != NO_TROUBLE:
            return TROUBLE
        kept = sieve(out, made, lately)
        cursor[FOUND] = enter(out, kept, found, cursor[FOUND], table, buckets)
        note_stuck(alive, first, many, lanes, cursor)
        cursor[NEXT] = first + many
    return DONE


@compiled(int64(int64, WORDS, int64, int64, int64, WORDS, BYTES, WORDS))
def parent(
    address: int, found: Any, first: int, stop: int, word: int, out: Any, alive: Any, info: Any
) -> int:
    """The first of the states from `first` to `stop` that has `word` as a successor; -1 for none."""
    for block in range(first, stop, BLOCK):
        made = call_expand(address, found, block, min(BLOCK, stop - block), out, alive, info)
        if (out[:made] == word).any():
            for place in range(block, min(block + BLOCK, stop)):
                made = call_expand(address, found, place, 1, out, alive, info)
                if (out[:made] == word).any():
                    return place
    return -1
