"""Text charts: the columns align, nothing is lost, nothing is wider than asked for."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathproof.conformance.chart import Chart, Divider, Message, State, Step, render_text
from pathproof.conformance.chart.canvas import Grid
from pathproof.conformance.chart.glyphs import ASCII, UNICODE, Glyphs
from pathproof.conformance.chart.text import _body, _header
from pathproof.conformance.chart.wrap import cells, printable

ANSI = re.compile(r"\x1b\[[0-9;]*m")
WIDTHS = st.integers(60, 130)
GLYPHS = st.sampled_from([ASCII, UNICODE])

GOLDEN = """\
A copy overtakes

   ┌────────┐              ┌──────────┐             ┌──────────┐
   │ issuer │              │ attacker │             │ consumer │
   └┬───────┘              └─────┬────┘             └─────────┬┘
    │                            │                            │
 1  │ NEW_CONNECTION_ID 2        │                            │
    ├────────────────────────────┼───────────────────────────▷│
    │ (in flight, arrives at 2   │                            │
    │ and 4)                     │                            │
    │ ┆ issued {0, 2}            │                            │
    │                            │                            │
 2  │                            │ NEW_CONNECTION_ID 2        │
    │                            ╞═══════════════════════════▶│
    │                            │ (sent at 1)                │
    │                            │ rewritten                  │
    │                            │                            │
 3  │                            │                   RETIRE 0 │
    │◀───────────────────────────┼────────────────────────────┤
    │                            │                   packet 4 │
    │                            │                            │
    ┼────────────────────────────┼────────────────────────────┼
    │ the attacker is silent                                  │
    │                            │                            │
 4  │                            │        NEW_CONNECTION_ID 2 │
    │────────────────────────────┼───────────────────────────▶│
    │                            │ (sent at 1, arrives again) │
    │                            │                            │
 5  │                            │                       PING │
    │✕───────────────────────────┼────────────────────────────┤
    │                            │                     (lost) │
    │                            │               active {2} ┆ │
    │                            │                            │
 6  │                            ◆ gives up                   │
    │                            │                            │
 7  ● waits                      │                            │
    │                            │                            │
 8  │                            │                     closes ■
    │                            │                       0x09 │
    │                            │                            │
    ┿━━━━━━━━━━━━━━━━━━━━━━━━━━━━┿━━━━━━━━━━━━━━━━━━━━━━━━━━━━┿
    │ ✗ the property fails here                               │
    ┿━━━━━━━━━━━━━━━━━━━━━━━━━━━━┿━━━━━━━━━━━━━━━━━━━━━━━━━━━━┿
    │                            │                            │

├──▷ sent, arrives in a later row or never
──▶│ arrives, was sent in an earlier row   ✕ lost, never arrives
╞══ sent by an attacker, or against the rules
● done by that party alone   ◆ done by an attacker
■ closes the connection   ┆ what that party holds now

