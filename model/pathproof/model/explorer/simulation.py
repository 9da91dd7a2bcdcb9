"""Random walks through a machine, for bounds at which its states are too many to explore.

Walkers go in batches, the steps of a batch side by side. A batch depends on the seed and its number only, and
batches are counted in their order up to the first that has a violation: so the answer is the same for any
number of threads, and for either engine. A violation comes as a run that the executed engine has made, and
shortened.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pathproof.model.explorer.batches import Batch, CompiledWalks, ExecutedWalks, Walks
from pathproof.model.explorer.compiled import Compiled
from pathproof.model.explorer.follow import violating
from pathproof.model.explorer.layout import BoundTooLarge, Layout, RangeError
from pathproof.model.explorer.result import EngineDisagreement, Progress, Run, Step
from pathproof.model.explorer.shares import cores
from pathproof.model.explorer.shorten import Shortener
from pathproof.model.explorer.strolls import walked
from pathproof.model.explorer.walks import REGISTERS
from pathproof.model.machine import Claim, Machine

WALKERS = 512
"""Walks of a batch."""


@dataclass(frozen=True)
class Simulation:
    """What random walks have met.

    Attributes
    ----------
    runs, steps, depth
        Walks, their steps together, and the steps of the longest.
    ended
        Walks that came to a state with no successor but itself.
    distinct
        About how many different states there were; it is rarely off by more than 2%.
    fired, never_reached
        How many steps each action made, and the `sometimes` claims without a witness.
    violation
        A run that violates a claim, shortened; no walk was counted after it.
    engine
        `compiled`, or `executed` where states do not fit compiled code.
    """

    runs: int
    steps: int
    depth: int
    ended: int
    distinct: int
    fired: dict[str, int]
    never_reached: tuple[str, ...]
    violation: Run | None = None
    engine: str = "compiled"
    seconds: float = field(default=0.0, compare=False)

    @property
    def steps_per_second(self) -> float:
        """Steps of all walks in a second, without the time to compile."""
        return self.steps / self.seconds if self.seconds else 0.0

    @property
    def never_fired(self) -> tuple[str, ...]:
        """The actions that made no step."""
        return tuple(name for name, many in self.fired.items() if not many)


def simulate(
    machine: Machine,
    parameters: Any,
    claims: Iterable[Claim] | None = None,
    runs: int = 10_000,
    seed: int = 0,
    depth: int = 100,
    jobs: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    engine: str | None = None,
) -> Simulation:
    """Take random walks of up to `depth` steps, and check the claims in every state and step.

    In each state an enabled action is drawn, an attacker's less often than others, and of its enabled
    instances one; what would change nothing is left out. Steps that are enabled and not taken are checked,
    too. The same seed gives the same answer, for any number of `jobs`. States that do not fit compiled code
    are walked through by the executed engine, or all with `engine="executed"`.

    Raises `RangeError` where an action writes a value that its field cannot hold, and `EngineDisagreement`
    where the executed engine does not follow a walk of the compiled one.

    >>> from pathproof.model.explorer.toy import TOY
    >>> met = simulate(TOY, TOY.setting({"most": 4}), claims=(), runs=100, depth=8)
    >>> met.runs, met.distinct, met.never_fired
    (100, 31, ())
    >>> run = simulate(TOY, TOY.setting({"most": 9})).violation
    >>> run.claim, len(run.steps)
    ('held_within_limit', 3)
    """
    chosen = list(machine.claims.values() if claims is None else claims)
    walks = _walks(machine, parameters, chosen, seed, depth, engine)
    began = time.perf_counter()
    sizes = [(first, min(WALKERS, runs - first)) for first in range(0, runs, WALKERS)]
    total = _Total(walks)
    with ThreadPoolExecutor(jobs or cores()) as pool:
        waiting = [pool.submit(walks.batch, first, many) for first, many in sizes]
        for future in waiting:
            total.count(future.result())
            if progress is not None:
                now = time.perf_counter() - began
                progress(Progress(total.distinct(), total.steps, total.depth, now))
            if total.sick is not None:
                break
        for future in waiting:
            future.cancel()
    run = None if total.sick is None else _run(machine, parameters, chosen, seed, *total.sick)
    return total.result(run, time.perf_counter() - began)


def _walks(
    machine: Machine, parameters: Any, claims: list[Claim], seed: int, depth: int, engine: str | None
) -> Walks:
    if engine != "executed":
        try:
            return CompiledWalks(Compiled(machine, parameters, claims), seed, depth)
        except BoundTooLarge:
            if engine == "compiled":
                raise
    return ExecutedWalks(machine, parameters, claims, seed, depth)


def _run(machine: Machine, parameters: Any, claims: list[Claim], seed: int, walker: int, steps: int) -> Run:
    """The walk, made again by the executed engine, and shortened."""
    walk = walked(machine, parameters, seed, walker, steps)
    found = violating(machine, parameters, claims, [walk], _range_check(machine, parameters))
    if found is None:
        raise EngineDisagreement(f"a walk objects to {walk.end}, the executed engine does not")
    return Shortener(machine, parameters, machine.claims[found.claim]).shortened(found)


def _range_check(machine: Machine, parameters: Any) -> Callable[[Step], None]:
    try:
        layout = Layout(machine, parameters)
    except BoundTooLarge:
        return lambda step: None

    def check(step: Step) -> None:
        try:
            layout.pack(step.after)
        except RangeError as error:
            raise RangeError(f"{step} writes {error}; before it: {step.before}") from None

    return check


class _Total:
    """What the batches counted so far have met."""

    def __init__(self, walks: Walks) -> None:
        self.walks = walks
        self.runs = self.steps = self.depth = self.ended = 0
        self.fired = np.zeros(len(walks.instances), np.int64)
        self.reached = np.zeros(len(walks.witnesses), np.int64)
        self.registers = np.zeros(REGISTERS, np.uint8)
        self.sick: tuple[int, int] | None = None

    def count(self, batch: Batch) -> None:
        """Add a batch."""
        self.runs += batch.runs
        self.steps += batch.steps
        self.depth = max(self.depth, batch.depth)
        self.ended += batch.ended
        self.fired += batch.fired
        self.reached |= batch.reached
        self.registers = np.maximum(self.registers, batch.registers)
        self.sick = batch.sick

    def distinct(self) -> int:
        """The estimate of how many different states there were (HyperLogLog, by Flajolet and others)."""
        many = len(self.registers)
        estimate = 0.7213 / (1 + 1.079 / many) * many**2 / float(np.sum(2.0 ** -self.registers.astype(float)))
        empty = int(np.count_nonzero(self.registers == 0))
        return round(many * math.log(many / empty) if empty and estimate < 2.5 * many else estimate)

    def result(self, violation: Run | None, seconds: float) -> Simulation:
        """All of it."""
        walks = self.walks
        fired = dict.fromkeys((action.name for action, _ in walks.instances), 0)
        for (action, _), many in zip(walks.instances, self.fired.tolist(), strict=True):
            fired[action.name] += many
        seen = zip(walks.witnesses, self.reached.tolist(), strict=True)
        return Simulation(
            runs=self.runs,
            steps=self.steps,
            depth=self.depth,
            ended=self.ended,
            distinct=self.distinct(),
            fired=fired,
            never_reached=tuple(claim.name for claim, reached in seen if not reached),
            violation=violation,
            engine=walks.engine,
            seconds=seconds,
        )
