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
from pathproof.model.explorer.follow import followed, violating
from pathproof.model.explorer.reductions import Reductions
from pathproof.model.explorer.result import EngineDisagreement, Exploration, Run
from pathproof.model.machine import Claim, Machine

Key = tuple[Any, ...]


def key(state: Any) -> Key:
    """The state's values in the order of its fields: equal for equal states, and hashable."""
    return tuple(vars(state).values())


@dataclass
class _Search:
    """What has been found: each state that is kept with the one that it was found from."""

    machine: Machine
    parameters: Any
    claims: list[Claim]
    reductions: Reductions | None
    came_from: dict[Key, Key | None] = field(default_factory=dict)
    fired: dict[str, int] = field(default_factory=dict)
    waiting: list[Claim] = field(default_factory=list)
    deadlocks: list[Any] = field(default_factory=list)
    depth: int = 0
    violation: Run | None = None

    def kept(self, state: Any) -> Any:
        """What is kept of a state."""
        return self.reductions.reduced(state) if self.reductions else state

    def next_layer(self, layer: list[Any]) -> list[Any]:
        """The states one step further, in the order in which they are found."""
        found: list[Any] = []
        for state in layer:
            self.check(state)
            self._expand(state, found)
            if self.violation is not None:
                break
        return found

    def _expand(self, state: Any, found: list[Any]) -> None:
        stuck = True
        for action, _, after in successors(self.machine, state, self.parameters):
            stuck = False
            self.fired[action.name] += 1
            if first_violated(self.claims, self.parameters, state, after) is not None:
                self._violated(state)
            kept = self.kept(after)
            if key(kept) not in self.came_from:
                self.came_from[key(kept)] = key(state)
                found.append(kept)
        if stuck:
            self.deadlocks.append(state)

    def check(self, state: Any) -> None:
        """Judge a state by the claims about states."""
        if first_violated(self.claims, self.parameters, state) is not None:
            self._violated(state)
        self.waiting = [claim for claim in self.waiting if not witnesses(claim, self.parameters, state)]

    def _violated(self, state: Any) -> None:
        if self.violation is not None:
            return
        path = [key(state)]
        while (before := self.came_from[path[0]]) is not None:
            path.insert(0, before)
        runs = followed(self.machine, self.parameters, path, lambda state: key(self.kept(state)))
        self.violation = violating(self.machine, self.parameters, self.claims, runs)
        if self.violation is None:
            raise EngineDisagreement(f"the search objects to {state}, which no run with that fault leads to")


def explore_plainly(
    machine: Machine,
    parameters: Any,
    claims: Iterable[Claim] | None = None,
    max_depth: int | None = None,
    reduce: bool = True,
) -> Exploration:
    """Find every reachable state, or a shortest run that violates a claim, by executing the machine.

    >>> from pathproof.model.explorer.toy import TOY
    >>> done = explore_plainly(TOY, TOY.setting({"most": 4}), claims=())
    >>> done.states, done.transitions, done.depth, done.complete
    (31, 64, 8, True)
    """
    began = time.perf_counter()
    chosen = list(machine.claims.values() if claims is None else claims)
    found = (Reductions(machine, parameters) or None) if reduce else None
    seen = _Search(machine, parameters, chosen, found, fired=dict.fromkeys(machine.actions, 0))
    seen.waiting = [claim for claim in chosen if claim.sort == "sometimes"]
    layer = [seen.kept(initial(machine, parameters))]
    seen.came_from[key(layer[0])] = None
    while layer and seen.violation is None and (max_depth is None or seen.depth < max_depth):
        layer = seen.next_layer(layer)
        seen.depth += bool(layer)
    if seen.violation is None:
        for state in layer:
            seen.check(state)
    return Exploration(
        states=len(seen.came_from),
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
