"""Compiled functions that go through states found before: for the smallest in trouble, or a predecessor.

Which state is shown must not depend on the order in which states were found, for with several threads that is
another one. So it is always the smallest one, as a packed number, of those in question.
"""

from __future__ import annotations

from typing import Any

from numba import boolean, int64, void

from pathproof.model.explorer.cursor import BLOCK, BYTES, NEXT, NO_TROUBLE, NOTES, SICK_AT
from pathproof.model.explorer.intrinsics import call_expand, load
from pathproof.model.explorer.jit import compiled


@compiled(lambda states, state: boolean(state, state))
def smaller(left: Any, right: Any) -> bool:
    """Whether one packed state is smaller than another; the last word counts most."""
    for word in range(len(left) - 1, -1, -1):
        if left[word] != right[word]:
            return left[word] < right[word]  # type: ignore[no-any-return]
    return False


@compiled(lambda states, state: void(int64, states, int64, int64, states, BYTES, NOTES, NOTES))
def refine(
    address: int, found: Any, first: int, many: int, out: Any, alive: Any, info: Any, cursor: Any
) -> None:
    """Note the smallest state in trouble: one of this block, or the one noted before."""
    for place in range(first, first + many):
        best = cursor[SICK_AT]
        if best < 0 or smaller(load(found, place), load(found, best)):
            info[0] = NO_TROUBLE
            call_expand(address, found, place, 1, out, alive, info)
            if info[0] != NO_TROUBLE:
                cursor[SICK_AT] = place
    info[0] = NO_TROUBLE
    alive[:] = 0


@compiled(lambda states, state: void(int64, states, states, BYTES, NOTES, NOTES, int64))
def scan(address: int, found: Any, out: Any, alive: Any, info: Any, cursor: Any, stop: int) -> None:
    """Look for the smallest state in trouble from the cursor to `stop`, and keep no successors."""
    while cursor[NEXT] < stop:
        first, many = cursor[NEXT], min(BLOCK, stop - cursor[NEXT])
        call_expand(address, found, first, many, out, alive, info)
        if info[0] != NO_TROUBLE:
            refine(address, found, first, many, out, alive, info, cursor)
        cursor[NEXT] = first + many


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
    """The smallest of the states from `first` to `stop` that has `state` as a successor; -1 for none."""
    best = -1
    for block in range(first, stop, BLOCK):
        made = call_expand(address, found, block, min(BLOCK, stop - block), out, alive, info)
        if among(out, made, state):
            for place in range(block, min(block + BLOCK, stop)):
                if best < 0 or smaller(load(found, place), load(found, best)):
                    made = call_expand(address, found, place, 1, out, alive, info)
                    if among(out, made, state):
                        best = place
    return best
