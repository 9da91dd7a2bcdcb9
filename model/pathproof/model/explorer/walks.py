"""Compiled random walks: many walkers take one step after the other, side by side.

Among the enabled actions one is drawn by its weight, and among its enabled instances one of those, each as
likely as another. What is drawn depends on a seed, the walker, the step and the action or instance only, so
that a walk can be made again by itself, and by another engine. A step that changes nothing is not drawn.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import int64

from pathproof.model.explorer.cursor import NO_TROUBLE
from pathproof.model.explorer.intrinsics import call_expand, call_instance, load, scaled, store
from pathproof.model.explorer.jit import compiled
from pathproof.model.explorer.table import mixed

REGISTERS = 1 << 14
"""Bytes of the sketch from which the number of distinct states is estimated."""
STEPS, ENDED, SICK = range(3)
"""Places in the notes of some walkers: steps made, walks that ended early, and the walker in trouble."""
SPREAD = 0x9E3779B97F4A7C15
FIRST, SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


@compiled(None)
def stirred(number: Any) -> Any:
    """A 64-bit number whose every bit depends on every bit of another."""
    x = np.uint64(number)
    x = (x ^ x >> np.uint64(30)) * np.uint64(FIRST)
    x = (x ^ x >> np.uint64(27)) * np.uint64(SECOND)
    return x ^ x >> np.uint64(31)


@compiled(None)
def further(base: Any, number: Any) -> Any:
    """The random number that follows from another one and a number."""
    return stirred(base + np.uint64(number + 1) * np.uint64(SPREAD))


@compiled(None)
def sketch(here: Any, many: int, registers: Any) -> None:
    """Note some states in the sketch: for each part of all hashes, the longest run of zeros."""
    for walker in range(many):
        bits = mixed(load(here, walker))
        part = int64(bits & np.uint64(len(registers) - 1))
        bits >>= np.uint64(14)
        zeros = 1
        while zeros < 50 and not bits & np.uint64(1):
            bits >>= np.uint64(1)
            zeros += 1
        registers[part] = max(registers[part], np.uint8(zeros))


@compiled(None)
def choose(
    addresses: Any,
    actions: Any,
    weights: Any,
    here: Any,
    many: int,
    out: Any,
    there: Any,
    alive: Any,
    info: Any,
    chosen: Any,
    drawn: Any,
    counts: Any,
    lanes: int,
) -> None:
    """Draw an instance for each walker that has any, and write where it leads."""
    chosen[:many] = -1
    counts[:, :many] = 0
    counts[2, :many] = -1
    for number in range(len(addresses)):
        alive[:] = 0
        made, place, action = 0, 0, actions[number]
        made = call_instance(addresses[number], here, many, out, alive, info)
        walker = 0
        while place < made:
            if alive[walker // lanes] >> walker % lanes & 1:
                if load(out, place) == load(here, walker):  # a step that changes nothing is not drawn
                    place += 1
                    walker += 1
                    continue
                if counts[2, walker] != action:  # the first instance of one more action
                    counts[2, walker] = action
                    counts[0, walker] += weights[number]
                    counts[1, walker] = 0
                    taken = scaled(further(drawn[walker], 2 * action), counts[0, walker]) < weights[number]
                    counts[3, walker] = taken
                if counts[3, walker]:
                    counts[1, walker] += 1
                    if scaled(further(drawn[walker], 2 * number + 1), counts[1, walker]) == 0:
                        chosen[walker] = number
                        store(there, walker, load(out, place))
                place += 1
            walker += 1


@compiled(None)
def walk(
    look: int,
    addresses: Any,
    actions: Any,
    weights: Any,
    here: Any,
    many: int,
    out: Any,
    there: Any,
    alive: Any,
    info: Any,
    fired: Any,
    registers: Any,
    notes: Any,
    lanes: int,
    depth: int,
    bases: Any,
) -> int:
    """Take up to `depth` steps; answers after how many one walker met trouble, or all ended."""
    chosen = np.zeros(many, np.int64)
    counts = np.zeros((4, many), np.int64)
    drawn = np.zeros(many, np.uint64)
    number = np.arange(many)  # which walker is where: those whose walks have ended are left out
    notes[SICK] = -1
    for time in range(depth + 1):
        sketch(here, many, registers)
        call_expand(look, here, 0, many, out, alive, info)
        if info[0] == NO_TROUBLE and time < depth:
            for place in range(many):
                drawn[place] = further(bases[number[place]], time)
            given = (addresses, actions, weights)
            choose(*given, here, many, out, there, alive, info, chosen, drawn, counts, lanes)
        if info[0] != NO_TROUBLE:
            notes[SICK] = number[info[0]]
            return time
        if time == depth:
            return time
        moved = 0
        for place in range(many):
            if chosen[place] >= 0:
                fired[chosen[place]] += 1
                store(here, moved, load(there, place))
                number[moved] = number[place]
                moved += 1
        notes[STEPS] += moved
        notes[ENDED] += many - moved
        many = moved
        if many == 0:
            return time
    return depth
