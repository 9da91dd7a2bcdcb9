"""A run as a picture (SVG): bytes over time for QUIC and TCP, where both ends were, and what was expected.

Colour says nothing alone: stalls are named, events have letters, and each expectation is marked by a word.
"""

from __future__ import annotations

from pathproof.conformance.chart.fonts import HEADER, LABEL, NOTE, NUMBER, STRONG, TITLE, Font
from pathproof.conformance.chart.sheet import (
    ATTACK,
    BAND,
    INK,
    LIFELINE,
    PAPER,
    QUIET,
    STATE_EDGE,
    STATE_FILL,
    VIOLATION,
    Sheet,
    broken,
)
from pathproof.conformance.scenarios.engine.flow import Flow
from pathproof.conformance.scenarios.engine.moments import Moment, Stay, moments, serving_end, stays
from pathproof.conformance.scenarios.engine.running import Result
from pathproof.conformance.scenarios.engine.seen import Seen, host_of

WIDTH, LEFT, RIGHT, MARGIN = 1060, 190, 1036, 24
LANE, RIBBON = 96, 22
MOST_BARS, NARROWEST_BAR = 120, 0.04
"""Bars across, and seconds that each stands for at least: clients tell of bytes every 20 ms."""
HEADROOM = 2
"""How many times the usual rate a lane is high: bytes behind a gap reach the application at once."""
QUIC_COLOUR, TCP_COLOUR, STALL_FILL, HELD = "#2563a8", "#a65a12", "#fbe6e4", "#1f6f3f"
LANE_COLOUR = {"network": INK, "attacker": ATTACK, "observer": "#0f6b74", "path": HELD}
BESIDE = "downloads over QUIC and over TCP, with the same rate each, that meet the same events"
RADIUS = 9


def render_svg(result: Result) -> str:
    """Draw a run as an SVG document."""
    seen, sheet = result.seen, Sheet()
    found = moments(seen)
    y = sheet.words(
        broken(result.scenario.title, WIDTH - 2 * MARGIN, TITLE), MARGIN, 18, TITLE, anchor="start"
    )
    about = f"scenario {result.scenario.name}, seed {result.seed}; {BESIDE}"
    y = sheet.words(broken(about, WIDTH - 2 * MARGIN, NOTE), MARGIN, y + 2, NOTE, fill=QUIET, anchor="start")
    cables = broken(";  ".join(seen.cables), WIDTH - 2 * MARGIN, NOTE)
    y = sheet.words(cables, MARGIN, y, NOTE, fill=QUIET, anchor="start")
    plot = Plot(sheet, seen, y + 38)
    plot.draw(found)
    y = _moments(sheet, found, plot.bottom + 16)
    y = _answers(sheet, result, y + 14)
    told = " ".join(f"{one.at:.2f} s: {one.text}." for one in found)
    return sheet.render(WIDTH, y + MARGIN, result.scenario.title, told)


