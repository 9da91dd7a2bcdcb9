"""The loops that number states as they are found, and turn a block's steps into edges."""

from __future__ import annotations

from typing import Any

import numpy as np

from pathproof.model.explorer.liveness.kernels import kernel

NONE = -1
"""No state: an empty slot of the table, or no step."""


@kernel
def hashed(states: Any, row: int) -> Any:
    """A number that looks random, from the words of a state."""
    value = np.uint64(0x9E3779B97F4A7C15)
    for word in range(states.shape[1]):
        value ^= np.uint64(states[row, word])
        value *= np.uint64(0xBF58476D1CE4E5B9)
        value ^= value >> np.uint64(29)
        value *= np.uint64(0x94D049BB133111EB)
        value ^= value >> np.uint64(32)
    return value


@kernel
def slot_of(states: Any, row: int, found: Any, table: Any) -> int:
    """Where in the table a state's number is, or has to go."""
    mask = np.uint64(len(table) - 1)
    slot = hashed(states, row) & mask
    while table[slot] != NONE:
        same = True
        for word in range(states.shape[1]):
            same &= found[table[slot], word] == states[row, word]
        if same:
            break
        slot = (slot + np.uint64(1)) & mask
    return int(slot)


@kernel
def number(
    out: Any, alive: Any, lanes: int, many: int, reached: Any, found: Any, count: int, table: Any
) -> int:
    """The numbers of the states that one instance leads to from each state of a block; how many are found.

    `alive` says, by its bits, from which of the `many` states it leads anywhere; `out` has where, closed up.
    """
    made = 0
    for place in range(many):
        reached[place] = NONE
        if alive[place // lanes] >> (place % lanes) & 1:
            slot = slot_of(out, made, found, table)
            if table[slot] == NONE:
                table[slot] = count
                found[count] = out[made]
                count += 1
            reached[place] = table[slot]
            made += 1
    return count


@kernel
def spread(found: Any, count: int, table: Any) -> None:
    """Fill an empty table with the numbers of all states."""
    for row in range(count):
        table[slot_of(found, row, found, table)] = row


@kernel
def edges(
    reached: Any, rows: int, known: int, first: int, parent: Any, ends: Any, target: Any, taken: Any
) -> int:
    """Write a block's steps state by state, and which state first led to each one that is new."""
    many = 0
    for place in range(rows):
        for instance in range(reached.shape[0]):
            after = reached[instance, place]
            if after != NONE:
                target[many] = after
                taken[many] = instance
                many += 1
                if after >= known and parent[after] == NONE:
                    parent[after] = first + place
        ends[place] = many
    return many
