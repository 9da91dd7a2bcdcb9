"""The paper an SVG chart is drawn on: layers, and the few shapes that a chart is made of.

Coordinates are whole pixels and elements are written in the order they are drawn, so equal charts give
equal files.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import svgwrite

from pathproof.conformance.chart.fonts import Font
from pathproof.conformance.chart.wrap import wrap

INK, QUIET, LIFELINE = "#1b2128", "#4d5864", "#9aa5b1"
ATTACK, VIOLATION = "#6f2da8", "#b3201a"
PAPER, BAND = "#ffffff", "#f3f5f8"
STATE_FILL, STATE_EDGE = "#e4e7eb", "#c3cad2"


class Sheet:
    """Collects shapes in two layers; `behind` is drawn first."""

    def __init__(self) -> None:
        self._svg: Any = svgwrite.Drawing(profile="full", debug=False)
        self.behind: list[Any] = []
        self.front: list[Any] = []
        self.paper = PAPER

    def line(
        self, x1: int, y1: int, x2: int, y2: int, colour: str, width: float = 1.6, dash: str = ""
    ) -> None:
        """Draw a straight line."""
        extra = {"stroke_dasharray": dash} if dash else {}
        self.front.append(self._svg.line((x1, y1), (x2, y2), stroke=colour, stroke_width=width, **extra))

    def polygon(self, points: Sequence[tuple[int, int]], edge: str, fill: str) -> None:
        """Draw a closed figure."""
        self.front.append(self._svg.polygon(points, stroke=edge, fill=fill, stroke_width=1.4))

    def box(
        self,
        x: int,
        y: int,
        width: int,
        height: int,
        *,
        fill: str,
        edge: str = "none",
        radius: int = 0,
        dash: str = "",
    ) -> None:
        """Draw a rectangle, with rounded corners if there is a radius."""
        extra = {"stroke_dasharray": dash} if dash else {}
        self.front.append(
            self._svg.rect((x, y), (width, height), rx=radius, ry=radius, fill=fill, stroke=edge, **extra)
        )

    def band(self, y: int, height: int, width: int, fill: str) -> None:
        """Tint the background from one height to another."""
        self.behind.append(self._svg.rect((0, y), (width, height), fill=fill))

    def lifeline(self, x: int, y1: int, y2: int) -> None:
        """Draw the line of a lane behind everything else."""
        self.behind.append(self._svg.line((x, y1), (x, y2), stroke=LIFELINE, stroke_width=1.4))

    def words(
        self,
        lines: Iterable[str],
        x: int,
        y: int,
        font: Font,
        *,
        fill: str = INK,
        anchor: str = "middle",
        clear: bool = False,
    ) -> int:
        """Write lines of text with their top at y; return where they end. `clear` hides what lies behind."""
        for text in lines:
            if clear:
                width = int(font.measure(text)) + 8
                self.box(x - width // 2, y, width, font.leading, fill=self.paper)
            self.front.append(self._text(text, x, y + font.size, font, fill, anchor))
            y += font.leading
        return y

    def _text(self, text: str, x: int, y: int, font: Font, fill: str, anchor: str) -> Any:
        kept = text.replace("  ", " \N{NO-BREAK SPACE}")
        return self._svg.text(
            kept, (x, y), fill=fill, text_anchor=anchor,
            font_family=font.family, font_size=font.size, font_weight=font.weight,
        )  # fmt: skip

    def render(self, width: int, height: int, title: str, description: str) -> str:
        """Write the SVG."""
        svg = self._svg
        svg["width"], svg["height"], svg["role"] = width, height, "img"
        svg.viewbox(0, 0, width, height)
        svg.set_desc(title=title, desc=description)
        svg.add(svg.rect((0, 0), (width, height), fill=PAPER))
        for element in (*self.behind, *self.front):
            svg.add(element)
        return f"{svg.tostring()}\n"


def broken(text: str, room: int, font: Font) -> tuple[str, ...]:
    """Break a text into lines that fit a room in pixels.

    >>> from pathproof.conformance.chart.fonts import VALUE
    >>> broken("active {0, 2}  retired {1}", 110, VALUE)
    ('active {0, 2}', 'retired {1}')
    """
    return wrap(text, room, font.measure)
