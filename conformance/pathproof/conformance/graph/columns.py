"""How far from the left each node of a layered graph stands, given how wide each is.

Nodes want to be where their neighbours in the layers above and below are, and may not come too close to those
beside them. Layer after layer is set as well as its neighbours allow, until little moves any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import accumulate, pairwise

ROUNDS = 300
STRAIGHT = 20.0
"""How much more an edge wants to be straight between labels and bends than at a box, which is wide."""


def columns(
    rows: Sequence[Sequence[int]],
    widths: Mapping[int, float],
    links: Iterable[tuple[int, int]],
    boxes: Set[int],
) -> dict[int, float]:
    """The middle of every node; the order within a row stays, and none overlaps its neighbour.

    >>> columns([[0], [1, 2]], {0: 10, 1: 10, 2: 10}, [(0, 1), (0, 2)], {0, 1, 2})
    {0: 0.0, 1: -5.0, 2: 5.0}
    """
    near: dict[int, list[tuple[int, float]]] = {node: [] for row in rows for node in row}
    for one, other in links:
        pull = 1.0 if boxes & {one, other} else STRAIGHT
        near[one].append((other, pull))
        near[other].append((one, pull))
    x: dict[int, float] = {}
    for row in rows:
        x |= dict(zip(row, _apart([0.0] * len(row), [1.0] * len(row), _offsets(row, widths)), strict=True))
    for turn in range(ROUNDS):
        for row in rows if turn % 2 == 0 else reversed(rows):
            pulls = [sum(pull for _, pull in near[node]) or 1.0 for node in row]
            wanted = [
                sum(x[other] * pull for other, pull in near[node]) / total if near[node] else x[node]
                for node, total in zip(row, pulls, strict=True)
            ]
            x |= dict(zip(row, _apart(wanted, pulls, _offsets(row, widths)), strict=True))
    return x


def _offsets(row: Sequence[int], widths: Mapping[int, float]) -> list[float]:
    """How far each node of a row is from the first where they stand as close as they may."""
    return list(accumulate(((widths[a] + widths[b]) / 2 for a, b in pairwise(row)), initial=0.0))


def _apart(wanted: Sequence[float], pulls: Sequence[float], offsets: Sequence[float]) -> list[float]:
    """The places nearest to those wanted (by squares, with these weights) that are far enough apart.

    Less its offset, no node may be left of the one before it: so neighbours that want to pass one another are
    put together, at the mean of what they want.
    """
    blocks: list[tuple[float, float, int]] = []
    for want, pull, offset in zip(wanted, pulls, offsets, strict=True):
        mean, weight, many = want - offset, pull, 1
        while blocks and blocks[-1][0] >= mean:
            left, heavy, more = blocks.pop()
            mean = (left * heavy + mean * weight) / (heavy + weight)
            weight, many = heavy + weight, many + more
        blocks.append((mean, weight, many))
    means = [mean for mean, _, many in blocks for _ in range(many)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]
