"""The compiled engine held against the executed one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pathproof.model.execute import successors
from pathproof.model.explorer import Compiled, RangeError, TroubleAhead, explore, explore_plainly, graph
from pathproof.model.machine import Machine

Steps = list[tuple[str, dict[str, int], int]]


def executed_steps(compiled: Compiled, state: Any) -> Steps | None:
    """Every step from a state; None where a value leaves its range."""
    layout = compiled.layout
    try:
        return [
            (action.name, arguments, layout.pack(after))
            for action, arguments, after in successors(layout.machine, state, layout.parameters)
        ]
    except RangeError:
        return None


def compiled_steps(compiled: Compiled, state: Any) -> Steps | None:
    """Every step from a state; None where the compiled code reports trouble."""
    try:
        found = compiled.successors(compiled.layout.pack(state))
    except TroubleAhead:
        return None
    return [(action.name, arguments, after) for action, arguments, after in found]


def differences(compiled: Compiled, states: Iterable[Any]) -> list[Any]:
    """The states from which the two engines go different ways."""
    return [s for s in states if compiled_steps(compiled, s) != executed_steps(compiled, s)]


def reachable(machine: Machine, parameters: Any) -> list[Any]:
    """Every reachable state, as executed."""
    return [state for _, state in graph(machine, parameters).nodes(data="state")]


def assert_same_exploration(machine: Machine, parameters: Any, words: int) -> None:
    """Both engines find the same states, transitions, depth, deadlocks and witnesses."""
    slow = explore_plainly(machine, parameters)
    fast = explore(machine, parameters, max_memory=1 << 26, words=words)
    for name in ("states", "transitions", "depth", "complete", "fired", "never_reached", "deadlocks"):
        assert getattr(fast, name) == getattr(slow, name), name
    assert fast.complete
