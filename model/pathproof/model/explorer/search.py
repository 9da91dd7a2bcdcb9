"""The explored engine: breadth-first search by compiled code over packed states.

States are kept in the order in which they were found, so the first one that breaks a claim lies at the end of
a shortest run. Code and search are deterministic: the same machine, bounds and claims give the same result.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from pathproof.model.execute import initial
from pathproof.model.explorer import kernel
from pathproof.model.explorer.codegen import NO_TROUBLE
from pathproof.model.explorer.compiled import Compiled
from pathproof.model.explorer.jit import compile_for
from pathproof.model.explorer.result import Exploration, Progress, Run
from pathproof.model.explorer.runs import diagnosed
from pathproof.model.explorer.states import repeated
from pathproof.model.explorer.store import Store
from pathproof.model.machine import Claim, Machine

SLICE = 1 << 16
"""States between two looks at progress and Ctrl-C; some hundredths of a second."""
INTERVAL = 0.2
"""Seconds between two calls of `progress`."""


def explore(
    machine: Machine,
    parameters: Any,
    claims: Iterable[Claim] | None = None,
    max_memory: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    max_depth: int | None = None,
    words: int | None = None,
) -> Exploration:
    """Find every reachable state of a machine, or a shortest run that violates a claim.

    Parameters
    ----------
    machine, parameters
        The machine, and the bounds and readings under which it is explored (`machine.setting(...)`).
    claims
        The claims to check: all of the machine's by default.
    max_memory
        Bytes for states and table, by default 80% of what is available. The search ends before it takes more.
    progress
        Called a few times a second.
    max_depth
        States this many steps from the beginning are found and checked, and not gone on from.
    words
        How many words a state is packed into: by default one where that is enough, and two where it is not.

    Raises
    ------
    BoundTooLarge
        Where a state does not fit its words.
    RangeError
        Where a reachable action writes a value that its field cannot hold.
    EngineDisagreement
        Where the executed engine does not follow a run that the compiled one reports.

    Examples
    --------
    >>> from pathproof.model.explorer.toy import TOY
    >>> done = explore(TOY, TOY.setting({"most": 4}), claims=())
    >>> done.states, done.transitions, done.depth, done.complete
    (31, 64, 8, True)
    >>> run = explore(TOY, TOY.setting({"most": 4})).violation
    >>> run.claim, [str(step) for step in run.steps], run.end
    ('held_within_limit', ['take()', 'take()', 'take()'], State(next=3, held={0, 1, 2}))
    """
    compiled = Compiled(machine, parameters, claims, words=words)
    words = compiled.layout.words
    compile_for(words)
    search = _Search(compiled, Store(kernel.BLOCK * len(compiled.instances), max_memory, words))
    return search.run(progress or (lambda _: None), max_depth)


class _Search:
    def __init__(self, compiled: Compiled, store: Store) -> None:
        self.compiled = compiled
        self.store = store
        self.info = compiled.fresh_info()
        self.cursor = np.zeros(4, np.int64)
        self.began = time.perf_counter()
        self.told = self.began
        self.layers = [0]  # where each layer of the search begins in the list of states
        self.stop = 0  # where the layer that is being expanded ends
        layout = compiled.layout
        self._begin_with(layout.pack(initial(layout.machine, layout.parameters)))

    def _begin_with(self, state: int) -> None:
        store, alone = self.store, repeated(state, self.compiled.layout.words, 1)
        self.cursor[kernel.FOUND] = kernel.enter(alone, 1, store.found, 0, store.table, store.buckets)

    @property
    def found(self) -> int:
        return int(self.cursor[kernel.FOUND])

    @property
    def expanded(self) -> int:
        return int(self.cursor[kernel.NEXT])

    def run(self, progress: Callable[[Progress], None], max_depth: int | None) -> Exploration:
        """Layer after layer, to the end or to what stops it."""
        while self.expanded < self.found:
            if max_depth is not None and len(self.layers) > max_depth:
                return self._stopped(f"stopped at depth {max_depth}, as asked")
            self.stop = self.found
            outcome = self._layer(self.stop, progress)
            if outcome == kernel.TROUBLE:
                return self._violated(self.expanded + int(self.info[0]))
            if outcome == kernel.FULL:
                return self._stopped(f"{self.store.max_memory / 1e6:,.0f} MB of memory are full")
            self.layers.append(self.expanded)
        self.layers.pop()
        return self._result(complete=True)

    def _layer(self, stop: int, progress: Callable[[Progress], None]) -> int:
        """Expand the states up to `stop`."""
        outcome = kernel.DONE
        while self.expanded < stop and outcome == kernel.DONE:
            outcome = self._slice(min(self.expanded + SLICE, stop))
            if outcome == kernel.FULL and self.store.grow():
                outcome = kernel.DONE
            self._tell(progress)
        return outcome

    def _slice(self, stop: int) -> int:
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
        )
        return outcome

    def _tell(self, progress: Callable[[Progress], None]) -> None:
        now = time.perf_counter()
        if now - self.told >= INTERVAL:
            self.told = now
            progress(Progress(self.found, self.expanded, len(self.layers) - 1, now - self.began))

    def _stopped(self, why: str) -> Exploration:
        """The result so far; claims are checked in the states that were found and not expanded, too."""
        store, left = self.store, self.found - self.expanded
        self.compiled.check(store.address_of(self.expanded), left, self.info)
        if self.layers[-1] < self.stop < self.found:
            self.layers.append(self.stop)
        if self.info[0] != NO_TROUBLE:
            return self._violated(self.expanded + int(self.info[0]))
        depth = len(self.layers) - 1
        line = f"{why}: {self.found:,} states found up to depth {depth}, {left:,} of them not expanded"
        return self._result(complete=False, stopped=line)

    def _violated(self, place: int) -> Exploration:
        run = diagnosed(self.compiled, self.store, self.layers, place)
        return self._result(complete=False, violation=run)

    def _result(
        self, complete: bool, stopped: str | None = None, violation: Run | None = None
    ) -> Exploration:
        compiled, cursor = self.compiled, self.cursor
        stuck = int(cursor[kernel.STUCK])
        fired = dict.fromkeys(compiled.layout.machine.actions, 0)
        first = 1 + len(compiled.witnesses)
        for (action, _), many in zip(compiled.instances, self.info[first:].tolist(), strict=True):
            fired[action.name] += many
        seen = self.info[1:first].tolist()
        place = int(cursor[kernel.STUCK_AT])
        return Exploration(
            states=self.found,
            transitions=sum(fired.values()),
            depth=len(self.layers) - 1,
            seconds=time.perf_counter() - self.began,
            complete=complete,
            fired=fired,
            never_reached=tuple(c.name for c, s in zip(compiled.witnesses, seen, strict=True) if not s),
            deadlocks=stuck,
            deadlock=compiled.layout.unpack(self.store.state(place)) if stuck else None,
            stopped=stopped,
            violation=violation,
            compile_seconds=compiled.seconds,
            bytes_per_state=self.store.bytes_taken(self.found) / self.found,
        )
