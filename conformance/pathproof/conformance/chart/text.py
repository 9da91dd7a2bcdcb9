"""Draws a sequence chart with characters, for a terminal, a log or a doctest."""

from collections.abc import Iterator

from pathproof.conformance.chart.canvas import Grid, Line, widest
from pathproof.conformance.chart.flights import Flight, flights
from pathproof.conformance.chart.glyphs import ASCII, UNICODE, Glyphs
from pathproof.conformance.chart.legend import MEANINGS, Mark, marks
from pathproof.conformance.chart.rows import Chart, Divider, Message, Row, State, Step
from pathproof.conformance.chart.text_rows import divider_lines, message_lines, state_lines, step_lines
from pathproof.conformance.chart.wrap import cells


def render_text(chart: Chart, width: int = 100, colour: bool = False, *, ascii: bool = False) -> str:
    """Draw a chart with characters.

    Parameters
    ----------
    chart
        What to draw.
    width
        The cells of a line; no line is longer, and long labels are wrapped.
    colour
        Whether to add ANSI colours. They repeat what the characters say already.
    ascii
        Whether to use nothing but ASCII.

    Raises
    ------
    ValueError
        If the lanes do not fit into the width.

    Examples
    --------
    >>> steps = (Message("a", "b", "PING", kind="lost"), Step("b", "closes", kind="close"))
    >>> print(render_text(Chart("A loss", ("a", "b"), steps), width=40))
    A loss
    <BLANKLINE>
       ┌───┐                           ┌───┐
       │ a │                           │ b │
       └┬──┘                           └──┬┘
        │                                 │
     1  │ PING                            │
        ├───────✕ lost                    │
        │                                 │
     2  │                          closes ■
        │                                 │
    <BLANKLINE>
    ✕ lost, never arrives
    ■ closes the connection
    """
    grid = Grid.of(chart, width, ASCII if ascii else UNICODE)
    lines = [*grid.wrap(chart.title, width), "", *_header(chart, grid, colour), *_body(chart, grid, colour)]
    for lower in (_legend(chart, grid), grid.wrap(chart.footer, width)):
        lines += ["", *lower] if lower else []
    return "\n".join(lines)


def _header(chart: Chart, grid: Grid, colour: bool) -> Iterator[str]:
    """Draw the boxes with the names of the lanes."""
    names = [grid.wrap(name, grid.name_room(lane)) for lane, name in enumerate(chart.lanes)]
    height = max(map(len, names))
    lines = [Line(grid.width) for _ in range(height + 2)]
    for lane, name in enumerate(names):
        _box(grid, lane, ("",) * (height - len(name)) + name, lines)
    return (line.render(colour) for line in lines)


def _box(grid: Grid, lane: int, name: tuple[str, ...], lines: list[Line]) -> None:
    """Draw the box of one lane: the first hangs to the right of its lane, the last to the left."""
    inner = widest(name) + 2
    column = grid.columns[lane]
    left = column - 1 if lane == 0 else column - inner if lane == grid.lanes - 1 else column - inner // 2 - 1
    top_left, top_right, low_left, low_right, across, upright, joint = grid.glyphs.box
    lines[0].put(left, top_left + across * inner + top_right)
    for line, text in zip(lines[1:-1], name, strict=True):
        line.put(left, upright)
        line.put(left + 2, text, "strong")
        line.put(left + inner + 1, upright)
    lines[-1].put(left, low_left + across * inner + low_right)
    lines[-1].put(column, joint)


def _body(chart: Chart, grid: Grid, colour: bool) -> Iterator[str]:
    """Draw the rows, with an empty line before each event and at the end."""
    found = flights(chart)
    for number, row in zip(chart.numbers, chart.rows, strict=True):
        lines = _row(chart, grid, row, found.get(number or 0))
        if number is not None:
            lines[0].put(grid.gutter - 2 - len(str(number)), str(number), "strong")
        if not isinstance(row, State):
            yield grid.line().render(colour)
        yield from (line.render(colour) for line in lines)
    yield grid.line().render(colour)


def _row(chart: Chart, grid: Grid, row: Row, flight: Flight | None) -> list[Line]:
    match row:
        case Message(source, target):
            assert flight is not None, "every message has its flight"
            path = chart.lanes.index(row.via) if row.via else None
            return message_lines(grid, flight, chart.lanes.index(source), chart.lanes.index(target), path)
        case Step(lane):
            return step_lines(grid, row, chart.lanes.index(lane))
        case State(lane, text):
            return state_lines(grid, text, chart.lanes.index(lane))
        case Divider():
            return divider_lines(grid, row)


def _legend(chart: Chart, grid: Grid) -> tuple[str, ...]:
    """Explain the marks that the chart uses, as many to a line as fit."""
    lines: list[str] = []
    for mark in marks(chart):
        entry = f"{_sample(grid.glyphs, mark)} {MEANINGS[mark]}"
        if lines and cells(lines[-1] + entry) + 3 <= grid.width:
            lines[-1] += "   " + entry
        else:
            lines += grid.wrap(entry, grid.width)
    return tuple(lines)


def _sample(glyphs: Glyphs, mark: Mark) -> str:
    samples: dict[Mark, str] = {
        "flight": glyphs.tail[1] + glyphs.line * 2 + glyphs.open_head[1],
        "late": glyphs.line * 2 + glyphs.head[1] + glyphs.lane,
        "lost": glyphs.lost,
        "path": glyphs.line + glyphs.path + glyphs.line,
        "attack": glyphs.attack_tail[1] + glyphs.attack_line * 2,
        "step": glyphs.step,
        "attack step": glyphs.attack_step,
        "close": glyphs.close,
        "state": glyphs.state,
    }
    return samples[mark]
