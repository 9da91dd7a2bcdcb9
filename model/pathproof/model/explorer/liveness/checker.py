"""The check: which claims, by which engine, and every lasso confirmed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any, Literal, Protocol

from pathproof.model.execute import initial, step
from pathproof.model.explorer.liveness.compiled import CompiledEngine
from pathproof.model.explorer.liveness.confirm import confirm
from pathproof.model.explorer.liveness.fair import Assumed, Instance, all_instances, assumed
from pathproof.model.explorer.liveness.plain import PlainEngine
from pathproof.model.explorer.liveness.result import Checked, Lasso
from pathproof.model.explorer.result import EngineDisagreement, Progress, Step
from pathproof.model.machine import Claim, Machine, instances


class Engine(Protocol):
    """What draws the graph of a machine, and finds the lassos in it."""

    name: str
    states: int
    transitions: int
    depth: int
    components: int
    compile_seconds: float
    bytes: int

    def lasso(
        self, claim: Claim, arguments: dict[str, int], given: Assumed
    ) -> tuple[list[int], list[int]] | None:
        """The instances of a prefix and of a cycle for a claim that fails; None for one that holds."""


def check(
    machine: Machine,
    parameters: Any,
    claims: Iterable[Claim] | None = None,
    max_memory: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    engine: Literal["compiled", "plain"] = "compiled",
) -> Checked:
    """Look for a fair run on which an `eventually` claim, with some arguments, holds no more at last.

    Parameters
    ----------
    machine, parameters
        The machine, and the bounds and readings under which it is explored (`machine.setting(...)`).
    claims
        The claims to check: all of the machine's by default. Those of other sorts are passed over.

    max_memory
        Bytes for the arrays of the compiled engine, by default 80% of what is available.
    progress
        Called a few times a second while the graph is drawn, and before each claim.
    engine
        `compiled`, for millions of states, or `plain`, which is slow and has nothing to hide.

    Raises
    ------
    BoundTooLarge
        Where a state does not fit the compiled engine, or the graph does not fit the memory.
    RangeError
        Where a reachable action writes a value that its field cannot hold.
    UnknownName
        Where a claim is given fairness that the machine does not have.
    EngineDisagreement
        Where the executed engine does not confirm a lasso.

    Examples
    --------
    >>> from pathproof.model.explorer.toy import TOY
    >>> done = check(TOY, TOY.setting())
    >>> list(done), done.instances, done.states
    ([], 0, 15)
    """
    began = time.perf_counter()
    chosen = list(machine.claims.values() if claims is None else claims)
    asked = [claim for claim in chosen if claim.sort == "eventually"]
    given = [assumed(machine, parameters, claim) for claim in asked]
    made = _engine(machine, parameters, asked, max_memory, progress, engine)
    lassos, many = [], 0
    for claim, fair in zip(asked, given, strict=True):
        for arguments in instances(claim, parameters):
            many += 1
            _tell(progress, made, began)
            found = made.lasso(claim, arguments, fair)
            if found is not None:
                lassos.append(_lasso(machine, parameters, claim, arguments, fair, *found))
    seconds = time.perf_counter() - began - made.compile_seconds
    counts = (made.states, made.transitions, made.components)
    return Checked(lassos, made.name, many, *counts, seconds, made.compile_seconds, made.bytes)


def _tell(progress: Callable[[Progress], None] | None, made: Engine, began: float) -> None:
    if progress is not None:
        progress(Progress(made.states, made.states, made.depth, time.perf_counter() - began))


def _engine(
    machine: Machine,
    parameters: Any,
    claims: Iterable[Claim],
    max_memory: int | None,
    progress: Callable[[Progress], None] | None,
    engine: str,
) -> Engine:
    if engine == "plain":
        return PlainEngine(machine, parameters)
    return CompiledEngine(machine, parameters, claims, max_memory, progress)


def _lasso(
    machine: Machine,
    parameters: Any,
    claim: Claim,
    arguments: dict[str, int],
    given: Assumed,
    prefix: list[int],
    cycle: list[int],
) -> Lasso:
    """The lasso as the executed engine makes it, and confirms it."""
    known = all_instances(machine, parameters)
    start = initial(machine, parameters)
    first = _made([known[place] for place in prefix], start, parameters)
    knot = first[-1].after if first else start
    again = _made([known[place] for place in cycle], knot, parameters)
    lasso = Lasso(claim.name, arguments, given.fairness, start, first, again)
    confirm(machine, parameters, lasso)
    return lasso


def _made(taken: list[Instance], state: Any, parameters: Any) -> tuple[Step, ...]:
    steps = []
    for action, arguments in taken:
        after = step(action, state, parameters, arguments)
        if after is None:
            raise EngineDisagreement(f"{action.name}{arguments} is not enabled in {state} when executed")
        steps.append(Step(action.name, arguments, state, after))
        state = after
    return tuple(steps)
