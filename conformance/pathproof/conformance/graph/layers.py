"""In which layer each box and label of a graph is, in which order, and what an edge passes on its way.

Nodes are numbers: the boxes, the labels, and behind them those that the library puts where a long edge passes
through a layer.
"""

from __future__ import annotations

from dataclasses import dataclass

from fast_sugiyama import from_edges

from pathproof.conformance.graph.phases import Move, PhaseGraph


@dataclass(frozen=True)
class Layers:
    """The nodes of each layer from left to right, what they stand for, and each edge from the top down."""

    rows: list[list[int]]
    boxes: dict[str, int]
    labels: dict[Move, int]
    chains: dict[Move, tuple[int, ...]]

    @property
    def row(self) -> dict[int, int]:
        """The number of the layer of each node."""
        return {node: number for number, nodes in enumerate(self.rows) for node in nodes}

    def is_downward(self, move: Move) -> bool:
        """Whether the edge leads to what is met later: edges back up are laid out turned round."""
        return self.chains[move][0] == self.boxes[move.source]


def layered(graph: PhaseGraph) -> Layers:
    """The layers of a graph: what is met first is on top, and edges go down from their earlier end.

    >>> from pathproof.conformance.graph.phases import Phase
    >>> move = Move("b", "a", "protocol", ("back",))
    >>> toy = PhaseGraph("toy", 2, (Phase("a", 1, True, ()), Phase("b", 1, False, ())), (move,))
    >>> layered(toy).rows, layered(toy).is_downward(move)
    ([[0], [2], [1]], False)
    """
    boxes = {phase.name: place for place, phase in enumerate(graph.phases)}
    labels = {move: place for place, move in enumerate(graph.moves, len(boxes))}
    edges: list[tuple[int | str, int | str]] = []
    ends = {move: sorted((boxes[move.source], boxes[move.target])) for move in labels}
    for move, place in labels.items():
        edges += [(ends[move][0], place), (place, ends[move][1])]
    if not edges:
        return Layers([[0]], boxes, {}, {})
    rows, steps = _laid_out(edges)
    chains = {
        move: (*_way(steps, ends[move][0], place), *_way(steps, place, ends[move][1])[1:])
        for move, place in labels.items()
    }
    return Layers(rows, boxes, labels, chains)


Steps = dict[int, list[int]]


def _laid_out(edges: list[tuple[int | str, int | str]]) -> tuple[list[list[int]], Steps]:
    """The nodes of each layer in order, the library's own on long edges too, and who follows whom."""
    # The library's own nodes are larger than all of ours.
    laid = from_edges(edges, minimum_length=1, vertex_spacing=2, dummy_vertices=True, check_layout=False)
    points = sorted((-y, x, int(node)) for node, (x, y) in laid.flatten_positions())
    heights = sorted({down for down, _, _ in points})
    rows = [[node for down, _, node in points if down == height] for height in heights]
    steps: Steps = {}
    for *_, drawn in laid:
        for source, target in drawn or ():
            steps.setdefault(int(source), []).append(int(target))
    return rows, steps


def _way(steps: Steps, source: int, target: int) -> tuple[int, ...]:
    """From one of our nodes to the next, by way of the library's."""
    for step in steps.get(source, []):
        way = [source, step]
        while way[-1] != target and len(steps.get(way[-1], [])) == 1 and way[-1] not in way[:-1]:
            way.append(steps[way[-1]][0])
        if way[-1] == target:
            return tuple(way)
    return source, target
