"""Breaks words to fit a room, whatever measures them: cells of a terminal, or pixels of a font.

A chart must never lose or overflow a word, so breaking falls back step by step: between phrases parted by
two spaces, between words (braces and brackets count as one word), inside brackets, after a joint of a
long name such as `_` or `=`, and at last between any two characters.
"""

import re
import unicodedata
from collections.abc import Callable

Measure = Callable[[str], float]

_LEVELS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\S+(?: \S+)*"), "  "),
    (re.compile(r"(?:\{[^{}]*\}|\([^()]*\)|\[[^\[\]]*\]|\S)+"), " "),
    (re.compile(r"\S+"), " "),
    (re.compile(r"[^_=,/:.-]*[_=,/:.-]|[^_=,/:.-]+"), ""),
    (re.compile(r"."), ""),
)


def cells(text: str) -> int:
    """Count the terminal cells of a text.

    >>> cells("CID 2"), cells("接続")
    (5, 4)
    """
    return sum(map(cell, text))


def cell(character: str) -> int:
    """Count the terminal cells of one character: 0 if it combines with the one before, 2 if it is wide."""
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def printable(text: str) -> str:
    r"""Replace what a terminal or an XML reader would not take as text, e.g. escape sequences in a trace.

    >>> printable("reason:\x1b[2J\tgone")
    'reason:�[2J gone'
    """
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    if character == "\n" or character.isprintable():
        return character
    return " " if character.isspace() else "\N{REPLACEMENT CHARACTER}"


def wrap(text: str, room: float, measure: Measure = cells) -> tuple[str, ...]:
    """Break a text into lines, none longer than the room.

    >>> wrap("active {0, 2}  retired {1}  uses 2", 16)
    ('active {0, 2}', 'retired {1}', 'uses 2')
    >>> wrap("closes: CONNECTION_ID_LIMIT_ERROR", 20)
    ('closes:', 'CONNECTION_ID_LIMIT_', 'ERROR')
    """
    paragraphs = (part.strip() for part in printable(text).split("\n"))
    return tuple(line for part in paragraphs if part for line in _fill(part, room, measure, 0))


def _fill(text: str, room: float, measure: Measure, level: int) -> list[str]:
    """Pack pieces of this level into lines; break a piece that is too long at the next level."""
    if measure(text) <= room or level == len(_LEVELS):
        return [text]
    pattern, joint = _LEVELS[level]
    lines: list[str] = []
    for piece in pattern.findall(text):
        if lines and measure(lines[-1] + joint + piece) <= room:
            lines[-1] += joint + piece
        else:
            lines += _fill(piece, room, measure, level + 1)
    return lines
