"""Where the boxes and labels of a graph stand, and which way its edges take.

A label is a place of its own on the way of its edge, so that it overlaps nothing: the layout is that of a
graph with one more node for each edge. A library finds the layers and the order within each. Edges go
straight down through a layer and slant only between two of them, so that none runs behind a box.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from pathproof.conformance.graph.columns import columns
from pathproof.conformance.graph.layers import Layers, layered
from pathproof.conformance.graph.phases import Move, PhaseGraph

GAP, STEEP, STUB = 22, 14, 14
"""Pixels between two layers at least, how many across an edge may go for one more of them, and how many it
goes straight before a box, so that its head shows where it leads.
"""
BESIDE = 22
"""Pixels between neighbours in a layer, and the width that an edge takes on its way through one."""
Point = tuple[int, int]
Size = tuple[int, int]


@dataclass(frozen=True)
class Places:
    """The middle of each box by name of its phase, of each label, and the corners of each edge's way."""

    boxes: dict[str, Point]
    labels: dict[Move, Point]
    ways: dict[Move, tuple[Point, ...]]
    width: int
    height: int


def placed(graph: PhaseGraph, boxes: Mapping[str, Size], labels: Mapping[Move, Size]) -> Places:
    """The places of everything in a graph, from the first layer down, given the sizes of boxes and labels.

    >>> from pathproof.conformance.graph.phases import Phase
    >>> move = Move("a", "b", "protocol", ("go",))
    >>> toy = PhaseGraph("toy", 2, (Phase("a", 1, True, ()), Phase("b", 1, False, ())), (move,))
    >>> placed(toy, {"a": (90, 40), "b": (90, 40)}, {move: (20, 16)}).ways[move]
    ((45, 54), (45, 98), (45, 142))
    """
    found = layered(graph)
    sizes = {found.boxes[name]: size for name, size in boxes.items()}
    sizes |= {found.labels[move]: size for move, size in labels.items()}
    across = _across(found, sizes)
    bands = _bands(found, sizes, across)
    at = {node: (across[node], sum(bands[row]) // 2) for node, row in found.row.items()}
    ports = _ports(found, sizes, across)
    return Places(
        {name: at[node] for name, node in found.boxes.items()},
        {move: at[node] for move, node in found.labels.items()},
        {move: _way(found, move, at, sizes, bands, ports) for move in graph.moves},
        max(across[node] + sizes.get(node, (0, 0))[0] // 2 for node in across),
        bands[-1][1],
    )


def _across(found: Layers, sizes: Mapping[int, Size]) -> dict[int, int]:
    """The middle of every node from left to right; what is leftmost touches 0."""
    widths = {node: sizes.get(node, (0, 0))[0] + BESIDE for layer in found.rows for node in layer}
    links = [link for chain in found.chains.values() for link in pairwise(chain)]
    middle = columns(found.rows, widths, links, set(found.boxes.values()))
    left = min(middle[node] - (widths[node] - BESIDE) / 2 for node in middle)
    return {node: round(x - left) for node, x in middle.items()}


def _bands(found: Layers, sizes: Mapping[int, Size], across: Mapping[int, int]) -> list[tuple[int, int]]:
    """The top and bottom of each layer; the flatter edges would be, the further the next one is."""
    row = found.row
    reach = [0] * len(found.rows)
    for chain in found.chains.values():
        for upper, lower in pairwise(chain):
            reach[row[upper]] = max(reach[row[upper]], abs(across[upper] - across[lower]))
    boxes, bands, top = set(found.boxes.values()), [], 0
    for number, layer in enumerate(found.rows):
        own = [sizes.get(node, (0, 0))[1] + 2 * STUB * (node in boxes) for node in layer]
        bottom = top + max(own)
        bands.append((top, bottom))
        top = bottom + GAP + reach[number] // STEEP
    return bands


Ports = dict[tuple[int, int], int]


def _ports(found: Layers, sizes: Mapping[int, Size], across: Mapping[int, int]) -> Ports:
    """Where along a box each edge meets it: those to the left further left, so that they do not cross."""
    ends: dict[tuple[int, bool], list[int]] = {}
    for chain in found.chains.values():
        ends.setdefault((chain[0], True), []).append(chain[1])
        ends.setdefault((chain[-1], False), []).append(chain[-2])
    ports: Ports = {}
    for (box, _), others in ends.items():
        others.sort(key=lambda node: (across[node], node))
        room = sizes[box][0] - 30
        for place, other in enumerate(others, 1):
            ports[box, other] = across[box] - room // 2 + room * place // (len(others) + 1)
    return ports


def _way(
    found: Layers,
    move: Move,
    at: Mapping[int, Point],
    sizes: Mapping[int, Size],
    bands: list[tuple[int, int]],
    ports: Ports,
) -> tuple[Point, ...]:
    """The way of an edge from the border of its source by its label to that of its target."""
    chain = found.chains[move]
    row = found.row
    first, last = chain[0], chain[-1]
    out, into = ports[first, chain[1]], ports[last, chain[-2]]
    down: list[Point] = [(out, at[first][1] + sizes[first][1] // 2), (out, bands[row[first]][1])]
    for node in chain[1:-1]:
        top, bottom = bands[row[node]]
        own = [at[node]] if node == found.labels[move] else []
        down += [(at[node][0], top), *own, (at[node][0], bottom)]
    down += [(into, bands[row[last]][0]), (into, at[last][1] - sizes[last][1] // 2)]
    way = _straightened(down, at[found.labels[move]])
    return way if found.is_downward(move) else way[::-1]


def _straightened(way: list[Point], kept: Point) -> tuple[Point, ...]:
    """The way without corners that are none; the label's place stays."""
    out = way[:1]
    for here, after in pairwise(way[1:]):
        before = out[-1]
        is_corner = not before[0] == here[0] == after[0]
        if here != before and (is_corner or here == kept):
            out.append(here)
    return (*out, way[-1])
