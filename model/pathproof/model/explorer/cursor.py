"""What the compiled search notes about itself, and the numbers that it and its callers agree on.

A cursor is an array of a few numbers: the place of the next state to expand, how many states are found, how
many of those expanded have no successor and where the smallest of them is, and where the smallest state is
that the search cannot go on from.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import int64, uint8

BLOCK = 512
"""States expanded at a time, where there is room for all their successors."""
NO_TROUBLE = 1 << 62
NEXT, FOUND, STUCK, STUCK_AT, STUCK_OPEN, SICK_AT = range(6)
"""Places in the cursor; while `STUCK_OPEN` is 1, a state without successors may still become `STUCK_AT`."""
DONE, FULL, TROUBLE, WAITING = range(4)
"""How an advance ends: at its goal, without room, at a state in trouble, or with nowhere left to send to."""
NOTES = int64[::1]
BYTES = uint8[::1]


def fresh_cursor() -> np.ndarray[Any, np.dtype[np.int64]]:
    """The cursor of a search that has not begun.

    >>> fresh_cursor().tolist()
    [0, 0, 0, -1, 1, -1]
    """
    return np.array([0, 0, 0, -1, 1, -1], np.int64)
