"""The grid a text chart is drawn on: where lanes stand, and lines of cells that know their styles."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pathproof.conformance.chart.glyphs import Glyphs
from pathproof.conformance.chart.rows import Chart
from pathproof.conformance.chart.wrap import cell, cells, wrap

NARROWEST_GAP = 12
"""Cells from one lane to the next below which a chart could not be read."""

PATH_GAP = 16
"""Cells from one path to the next, where there is room for more elsewhere."""

STYLES = {"attack": "35", "violation": "1;31", "close": "31", "quiet": "2", "strong": "1"}
"""ANSI parameters by style."""


@dataclass(frozen=True)
class Grid:
    """Where everything stands: row numbers on the left, the lanes spread over the rest."""

    width: int
    lanes: int
    largest_number: int
    glyphs: Glyphs
    tight: frozenset[int] = frozenset()  # lanes that stand as close as they may to the next one

    def __post_init__(self) -> None:
        """Refuse a width in which words would be torn apart."""
        least = self.gutter + NARROWEST_GAP * max(1, self.lanes - 1) + 2
        if self.width < least:
            raise ValueError(f"{self.lanes} lanes need a width of at least {least}, got {self.width}")

    @classmethod
    def of(cls, chart: Chart, width: int, glyphs: Glyphs) -> "Grid":
        """Lay a chart out: neighbouring paths stand close together."""
        pairs = enumerate(pairwise(chart.lanes))
        tight = frozenset(lane for lane, pair in pairs if chart.paths and set(pair) <= set(chart.paths))
        return cls(width, len(chart.lanes), len(chart.events), glyphs, tight)

    @property
    def gutter(self) -> int:
        """The column of the first lane."""
        return len(str(self.largest_number)) + 3

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """The column of each lane.

        >>> from pathproof.conformance.chart.glyphs import UNICODE
        >>> Grid(80, 3, 14, UNICODE).columns
        (5, 41, 78)
        """
        span, gaps = self.width - 2 - self.gutter, max(1, self.lanes - 1)
        close = len(self.tight) if span >= gaps * PATH_GAP and len(self.tight) < gaps else 0
        wide = span - close * PATH_GAP
        columns = []
        for lane in range(self.lanes):
            before = sum(other < lane for other in self.tight) if close else 0
            columns.append(self.gutter + before * PATH_GAP + wide * (lane - before) // max(1, gaps - close))
        return tuple(columns)

    def side(self, lane: int) -> int:
        """Say where a lane's own text stands: to its right, 1, or for the last of several to its left, -1."""
        return -1 if 0 < lane == self.lanes - 1 else 1

    def room(self, lane: int, side: int) -> int:
        """Count the cells for text between a lane and its neighbour, without a space at either end."""
        if self.lanes == 1:
            return self.width - self.gutter - 3
        return abs(self.columns[lane + side] - self.columns[lane]) - 3

    def name_room(self, lane: int) -> int:
        """Count the cells for a lane's name in its box, so that boxes of neighbours stay apart."""
        if self.lanes == 1:
            return (self.width - 2 - self.gutter) // 2 - 3
        gaps = [right - left for left, right in pairwise(self.columns)]
        if 0 < lane < self.lanes - 1:
            return min(self._share(lane - 1, gaps[lane - 1]), self._share(lane, gaps[lane]))
        gap = gaps[0] if lane == 0 else gaps[-1]
        return gap // 2 - 3 if self.lanes <= 2 else gap * 3 // 5 - 3

    def _share(self, left: int, gap: int) -> int:
        """Count the cells for a name that shares a gap with its neighbour's; outer boxes take more of it."""
        return gap * 4 // 5 - 6 if left in (0, self.lanes - 2) else gap - 6

    def wrap(self, text: str, room: int) -> tuple[str, ...]:
        """Break a text into lines of this grid's characters."""
        return wrap(self.glyphs.spell(text), room)

    def line(self) -> "Line":
        """Start a line on which only the lanes are drawn."""
        line = Line(self.width)
        for column in self.columns:
            line.put(column, self.glyphs.lane, "quiet")
        return line


class Line:
    """One line of cells."""

    def __init__(self, width: int) -> None:
        self._cells = [" "] * width
        self._styles = [""] * width

    def put(self, column: int, text: str, style: str = "") -> None:
        """Write a text from a column on; a wide character takes two cells, a combining one none."""
        for character in text:
            taken = cell(character)
            if taken == 0:
                self._cells[column - 1] += character
                continue
            self._cells[column : column + taken] = [character] + [""] * (taken - 1)
            self._styles[column : column + taken] = [style] * taken
            column += taken

    def render(self, colour: bool) -> str:
        """Join the cells, without spaces at the end."""
        if not colour:
            return "".join(self._cells).rstrip()
        joined, current = "", ""
        for text, style in zip(self._cells, self._styles, strict=True):
            if style != current:
                joined += ("\x1b[0m" if current else "") + (f"\x1b[{STYLES[style]}m" if style else "")
                current = style
            joined += text
        return (joined + ("\x1b[0m" if current else "")).rstrip()


def place(grid: Grid, line: Line, lane: int, side: int, text: str, block: int, style: str = "") -> None:
    """Write one line of a block of text beside a lane; the block stands close to the lane."""
    column = grid.columns[lane] + 2 if side > 0 else grid.columns[lane] - 1 - block
    line.put(column, text, style)


def widest(lines: tuple[str, ...]) -> int:
    """Count the cells of the longest line."""
    return max(map(cells, lines), default=0)
