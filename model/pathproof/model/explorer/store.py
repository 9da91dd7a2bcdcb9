"""The memory of a search: the list of states found, and the table that says whether a state is among them.

Both are reserved at their largest size, which costs nothing until they are touched, and grow in place.
"""

from __future__ import annotations

import math
import os
import re
from pathlib import Path
from typing import Any

import numpy as np

from pathproof.model.explorer import table
from pathproof.model.explorer.cursor import BLOCK
from pathproof.model.explorer.states import LINE, packed, reserved

LOAD = {1: 0.75, 2: 0.8, 4: 0.75}
"""How full the table may get, for states of so many words."""
GROWTH = {1: 1.5, 2: 1.2, 4: 1.2}
"""By how much it grows: just after that, a state of one word takes 24 bytes, of two 40, and of four 83.2."""
FIRST = 1 << 14
"""Buckets of the first table (1 MiB)."""
SPILL = 1 << 12
"""Buckets behind the last, for what full ones send on."""
LATELY = 1 << 15
"""States in the filter: 256 KiB for each word, which stays in the processor's second-level cache."""
PAD = 8
"""States behind the last that compiled code may read or write, and does not use."""


def available_memory() -> int:
    """How many bytes this process may still take: what the machine has free, or its control group allows."""
    free = [_memory_of_machine(), _memory_of_group()]
    return min(amount for amount in free if amount is not None)


def _memory_of_machine() -> int:
    try:
        found = re.search(r"MemAvailable:\s+(\d+) kB", Path("/proc/meminfo").read_text())
    except OSError:
        found = None
    if found is None:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    return int(found[1]) * 1024


def _memory_of_group() -> int | None:
    group = Path("/sys/fs/cgroup")
    try:
        limit, used = ((group / name).read_text().strip() for name in ("memory.max", "memory.current"))
    except OSError:
        return None
    return None if limit == "max" else max(int(limit) - int(used), 0)


class Store:
    """Room for the states of one search.

    Parameters
    ----------
    block
        The most states that one block of states can have as successors.
    max_memory
        Bytes that may be taken; 80% of what is available by default.
    words
        How many words a state has.
    """

    def __init__(self, block: int, max_memory: int | None = None, words: int = 1) -> None:
        self.max_memory = int(available_memory() * 0.8) if max_memory is None else max_memory
        self.block = block
        self._bytes = 8 * words
        self._growth = GROWTH[words]
        self._fill = LOAD[words] * LINE / words  # states in a bucket of a table that is full
        most = int(max(self.max_memory / self._bytes - (block + LATELY), 0) / (1 + 1 / LOAD[words]))
        self._most_buckets = max(int(most / self._fill), 1)
        self.buckets = min(FIRST, self._most_buckets)
        self.found = reserved(most + PAD, words)
        self.table = reserved((self._most_buckets + SPILL) * LINE // words, words)
        self.lately = reserved(LATELY, words)
        self.out = reserved(block + PAD, words)
        self.alive: np.ndarray[Any, np.dtype[np.uint8]] = np.zeros(BLOCK, np.uint8)

    @property
    def room(self) -> int:
        """How many states fit before the table has to grow."""
        return int(self.buckets * self._fill)

    def grow(self) -> bool:
        """Make the table larger; False where memory does not allow it."""
        if self.buckets == self._most_buckets:
            return False
        larger = self._larger()
        table.grow(self.table, self.buckets, larger, np.empty_like(self.lately))
        self.buckets = larger
        return True

    def _larger(self) -> int:
        """The next size.

        Where two steps are left they are even: a table that grew by next to nothing could not be spread out
        in place.
        """
        left = self._most_buckets / self.buckets
        if left <= self._growth:
            return self._most_buckets
        return math.ceil(self.buckets * min(self._growth, math.sqrt(left)))

    def bytes_taken(self, states: int) -> int:
        """The bytes that the table and this many states take."""
        return 8 * LINE * self.buckets + self._bytes * states

    def state(self, place: int) -> int:
        """A packed state of the list."""
        return packed(self.found[place])