class Plot:
    """The part with a time axis."""

    def __init__(self, sheet: Sheet, seen: Seen, top: int) -> None:
        self.sheet, self.seen, self.top = sheet, seen, top
        self.bottom = top
        self.bars = max(1, min(MOST_BARS, int(seen.seconds / NARROWEST_BAR)))
        usual = [flow.usual(self.bars, seen.seconds) for flow in (seen.quic, seen.tcp)]
        self.most = max(1, HEADROOM * max(usual))

    def x(self, at: float) -> int:
        """The pixel of a time."""
        return LEFT + round(min(1.0, max(0.0, at / self.seen.seconds)) * (RIGHT - LEFT))

    def draw(self, found: list[Moment]) -> None:
        """Lanes from top to bottom, and over them the letters of what happened."""
        y = self.flow("QUIC", self.seen.quic, QUIC_COLOUR, self.top)
        y = self.ribbon("client at", stays(self.seen, "client"), y + 6)
        y = self.ribbon("server to", stays(self.seen, serving_end(self.seen)), y + 4)
        y = self.flow("TCP", self.seen.tcp, TCP_COLOUR, y + 16)
        self.bottom = self.axis(y)
        self.letters(found, y)
        self.stalls(self.seen.quic, self.top)
        self.stalls(self.seen.tcp, y - LANE)

    def flow(self, label: str, flow: Flow, colour: str, y: int) -> int:
        """Bytes over time as bars, with stalls shaded; returns the lower edge."""
        self.sheet.box(LEFT, y, RIGHT - LEFT, LANE, fill=BAND)
        self.sheet.words([label], MARGIN, y + 4, HEADER, fill=colour, anchor="start")
        self.sheet.words(_outcome(flow), MARGIN, y + 26, NOTE, fill=QUIET, anchor="start")
        for start, end in flow.stalls:
            left, right = self.x(start), self.x(end)
            self.sheet.box(left, y, right - left, LANE, fill=STALL_FILL, edge=VIOLATION, dash="4 4")
        wide = (RIGHT - LEFT) / self.bars
        for at, size in enumerate(flow.in_bins(self.bars, self.seen.seconds)):
            high = min(LANE, round(size / self.most * LANE))
            if high:
                left, right = LEFT + round(at * wide), LEFT + round((at + 1) * wide)
                self.sheet.box(left, y + LANE - high, max(1, right - left - 1), high, fill=colour)
        self.sheet.line(LEFT, y + LANE, RIGHT, y + LANE, LIFELINE, 1.0)
        return y + LANE

    def stalls(self, flow: Flow, y: int) -> None:
        """How long nothing came, over the lines of what happened meanwhile."""
        self.sheet.paper = STALL_FILL
        for start, end in flow.stalls:
            text, middle = f"nothing for {end - start:.2f} s", (self.x(start) + self.x(end)) // 2
            if NOTE.measure(text) + 8 < self.x(end) - self.x(start):
                self.sheet.words([text], middle, y + LANE // 2 - 8, NOTE, fill=VIOLATION, clear=True)
        self.sheet.paper = PAPER

    def ribbon(self, label: str, found: list[Stay], y: int) -> int:
        """Which address was in use; that of an attacker or a victim has its own colour, and a dashed edge."""
        self.sheet.words([label], MARGIN, y + 3, NOTE, fill=QUIET, anchor="start")
        genuine = {stay.address for stay in stays(self.seen, "client")}
        for stay in found:
            left, right = self.x(stay.start), self.x(stay.end)
            is_foreign = _is_foreign(stay.address, genuine, self.seen)
            edge = ATTACK if is_foreign else STATE_EDGE
            dash = "3 2" if is_foreign else ""
            self.sheet.box(left, y, max(2, right - left), RIBBON, fill=STATE_FILL, edge=edge, dash=dash)
            text = next(
                (one for one in (stay.address, host_of(stay.address)) if _fits(one, right - left)), ""
            )
            self.sheet.words([text] if text else [], (left + right) // 2, y + 3, NOTE)
        return y + RIBBON

    def axis(self, y: int) -> int:
        """Times below the lanes; returns the lower edge."""
        step = next(one for one in (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0) if self.seen.seconds / one <= 12)
        for number in range(int(self.seen.seconds / step) + 1):
            x = self.x(number * step)
            self.sheet.line(x, y, x, y + 5, QUIET, 1.0)
            self.sheet.words([f"{number * step:g} s"], x, y + 7, NOTE, fill=QUIET)
        top = self.most / (self.seen.seconds / self.bars) / 1000
        says = f"lanes are {top:,.0f} kB/s high, what is higher is cut"
        self.sheet.words([says], RIGHT, y + 24, NOTE, fill=QUIET, anchor="end")
        return y + 40

    def letters(self, found: list[Moment], bottom: int) -> None:
        """A dashed line for each moment, and its letter above; those that would overlap go further right."""
        taken = LEFT - 2 * RADIUS - 2
        for one in found:
            x, label = self.x(one.at), 0
            label = max(x, taken + 2 * RADIUS + 2)
            taken = label
            colour, y = LANE_COLOUR[one.lane], self.top - 14
            self.sheet.line(x, self.top - 2, x, bottom, colour, 1.0, "2 3")
            self.sheet.line(label, y + RADIUS - 2, x, self.top - 2, colour, 1.0)
            self.sheet.box(
                label - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS, fill="#ffffff", edge=colour, radius=RADIUS
            )
            self.sheet.words([one.letter], label, y - 9, NUMBER, fill=colour)


def _outcome(flow: Flow) -> list[str]:
    bytes_, stalls = f"{flow.received:,} of {flow.asked:,} B", f"stalls of {flow.stalled:.2f} s"
    ends = "stalled to the end" if flow.outcome == "stalled" else f"{flow.outcome} at {flow.until:.2f} s"
    return [bytes_, ends, stalls]


def _fits(text: str, room: int) -> bool:
    return NOTE.measure(text) + 6 < room


def _is_foreign(address: str, genuine: set[str], seen: Seen) -> bool:
    """Whether an address is neither the client's nor its translator's: only attackers bring such ones."""
    return bool(seen.said("attacker", "copied")) and address not in genuine


def _moments(sheet: Sheet, found: list[Moment], y: int) -> int:
    """What the letters mean, in two columns, from top to bottom."""
    room = (WIDTH - 2 * MARGIN) // 2
    half = (len(found) + 1) // 2
    bottoms: list[int] = []
    for column in (found[:half], found[half:]):
        x, at = MARGIN + len(bottoms) * room, y
        for one in column:
            sheet.words([one.letter], x + 8, at, NUMBER, fill=LANE_COLOUR[one.lane])
            text = f"{one.at:.2f} s: {one.text}"
            at = sheet.words(broken(text, room - 40, NOTE), x + 22, at, NOTE, anchor="start") + 2
        bottoms.append(at)
    return max(bottoms)


def _answers(sheet: Sheet, result: Result, y: int) -> int:
    """Each expectation with its clauses and what was seen."""
    y = sheet.words(["What is expected, by clause"], MARGIN, y, STRONG, anchor="start") + 4
    for one, answer in result.answers:
        word, colour = ("held", HELD) if answer.held else ("FAILED", VIOLATION)
        sheet.words([word], MARGIN, y, STRONG, fill=colour, anchor="start")
        y = _paragraph(sheet, one.claim, LABEL, INK, y)
        clauses = ", ".join(one.clauses)
        y = _paragraph(sheet, f"{clauses}  {answer.evidence}".strip(), NOTE, QUIET, y) + 6
    return y


def _paragraph(sheet: Sheet, text: str, font: Font, colour: str, y: int) -> int:
    left = MARGIN + 66
    return sheet.words(broken(text, WIDTH - MARGIN - left, font), left, y, font, fill=colour, anchor="start")
