"""Packed states as arrays, the form in which compiled code has them.

An array of states has as many dimensions as a state has words, so that its type tells how many there are: one
for states of one word, a row of two for each state of two, and a row of four, in two more dimensions of size
one, for each of four.
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
    return shaped(np.array([words_of(state, words)] * many, np.int64), words)


def reserved(many: int, words: int) -> States:
    """An array of zeros that starts on a cache line; they take no memory until they are touched."""
    array = np.zeros(many * words + LINE, np.int64)
    skip = -array.ctypes.data % (8 * LINE) // 8
    return shaped(array[skip : skip + many * words], words)


def shaped(numbers: States, words: int) -> States:
    """Words that lie one behind the other, as an array of states.

    >>> shaped(np.arange(8), 4).shape
    (2, 4, 1, 1)
    """
    return numbers.reshape(-1, *(words, 1, 1)[: words - 1])
