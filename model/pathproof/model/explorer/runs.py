"""From where the compiled search stopped to the shortest run there, made by the executed engine."""

from __future__ import annotations

from pathproof.model.explorer.compiled import Compiled
from pathproof.model.explorer.follow import followed, violating
from pathproof.model.explorer.layout import BoundTooLarge, RangeError
from pathproof.model.explorer.result import EngineDisagreement, Run, Step
from pathproof.model.explorer.shares import Shares


def diagnosed(compiled: Compiled, shares: Shares, sick: int, depth: int) -> Run:
    """The run to the violation at, or one step after, a packed state of the layer `depth`.

    Raises `RangeError` where it is no claim that fails but a value that leaves its field's range, and
    `EngineDisagreement` where the executed engine finds nothing wrong.
    """
    machine, parameters = compiled.layout.machine, compiled.layout.parameters
    runs = followed(machine, parameters, _path(compiled, shares, sick, depth), compiled.kept)
    found = violating(machine, parameters, compiled.claims, runs, lambda step: _check_range(compiled, step))
    if found is not None:
        return found
    state = compiled.layout.unpack(sick)
    if compiled.checked:
        raise BoundTooLarge(f"the compiled engine cannot hold a set or table that arises from {state}")
    why = " with reductions" if compiled.reductions else ""
    raise EngineDisagreement(f"the compiled engine{why} objects to {state}, the executed engine does not")


def _check_range(compiled: Compiled, last: Step) -> None:
    try:
        compiled.kept(last.after)
    except RangeError as error:
        raise RangeError(f"{last} writes {error}; before it: {last.before}") from None


def _path(compiled: Compiled, shares: Shares, last: int, depth: int) -> list[int]:
    """The packed states on a shortest way to one: in each layer, the smallest state that leads on."""
    path = [last]
    for layer in range(depth - 1, -1, -1):
        before = shares.predecessor(layer, path[0])
        if before is None:
            raise EngineDisagreement(f"no way leads to {compiled.layout.unpack(path[0])}")
        path.insert(0, before)
    return path
