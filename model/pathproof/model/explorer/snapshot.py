"""What a search knows at one moment, in a form that does not depend on how many threads share it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pathproof.model.explorer.states import States

CHUNK = 1 << 16
"""States at a time, where many are moved."""


@dataclass(frozen=True)
class Tally:
    """What was counted: the notes of compiled code, and the states without successors.

    `deadlock` is the smallest of those in the first layer that has any, packed; `searching` says whether the
    end of that layer is still to come.
    """

    info: tuple[int, ...]
    stuck: int = 0
    deadlock: int | None = None
    searching: bool = True


@dataclass(frozen=True)
class Snapshot:
    """All states found, in the order of their layers, and how far the search has got.

    Attributes
    ----------
    parts
        The states, as arrays one behind the other.
    layers, stop
        Where each layer begins, and where the one ends that is being expanded.
    expanded, found
        How many states are expanded, and how many there are.
    tally, before
        What is counted, and what was counted where that layer began.
    """

    parts: Iterable[States]
    layers: list[int]
    stop: int
    expanded: int
    found: int
    tally: Tally
    before: Tally

    def pieces(self) -> Iterator[tuple[int, States]]:
        """The states in small arrays, each with its place, none across a border between layers."""
        borders = sorted({*self.layers, self.stop, self.expanded, self.found})
        place = 0
        for part in self.parts:
            done = 0
            while done < len(part):
                border = next(border for border in borders if border > place)
                many = min(CHUNK, border - place, len(part) - done)
                yield place, part[done : done + many]
                place, done = place + many, done + many


def smallest(packed: Iterable[int | None]) -> int | None:
    """The smallest of some packed states, where there is any.

    >>> smallest([None, 5, 3]), smallest([None])
    (3, None)
    """
    return min((state for state in packed if state is not None), default=None)
