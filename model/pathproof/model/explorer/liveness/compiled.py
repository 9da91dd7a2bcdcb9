"""The compiled engine: fair components among millions of states, by compiled code over flat arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from pathproof.model.explorer.liveness import components, ways
from pathproof.model.explorer.liveness.cycle import Hop, fair_cycle
from pathproof.model.explorer.liveness.fair import Assumed
from pathproof.model.explorer.liveness.graph import Builder, Graph
from pathproof.model.explorer.liveness.kernels import Numbers
from pathproof.model.explorer.liveness.stepper import Stepper
from pathproof.model.explorer.result import EngineDisagreement, Progress
from pathproof.model.machine import Claim, Machine


class CompiledEngine:
    """The reachable graph, and the compiled claims."""

    name = "compiled"

    def __init__(
        self,
        machine: Machine,
        parameters: Any,
        claims: Iterable[Claim],
        max_memory: int | None,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self.stepper = Stepper(machine, parameters, claims)
        self.compile_seconds = self.stepper.seconds
        builder = Builder(self.stepper, max_memory, progress)
        self.graph = builder.graph()
        self.states = len(self.graph.parent)
        self.transitions = len(self.graph.target)
        self.depth = builder.depth
        self.components = 0
        self.bytes = builder.peak

    def lasso(
        self, claim: Claim, arguments: dict[str, int], given: Assumed
    ) -> tuple[list[int], list[int]] | None:
        """The instances of a prefix and of a cycle for a claim that fails; None for one that holds."""
        place = self.stepper.known[f"claim {claim.name}", *arguments.items()]
        status = 1 - self.stepper.where(place, self.graph.found, self.states)
        finite = self._marks(given.finite)
        component = self._judged(status, finite, given)
        fair = status == components.FAIR
        if not fair.any():
            return None
        # States are numbered in the order in which they were found: the lowest number is nearest.
        entry = int(fair.argmax())
        inside = (fair & (component == component[entry])).view(np.uint8)
        region = CompiledRegion(self.graph, inside, finite, self.stepper.actions)
        return self._prefix(entry), fair_cycle(region, entry, given)

    def _marks(self, instances: Iterable[int]) -> Numbers:
        return marked(self.stepper.actions, instances)

    def _judged(self, status: Numbers, finite: Numbers, given: Assumed) -> Numbers:
        """Judge components until no part of one is left to be judged; the component of each state."""
        graph, states = self.graph, self.states
        fair = sorted(given.weak | given.strong)
        width = max(-(-len(fair) // 64), 1)
        bits = np.zeros((self.stepper.actions, width), np.uint64)
        for bit, instance in enumerate(fair):
            bits[instance, bit // 64] = 1 << bit % 64
        weak, strong = (np.bitwise_or.reduce(bits[sorted(some)], 0) for some in (given.weak, given.strong))
        numbers, low, stack, calls = (np.zeros(states, np.int32) for _ in range(4))
        edge = np.zeros(states, np.int64)
        room = (status, numbers, low, stack, calls, edge)
        rows = (graph.first, graph.target, graph.taken)
        component = -1
        while (status == components.ACTIVE).any():
            component = components.judge(*rows, finite, bits, weak, strong, *room, component)
        self.components += -1 - component
        return low

    def _prefix(self, entry: int) -> list[int]:
        """The instances on a shortest way from the beginning."""
        graph, taken = self.graph, []
        while entry != 0:
            parent = int(graph.parent[entry])
            row = slice(graph.first[parent], graph.first[parent + 1])
            taken.append(int(graph.taken[row][graph.target[row] == entry][0]))
            entry = parent
        return taken[::-1]


class CompiledRegion:
    """A component of the graph, for the cycle builder."""

    def __init__(self, graph: Graph, inside: Numbers, finite: Numbers, actions: int) -> None:
        self.graph = graph
        self.inside = inside
        self.finite = finite
        self.actions = actions
        most = int(inside.sum()) + 1
        self.queue, self.back = np.zeros(most, np.int32), np.zeros(most, np.int32)
        self.by = np.zeros(most, np.int64)

    def enabled(self, state: int) -> frozenset[int]:
        """The instances that are enabled in a state, whether they stay inside or not."""
        graph = self.graph
        return frozenset(graph.taken[graph.first[state] : graph.first[state + 1]].tolist())

    def way(self, state: int, goal: int) -> list[Hop]:
        """A shortest way inside from one state to another."""
        return [] if state == goal else self._search(state, goal, frozenset(), frozenset())

    def nearest(self, state: int, takes: frozenset[int], disables: frozenset[int]) -> list[Hop]:
        """A shortest way inside that ends by taking one instance, or where one is disabled."""
        return self._search(state, -1, takes, disables)

    def _search(self, state: int, goal: int, takes: frozenset[int], disables: frozenset[int]) -> list[Hop]:
        graph, room = self.graph, (self.queue, self.back, self.by)
        wanted = (marked(self.actions, takes), marked(self.actions, disables), len(disables))
        rows = (graph.first, graph.target, graph.taken, self.finite)
        place = ways.search(*rows, self.inside, state, goal, *wanted, *room)
        if place == 0:
            raise EngineDisagreement("a component was judged fair, and no fair cycle goes through it")
        hops: list[Hop] = []
        while place != 0:
            edge = self.by[place]
            hops.insert(0, (int(graph.taken[edge]), int(graph.target[edge])))
            place = int(self.back[place])
        return hops


def marked(many: int, chosen: Iterable[int]) -> Numbers:
    """One byte for each of so many instances, which is 1 for those chosen."""
    marks = np.zeros(many, np.uint8)
    marks[list(chosen)] = 1
    return marks
