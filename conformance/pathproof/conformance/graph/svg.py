"""Draws the abstract states of a machine as SVG.

Solid edges are steps of endpoints that keep the rules, dashed ones those of network and time, dotted ones
those of attackers; colour says nothing alone.
"""

from __future__ import annotations

from itertools import pairwise

from pathproof.conformance.chart.fonts import NOTE, STRONG, TITLE
from pathproof.conformance.chart.sheet import ATTACK, INK, QUIET, STATE_EDGE, STATE_FILL, Sheet, broken
from pathproof.conformance.graph.phases import Move, Phase, PhaseGraph
from pathproof.conformance.graph.places import COLUMN, Places, Point, placed

MARGIN, TOP = 110, 124
BOX, NAMED = COLUMN - 30, 3
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
    sheet, places = Sheet(), placed(graph)
    heights = {phase.name: _height(phase) for phase in graph.phases}
    for move in graph.moves:
        _edge(sheet, move, places, heights[move.target])
    for move in graph.moves:
        _label(sheet, move, places.labels[move])
    for phase in graph.phases:
        _box(sheet, phase, places.boxes[phase.name])
    width, height = max(places.width + 2 * MARGIN, 700), places.height + TOP + 100
    title = f"{graph.machine}: {len(graph.phases)} abstract states of {graph.states:,}"
    sheet.words([title], 20, 16, TITLE, anchor="start")
    _legend(sheet, graph)
    told = [f"{move.source} to {move.target} by {', '.join(move.actions)}." for move in graph.moves]
    return sheet.render(width, height, title, " ".join(told))


def _moved(point: Point) -> Point:
    return point[0] + MARGIN, point[1] + TOP


def _box(sheet: Sheet, phase: Phase, at: Point) -> None:
    """Name, number of states, and how many actions leave them in this phase."""
    (x, y), height = _moved(at), _height(phase)
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


def _edge(sheet: Sheet, move: Move, places: Places, target: int) -> None:
    """The way of an edge, with its head at the border of a box of this height."""
    corners = [_moved(point) for point in places.ways[move]]
    for (x1, y1), (x2, y2) in pairwise(corners):
        sheet.line(x1, y1, x2, y2, COLOUR[move.kind], 1.4, DASH[move.kind])
    _head(sheet, *corners[-2], *corners[-1], target, COLOUR[move.kind])


def _head(sheet: Sheet, x1: int, y1: int, x2: int, y2: int, height: int, colour: str) -> None:
    """An arrow's head where a line toward the middle of a box meets its border."""
    length = max(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5, 1.0)
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    inset = min((height / 2 + 4) / max(abs(dy), 0.01), (BOX / 2 + 4) / max(abs(dx), 0.01))
    tip = x2 - dx * inset, y2 - dy * inset
    back = tip[0] - dx * 11, tip[1] - dy * 11
    wings = [(back[0] + side * dy * 5, back[1] - side * dx * 5) for side in (1, -1)]
    sheet.polygon([(round(x), round(y)) for x, y in (tip, *wings)], edge=colour, fill=colour)


def _label(sheet: Sheet, move: Move, at: Point) -> None:
    x, y = _moved(at)
    lines = [line for action in move.actions[:NAMED] for line in broken(action, BOX - 10, NOTE)]
    if len(move.actions) > NAMED:
        lines.append(f"and {len(move.actions) - NAMED} more")
    y -= len(lines) * NOTE.leading // 2
    sheet.words(lines, x, y, NOTE, fill=COLOUR[move.kind], clear=True)


def _legend(sheet: Sheet, graph: PhaseGraph) -> None:
    x = 20
    for kind in dict.fromkeys(move.kind for move in graph.moves):
        sheet.line(x, 54, x + 36, 54, COLOUR[kind], 1.6, DASH[kind])
        sheet.words([SAYS[kind]], x + 44, 46, NOTE, fill=QUIET, anchor="start")
        x += 60 + int(NOTE.measure(SAYS[kind]))
