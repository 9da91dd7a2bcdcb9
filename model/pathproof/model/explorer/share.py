"""One thread's share of a search: the states that it owns, and the buffers for those of the others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from pathproof.model.explorer import kernel, scans
from pathproof.model.explorer.compiled import Compiled
from pathproof.model.explorer.cursor import BLOCK, DONE, FOUND, FULL, NEXT, SICK_AT, fresh_cursor
from pathproof.model.explorer.states import States, reserved
from pathproof.model.explorer.store import PAD, Store

Numbers = np.ndarray[Any, np.dtype[np.int64]]
SEND = 1 << 17
"""States that at least fit into the buffer for one other share."""
FEW = 1 << 12
"""States that there has to be room for, where more are to be entered, before the table grows."""


def places_to_send(compiled: Compiled) -> int:
    """States that a share may have ready for each other one: four blocks' successors at least."""
    return max(SEND, 4 * BLOCK * len(compiled.instances))


def most_shares(compiled: Compiled, wanted: int, max_memory: int) -> int:
    """How many shares there can be without what they send each other taking a quarter of the memory."""
    part = places_to_send(compiled) * compiled.layout.words * 8
    while wanted > 1 and part * wanted * wanted > max_memory // 4:
        wanted -= 1
    return wanted


class Share:
    """What one of some shares has found, and what it is about to send to the others.

    Parameters
    ----------
    compiled
        The machine.
    number, shares
        Which of the shares this is, and how many there are.
    max_memory
        Bytes that all shares together may take.
    """

    def __init__(self, compiled: Compiled, number: int, shares: int, max_memory: int) -> None:
        words, block = compiled.layout.words, BLOCK * len(compiled.instances)
        self.compiled = compiled
        self.number = number
        self.part = places_to_send(compiled) if shares > 1 else PAD
        self.send: States = reserved(self.part * shares, words)
        self.sent: Numbers = np.zeros(shares, np.int64)
        self.store = Store(block, max_memory // shares - (shares > 1) * self.send.nbytes, words)
        self.info: Numbers = compiled.fresh_info()
        self.cursor: Numbers = fresh_cursor()
        self.layers = [0]  # where each layer of the search begins in the list of states
        self.stop = 0  # where the layer that is being expanded ends

    @property
    def found(self) -> int:
        """How many states it has."""
        return int(self.cursor[FOUND])

    @property
    def expanded(self) -> int:
        """How many of them are expanded."""
        return int(self.cursor[NEXT])

    @property
    def sick(self) -> int | None:
        """The smallest state that the search cannot go on from, packed, if there is one."""
        place = int(self.cursor[SICK_AT])
        return None if place < 0 else self.store.state(place)

    def advance(self, most: int) -> int:
        """Expand so many states of the layer, as far as there is room for what follows from them."""
        self.sent[:] = 0
        stop = min(self.expanded + most, self.stop)
        outcome = self._advance(stop)
        while outcome == FULL and self.store.grow():
            outcome = self._advance(stop)
        return outcome

    def _advance(self, stop: int) -> int:
        store, compiled = self.store, self.compiled
        outcome: int = kernel.advance(
            compiled.expand,
            store.found,
            store.table,
            store.lately,
            store.out,
            store.alive,
            self.info,
            self.cursor,
            stop,
            store.buckets,
            store.room,
            compiled.lanes,
            self.number,
            self.send,
            self.sent,
        )
        return outcome

    def scan(self, address: int, stop: int) -> None:
        """Look for the smallest state in trouble up to `stop`, by one of the compiled functions."""
        store = self.store
        scans.scan(address, store.found, store.out, store.alive, self.info, self.cursor, stop)

    def take(self, others: Iterable[Share]) -> int:
        """Enter what the others have sent."""
        first = self.part * self.number
        outcomes = [self.enter(other.send[first : first + int(other.sent[self.number])]) for other in others]
        return FULL if FULL in outcomes else DONE

    def enter(self, states: States) -> int:
        """Enter states of its own, as many as there is room for."""
        store, done = self.store, 0
        while done < len(states):
            fit = store.room - self.found
            if fit < min(len(states) - done, FEW) and store.grow():
                continue
            some = states[done : done + fit]
            self.cursor[FOUND] = kernel.enter(
                some, len(some), store.found, self.found, store.table, store.buckets
            )
            done += len(some)
            if store.room == self.found and not store.grow():
                break
        return DONE if done == len(states) else FULL

    def predecessor(self, layer: int, state: tuple[int, ...]) -> int | None:
        """The smallest state of a layer, packed, that has `state` as a successor, if there is one."""
        store, address, info = self.store, self.compiled.expand, self.compiled.fresh_info()
        first, stop = self.layers[layer], self.layers[layer + 1]
        place = scans.parent(address, store.found, first, stop, state, store.out, store.alive, info)
        return None if place < 0 else store.state(place)
