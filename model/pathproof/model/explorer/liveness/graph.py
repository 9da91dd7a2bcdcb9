"""The reachable graph by compiled code: states numbered as they are found, and their edges side by side."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pathproof.model.execute import initial
from pathproof.model.explorer.layout import BoundTooLarge
from pathproof.model.explorer.liveness import index
from pathproof.model.explorer.liveness.kernels import Numbers
from pathproof.model.explorer.liveness.stepper import BLOCK, PAD, Stepper
from pathproof.model.explorer.result import Progress
from pathproof.model.explorer.states import words_of
from pathproof.model.explorer.store import available_memory

EDGE = 6
"""Bytes that an edge takes."""
INTERVAL = 0.2
"""Seconds between two calls of `progress`."""
JUDGING = 32
"""Bytes a state that the search for components takes, beside the graph."""


@dataclass(frozen=True)
class Graph:
    """A graph in rows: the edges of state `n` are those from `first[n]` up to `first[n + 1]`.

    `target` is where an edge leads and `taken` the instance that takes it; `parent` leads each state back to
    the beginning on a shortest way. States are numbered by their distance from it.
    """

    found: Numbers
    parent: Numbers
    first: Numbers
    target: Numbers
    taken: Numbers

    @property
    def bytes(self) -> int:
        """The memory of the graph."""
        return sum(array.nbytes for array in vars(self).values())


class Builder:
    """The search that draws the graph."""

    def __init__(
        self, stepper: Stepper, max_memory: int | None, progress: Callable[[Progress], None] | None
    ) -> None:
        self.stepper = stepper
        self.max_memory = int(available_memory() * 0.8) if max_memory is None else max_memory
        self.progress = progress
        self.began = self.told = time.perf_counter()
        self.count = 1
        self.edges = 0
        self.depth = 0
        self.peak = 0
        words = stepper.layout.words
        self.found = np.zeros((2 * BLOCK + PAD, words), np.int64)
        self.parent = np.full(2 * BLOCK, index.NONE, np.int32)
        self.table = np.full(4 * BLOCK, index.NONE, np.int32)
        self.reached = np.zeros((stepper.actions, BLOCK), np.int32)
        self.target = np.zeros(self.reached.size, np.int32)
        self.taken = np.zeros(self.reached.size, np.uint16)
        self.rows = [np.zeros(1, np.int64)]
        self.targets: list[Numbers] = []
        self.takens: list[Numbers] = []
        layout = stepper.layout
        self.found[0] = words_of(layout.pack(initial(layout.machine, layout.parameters)), words)
        index.spread(self.found, 1, self.table)

    def graph(self) -> Graph:
        """All states, layer by layer, and their edges."""
        done = 0
        while done < self.count:
            layer = self.count
            for first in range(done, layer, BLOCK):
                self._block(first, min(BLOCK, layer - first))
                self._tell(first)
            done, self.depth = layer, self.depth + (self.count > layer)
        return Graph(
            self.found[: self.count + PAD],
            self.parent[: self.count],
            np.concatenate(self.rows),
            np.concatenate(self.targets),
            np.concatenate(self.takens),
        )

    def _block(self, first: int, many: int) -> None:
        """Number the successors of a block of states, and append their edges."""
        known, stepper = self.count, self.stepper
        for place, reached in enumerate(self.reached):
            made = stepper.take(place, self.found, first, many)
            self._make_room(self.count + made)
            marks = (stepper.out, stepper.alive, stepper.lanes, many)
            self.count = index.number(*marks, reached, self.found, self.count, self.table)
        row = np.zeros(many, np.int64)
        target, taken = self.target, self.taken
        made = index.edges(self.reached, many, known, first, self.parent, row, target, taken)
        self.rows.append(row + self.edges)
        self.targets.append(target[:made].copy())
        self.takens.append(taken[:made].copy())
        self.edges += made
        self._account(0, 0)

    def _make_room(self, needed: int) -> None:
        """Have room for so many states, with the table at most half full."""
        if needed + PAD > len(self.found):
            many = len(self.found) * 3 // 2
            self._account(many, 0)
            self.found = _longer(self.found, many, 0)
            self.parent = _longer(self.parent, many, index.NONE)
        if 2 * needed > len(self.table):
            self._account(0, 2 * len(self.table))
            self.table = np.full(2 * len(self.table), index.NONE, np.int32)
            index.spread(self.found, self.count, self.table)

    def _account(self, states: int, slots: int) -> None:
        """Note the memory that the graph takes as it is put together and judged, and more that is asked for.

        Raises `BoundTooLarge` where it is more than allowed.
        """
        state = self.found.itemsize * self.found.shape[1] + self.parent.itemsize
        arrays = state * (len(self.found) + states) + self.table.itemsize * (len(self.table) + slots)
        needed = arrays + 2 * EDGE * self.edges + (8 + JUDGING) * self.count
        self.peak = max(self.peak, needed)
        if needed > self.max_memory:
            size = f"{self.count:,} states and {self.edges:,} transitions"
            name = self.stepper.layout.machine.name
            raise BoundTooLarge(f"{name} at these bounds fills {self.max_memory / 1e6:,.0f} MB with {size}")

    def _tell(self, expanded: int) -> None:
        now = time.perf_counter()
        if self.progress is not None and now - self.told >= INTERVAL:
            self.told = now
            self.progress(Progress(self.count, expanded, self.depth, now - self.began))


def _longer(array: Numbers, many: int, fill: int) -> Numbers:
    longer = np.full((many, *array.shape[1:]), fill, array.dtype)
    longer[: len(array)] = array
    return longer
