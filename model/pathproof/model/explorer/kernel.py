"""The compiled search kernel: the loop that expands states, and keeps those that are new.

A small filter in front of the table of seen states holds those seen lately: most duplicates never reach the
table. States that pass are prefetched together and looked up a little later, so that their cache misses
overlap. Where several threads share a search, each owns the states whose hash says so, and sends it what it
finds of the others' instead of looking that up.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import int64, void

from pathproof.model.explorer.cursor import (
    BLOCK,
    BYTES,
    DONE,
    FOUND,
    FULL,
    NEXT,
    NO_TROUBLE,
    NOTES,
    STUCK,
    STUCK_AT,
    STUCK_OPEN,
    TROUBLE,
    WAITING,
)
from pathproof.model.explorer.intrinsics import call_expand, load, store
from pathproof.model.explorer.jit import compiled
from pathproof.model.explorer.scans import refine, smaller
from pathproof.model.explorer.table import expect, mixed, moved, put

LEAST = 32
"""States that there has to be room for, before the table grows."""
AHEAD = 24
"""How many lookups ahead a bucket is prefetched."""


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


@compiled(lambda states, state: int64(states, int64, int64, states, NOTES))
def deal(states: Any, many: int, mine: int, send: Any, sent: Any) -> int:
    """Close up the states that the share `mine` owns, and put the others into their owners' parts of `send`.

    Answers how many are closed up. The bits of the hash that tell the owner are neither those that tell the
    bucket nor those that tell the place in the filter.
    """
    kept = 0
    part = len(send) // len(sent)
    for place in range(many):
        state = load(states, place)
        bits = mixed(state) >> np.uint64(16) & np.uint64(0xFFFF)
        owner = int64(bits * np.uint64(len(sent)) >> np.uint64(16))
        if owner == mine:
            store(states, kept, state)
            kept += 1
        else:
            store(send, owner * part + sent[owner], state)
            sent[owner] += 1
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


@compiled(lambda states, state: void(states, BYTES, int64, int64, int64, NOTES))
def note_stuck(found: Any, alive: Any, first: int, many: int, lanes: int, cursor: Any) -> None:
    """Count the states of a block that have no successor, and keep the place of the smallest."""
    full = (1 << lanes) - 1
    for group in range((many + lanes - 1) // lanes):
        if alive[group] != full:
            for lane in range(min(lanes, many - group * lanes)):
                if not alive[group] >> lane & 1:
                    cursor[STUCK] += 1
                    place, best = first + group * lanes + lane, cursor[STUCK_AT]
                    if cursor[STUCK_OPEN] and (best < 0 or smaller(load(found, place), load(found, best))):
                        cursor[STUCK_AT] = place
        alive[group] = 0


@compiled(
    lambda states, state: int64(
        int64,
        states,
        states,
        states,
        states,
        BYTES,
        NOTES,
        NOTES,
        int64,
        int64,
        int64,
        int64,
        int64,
        states,
        NOTES,
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
    mine: int,
    send: Any,
    sent: Any,
) -> int:
    """Expand the states from the cursor to `stop`; answers how it ended."""
    most = max(len(out) // BLOCK, 1)  # successors of a state
    shared = len(sent) > 1
    while cursor[NEXT] < stop:
        if shared and len(send) // len(sent) - sent.max() < BLOCK * most:
            return WAITING
        fit = (room - cursor[FOUND]) // most
        if fit < LEAST:
            return FULL
        first = cursor[NEXT]
        many = min(BLOCK, fit, stop - first)
        made = call_expand(address, found, first, many, out, alive, info)
        cursor[NEXT] = first + many
        if info[0] != NO_TROUBLE:
            refine(address, found, first, many, out, alive, info, cursor)
            return TROUBLE
        kept = sieve(out, made, lately)
        if shared:
            kept = deal(out, kept, mine, send, sent)
        cursor[FOUND] = enter(out, kept, found, cursor[FOUND], table, buckets)
        note_stuck(found, alive, first, many, lanes, cursor)
    return DONE
