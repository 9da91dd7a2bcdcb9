"""Draws a sequence chart as SVG, for documents and reports.

Colour never says anything alone: an attacker's arrows are dashed and carry a diamond, a message in flight
has an open head, a lost one ends in a cross. A legend below explains the marks that are used, and the
chart is told in sentences for readers who do not see it.
"""

from pathproof.conformance.chart.arrows import Arrow, diamond, ring
from pathproof.conformance.chart.describe import describe
from pathproof.conformance.chart.flights import Flight, flights
from pathproof.conformance.chart.fonts import HEADER, NOTE, TITLE
from pathproof.conformance.chart.legend import MEANINGS, Mark, marks
from pathproof.conformance.chart.rows import Chart, Divider, Message, Row, State, Step
from pathproof.conformance.chart.sheet import (
    ATTACK,
    BAND,
    INK,
    PAPER,
    QUIET,
    STATE_EDGE,
    STATE_FILL,
    VIOLATION,
    Sheet,
    broken,
)
from pathproof.conformance.chart.svg_rows import MARGIN, Ends, Page, divider, message, state, step
from pathproof.conformance.chart.wrap import printable


def render_svg(chart: Chart) -> str:
    """Draw a chart as an SVG document.

    Equal charts give equal documents. No font is embedded: texts are wrapped by widths estimated from above.

    >>> picture = render_svg(Chart("A ping", ("a", "b"), (Message("a", "b", "PING"),)))
    >>> picture.startswith("<svg"), "<title>A ping</title>" in picture
    (True, True)
    """
    sheet, page = Sheet(), Page.of(chart)
    top = sheet.words(
        broken(chart.title, page.width - 2 * MARGIN, TITLE), MARGIN, MARGIN, TITLE, anchor="start"
    )
    below_names = _names(sheet, page, chart, top + 12)
    end = _rows(sheet, page, chart, below_names)
    for lane in range(len(page.cells)):
        sheet.lifeline(page.x(lane), below_names, end)
    bottom = _legend(sheet, page, chart, end + 14)
    footer = broken(chart.footer, page.width - 2 * MARGIN, NOTE)
    bottom = sheet.words(footer, MARGIN, bottom + 6, NOTE, fill=QUIET, anchor="start")
    return sheet.render(page.width, bottom + MARGIN, printable(chart.title), printable(describe(chart)))


def _names(sheet: Sheet, page: Page, chart: Chart, y: int) -> int:
    """Draw the boxes with the names of the lanes; return their lower edge."""
    names = [broken(lane, cell - 60, HEADER) for lane, cell in zip(chart.lanes, page.cells, strict=True)]
    height = max(map(len, names)) * HEADER.leading + 14
    for lane, lines in enumerate(names):
        width, x = max(120, int(max(map(HEADER.measure, lines))) + 28), page.x(lane)
        sheet.box(x - width // 2, y, width, height, fill=STATE_FILL, edge=INK, radius=8)
        sheet.words(lines, x, y + (height - len(lines) * HEADER.leading) // 2, HEADER)
    return y + height


def _rows(sheet: Sheet, page: Page, chart: Chart, y: int) -> int:
    """Draw all rows; an event and the states after it share a tint of the background."""
    found = flights(chart)
    band_from, y = y, y + 6
    for number, row in zip(chart.numbers, chart.rows, strict=True):
        if not isinstance(row, State):
            _tint(sheet, page, band_from, y)
            band_from = y
            sheet.paper = PAPER if number is None or sheet.paper == BAND else BAND
        y = _row(sheet, page, chart, row, number or 0, found, y)
    _tint(sheet, page, band_from, y)
    sheet.paper = PAPER
    return y


def _tint(sheet: Sheet, page: Page, y1: int, y2: int) -> None:
    if sheet.paper != PAPER:
        sheet.band(y1, y2 - y1, page.width, sheet.paper)


def _row(
    sheet: Sheet, page: Page, chart: Chart, row: Row, number: int, found: dict[int, Flight], y: int
) -> int:
    match row:
        case Message(source, target):
            path = chart.lanes.index(row.via) if row.via else None
            ends = Ends(chart.lanes.index(source), chart.lanes.index(target), path)
            return message(sheet, page, number, found[number], ends, y)
        case Step(lane):
            return step(sheet, page, number, row, chart.lanes.index(lane), y)
        case State(lane, text):
            return state(sheet, page, text, chart.lanes.index(lane), y)
        case Divider():
            return divider(sheet, page, row, y)


def _legend(sheet: Sheet, page: Page, chart: Chart, y: int) -> int:
    """Explain the marks that the chart uses, as many beside each other as fit."""
    x = MARGIN
    for mark in marks(chart):
        width = 56 + int(NOTE.measure(MEANINGS[mark])) + 24
        if x > MARGIN and x + width > page.width - MARGIN:
            x, y = MARGIN, y + 22
        _sample(sheet, mark, x, y + 8)
        sheet.words([MEANINGS[mark]], x + 56, y, NOTE, fill=QUIET, anchor="start")
        x += width
    return y + 22 if marks(chart) else y


def _sample(sheet: Sheet, mark: Mark, x: int, y: int) -> None:
    """Draw a mark at the size of the legend."""
    match mark:
        case "flight":
            Arrow(x + 4, x + 36, y, tip="open").draw(sheet)
        case "late":
            Arrow(x + 4, x + 40, y, tail=False).draw(sheet)
            sheet.line(x + 40, y - 8, x + 40, y + 8, QUIET, 1.4)
        case "lost":
            Arrow(x + 4, x + 32, y, tip="cross", colour=QUIET).draw(sheet)
        case "path":
            Arrow(x + 4, x + 44, y, tail=False).draw(sheet)
            ring(sheet, x + 20, y, INK)
        case "attack":
            Arrow(x + 2, x + 44, y, attack=True, colour=ATTACK).draw(sheet)
        case "step":
            sheet.box(x + 19, y - 5, 10, 10, fill=INK, radius=5)
        case "attack step":
            diamond(sheet, x + 24, y)
        case "close":
            sheet.box(x + 18, y - 6, 12, 12, fill=VIOLATION)
        case "state":
            sheet.box(x + 10, y - 7, 28, 14, fill=STATE_FILL, edge=STATE_EDGE, radius=3)
