"""From where the compiled search stopped to the shortest run there, made by the executed engine."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from pathproof.model.execute import initial, step, successors
from pathproof.model.explorer import kernel
from pathproof.model.explorer.checks import first_violated
from pathproof.model.explorer.compiled import Compiled
from pathproof.model.explorer.layout import BoundTooLarge, RangeError
from pathproof.model.explorer.result import EngineDisagreement, Run, Step
from pathproof.model.explorer.states import words_of
from pathproof.model.explorer.store import Store


def diagnosed(compiled: Compiled, store: Store, layers: list[int], place: int) -> Run:
    """The run to the violation at, or one step after, the state at `place`.

    Raises `RangeError` where it is no claim that fails but a value that leaves its field's range, and
    `EngineDisagreement` where the executed engine finds nothing wrong.
    """
    layout = compiled.layout
    steps = _replayed(compiled, _path(compiled, store, layers, place))
    start = initial(layout.machine, layout.parameters)
    state = steps[-1].after if steps else start
    claim = first_violated(compiled.claims, layout.parameters, state)
    if claim is not None:
        return Run(claim.name, start, steps)
    for action, arguments, after in successors(layout.machine, state, layout.parameters):
        last = Step(action.name, arguments, state, after)
        _check_range(compiled, last)
        claim = first_violated(compiled.claims, layout.parameters, state, after)
        if claim is not None:
            return Run(claim.name, start, (*steps, last))
    if compiled.checked:
        raise BoundTooLarge(f"the compiled engine cannot hold a set or table that arises from {state}")
    raise EngineDisagreement(f"the compiled engine objects to {state}, the executed engine does not")


def _check_range(compiled: Compiled, last: Step) -> None:
    try:
        compiled.layout.pack(last.after)
    except RangeError as error:
        raise RangeError(f"{last} writes {error}; before it: {last.before}") from None


def _path(compiled: Compiled, store: Store, layers: list[int], place: int) -> list[int]:
    """The packed states on a shortest way to one: in each layer, the first state that leads on."""
    info = compiled.fresh_info()
    path = [store.state(place)]
    depth = sum(1 for first in layers if first <= place) - 1
    for first, stop in reversed(list(pairwise(layers[: depth + 1]))):
        state = words_of(path[0], compiled.layout.words)
        before = kernel.parent(compiled.expand, store.found, first, stop, state, store.out, store.alive, info)
        if before < 0:
            raise EngineDisagreement(f"no way leads to {compiled.layout.unpack(path[0])}")
        path.insert(0, store.state(before))
    return path


def _replayed(compiled: Compiled, path: list[int]) -> tuple[Step, ...]:
    """The steps between packed states, each made by the executed engine."""
    layout = compiled.layout
    state = initial(layout.machine, layout.parameters)
    if layout.pack(state) != path[0]:
        raise EngineDisagreement(f"the search began in {layout.unpack(path[0])}, not in {state}")
    steps: list[Step] = []
    for reached in path[1:]:
        steps.append(_made(compiled, state, reached))
        state = steps[-1].after
    return tuple(steps)


def _made(compiled: Compiled, state: Any, wanted: int) -> Step:
    layout = compiled.layout
    for action, arguments, reached in compiled.successors(layout.pack(state)):
        if reached == wanted:
            after = step(action, state, layout.parameters, arguments)
            if after is None or layout.pack(after) != wanted:
                message = (
                    f"{action.name}{arguments} leads from {state} to {layout.unpack(wanted)} when compiled"
                )
                raise EngineDisagreement(f"{message}, to {after} when executed")
            return Step(action.name, arguments, state, after)
    raise EngineDisagreement(f"no compiled action leads from {state} to {layout.unpack(wanted)}")
