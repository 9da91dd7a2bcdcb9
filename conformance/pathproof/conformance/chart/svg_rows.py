"""How each kind of row of an SVG chart is drawn. Each function draws below y and returns where it ended."""

from dataclasses import dataclass

from pathproof.conformance.chart.arrows import RING, Arrow, diamond, ring
from pathproof.conformance.chart.flights import Flight
from pathproof.conformance.chart.fonts import LABEL, NOTE, NUMBER, STRONG, VALUE
from pathproof.conformance.chart.rows import Chart, Divider, Step
from pathproof.conformance.chart.sheet import (
    ATTACK,
    INK,
    PAPER,
    QUIET,
    STATE_EDGE,
    STATE_FILL,
    VIOLATION,
    Sheet,
    broken,
)

MARGIN, GUTTER = 24, 44
_CELLS = {1: 600, 2: 440, 3: 340}
_CELL, _PATH_CELL = 290, 170


@dataclass(frozen=True, slots=True)
class Ends:
    """The lanes that a message goes from and to, and that of its path, if it has one."""

    source: int
    target: int
    path: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Where the lanes stand: each in the middle of its own cell, whose width is given."""

    cells: tuple[int, ...]

    @classmethod
    def of(cls, chart: Chart) -> "Page":
        """Lay a chart out: parties have wide cells, paths narrow ones."""
        party = _CELLS.get(len(chart.lanes) - len(chart.paths), _CELL)
        return cls(tuple(_PATH_CELL if lane in chart.paths else party for lane in chart.lanes))

    @property
    def width(self) -> int:
        """The width of the picture."""
        return 2 * MARGIN + GUTTER + sum(self.cells)

    @property
    def middle(self) -> int:
        """The middle of all lanes."""
        return MARGIN + GUTTER + sum(self.cells) // 2

    def x(self, lane: int) -> int:
        """The middle of a lane."""
        return MARGIN + GUTTER + sum(self.cells[:lane]) + self.cells[lane] // 2


def number_mark(sheet: Sheet, number: int, y: int) -> None:
    """Write the number of a row at the left, its middle at y."""
    sheet.words([str(number)], MARGIN + GUTTER // 2, y - 8, NUMBER, fill=QUIET)


def message(sheet: Sheet, page: Page, number: int, flight: Flight, ends: Ends, y: int) -> int:
    """Draw a message: label over its arrow, note and detail below it."""
    attack = flight.message.kind == "attack"
    start, end = _reach(page, flight, ends)
    middle, room = (start + end) // 2, abs(end - start) - 48
    wide = any(start < x < end or end < x < start for x in map(page.x, range(len(page.cells))))
    y = sheet.words(
        broken(flight.message.label, room, LABEL),
        middle,
        y + 10,
        LABEL,
        fill=ATTACK if attack else INK,
        clear=wide,
    )
    number_mark(sheet, number, y + 8)
    arrow = _arrow if ends.path is None and abs(ends.target - ends.source) == 1 else _long_arrow
    arrow(flight, start, end, y + 8).draw(sheet)
    if ends.path is not None:
        ring(sheet, page.x(ends.path), y + 8, ATTACK if attack else INK)
    y = sheet.words(broken(flight.note, room, NOTE), middle, y + 16, NOTE, fill=QUIET, clear=wide)
    return sheet.words(broken(flight.message.detail, room, VALUE), middle, y, VALUE, fill=INK, clear=wide) + 8


def _reach(page: Page, flight: Flight, ends: Ends) -> tuple[int, int]:
    """Say between which lanes a message is drawn: one that is half shown stays next to its end."""
    source, target = ends.source, ends.target
    if ends.path is not None and not (flight.leaves and flight.arrives):
        near, far = (ends.path, target) if flight.arrives else (source, ends.path)
        return page.x(near), page.x(far)
    if abs(target - source) > 1:
        return page.x(source), page.x(target)  # half of it would end at somebody else's lane
    way = 1 if target > source else -1
    if flight.leaves == flight.arrives:
        near, far = (source, target) if flight.leaves else (source, source + way)
    else:
        near, far = (source, source + way) if flight.leaves else (target - way, target)
    return page.x(near), page.x(far)


def _arrow(flight: Flight, start: int, end: int, y: int) -> Arrow:
    """Shorten an arrow to the part that this row shows."""
    half, kind = (end - start) // 2, flight.message.kind
    tip = "cross" if kind == "lost" else "full" if flight.arrives else "open"
    colour = {"plain": INK, "attack": ATTACK, "lost": QUIET}[kind]
    left = start if flight.leaves else start + half if flight.arrives else start + half // 3
    right = end if flight.arrives else start + half
    return Arrow(left, right, y, kind == "attack", tip, flight.leaves, colour)


def _long_arrow(flight: Flight, start: int, end: int, y: int) -> Arrow:
    """An arrow that crosses lanes, or goes as far as its path, or comes from there."""
    kind = flight.message.kind
    tip = "cross" if kind == "lost" else "full" if flight.arrives else "open"
    short = RING + 2 if end > start else -RING - 2
    colour = {"plain": INK, "attack": ATTACK, "lost": QUIET}[kind]
    left = start if flight.leaves or flight.message.via else start + short
    return Arrow(
        left, end if flight.arrives else end - short, y, kind == "attack", tip, flight.leaves, colour
    )


def step(sheet: Sheet, page: Page, number: int, row: Step, lane: int, y: int) -> int:
    """Draw what a party does by itself: a box on its lane."""
    edge = {"plain": INK, "attack": ATTACK, "close": VIOLATION}[row.kind]
    room = page.cells[lane] - 56
    label, detail = broken(row.label, room, STRONG), broken(row.detail, room, VALUE)
    width = int(max([*map(STRONG.measure, label), *map(VALUE.measure, detail), 0])) + 40
    height = len(label) * STRONG.leading + len(detail) * VALUE.leading + 12
    top, x = y + 10, page.x(lane)
    sheet.box(
        x - width // 2,
        top,
        width,
        height,
        fill=PAPER,
        edge=edge,
        radius=4,
        dash="6 3" if row.kind == "attack" else "",
    )
    _step_mark(sheet, row, x - width // 2, top + height // 2, edge)
    number_mark(sheet, number, top + height // 2)
    end = sheet.words(label, x, top + 6, STRONG, fill=edge)
    sheet.words(detail, x, end, VALUE)
    return top + height + 8


def _step_mark(sheet: Sheet, row: Step, x: int, y: int, colour: str) -> None:
    """Draw on the edge of a box what kind of step it is, for readers who see no colours."""
    if row.kind == "attack":
        diamond(sheet, x, y)
    elif row.kind == "close":
        sheet.box(x - 6, y - 6, 12, 12, fill=colour)
    else:
        sheet.box(x - 5, y - 5, 10, 10, fill=colour, radius=5)


def state(sheet: Sheet, page: Page, text: str, lane: int, y: int) -> int:
    """Draw what a party holds: a grey box on its lane."""
    lines = broken(text, page.cells[lane] - 44, VALUE)
    width = int(max([*map(VALUE.measure, lines), 0])) + 20
    height = len(lines) * VALUE.leading + 8
    x = page.x(lane)
    sheet.box(x - width // 2, y, width, height, fill=STATE_FILL, edge=STATE_EDGE, radius=3)
    sheet.words(lines, x, y + 4, VALUE)
    return y + height + 10


def divider(sheet: Sheet, page: Page, row: Divider, y: int) -> int:
    """Draw a line across all lanes with its words below; a violation is a red box with a cross."""
    failed = row.kind == "violation"
    lines = broken(row.text, page.width - 2 * MARGIN - 96, STRONG if failed else NOTE)
    if not failed:
        sheet.line(MARGIN, y + 12, page.width - MARGIN, y + 12, QUIET, 1, "2 3")
        return sheet.words(lines, page.middle, y + 18, NOTE, fill=QUIET, clear=True) + 8
    height = len(lines) * STRONG.leading + 18
    sheet.box(MARGIN, y + 12, page.width - 2 * MARGIN, height, fill="#fdecea", edge=VIOLATION, radius=4)
    middle = y + 12 + height // 2
    Arrow(MARGIN + 22, MARGIN + 22, middle, tip="cross", tail=False, colour=VIOLATION).draw(sheet)
    return sheet.words(lines, page.middle, y + 21, STRONG, fill=VIOLATION) + 21
