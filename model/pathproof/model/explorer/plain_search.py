"""The same search by CPython, with a dictionary: slow and obviously right, for small bounds.

It is what the compiled search is checked against.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import networkx

from pathproof.model.execute import initial, successors
from pathproof.model.explorer.checks import first_violated, witnesses
from pathproof.model.explorer.result import Exploration, Run, Step
from pathproof.model.machine import Claim, Machine

Key = tuple[Any, ...]


def key(state: Any) -> Key:
    """The state's values in the order of its fields: equal for equal states, and hashable."""
    return tuple(vars(state).values())


@dataclass
class _Seen:
    """What has been found: each state with the step that found it."""

    came_by: dict[Key, Step | None] = field(default_factory=dict)
    fired: dict[str, int] = field(default_factory=dict)
    waiting: list[Claim] = field(default_factory=list)
    deadlocks: list[Any] = field(default_factory=list)
    depth: int = 0
    violation: Run | None = None


def explore_plainly(
    machine: Machine,
    parameters: Any,
    claims: Iterable[Claim] | None = None,
    max_depth: int | None = None,
) -> Exploration:
    """Find every reachable state, or a shortest run that violates a claim, by executing the machine.

    >>> from pathproof.model.explorer.toy import TOY
    >>> done = explore_plainly(TOY, TOY.setting({"most": 4}), claims=())
    >>> done.states, done.transitions, done.depth, done.complete
    (31, 64, 8, True)
    """
    began = time.perf_counter()
    chosen = list(machine.claims.values() if claims is None else claims)
    seen = _Seen(fired=dict.fromkeys(machine.actions, 0))
    seen.waiting = [claim for claim in chosen if claim.sort == "sometimes"]
    start = initial(machine, parameters)
    seen.came_by[key(start)] = None
    layer = [start]
    while layer and seen.violation is None and (max_depth is None or seen.depth < max_depth):
        layer = _next_layer(machine, parameters, chosen, seen, layer)
        seen.depth += bool(layer)
    if seen.violation is None:
        for state in layer:
            _check(machine, parameters, chosen, seen, state)
    return Exploration(
        states=len(seen.came_by),
        transitions=sum(seen.fired.values()),
        depth=seen.depth,
        seconds=time.perf_counter() - began,
        complete=not layer and seen.violation is None,
        fired=seen.fired,
        never_reached=tuple(claim.name for claim in seen.waiting),
        deadlocks=len(seen.deadlocks),
        deadlock=seen.deadlocks[0] if seen.deadlocks else None,
        stopped=f"stopped at depth {max_depth}, as asked" if layer and seen.violation is None else None,
        violation=seen.violation,
    )


def _next_layer(
    machine: Machine, parameters: Any, claims: list[Claim], seen: _Seen, layer: list[Any]
) -> list[Any]:
    """The states one step further, in the order in which they are found."""
    found = []
    for state in layer:
        _check(machine, parameters, claims, seen, state)
        stuck = True
        for action, arguments, after in successors(machine, state, parameters):
            stuck = False
            step = Step(action.name, arguments, state, after)
            seen.fired[action.name] += 1
            claim = first_violated(claims, parameters, state, after)
            if claim is not None and seen.violation is None:
                seen.violation = _run(claim, seen, state, step)
            if key(after) not in seen.came_by:
                seen.came_by[key(after)] = step
                found.append(after)
        if seen.violation is not None:
            break
        if stuck:
            seen.deadlocks.append(state)
    return found


def _check(machine: Machine, parameters: Any, claims: list[Claim], seen: _Seen, state: Any) -> None:
    claim = first_violated(claims, parameters, state)
    if claim is not None and seen.violation is None:
        seen.violation = _run(claim, seen, state)
    seen.waiting = [claim for claim in seen.waiting if not witnesses(claim, parameters, state)]


def _run(claim: Claim, seen: _Seen, state: Any, *last: Step) -> Run:
    steps = list(last)
    came_by = seen.came_by[key(state)]
    while came_by is not None:
        steps.insert(0, came_by)
        state = came_by.before
        came_by = seen.came_by[key(state)]
    return Run(claim.name, state, tuple(steps))


def graph(machine: Machine, parameters: Any) -> networkx.MultiDiGraph:
    """The graph of reachable states, for small bounds.

    A node is a number in the order in which states are found, with the executed state as `state`; an edge
    has the `action` and its `arguments`.

    >>> from pathproof.model.explorer.toy import TOY
    >>> small = graph(TOY, TOY.setting({"most": 1}))
    >>> list(small.edges(data="action"))
    [(0, 1, 'take'), (1, 2, 'give_back')]
    """
    drawn = networkx.MultiDiGraph()
    start = initial(machine, parameters)
    numbers = {key(start): 0}
    drawn.add_node(0, state=start)
    waiting = [start]
    for state in waiting:
        for action, arguments, after in successors(machine, state, parameters):
            if key(after) not in numbers:
                numbers[key(after)] = len(numbers)
                drawn.add_node(numbers[key(after)], state=after)
                waiting.append(after)
            drawn.add_edge(numbers[key(state)], numbers[key(after)], action=action.name, arguments=arguments)
    return drawn
