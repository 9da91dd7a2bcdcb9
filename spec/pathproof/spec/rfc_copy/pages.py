"""The published text as lines: where they start, what marks a list item, and where a page ended."""

import re
from collections.abc import Iterator

_WIDTH = 72  # columns that a line has room for
_FOOTER = re.compile(r"^\S.{0,200}\[Page [\divxl]{1,6}\]$")
_HEADER = re.compile(r"^\S.{0,200} {3,}.{0,80}\d{4}$")
_ENDED = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bcf)(?<!\betc)(?<!\bvs)[.!?:][\"')\]]{0,3}$")
_SYMBOL = re.compile(r"^[*o+-] {2,}")
_NUMBER = re.compile(r"^(?:\d{2,3}[.)] +|\(?(?:\d|[A-Za-z]|[ivx]{1,5})[.)] {2,})")
_TERM = re.compile(r"^[^\s|](?:[^ |]| (?! )){0,120}(?<![.!?])(?<![.!?][\"')\]]) {2,}(?=\S)")
_FIRST = re.compile(r"^\(?[1aAi][.)] {2,}")


def indent(line: str) -> int:
    """Return how many columns in a line starts.

    Examples
    --------
    >>> indent("   It waits.")
    3
    """
    return len(line) - len(line.lstrip(" "))


def marker(line: str) -> str:
    """Return what marks a line as the start of a list item or of a definition, or nothing.

    Two spaces part a defined term from its meaning; elsewhere only the end of a sentence has as many.

    Examples
    --------
    >>> marker("   2.  It waits."), marker("   Token:  It waits."), marker("   It waits.  It ends.")
    ('2.  ', 'Token:  ', '')
    """
    bare = line.lstrip(" ")
    found = _SYMBOL.match(bare) or _NUMBER.match(bare) or _TERM.match(bare)
    return found[0] if found else ""


def opens_list(line: str) -> bool:
    """Whether a line can start a list inside an item: a symbol, or the first of all numbers.

    Examples
    --------
    >>> opens_list("      -  It waits."), opens_list("      2.  It waits.")
    (True, False)
    """
    bare = line.lstrip(" ")
    return bool(_SYMBOL.match(bare) or _FIRST.match(bare))


def lines_of(content: str) -> list[str]:
    """Return the lines without the footers and headers of pages; what a page's end cut is whole again.

    Examples
    --------
    >>> it = "   It" + " never" * 11
    >>> lines = lines_of(f"{it}\\n\\n\\nA. N.    [Page 1]\\n\\fRFC 1    May 2024\\n\\n   waits.\\n\\n   No.")
    >>> lines == [it, "   waits.", "", "   No."]
    True
    """
    kept: list[str] = []
    broken = header = False
    for line in _split(content):
        if line == "\f" or _FOOTER.match(line):
            broken = header = True
        elif header and _HEADER.match(line):
            header = False
        elif line or not broken:
            if broken:
                _close(kept)
                kept += [] if kept and _goes_on(kept[-1], line) else [""]
            broken = header = False
            kept.append(line)
    return kept


def _split(content: str) -> Iterator[str]:
    """The lines, and each form feed as a line of its own."""
    for line in content.replace("\f", "\n\f\n").split("\n"):
        yield line if line == "\f" else line.rstrip()


def _close(kept: list[str]) -> None:
    while kept and not kept[-1]:
        kept.pop()


def _goes_on(last: str, line: str) -> bool:
    """Whether a line after the end of a page belongs to the paragraph before it.

    It does only if its first word had no room in the line before.
    """
    if last.lstrip().startswith(("|", "+")):
        return line.lstrip().startswith(("|", "+"))
    word = line.split(maxsplit=1)[0]
    if marker(line) or _ENDED.search(last) or len(last) + 1 + len(word) <= _WIDTH:
        return False
    hanging = indent(line) > indent(last) if marker(last) else indent(line) == indent(last)
    return hanging and indent(last) > 0
