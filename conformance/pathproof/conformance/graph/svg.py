"""Draws the abstract states of a machine as SVG.

Solid edges are steps of endpoints that keep the rules, dashed ones those of network and time, dotted ones
those of attackers; colour says nothing alone. Where the names of the actions would make the picture too wide
to read on a screen, edges have numbers, and a key below the picture says what they mean.
"""

from __future__ import annotations

from itertools import pairwise

from pathproof.conformance.chart.fonts import NOTE, NUMBER, STRONG, TITLE
from pathproof.conformance.chart.sheet import ATTACK, INK, QUIET, STATE_EDGE, STATE_FILL, Sheet, broken
from pathproof.conformance.graph.labels import Labels, named, numbered
from pathproof.conformance.graph.phases import Move, Phase, PhaseGraph
from pathproof.conformance.graph.places import Places, Point, placed

MARGIN, TOP = 30, 84
WIDEST, NARROWEST = 1100, 640
"""Pixels across beyond which numbers take the place of names, and that a picture has in any case."""
BOX = 168
DASH = {"protocol": "", "environment": "7 4", "attacker": "2 4"}
COLOUR = {"protocol": INK, "environment": QUIET, "attacker": ATTACK}
SAYS = {
    "protocol": "an endpoint that keeps the rules",
    "environment": "network, time, application",
    "attacker": "an attacker, or a peer that breaks the rules",
}


def render_svg(graph: PhaseGraph) -> str:
    """Draw a graph as an SVG document; equal graphs give equal documents.

    >>> from pathproof.conformance.graph.phases import Phase
    >>> picture = render_svg(PhaseGraph("toy", 2, (Phase("idle", 2, True, ()),), ()))
    >>> picture.startswith("<svg"), ">idle<" in picture
    (True, True)
    """
    sheet, (labels, places) = Sheet(), arranged(graph)
    width = max(places.width + 2 * MARGIN, NARROWEST, _legend(sheet, graph))
    bounds = broken(f"at {graph.bounds}", width - 40, NOTE)
    left, top = (width - places.width) // 2, TOP + len(bounds) * NOTE.leading
    for move in graph.moves:
        _edge(sheet, move, [_moved(point, left, top) for point in places.ways[move]])
    for move in graph.moves:
        _label(sheet, move, labels, _moved(places.labels[move], left, top))
    for phase in graph.phases:
        _box(sheet, phase, _moved(places.boxes[phase.name], left, top))
    title = f"{graph.machine}: {len(graph.phases)} abstract states of {graph.states:,}"
    sheet.words([title], 20, 14, TITLE, anchor="start")
    sheet.words(bounds, 20, 62, NOTE, fill=QUIET, anchor="start")
    end = _key(sheet, labels, places.height + top + 30, width)
    told = [f"{move.source} to {move.target} by {', '.join(move.actions)}." for move in graph.moves]
    return sheet.render(width, end + 20, title, " ".join(told))


def arranged(graph: PhaseGraph) -> tuple[Labels, Places]:
    """The labels of a picture and the places of everything: named if that is not too wide, else numbered."""
    sizes = {phase.name: (BOX, _height(phase)) for phase in graph.phases}
    for labels in (named(graph), numbered(graph)):
        places = placed(graph, sizes, {move: labels.size(move) for move in graph.moves})
        if places.width <= WIDEST:
            break
    return labels, places


def _moved(point: Point, left: int, top: int) -> Point:
    return point[0] + left, point[1] + top


def _box(sheet: Sheet, phase: Phase, at: Point) -> None:
    """Name, number of states, and how many actions leave them in this phase."""
    (x, y), height = at, _height(phase)
    left, top = x - BOX // 2, y - height // 2
    sheet.box(left, top, BOX, height, fill=STATE_FILL, edge=STATE_EDGE, radius=8)
    if phase.begins:
        sheet.box(left - 4, top - 4, BOX + 8, height + 8, fill="none", edge=INK, radius=11)
    below = sheet.words(_named(phase), x, top + 5, STRONG)
    many = f"{phase.states:,} state{'' if phase.states == 1 else 's'}"
    stays = f", {len(phase.stays)} action{'' if len(phase.stays) == 1 else 's'} within" if phase.stays else ""
    sheet.words([many + stays], x, below, NOTE)


def _named(phase: Phase) -> tuple[str, ...]:
    return broken(phase.name, BOX - 12, STRONG)


def _height(phase: Phase) -> int:
    return len(_named(phase)) * STRONG.leading + NOTE.leading + 12


def _edge(sheet: Sheet, move: Move, corners: list[Point]) -> None:
    """The way of an edge, with its head at the border of a box."""
    for (x1, y1), (x2, y2) in pairwise(corners):
        sheet.line(x1, y1, x2, y2, COLOUR[move.kind], 1.4, DASH[move.kind])
    (x, y), back = corners[-1], 11 if corners[-2][1] > corners[-1][1] else -11
    head = [(x, y), (x - 5, y + back), (x + 5, y + back)]
    sheet.polygon(head, edge=COLOUR[move.kind], fill=COLOUR[move.kind])


def _label(sheet: Sheet, move: Move, labels: Labels, at: Point) -> None:
    (x, y), lines = at, labels.lines[move]
    top = y - len(lines) * labels.font.leading // 2
    sheet.words(lines, x, top, labels.font, fill=COLOUR[move.kind], clear=True)


def _legend(sheet: Sheet, graph: PhaseGraph) -> int:
    """What the kinds of edges mean; returns where it ends from left to right."""
    x = 20
    for kind in dict.fromkeys(move.kind for move in graph.moves):
        sheet.line(x, 50, x + 36, 50, COLOUR[kind], 1.6, DASH[kind])
        sheet.words([SAYS[kind]], x + 44, 42, NOTE, fill=QUIET, anchor="start")
        x += 60 + int(NOTE.measure(SAYS[kind]))
    return x


def _key(sheet: Sheet, labels: Labels, top: int, width: int) -> int:
    """What the numbers at the edges mean, below the picture; returns where it ends."""
    for number, (kind, actions) in labels.key.items():
        sheet.words([str(number)], 38, top, NUMBER, fill=COLOUR[kind], anchor="end")
        lines = broken(", ".join(actions), width - 70, NOTE)
        top = sheet.words(lines, 48, top, NOTE, fill=COLOUR[kind], anchor="start") + 3
    return top
