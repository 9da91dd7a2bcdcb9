"""A run on the terminal: bytes over time for QUIC and TCP, with what happened meanwhile."""

from __future__ import annotations

from rich.text import Text

from pathproof.conformance.chart.wrap import wrap as fill
from pathproof.conformance.scenarios.engine.expectation import Answer, Expectation
from pathproof.conformance.scenarios.engine.flow import Flow
from pathproof.conformance.scenarios.engine.moments import Moment, Stay, moments, serving_end, stays
from pathproof.conformance.scenarios.engine.running import Result
from pathproof.conformance.scenarios.engine.seen import Seen

GUTTER = 11
WIDEST = 120
BARS, ASCII_BARS = " ▁▂▃▄▅▆▇█", " ..::==##"
STALL, ASCII_STALL = "╌", "-"
STYLE = {"network": "yellow", "attacker": "magenta", "observer": "cyan", "path": "green"}
DIGITS = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HEADROOM = 2
"""How many times the usual rate is the highest bar: bytes behind a gap reach the application at once."""
LISTED = 6
"""Addresses that are spelled out below the timeline."""


def drawn(result: Result, width: int, ascii_only: bool = False) -> list[Text]:
    """The lines of a run's timeline, for a terminal of this width in cells."""
    seen, columns = result.seen, max(30, min(width, WIDEST) - GUTTER - 1)
    axis = Axis(columns, seen.seconds, ascii_only)
    found = moments(seen)
    server = serving_end(seen)
    top = max(1, *(HEADROOM * flow.usual(columns, seen.seconds) for flow in (seen.quic, seen.tcp)))
    lines = [
        Text(f"{result.scenario.name}: {result.scenario.title}", style="bold"),
        Text("\n".join(fill(";  ".join(seen.cables), max(40, min(width, WIDEST)))), style="dim"),
        axis.scale(),
        axis.letters("events", [one for one in found if one.lane != "path"]),
        axis.bars("QUIC", seen.quic, top, "blue"),
        axis.letters("paths", [one for one in found if one.lane == "path"]),
    ]
    names: dict[str, str] = {}
    lines += [
        axis.ribbon(label, stays(seen, end), names)
        for label, end in (("client at", "client"), ("server to", server))
    ]
    lines += [axis.bars("TCP", seen.tcp, top, "red"), Text(), *summary(seen), _legend(names), Text()]
    return lines + [_told(one) for one in found]


class Axis:
    """The time of a run, laid out in columns."""

    def __init__(self, columns: int, seconds: float, ascii_only: bool) -> None:
        self.columns, self.seconds, self.ascii_only = columns, seconds, ascii_only

    def column(self, at: float) -> int:
        """The column of a time.

        >>> Axis(10, 2.0, False).column(1.0), Axis(10, 2.0, False).column(9.9)
        (5, 9)
        """
        return max(0, min(self.columns - 1, int(at / self.seconds * self.columns)))

    def scale(self) -> Text:
        """The times along the top."""
        step = _step(self.seconds, self.columns)
        cells = [" "] * (self.columns + 8)
        for number in range(int(self.seconds / step) + 1):
            label = f"{number * step:g} s"
            at = int(number * step / self.seconds * self.columns)
            cells[at : at + len(label) + 1] = ["|", *label]
        return Text("time".ljust(GUTTER) + "".join(cells[: self.columns]).rstrip(), style="dim")

    def letters(self, label: str, found: list[Moment]) -> Text:
        """Letters at their times; where several meet, the later ones stand to the right."""
        line = Text(label.ljust(GUTTER))
        cells: dict[int, Moment] = {}
        for moment in found:
            column = self.column(moment.at)
            while column in cells:
                column += 1
            cells[column] = moment
        for column in range(max(cells, default=-1) + 1):
            held = cells.get(column)
            line.append(held.letter if held else " ", style=f"bold {STYLE[held.lane]}" if held else "")
        return line

    def bars(self, label: str, flow: Flow, top: int, colour: str) -> Text:
        """Bytes in each column, and where nothing came."""
        line = Text(label.ljust(GUTTER), style="bold")
        glyphs, stall = (ASCII_BARS, ASCII_STALL) if self.ascii_only else (BARS, STALL)
        for column, size in enumerate(flow.in_bins(self.columns, self.seconds)):
            at = (column + 0.5) / self.columns * self.seconds
            is_stalled = any(start <= at < end for start, end in flow.stalls)
            if size:
                line.append(glyphs[1 + min(7, size * 7 // top)], style=colour)
            else:
                line.append(stall if is_stalled else " ", style="red" if is_stalled else "")
        return line

    def ribbon(self, label: str, found: list[Stay], names: dict[str, str]) -> Text:
        """The addresses of an end, each by its number where it begins."""
        cells = [" "] * self.columns
        for stay in found:
            number = names.setdefault(stay.address, DIGITS[len(names) % len(DIGITS)])
            first, last = self.column(stay.start), self.column(stay.end)
            cells[first : last + 1] = [number, *("-" if self.ascii_only else "─") * (last - first)]
        return Text(label.ljust(GUTTER) + "".join(cells), style="dim")


def _step(seconds: float, columns: int) -> float:
    """Time between two labels, such that they do not touch.

    >>> _step(3.0, 60), _step(30.0, 60)
    (0.5, 5.0)
    """
    steps = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0]
    return next((step for step in steps if step / seconds * columns >= 9), steps[-1])


def summary(seen: Seen) -> list[Text]:
    """A line for each of the two downloads.

    QUIC and TCP have the same rate each, and met the same events at the same times.
    """
    return [_measured("QUIC", seen.quic), _measured("TCP", seen.tcp)]


def _measured(label: str, flow: Flow) -> Text:
    says = f"{flow.outcome} after {flow.until:.2f} s"
    if flow.outcome == "stalled":
        says = f"stalled, and watched until {flow.until:.2f} s"
    many = f"{flow.received:,} of {flow.asked:,} bytes"
    return Text.assemble(
        (label.ljust(GUTTER), "bold"), f"{many}, {says}; stalls of {flow.stalled:.2f} s in all"
    )


def _legend(names: dict[str, str]) -> Text:
    listed = [f"{number} {address}" for address, number in list(names.items())[:LISTED]]
    more = f", and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return Text("addresses".ljust(GUTTER) + ", ".join(listed) + more, style="dim")


def _told(one: Moment) -> Text:
    style = STYLE[one.lane]
    return Text.assemble((f"{one.letter:>3} ", f"bold {style}"), (f"{one.at:6.2f} s ", "dim"), one.text)


def verdicts(answers: tuple[tuple[Expectation, Answer], ...]) -> list[Text]:
    """What was expected, by clause, and whether it held."""
    lines = []
    for one, answer in answers:
        word, style = ("held", "green") if answer.held else ("FAILED", "bold red")
        clauses = ", ".join(clause.removeprefix("RFC9000-") for clause in one.clauses)
        claim = f"{one.claim} ({clauses})" if clauses else one.claim
        lines.append(Text.assemble((f"{word:<6} ", style), claim))
        lines.append(Text(f"{'':7}{answer.evidence}", style="dim"))
    return lines
