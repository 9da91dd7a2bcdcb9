"""The lines of each kind of row in a text chart."""

from pathproof.conformance.chart.canvas import Grid, Line, place, widest
from pathproof.conformance.chart.flights import Flight
from pathproof.conformance.chart.rows import Divider, Step
from pathproof.conformance.chart.wrap import cells

SHORTEST_STROKE = 3
"""Cells of half an arrow, at least, without its head."""


def message_lines(
    grid: Grid, flight: Flight, source: int, target: int, path: int | None = None
) -> list[Line]:
    """Draw a message: label over the arrow, note and detail below it."""
    direction = 1 if target > source else -1
    beside = (source, direction) if flight.leaves or not flight.arrives else (target, -direction)
    style = "attack" if flight.message.kind == "attack" else ""
    arrow = grid.line()
    if (flight.leaves and flight.arrives) or path is not None or abs(target - source) > 1:
        shown = _shown(flight, source, target, path)
        _whole(grid, arrow, *shown, style, _tip(grid, flight))
        if not flight.leaves:
            arrow.put(grid.columns[shown[0]], grid.glyphs.lane, "quiet")
        if path is not None:
            arrow.put(grid.columns[path], grid.glyphs.path, style)
        below = [f"({flight.note})"] if flight.note else []
    else:
        below = _half(grid, arrow, flight, beside, style)
    lines = [*_block(grid, *beside, flight.message.label, style), arrow]
    for text in [*below, flight.message.detail]:
        lines += _block(grid, *beside, text, "quiet")
    return lines


def _shown(flight: Flight, source: int, target: int, path: int | None) -> tuple[int, int]:
    """The lanes between which an arrow is drawn: what is under way has come as far as its path."""
    if path is None or (flight.leaves and flight.arrives):
        return source, target
    return (path, target) if flight.arrives else (source, path)


def _tip(grid: Grid, flight: Flight) -> tuple[str, str]:
    """The tips of an arrow, to the left and to the right."""
    if flight.message.kind == "lost":
        return grid.glyphs.lost, grid.glyphs.lost
    return grid.glyphs.head if flight.arrives else grid.glyphs.open_head


def _block(grid: Grid, lane: int, side: int, text: str, style: str) -> list[Line]:
    """Draw a text beside a lane."""
    broken = grid.wrap(text, grid.room(lane, side))
    lines = [grid.line() for _ in broken]
    for line, words in zip(lines, broken, strict=True):
        place(grid, line, lane, side, words, widest(broken), style)
    return lines


def _whole(grid: Grid, line: Line, source: int, target: int, style: str, tip: tuple[str, str]) -> None:
    """Draw an arrow from lane to lane; it crosses those between."""
    stroke, tail, cross = _strokes(grid, style)
    start, end = grid.columns[source], grid.columns[target]
    line.put(min(start, end) + 1, stroke * (abs(end - start) - 1), style)
    for lane in range(min(source, target) + 1, max(source, target)):
        line.put(grid.columns[lane], cross, style)
    line.put(start, tail[end > start], style)
    line.put(end - 1 if end > start else end + 1, tip[end > start], style)


def _half(grid: Grid, line: Line, flight: Flight, beside: tuple[int, int], style: str) -> list[str]:
    """Draw half an arrow beside a lane, its note beyond it; give the note back if it does not fit."""
    lane, side = beside
    drawn = _from_lane(grid, flight, beside, style)
    at, note = grid.columns[lane], flight.note if flight.note == "lost" else f"({flight.note})"
    line.put(at if side > 0 else at - len(drawn) + 1, drawn[::side], style)
    if cells(note) > grid.room(lane, side) - len(drawn):
        return [note]
    line.put(at + len(drawn) + 1 if side > 0 else at - len(drawn) - cells(note), note, "quiet")
    return []


def _from_lane(grid: Grid, flight: Flight, beside: tuple[int, int], style: str) -> str:
    """Spell half an arrow, read from its lane outwards."""
    glyphs, (lane, side) = grid.glyphs, beside
    stroke, tail, _ = _strokes(grid, style)
    strokes = stroke * max(SHORTEST_STROKE, grid.room(lane, side) // 4)
    if flight.arrives:
        return glyphs.lane + glyphs.head[side < 0] + strokes
    end = glyphs.lost if flight.message.kind == "lost" else glyphs.open_head[side > 0]
    return (tail[side > 0] if flight.leaves else glyphs.lane + " ") + strokes + end


def _strokes(grid: Grid, style: str) -> tuple[str, tuple[str, str], str]:
    glyphs = grid.glyphs
    if style == "attack":
        return glyphs.attack_line, glyphs.attack_tail, glyphs.attack_cross
    return glyphs.line, glyphs.tail, glyphs.cross


def step_lines(grid: Grid, step: Step, lane: int) -> list[Line]:
    """Draw what a party does by itself: a mark on its lane, the words beside it."""
    glyphs = grid.glyphs
    mark = {"plain": glyphs.step, "attack": glyphs.attack_step, "close": glyphs.close}[step.kind]
    style = "" if step.kind == "plain" else step.kind
    side = grid.side(lane)
    lines = _block(grid, lane, side, step.label, style) or [grid.line()]
    lines[0].put(grid.columns[lane], mark, style)
    return lines + _block(grid, lane, side, step.detail, "quiet")


def state_lines(grid: Grid, text: str, lane: int) -> list[Line]:
    """Draw what a party holds: words behind a dotted bar."""
    side = grid.side(lane)
    broken = grid.wrap(text, grid.room(lane, side) - 2) or ("",)
    bar = grid.columns[lane] + 2 * side
    lines = [grid.line() for _ in broken]
    for line, words in zip(lines, broken, strict=True):
        line.put(bar, grid.glyphs.state, "quiet")
        line.put(bar + 2 if side > 0 else bar - 1 - widest(broken), words)
    return lines


def divider_lines(grid: Grid, divider: Divider) -> list[Line]:
    """Draw a line across all lanes, and its words below it; a violation has a heavy line on either side."""
    first, last = grid.columns[0], grid.width - 2
    failed = divider.kind == "violation"
    mark = grid.glyphs.violation + " " if failed else ""
    broken = grid.wrap(divider.text, last - first - 3 - len(mark))
    lines = [_rule(grid, failed)]
    for at, words in enumerate(broken):
        line = grid.line()
        line.put(first + 1, " " * (last - first - 1))
        line.put(first + 2, (" " * len(mark) if at else mark) + words, "violation" if failed else "quiet")
        lines.append(line)
    return [*lines, _rule(grid, failed)] if failed else lines


def _rule(grid: Grid, heavy: bool) -> Line:
    """Draw a line across all lanes."""
    glyphs, style = grid.glyphs, "violation" if heavy else "quiet"
    line = grid.line()
    line.put(grid.gutter, (glyphs.heavy if heavy else glyphs.line) * (grid.width - 1 - grid.gutter), style)
    for column in grid.columns:
        line.put(column, glyphs.heavy_cross if heavy else glyphs.cross, style)
    return line
