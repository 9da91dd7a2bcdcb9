"""A search, layer by layer, to its end or to what stops it.

A violation is looked for in the whole of the first layer that has one, and shown in its smallest state as a
packed number, with counts as they were where that layer began: any number of threads reports the same.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pathproof.model.execute import initial
from pathproof.model.explorer.checkpoint import CheckpointError, load, save
from pathproof.model.explorer.compiled import Compiled
from pathproof.model.explorer.cursor import DONE, FULL, TROUBLE
from pathproof.model.explorer.result import Exploration, Progress, Run
from pathproof.model.explorer.runs import diagnosed
from pathproof.model.explorer.shares import Shares, cores
from pathproof.model.explorer.snapshot import Snapshot, Tally
from pathproof.model.explorer.states import repeated

SLICE = 1 << 16
"""States of each share between two looks at progress and Ctrl-C; some hundredths of a second."""
INTERVAL = 0.2
"""Seconds between two calls of `progress`."""
MANY = 1 << 17
"""States from which on a search uses all cores, where the caller does not say how many."""


@dataclass
class Watch:
    """Tells how far the search has got, a few times a second, and saves it, less often."""

    progress: Callable[[Progress], None] | None
    checkpoint: Path | None = None
    every: float = 0.0
    told: float = 0.0
    saved: float = 0.0
    is_interrupted: bool = False

    def __post_init__(self) -> None:
        self.began = self.told = self.saved = time.perf_counter()

    @property
    def seconds(self) -> float:
        """Since the search began."""
        return time.perf_counter() - self.began

    @contextmanager
    def minding_interrupts(self) -> Iterator[None]:
        """Ctrl-C waits for the next look, where a checkpoint is asked for; a second one does not."""
        if self.checkpoint is None or threading.current_thread() is not threading.main_thread():
            yield
            return
        former = signal.getsignal(signal.SIGINT)

        def note(*_: object) -> None:
            self.is_interrupted = True
            signal.signal(signal.SIGINT, former)

        signal.signal(signal.SIGINT, note)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, former)

    def tell(self, shares: Shares) -> None:
        """Save the search and call `progress`, where it is time to.

        Raises `KeyboardInterrupt`, once the search is saved, if it was interrupted.
        """
        if self.is_interrupted:
            self.save(shares)
            raise KeyboardInterrupt(f"the search is saved in {self.checkpoint}")
        if time.perf_counter() - self.saved >= self.every:
            self.save(shares)
        if self.progress is not None and time.perf_counter() - self.told >= INTERVAL:
            self.told = time.perf_counter()
            depth = len(shares.all[0].layers) - 1
            self.progress(Progress(shares.found, shares.expanded, depth, self.seconds))

    def save(self, shares: Shares) -> None:
        """Write the checkpoint, where one is asked for."""
        if self.checkpoint is not None:
            compiled = shares.compiled
            save(self.checkpoint, compiled.key, compiled.layout.words, shares.snapshot())
            self.saved = time.perf_counter()


class Search:
    """All that one search knows; `begin` it, `run` it, and close its `shares`."""

    def __init__(self, compiled: Compiled, max_memory: int, jobs: int | None, watch: Watch) -> None:
        self.compiled = compiled
        self.jobs = jobs
        self.watch = watch
        self.shares = Shares(compiled, jobs or 1, max_memory)

    def begin(self, resume: Path | None) -> None:
        """Take up a search, or begin with the state in which the machine begins."""
        compiled, layout = self.compiled, self.compiled.layout
        if resume is not None:
            if not self.shares.load(load(resume, compiled.key, layout.words)):
                raise CheckpointError(f"{resume} has more states than memory has room for")
            if self.shares.expanded == self.shares.stop > self.shares.layers[-1]:
                self.shares.end_layer()
            return
        start = repeated(compiled.kept(initial(layout.machine, layout.parameters)), layout.words, 1)
        nothing = Tally(tuple(compiled.fresh_info().tolist()))
        self.shares.load(Snapshot([start], [0], 0, 0, 1, nothing, nothing))

    def run(self, max_depth: int | None) -> Exploration:
        """Layer after layer, to the end or to what stops it."""
        while self.shares.expanded < self.shares.found:
            self._spread()
            shares = self.shares
            if max_depth is not None and len(shares.all[0].layers) > max_depth:
                self.watch.save(shares)
                return self._stopped(f"stopped at depth {max_depth}, as asked")
            if shares.stop == shares.expanded:
                shares.begin_layer()
            outcome = self._layer()
            if outcome == TROUBLE:
                return self._violated(shares.scan(self.compiled.expand))
            if outcome == FULL:
                return self._stopped(f"{shares.max_memory / 1e6:,.0f} MB of memory are full")
            shares.end_layer()
        shares = self.shares
        return self._result(shares.found, len(shares.layers) - 2, shares.tally(), complete=True)

    def _layer(self) -> int:
        """Expand the states of a layer."""
        shares, outcome = self.shares, DONE
        while shares.expanded < shares.stop and outcome == DONE:
            outcome = shares.round(SLICE)
            self.watch.tell(shares)
        return outcome

    def _spread(self) -> None:
        """Deal the states to as many shares as there are cores, once there are many."""
        old, many = self.shares, cores()
        if self.jobs is None and len(old.all) < many and old.found >= MANY:
            new = Shares(self.compiled, many, old.max_memory)
            if new.load(old.snapshot()):
                self.shares = new
                old.close()
            else:
                new.close()
                self.jobs = 1

    def _stopped(self, why: str) -> Exploration:
        """The result so far; claims are checked in the states that were found and not expanded, too."""
        shares = self.shares
        left = shares.found - shares.expanded
        if shares.expanded == shares.stop:
            shares.begin_layer()
        sick = shares.scan(self.compiled.look)
        if sick is None and shares.stop < shares.found:
            for share in shares.all:
                share.layers.append(share.stop)
            shares.begin_layer()
            sick = shares.scan(self.compiled.look)
        if sick is not None:
            return self._violated(sick)
        depth = len(shares.layers) - 1
        line = f"{why}: {shares.found:,} states found up to depth {depth}, {left:,} of them not expanded"
        return self._result(shares.found, depth, shares.tally(), stopped=line)

    def _violated(self, sick: int | None) -> Exploration:
        assert sick is not None
        shares, depth = self.shares, len(self.shares.layers) - 1
        run = diagnosed(self.compiled, shares, sick, depth)
        return self._result(shares.stop, depth, shares.before, violation=run)

    def _result(
        self,
        states: int,
        depth: int,
        tally: Tally,
        complete: bool = False,
        stopped: str | None = None,
        violation: Run | None = None,
    ) -> Exploration:
        compiled = self.compiled
        fired = dict.fromkeys(compiled.layout.machine.actions, 0)
        first = 1 + len(compiled.witnesses)
        for (action, _), many in zip(compiled.instances, tally.info[first:], strict=True):
            fired[action.name] += many
        seen = zip(compiled.witnesses, tally.info[1:first], strict=True)
        return Exploration(
            states=states,
            transitions=sum(fired.values()),
            depth=depth,
            seconds=self.watch.seconds,
            complete=complete,
            fired=fired,
            never_reached=tuple(claim.name for claim, reached in seen if not reached),
            deadlocks=tally.stuck,
            deadlock=None if tally.deadlock is None else compiled.layout.unpack(tally.deadlock),
            stopped=stopped,
            violation=violation,
            compile_seconds=compiled.seconds,
            bytes_per_state=self.shares.bytes_taken / self.shares.found,
        )
