"""The plain engine: fair components by their definition, on a graph that CPython draws; small bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import networkx

from pathproof.model.explorer.liveness.cycle import Hop, fair_cycle
from pathproof.model.explorer.liveness.fair import Assumed, all_instances
from pathproof.model.explorer.plain_search import graph
from pathproof.model.explorer.result import EngineDisagreement
from pathproof.model.machine import Claim, Machine


class PlainEngine:
    """The reachable graph, whose edges have the action instance as their key."""

    name = "plain"
    bytes = 0
    compile_seconds = 0.0

    def __init__(self, machine: Machine, parameters: Any) -> None:
        drawn = graph(machine, parameters)
        listed = enumerate(all_instances(machine, parameters))
        number = {(action.name, *chosen.items()): place for place, (action, chosen) in listed}
        self.parameters = parameters
        self.state: dict[int, Any] = dict(drawn.nodes(data="state"))
        self.edges = networkx.MultiDiGraph()
        self.edges.add_nodes_from(drawn)
        for before, after, taken in drawn.edges(data=True):
            self.edges.add_edge(before, after, number[taken["action"], *taken["arguments"].items()])
        self.enabled = {
            node: frozenset(instance for _, _, instance in self.edges.out_edges(node, keys=True))
            for node in self.state
        }
        self.states = len(self.state)
        self.transitions = int(self.edges.number_of_edges())
        self.depth = max(networkx.single_source_shortest_path_length(drawn, 0).values())
        self.components = 0

    def lasso(
        self, claim: Claim, arguments: dict[str, int], given: Assumed
    ) -> tuple[list[int], list[int]] | None:
        """The instances of a prefix and of a cycle for a claim that fails; None for one that holds."""
        fails = [
            node
            for node, state in self.state.items()
            if not claim.function(state, self.parameters, **arguments)
        ]
        kept = [edge for edge in self.edges.subgraph(fails).edges(keys=True) if edge[2] not in given.finite]
        inside = networkx.MultiDiGraph()
        inside.add_nodes_from(fails)
        inside.add_edges_from(kept)
        fair = list(self.fair_components(inside, given))
        if not fair:
            return None
        # States are numbered in the order in which they were found: the lowest number is nearest.
        nearest = min(fair, key=min)
        entry = min(nearest)
        region = PlainRegion(inside.subgraph(nearest), self.enabled)
        prefix = PlainRegion(self.edges, self.enabled).way(0, entry)
        return [instance for instance, _ in prefix], fair_cycle(region, entry, given)

    def fair_components(self, inside: networkx.MultiDiGraph, given: Assumed) -> Iterator[set[int]]:
        """The largest sets of states in which a fair run can go on for ever (none within another)."""
        for nodes in list(networkx.strongly_connected_components(inside)):
            self.components += 1
            part = inside.subgraph(nodes)
            taken = {instance for _, _, instance in part.edges(keys=True)}
            enabled = {node: self.enabled[node] for node in nodes}
            if any(i not in taken and all(i in e for e in enabled.values()) for i in given.weak):
                continue
            starved = {i for i in given.strong if i not in taken and any(i in e for e in enabled.values())}
            if not starved:
                yield nodes
                continue
            kept = [node for node in nodes if not enabled[node] & starved]
            yield from self.fair_components(part.subgraph(kept).copy(), given)


class PlainRegion:
    """Part of the graph, for the cycle builder."""

    def __init__(self, inside: networkx.MultiDiGraph, enabled: Mapping[int, frozenset[int]]) -> None:
        self.inside = inside
        self._enabled = enabled

    def enabled(self, state: int) -> frozenset[int]:
        """The instances that are enabled in a state, whether they stay inside or not."""
        return self._enabled[state]

    def way(self, state: int, goal: int) -> list[Hop]:
        """A shortest way inside from one state to another."""
        return [] if state == goal else self._search(state, lambda _, after: after == goal)

    def nearest(self, state: int, takes: frozenset[int], disables: frozenset[int]) -> list[Hop]:
        """A shortest way inside that ends by taking one instance, or where one is disabled."""
        return self._search(state, lambda i, after: i in takes or bool(disables - self._enabled[after]))

    def _search(self, state: int, ends: Callable[[int, int], bool]) -> list[Hop]:
        ways: dict[int, list[Hop]] = {state: []}
        waiting = [state]
        for before in waiting:
            for _, after, instance in sorted(self.inside.out_edges(before, keys=True), key=lambda e: e[2]):
                if ends(instance, after):
                    return [*ways[before], (instance, after)]
                if after not in ways:
                    ways[after] = [*ways[before], (instance, after)]
                    waiting.append(after)
        raise EngineDisagreement("a component was judged fair, and no fair cycle goes through it")
