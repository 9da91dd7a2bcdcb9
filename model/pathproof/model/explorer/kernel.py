"""The compiled search kernel: the loop that expands states, and keeps those that are new.

A small filter in front of the table of seen states holds those seen lately: most duplicates never reach the
table. States that pass are prefetched together and looked up a little later, so that their cache misses
overlap.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import boolean, int64, uint8, void

from pathproof.model.explorer.intrinsics import call_expand, load, store
from pathproof.model.explorer.jit import compiled
from pathproof.model.explorer.table import expect, mixed, moved, put

BLOCK = 512
"""States expanded at a time, where there is room for all their successors."""
LEAST = 32
"""States that there has to be room for, before the table grows."""
AHEAD = 24
"""How many lookups ahead a bucket is prefetched."""
NEXT, FOUND, STUCK, STUCK_AT = range(4)
"""Places in the cursor: the next state to expand, how many are found, and those without successors."""
DONE, FULL, TROUBLE = range(3)
NO_TROUBLE = 1 << 62
NOTES = int64[::1]
BYTES = uint8[::1]


@compiled(lambda states, state: int64(states, int64, states))
def sieve(states: Any, many: int, lately: Any) -> int:
    """Close up the states that were not seen lately; how many they are."""
    kept = 0
    mask = np.uint64(len(lately) - 1)
    for place in range(many):
        state = load(states, place)
        slot = mixed(state) & mask
        store(states, kept, state)
        kept += load(lately, slot) != moved(state, 1)
        store(lately, slot, moved(state, 1))
    return kept


@compiled(lambda states, state: int64(states, int64, states, int64, states, int64))
def enter(states: Any, many: int, found: Any, count: int, table: Any, buckets: int) -> int:
    """Append to `found` the states that are new to the table; how many it has then."""
    for place in range(min(AHEAD, many)):
        expect(table, buckets, load(states, place))
    for place in range(many):
        if place + AHEAD < many:
            expect(table, buckets, load(states, place + AHEAD))
        state = load(states, place)
        if put(table, buckets, state):
            store(found, count, state)
            count += 1
    return count


@compiled(lambda states, state: void(BYTES, int64, int64, int64, NOTES))
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


@compiled(
    lambda states, state: int64(
        int64, states, states, states, states, BYTES, NOTES, NOTES, int64, int64, int64, int64
    )
)
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
    most = max(len(out) // BLOCK, 1)  # successors of a state
    while cursor[NEXT] < stop:
        fit = (room - cursor[FOUND]) // most
        if fit < LEAST:
            return FULL
        first = cursor[NEXT]
        many = min(BLOCK, fit, stop - first)
        made = call_expand(address, found, first, many, out, alive, info)
        if info[0] != NO_TROUBLE:
            return TROUBLE
        kept = sieve(out, made, lately)
        cursor[FOUND] = enter(out, kept, found, cursor[FOUND], table, buckets)
        note_stuck(alive, first, many, lanes, cursor)
        cursor[NEXT] = first + many
    return DONE


@compiled(lambda states, state: boolean(states, int64, state))
def among(states: Any, many: int, state: Any) -> bool:
    """Whether a state is among the first so many of an array."""
    place = 0
    while place < many and load(states, place) != state:
        place += 1
    return place < many


@compiled(lambda states, state: int64(int64, states, int64, int64, state, states, BYTES, NOTES))
def parent(
    address: int, found: Any, first: int, stop: int, state: Any, out: Any, alive: Any, info: Any
) -> int:
    """The first of the states from `first` to `stop` that has `state` as a successor; -1 for none."""
    for block in range(first, stop, BLOCK):
        made = call_expand(address, found, block, min(BLOCK, stop - block), out, alive, info)
        if among(out, made, state):
            for place in range(block, min(block + BLOCK, stop)):
                made = call_expand(address, found, place, 1, out, alive, info)
                if among(out, made, state):
                    return place
    return -1