No shorter run exists."""


def grid_of(chart: Chart, width: int, glyphs: Glyphs) -> Grid:
    """Lay out a chart as `render_text` does."""
    return Grid.of(chart, width, glyphs)


def by_cell(line: str) -> list[str]:
    """Spread a line over cells, so that a wide character does not shift what follows."""
    return [part for character in line for part in [character, ""][: cells(character)]]


def marks_on_lanes(glyphs: Glyphs) -> set[str]:
    """What may stand in the column of a lane."""
    crossings = (glyphs.lane, glyphs.cross, glyphs.attack_cross, glyphs.heavy_cross)
    return {
        *crossings,
        glyphs.path,
        *glyphs.tail,
        *glyphs.attack_tail,
        glyphs.step,
        glyphs.attack_step,
        glyphs.close,
    }


@given(st.from_type(Chart), WIDTHS, st.booleans())
def test_no_line_is_wider_than_asked_for(chart: Chart, width: int, ascii: bool) -> None:
    """Titles, labels, legend and footer wrap; nothing overflows, nothing trails."""
    for line in render_text(chart, width, ascii=ascii).split("\n"):
        assert cells(line) <= width
        assert line == line.rstrip()
        assert not ascii or line.isascii()


@given(st.from_type(Chart), WIDTHS, GLYPHS)
def test_lanes_stand_in_the_same_columns_on_every_line(chart: Chart, width: int, glyphs: Glyphs) -> None:
    """The outer lanes never break; an inner lane breaks only for the words of a divider."""
    grid, expected = grid_of(chart, width, glyphs), marks_on_lanes(glyphs)
    for line in _body(chart, grid, colour=False):
        found = by_cell(line)
        assert found[grid.columns[0]] in expected
        assert found[grid.columns[-1]] in expected
        if not any(isinstance(row, Divider) for row in chart.rows):
            assert all(found[column] in expected for column in grid.columns)


@given(st.from_type(Chart), WIDTHS)
def test_every_lane_has_its_name_in_a_box_of_its_own(chart: Chart, width: int) -> None:
    """Boxes do not touch each other, however long the names, and hold nothing but the names."""
    lines = list(_header(chart, grid_of(chart, width, UNICODE), colour=False))
    boxes = [re.findall("┌─+┐", lines[0]), *(re.findall("│[^│]+│", line) for line in lines[1:-1])]
    assert {len(row) for row in boxes} == {len(chart.lanes)}
    names = ["".join("".join(column).replace("│", "").split()) for column in zip(*boxes[1:], strict=True)]
    assert names == ["".join(lane.split()) for lane in chart.lanes]


@given(st.from_type(Chart), WIDTHS, GLYPHS)
def test_every_event_is_numbered_once_and_in_order(chart: Chart, width: int, glyphs: Glyphs) -> None:
    """The numbers in the margin count the messages and steps."""
    grid = grid_of(chart, width, glyphs)
    margin = [line[: grid.gutter].strip() for line in _body(chart, grid, colour=False)]
    assert [int(number) for number in margin if number] == list(range(1, len(chart.events) + 1))


def words_by_gap(chart: Chart, width: int) -> list[str]:
    """What stands between each lane and the next, and on the whole lines, without spaces and drawing."""
    grid = grid_of(chart, width, UNICODE)
    lines = [by_cell(line.ljust(width)) for line in _body(chart, grid, colour=False)]
    cuts = [slice(left, right) for left, right in pairwise([*grid.columns, width])] + [
        slice(grid.gutter, width)
    ]
    return [re.sub("[\u2190-\u27bf\\s]", "", "".join("".join(line[cut]) for line in lines)) for cut in cuts]


@given(st.from_type(Chart), WIDTHS)
def test_every_word_of_every_row_stands_beside_its_lane(chart: Chart, width: int) -> None:
    """Wrapping and arrows swallow no character of a label, detail, state or divider, nor mix two of them."""
    gaps = words_by_gap(chart, width)
    for row in chart.rows:
        for text in (row.label, row.detail) if isinstance(row, Message | Step) else (row.text,):
            assert any("".join(printable(text).split()) in gap for gap in gaps), text


@given(st.from_type(Chart), WIDTHS)
def test_colour_adds_nothing_but_colour(chart: Chart, width: int) -> None:
    """Without its escape sequences a coloured chart is the plain one."""
    coloured = [line.rstrip() for line in ANSI.sub("", render_text(chart, width, colour=True)).split("\n")]
    assert coloured == render_text(chart, width).split("\n")


@given(st.from_type(Chart))
def test_lanes_that_do_not_fit_are_refused(chart: Chart) -> None:
    """Too narrow a chart is an error that says how much is needed, not a torn drawing."""
    with pytest.raises(ValueError, match="need a width of at least"):
        render_text(chart, 12)


def small_chart() -> Chart:
    """A chart with every kind of row."""
    return Chart(
        "A copy overtakes",
        ("issuer", "attacker", "consumer"),
        (
            Message("issuer", "consumer", "NEW_CONNECTION_ID 2", delivered=False),
            State("issuer", "issued {0, 2}"),
            Message("attacker", "consumer", "NEW_CONNECTION_ID 2", "rewritten", sent_at=1, kind="attack"),
            Message("consumer", "issuer", "RETIRE 0", "packet 4"),
            Divider("the attacker is silent"),
            Message("issuer", "consumer", "NEW_CONNECTION_ID 2", sent_at=1),
            Message("consumer", "issuer", "PING", kind="lost"),
            State("consumer", "active {2}"),
            Step("attacker", "gives up", kind="attack"),
            Step("issuer", "waits"),
            Step("consumer", "closes", "0x09", kind="close"),
            Divider("the property fails here", kind="violation"),
        ),
        "No shorter run exists.",
    )


def test_a_small_chart_looks_as_it_should() -> None:
    """One chart with every kind of row, character by character."""
    assert render_text(small_chart(), 64) == GOLDEN


PATHS_GOLDEN = """\
Two paths

   ┌────────┐                  ┌───┐           ┌───┐                  ┌────────┐
   │ client │                  │ A │           │ B │                  │ server │
   └┬───────┘                  └─┬─┘           └─┬─┘                  └───────┬┘
    │                            │               │                            │
 1  │ packet 0                   │               │                            │
    ├───────────────────────────▷○               │                            │
    │ (in flight, arrives at 2)  │               │                            │
    │                            │               │                            │
 2  │                            │               │                   packet 0 │
    │                            ○───────────────┼───────────────────────────▶│
    │                            │               │                (sent at 1) │
    │                            │               │                            │
 3  │                            │               │                       data │
    │◀───────────────────────────┼───────────────○────────────────────────────┤
    │                            │               │                            │
 4  │ packet 1                   │               │                            │
    ├────────────────────────────┼──────────────✕○                            │
    │ (lost)                     │               │                            │
    │                            │               │                            │

├──▷ sent, arrives in a later row or never
──▶│ arrives, was sent in an earlier row   ✕ lost, never arrives
─○─ takes this path"""


def test_a_path_is_marked_where_a_message_takes_it() -> None:
    """What is under way has come as far as its path, and paths stand closer together than parties."""
    rows = (
        Message("client", "server", "packet 0", delivered=False, via="A"),
        Message("client", "server", "packet 0", sent_at=1, via="A"),
        Message("server", "client", "data", via="B"),
        Message("client", "server", "packet 1", kind="lost", via="B"),
    )
    chart = Chart("Two paths", ("client", "A", "B", "server"), rows, paths=("A", "B"))
    assert render_text(chart, 80) == PATHS_GOLDEN
