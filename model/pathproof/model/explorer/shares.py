"""All shares of a search, worked on by as many threads.

A search goes in rounds. In the first half of a round each thread expands states of its share, in the second
each enters what the others have sent to it; compiled code runs without Python's lock. Which states are found
in which layer does not depend on the shares, and so nothing that is reported does.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar

import numpy as np

from pathproof.model.explorer import kernel
from pathproof.model.explorer.compiled import Compiled
from pathproof.model.explorer.cursor import DONE, FULL, NEXT, STUCK, STUCK_AT, STUCK_OPEN, TROUBLE
from pathproof.model.explorer.share import Share, most_shares
from pathproof.model.explorer.snapshot import CHUNK, Snapshot, Tally, smallest
from pathproof.model.explorer.states import States, reserved, words_of

R = TypeVar("R")


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Shares:
    """The states of one search, dealt to some shares."""

    def __init__(self, compiled: Compiled, many: int, max_memory: int) -> None:
        self.compiled = compiled
        self.max_memory = max_memory
        many = most_shares(compiled, many, max_memory)
        self.all = [Share(compiled, number, many, max_memory) for number in range(many)]
        self.deadlock: int | None = None  # one that was found before the states were dealt
        self.before = self.tally()
        self._pool = ThreadPoolExecutor(many) if many > 1 else None

    def close(self) -> None:
        """End the threads."""
        if self._pool is not None:
            self._pool.shutdown()

    def each(self, function: Callable[[Share], R]) -> list[R]:
        """Call a function for every share, side by side."""
        if self._pool is None:
            return [function(share) for share in self.all]
        return list(self._pool.map(function, self.all))

    @property
    def found(self) -> int:
        """How many states there are."""
        return sum(share.found for share in self.all)

    @property
    def expanded(self) -> int:
        """How many of them are expanded."""
        return sum(share.expanded for share in self.all)

    @property
    def stop(self) -> int:
        """Where the layer that is being expanded ends."""
        return sum(share.stop for share in self.all)

    @property
    def layers(self) -> list[int]:
        """Where each layer begins."""
        return [sum(starts) for starts in zip(*(share.layers for share in self.all), strict=True)]

    @property
    def bytes_taken(self) -> int:
        """The bytes that states and tables take."""
        return sum(share.store.bytes_taken(share.found) for share in self.all)

    def begin_layer(self) -> None:
        """Go on to the states found and not expanded."""
        self.before = self.tally()
        for share in self.all:
            share.stop = share.found

    def end_layer(self) -> None:
        """All states of the layer are expanded."""
        stuck = self.tally().stuck > 0
        for share in self.all:
            share.layers.append(share.stop)
            if stuck:
                share.cursor[STUCK_OPEN] = 0

    def round(self, most: int) -> int:
        """Let every share expand so many states, and pass on what follows from them; answers how it ended."""
        ends = self.each(lambda share: share.advance(most))
        if TROUBLE in ends:
            return TROUBLE
        if len(self.all) > 1:
            ends += self.each(lambda share: share.take(self.all))
        return FULL if FULL in ends else DONE

    def scan(self, address: int, up_to_found: bool = False) -> int | None:
        """The smallest state in trouble, packed, of the rest of the layer, or of all that are found."""
        self.each(lambda share: share.scan(address, share.found if up_to_found else share.stop))
        return smallest(share.sick for share in self.all)

    def predecessor(self, layer: int, state: int) -> int | None:
        """The smallest state of a layer that has `state` as a successor, where there is one."""
        words = words_of(state, self.compiled.layout.words)
        return smallest(self.each(lambda share: share.predecessor(layer, words)))

    def tally(self) -> Tally:
        """What all shares have counted together."""
        info = np.sum([share.info for share in self.all], axis=0)
        info[0] = self.all[0].info[0]
        places = [(share, int(share.cursor[STUCK_AT])) for share in self.all]
        return Tally(
            info=tuple(info.tolist()),
            stuck=sum(int(share.cursor[STUCK]) for share in self.all),
            deadlock=smallest(
                [self.deadlock, *(share.store.state(place) for share, place in places if place >= 0)]
            ),
            searching=bool(self.all[0].cursor[STUCK_OPEN]),
        )

    def snapshot(self) -> Snapshot:
        """What is known now; only between two rounds."""
        parts: list[States] = []
        borders = [[*share.layers, share.expanded, share.stop, share.found] for share in self.all]
        for first, stop in pairwise(zip(*borders, strict=True)):
            ranges = zip(self.all, first, stop, strict=True)
            parts += [share.store.found[one:other] for share, one, other in ranges]
        return Snapshot(parts, self.layers, self.stop, self.expanded, self.found, self.tally(), self.before)

    def load(self, snapshot: Snapshot) -> bool:
        """Take over what a snapshot knows, with no states so far; whether there was room for it."""
        at: dict[int, list[int]] = {}
        count = 0
        dealer = _Dealer(self)
        for place, states in snapshot.pieces():
            at[place] = [share.found for share in self.all]
            if not dealer.deal(states):
                return False
            count = place + len(states)
        at[count] = [share.found for share in self.all]
        for number, share in enumerate(self.all):
            share.layers = [at[start][number] for start in snapshot.layers]
            share.stop = at[snapshot.stop][number]
            share.cursor[NEXT] = at[snapshot.expanded][number]
            share.cursor[STUCK_OPEN] = snapshot.tally.searching
        self.all[0].info[:] = snapshot.tally.info
        self.all[0].cursor[STUCK] = snapshot.tally.stuck
        self.deadlock, self.before = snapshot.tally.deadlock, snapshot.before
        return True


class _Dealer:
    """Deals states to the shares that own them."""

    def __init__(self, shares: Shares) -> None:
        self.shares = shares.all
        self.each = shares.each
        self.send = reserved(CHUNK * len(self.shares), shares.compiled.layout.words)
        self.sent = np.zeros(len(self.shares), np.int64)

    def deal(self, states: States) -> bool:
        self.sent[:] = 0
        kernel.deal(states.copy(), len(states), -1, self.send, self.sent)
        return FULL not in self.each(self._enter)

    def _enter(self, share: Share) -> int:
        first = CHUNK * share.number
        return share.enter(self.send[first : first + int(self.sent[share.number])])
