"""Arrows of an SVG chart: whole, half, lost, and those of an attacker."""

from dataclasses import dataclass

from pathproof.conformance.chart.sheet import ATTACK, INK, PAPER, Sheet

HEAD, DASH, RING = 10, "7 4", 6


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow, from x to x; it may point to the left."""

    start: int
    end: int
    y: int
    attack: bool = False
    tip: str = "full"  # "full", "open" for one that stays in flight, "cross" for one that is lost
    tail: bool = True  # whether the start is tied to a lane
    colour: str = INK

    def draw(self, sheet: Sheet) -> None:
        """Draw the shaft, what stands at its start, and its tip."""
        way = 1 if self.end > self.start else -1
        shaft_end = self.end if self.tip == "cross" else self.end - way * HEAD
        sheet.line(self.start, self.y, shaft_end, self.y, self.colour, 1.8, DASH if self.attack else "")
        if self.attack:
            sheet.line(self.start, self.y, self.start + way * 14, self.y, self.colour, 1.8)
            diamond(sheet, self.start + way * 14, self.y)
        elif self.tail:
            sheet.box(self.start - 3, self.y - 3, 6, 6, fill=self.colour, radius=3)
        if self.tip == "cross":
            self._cross(sheet)
        else:
            fill = self.colour if self.tip == "full" else PAPER
            back = self.end - way * HEAD
            sheet.polygon([(self.end, self.y), (back, self.y - 5), (back, self.y + 5)], self.colour, fill)

    def _cross(self, sheet: Sheet) -> None:
        for slope in (-6, 6):
            sheet.line(self.end - 6, self.y - slope, self.end + 6, self.y + slope, self.colour, 2.2)


def diamond(sheet: Sheet, x: int, y: int) -> None:
    """Draw the mark of an attacker."""
    sheet.polygon([(x - 6, y), (x, y - 6), (x + 6, y), (x, y + 6)], ATTACK, ATTACK)


def ring(sheet: Sheet, x: int, y: int, colour: str) -> None:
    """Draw the mark of the path that a message takes."""
    sheet.box(x - RING, y - RING, 2 * RING, 2 * RING, fill=PAPER, edge=colour, radius=RING)
