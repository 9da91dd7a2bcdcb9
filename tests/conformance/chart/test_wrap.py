"""Wrapping loses nothing, overflows nothing, and breaks where a reader would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathproof.conformance.chart.fonts import LABEL, STRONG, VALUE, Font
from pathproof.conformance.chart.wrap import cells, printable, wrap


@given(st.text(), st.integers(2, 60))
def test_no_line_overflows_and_no_character_is_lost(text: str, room: int) -> None:
    """Whatever the text, every line fits the room, and the lines hold its characters in order."""
    lines = wrap(text, room)
    assert all(0 < cells(line) <= room for line in lines if line.strip())
    assert "".join("".join(lines).split()) == "".join(printable(text).split())


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("active {0, 2}  retired {1}", 30, ("active {0, 2}  retired {1}",)),
        ("active {0, 2}  retired {1}", 20, ("active {0, 2}", "retired {1}")),
        ("uses {0, 2} now", 11, ("uses {0, 2}", "now")),
        ("one\ntwo", 30, ("one", "two")),
        ("retire_prior_to=1", 10, ("retire_", "prior_to=1")),
        ("abcdefgh", 3, ("abc", "def", "gh")),
        ("", 3, ()),
    ],
)
def test_breaks_fall_where_readers_expect_them(text: str, room: int, lines: tuple[str, ...]) -> None:
    """Phrases part first, then words, then joints of long names; sets stay whole while they fit."""
    assert wrap(text, room) == lines


@given(st.text())
def test_what_is_printed_cannot_steer_a_terminal(text: str) -> None:
    """Control characters, escape sequences and unassigned characters never reach the output."""
    assert all(character.isprintable() or character == "\n" for character in printable(text))


@pytest.mark.parametrize("font", [LABEL, STRONG, VALUE])
def test_a_longer_text_never_measures_less(font: Font) -> None:
    """Widths add up, so a line that fits still fits without its last word."""
    widths = [font.measure("NEW_CONNECTION_ID 接続 ≤ 2"[:end]) for end in range(24)]
    assert widths == sorted(widths)
