"""Packed states as arrays, the form in which compiled code has them.

An array of states of one word has one dimension; an array of states of two words has a row of two for each.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pathproof.model.explorer.places import STRIDE

States = np.ndarray[Any, np.dtype[np.int64]]
LINE = 8
"""64-bit words in a cache line."""


def words_of(packed: int, words: int) -> tuple[int, ...]:
    """The words of a packed state.

    >>> words_of(5 << 64 | 3, 2)
    (3, 5)
    """
    return tuple(packed >> STRIDE * word & (1 << STRIDE) - 1 for word in range(words))


def packed(row: Any) -> int:
    """The packed state in an element of an array.

    >>> packed(repeated(5 << 64 | 3, 2, 4)[0]) == 5 << 64 | 3
    True
    """
    return int.from_bytes(row.tobytes(), "little")


def repeated(state: int, words: int, many: int) -> States:
    """An array of the same packed state many times over."""
    rows = np.array([words_of(state, words)] * many, np.int64)
    return rows[:, 0].copy() if words == 1 else rows


def reserved(many: int, words: int) -> States:
    """An array of zeros that starts on a cache line; they take no memory until they are touched."""
    array = np.zeros(many * words + LINE, np.int64)
    skip = -array.ctypes.data % (8 * LINE) // 8
    part = array[skip : skip + many * words]
    return part if words == 1 else part.reshape(many, words)
