"""The memory of a search: the list of states found, and the table that says whether a word is among them.

Both are reserved at their largest size, which costs nothing until they are touched, and grow in place.
"""

from __future__ import annotations

import ctypes
import os
import re
from pathlib import Path
from typing import Any

import numpy as np

from pathproof.model.explorer import kernel
from pathproof.model.explorer.intrinsics import BUCKET

Words = np.ndarray[Any, np.dtype[np.int64]]

LOAD = 0.75
"""How full the table may get."""
GROWTH = 1.5
"""By how much a large table grows; a small one grows fourfold."""
LARGE = 1 << 18
FIRST = 1 << 14
"""Buckets of a large table, and of the first one (1 MiB)."""
SPILL = 1 << 12
"""Buckets behind the last, for what full ones send on."""
LATELY = 1 << 15
"""Words in the filter: 256 KiB, which stays in the processor's second-level cache."""
PAD = 8


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


def _reserved(words: int) -> Words:
    """Zeros that start on a cache line."""
    array = np.zeros(words + PAD, np.int64)
    skip = -array.ctypes.data % (8 * PAD) // 8
    return array[skip : skip + words]


class Store:
    """Room for the states of one search.

    Parameters
    ----------
    block
        The most words that one block of states can have as successors.
    max_memory
        Bytes that may be taken; 80% of what is available by default.
    """

    def __init__(self, block: int, max_memory: int | None = None) -> None:
        self.max_memory = int(available_memory() * 0.8) if max_memory is None else max_memory
        self.block = block
        most = int(max(self.max_memory - 8 * (block + LATELY), 0) / (8 + 8 / LOAD))
        self._most_buckets = max(int(most / LOAD / BUCKET), 1)
        self.buckets = min(max(FIRST, self._needed(block)), self._most_buckets)
        self.found = _reserved(most + PAD)
        self.table = _reserved((self._most_buckets + SPILL) * BUCKET)
        self.lately = _reserved(LATELY)
        self.out = _reserved(block + PAD)
        self.alive: np.ndarray[Any, np.dtype[np.uint8]] = np.zeros(kernel.BLOCK, np.uint8)

    @staticmethod
    def _needed(words: int) -> int:
        return int(2 * words / LOAD / BUCKET) + 1

    @property
    def room(self) -> int:
        """How many states fit before the table has to grow."""
        return int(self.buckets * BUCKET * LOAD)

    def grow(self) -> bool:
        """Make the table larger; False where memory does not allow it."""
        if self.buckets == self._most_buckets:
            return False
        factor = GROWTH if self.buckets >= LARGE else 4
        larger = min(int(self.buckets * factor), self._most_buckets)
        kernel.grow(self.table, self.buckets, larger, np.empty(LATELY, np.int64))
        self.buckets = larger
        return True

    def bytes_taken(self, states: int) -> int:
        """The bytes that the table and this many states take."""
        return 8 * (self.buckets * BUCKET + states)

    def address_of(self, place: int) -> ctypes.c_void_p:
        """Where a state of the list is in memory."""
        return ctypes.c_void_p(self.found.ctypes.data + 8 * place)
