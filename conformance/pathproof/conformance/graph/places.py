"""Where the boxes and labels of a graph stand, and which way its edges take.

A label is a place of its own on the way of its edge, so that it overlaps nothing: the layout is that of a
graph with one more node for each edge. A library finds the layers and crossings.
"""

from __future__ import annotations

from dataclasses import dataclass

from fast_sugiyama import from_edges

from pathproof.conformance.graph.phases import Move, PhaseGraph

COLUMN, LAYER = 190, 84
"""Pixels between neighbours in a layer, and between layers."""
Point = tuple[int, int]


@dataclass(frozen=True)
class Places:
    """The middle of each box by name of its phase, of each label, and the corners of each edge's way."""

    boxes: dict[str, Point]
    labels: dict[Move, Point]
    ways: dict[Move, tuple[Point, ...]]
    width: int
    height: int


def placed(graph: PhaseGraph) -> Places:
    """The places of everything in a graph, from the first layer down.

    >>> from pathproof.conformance.graph.phases import Phase
    >>> two = Phase("a", 1, True, ()), Phase("b", 1, False, ())
    >>> found = placed(PhaseGraph("toy", 2, two, (Move("a", "b", "protocol", ("go",)),)))
    >>> found.boxes["a"][1] < found.boxes["b"][1]
    True
    """
    number = {phase.name: place for place, phase in enumerate(graph.phases)}
    middle = {move: place for place, move in enumerate(graph.moves, len(number))}
    edges: list[tuple[int | str, int | str]] = []
    for move, place in middle.items():
        upper, lower = _downward(number, move)
        edges += [(upper, place), (place, lower)]
    at, steps = _laid_out(edges) if edges else ({0: (0, 0)}, {})
    return Places(
        {name: at[place] for name, place in number.items()},
        {move: at[place] for move, place in middle.items()},
        {move: _through(at, steps, number, move, place) for move, place in middle.items()},
        max(x for x, _ in at.values()),
        max(y for _, y in at.values()),
    )


def _downward(number: dict[str, int], move: Move) -> tuple[int, int]:
    """Both ends, the one that is met first before the other: edges back up are laid out turned round."""
    one, other = sorted((number[move.source], number[move.target]))
    return one, other


def _through(
    at: dict[int, Point], steps: Steps, number: dict[str, int], move: Move, place: int
) -> tuple[Point, ...]:
    """The way of an edge from its source by its label to its target."""
    upper, lower = _downward(number, move)
    way = (*_way(at, steps, upper, place), *_way(at, steps, place, lower)[1:])
    return way if upper == number[move.source] else way[::-1]


Steps = dict[int, list[int]]


def _laid_out(edges: list[tuple[int | str, int | str]]) -> tuple[dict[int, Point], Steps]:
    """The point of every node, those the library put on long edges included, and who follows whom."""
    # Nodes are numbers here; the library's own are larger than all of ours.
    layouts = from_edges(edges, minimum_length=1, vertex_spacing=2, dummy_vertices=True, check_layout=False)
    laid = layouts.align_layouts_horizontal(spacing=2)
    points = {int(node): point for node, point in laid.flatten_positions()}
    left, top = min(x for x, _ in points.values()), max(y for _, y in points.values())
    at = {
        node: (round((x - left) / 2 * COLUMN), round((top - y) / 2 * LAYER))
        for node, (x, y) in points.items()
    }
    steps: Steps = {}
    for *_, drawn in laid:
        for source, target in drawn:
            steps.setdefault(int(source), []).append(int(target))
    return at, steps


def _way(at: dict[int, Point], steps: Steps, source: int, target: int) -> tuple[Point, ...]:
    """The corners from one of our nodes to the next, by way of the library's."""
    for step in steps.get(source, []):
        way = [source, step]
        while way[-1] != target and len(steps.get(way[-1], [])) == 1 and way[-1] not in way[:-1]:
            way.append(steps[way[-1]][0])
        if way[-1] == target:
            return tuple(at[node] for node in way)
    return at[source], at[target]
