"""The table of the states that were seen, as compiled functions over an array.

It is a run of buckets, one cache line each: eight states of one word, four of two, or two of four. A state's
hash, scaled to the number of buckets, is its home; a full bucket sends it on to the next. Because scaling
keeps the order of hashes, a table can grow in place from its top down, with no second copy. Slots hold the
state with one added to its first word; where that is 0 the slot is empty.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import boolean, int64, uint64, void

from pathproof.model.explorer.intrinsics import empty, load, matches, prefetch, scaled, store
from pathproof.model.explorer.jit import compiled
from pathproof.model.explorer.states import LINE


@compiled(lambda states, state: uint64(state))
def mixed(state: Any) -> Any:
    """A hash whose every bit depends on every bit of the state; no two states of one word share one."""
    x = np.uint64(0)
    for word in state:
        x = (x ^ np.uint64(word)) * np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ x >> np.uint64(32)) * np.uint64(0xD6E8FEB86659FD93)
    return x


@compiled(lambda states, state: int64(states))
def slots(table: Any) -> Any:
    """How many states a bucket holds."""
    return LINE // table.ndim


@compiled(lambda states, state: int64(states, int64, state))
def home(table: Any, buckets: int, state: Any) -> Any:
    """The first slot of the bucket in which a state is looked for first."""
    return slots(table) * scaled(mixed(state), buckets)


@compiled(lambda states, state: state(state, int64))
def moved(state: Any, by: int) -> Any:
    """The state with something added to its first word: 1 to put it into the table, -1 to take it out."""
    return (state[0] + by,) + state[1:]  # noqa: RUF005 (numba has no starred tuples)


@compiled(lambda states, state: boolean(states, int64, state))
def put(table: Any, buckets: int, state: Any) -> bool:
    """Put a state into the table; whether it is new there."""
    slot = home(table, buckets, state)
    while not matches(table, slot, moved(state, 1)):
        free = empty(table, slot)
        if free:
            store(table, slot + slots(table) - free, moved(state, 1))
            return True
        slot += slots(table)
        if slot >= len(table):
            raise RuntimeError("the hash has put too many states in one place")
    return False


@compiled(lambda states, state: void(states, int64, int64, states))
def grow(table: Any, old: int, new: int, waiting: Any) -> None:
    """Spread the states of `old` buckets over `new` ones, in place.

    Going down from the top, a state's new home lies above whatever is still to be moved, but for a few states
    near the bottom, which wait in `waiting` until the end.
    """
    top = slots(table) * old
    while load(table, top)[0] != 0:  # states that full buckets have sent on
        top += slots(table)
    held = 0
    for slot in range(top - 1, -1, -1):
        if load(table, slot)[0] == 0:
            continue
        state = moved(load(table, slot), -1)
        table[slot] = 0
        if home(table, new, state) >= slot:
            put(table, new, state)
        elif held == len(waiting):
            raise RuntimeError("the hash has put too many states in one place")
        else:
            store(waiting, held, state)
            held += 1
    for place in range(held):
        put(table, new, load(waiting, place))


@compiled(lambda states, state: void(states, int64, state))
def expect(table: Any, buckets: int, state: Any) -> None:
    """Ask for the two buckets in which a state is most likely to be looked for."""
    slot = home(table, buckets, state)
    prefetch(table, slot)
    prefetch(table, slot + slots(table))
