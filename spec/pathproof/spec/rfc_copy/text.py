"""The text that the RFC Editor publishes: headings with numbers, and prose three columns in."""

import re
from collections.abc import Iterator
from itertools import compress, pairwise

from pathproof.spec.rfc_copy.pages import indent, lines_of, marker, opens_list
from pathproof.spec.rfc_copy.sentences import CELLS

_HEADING = re.compile(r"^(?:Appendix )?((?:\d{1,4}|[A-Z])(?:\.\d{1,4}){0,9})\. {1,2}(?=\S)")
_UNNUMBERED = re.compile(r"^[A-Z][\w' ,:/()&-]*$")
_NO_PROSE = re.compile(r"^(?:Normative |Informative )?References$")
_CAPTION = re.compile(r"^\s*(Figure|Table) \d+(?::|$)")
_BARRED = re.compile(r"^ *\|(?:  .*[^|])?$")  # as a line of a note or quotation is, and none of a table
_BARS = re.compile(r"^ *\|[ |]*")
_DRAWN = re.compile(r"\S {3,}\S|[+|]--|--[+|>]")
_CODE = "{"  # stands where code stood
_COMMENT = re.compile(r"^ *//")
_TABLE_RULE = re.compile(r"^\+[-=+]+\+$")


def blocks(content: str) -> dict[str, list[str]]:
    """Return the paragraphs, list items and table rows of each numbered section.

    Figures are left out where a caption, brackets or their indentation show them; others cannot be told from
    prose, and come out as blocks that are mostly no sentences.

    Examples
    --------
    >>> blocks("1.  One\\n\\n   A.\\n\\nA.1.  Inner\\n\\n   *  B\\n      goes on.\\n\\n   Term:  C.")
    {'1': ['A.'], 'A.1': ['B\\ngoes on.', 'C.']}
    """
    return {number: list(_blocks(lines)) for number, lines in _sections(lines_of(content)).items()}


def _sections(lines: list[str]) -> dict[str, list[str]]:
    """The lines of each section by its number; one without a number ends the one before it."""
    found: dict[str, list[str]] = {}
    body: list[str] = []
    last: list[tuple[bool, int]] = []
    title = 0  # the column of a title, while it may go on in the next line
    for i, line in enumerate(lines):
        heading = _HEADING.match(line)
        if heading and (place := _place(heading[1])) > last:
            last, title, body = place, heading.end(), []
            if not _NO_PROSE.match(line[title:]):
                found[heading[1]] = body
        elif title and line and indent(line) == title:
            continue
        elif _UNNUMBERED.match(line) and not any(lines[max(0, i - 1) : i] + lines[i + 1 : i + 2]):
            title, body = 0, []
        else:
            title = 0
            body.append(line)
    return found


def _place(number: str) -> list[tuple[bool, int]]:
    """What orders the numbers of sections: appendices come last."""
    parts = number.split(".")
    return [(part.isalpha(), ord(part) if part.isalpha() else int(part)) for part in parts]


def _blocks(lines: list[str]) -> Iterator[str]:
    before: list[str] = []  # held back until it is certain that no caption makes a figure of it
    for paragraph in _paragraphs(_without_code(lines)):
        caption = _CAPTION.match(paragraph[0])
        if not caption or caption[1] != "Figure":
            yield from before
        before = [] if caption else list(_finished(paragraph))
    yield from before


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    """The runs of lines that are not empty; the bars beside a note are taken from it before it is cut."""
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line:
            paragraph.append(line)
        elif paragraph:
            barred = all(_BARRED.match(one) for one in paragraph) and len(set(map(indent, paragraph))) == 1
            yield from _paragraphs(list(map(_without_bars, paragraph))) if barred else [paragraph]
            paragraph = []


def _without_bars(line: str) -> str:
    bars = _BARS.match(line)
    return (" " * len(bars[0]) + line[len(bars[0]) :]).rstrip() if bars else line


def _without_code(lines: list[str]) -> list[str]:
    """The lines with blanks for what stands between braces that end and begin lines of one indentation."""
    kept = list(lines)
    opened: list[tuple[int, int]] = []
    for i, line in enumerate(lines):
        column = indent(line)
        while line and opened and opened[-1][0] > column:
            opened.pop()
        if line.lstrip().startswith("}") and opened and opened[-1][0] == column:
            first = opened.pop()[1]
            kept[first : i + 1] = [_CODE, *[""] * (i - first)]
        elif line and opened and opened[-1][0] == column and not lines[i - 1]:
            opened.pop()  # a new paragraph, so the brace was one of prose
        if line.endswith("{"):
            opened.append((column, i))
    return kept


def _finished(paragraph: list[str]) -> Iterator[str]:
    if paragraph == [_CODE]:
        return
    if _TABLE_RULE.match(paragraph[0].strip()):
        yield from _rows([line.strip() for line in paragraph])
        return
    items = list(_items(paragraph))
    even = list(map(_is_even, items))
    if not marker(paragraph[0]) and not all(even):
        return
    for item in compress(items, even):
        hung = len(item) > 1 and indent(item[1]) > indent(item[0])
        item[0] = _without_term(item[0], hung, single=len(item) == 1)
        joined = "\n".join(line.strip() for line in item).strip()
        if joined and not _DRAWN.search(joined):
            yield joined


def _is_even(item: list[str]) -> bool:
    """Whether an item is set flush or hung as prose is, and no comment of code."""
    return len({indent(line) for line in item[1:]}) <= 1 and not any(map(_COMMENT.match, item))


def _items(paragraph: list[str]) -> Iterator[list[str]]:
    """Cut a paragraph into the items of a list without blank lines, if it is one."""
    item: list[str] = []
    marked: set[int] = set()  # the columns of the items so far that something marks
    outer = min(map(indent, paragraph))
    hangs = any(indent(line) > outer for line in paragraph)
    for line in paragraph:
        column = indent(line)
        listed = marker(line) and (column in marked or (marked and opens_list(line)))
        below = bool(item) and (column < indent(item[0]) or (hangs and column == outer == indent(item[0])))
        if item and (listed or below):
            yield item
            item = []
        if not item and marker(line):
            marked.add(column)
        item.append(line)
    yield item


def _without_term(line: str, hung: bool, single: bool) -> str:
    """The first line of an item without what marks it; a term may also stand above its definition."""
    if found := marker(line):
        return line.lstrip()[len(found) :] if hung or single or opens_list(line) else line
    return "" if hung else line


def _rows(paragraph: list[str]) -> Iterator[str]:
    """Join the lines of each table row: a cell may go on in the next line."""
    edges = [place for place, sign in enumerate(paragraph[0]) if sign == "+"]
    cells: list[list[str]] = []
    for line in paragraph:
        if _TABLE_RULE.match(line):
            if cells:
                yield CELLS.join(" ".join(filter(None, cell)) for cell in cells)
            cells = []
        else:
            even = all(line[edge : edge + 1] == "|" for edge in edges)
            split = [line[a + 1 : b] for a, b in pairwise(edges)] if even else line.strip("|").split("|")
            cells = cells or [[] for _ in split]
            for cell, more in zip(cells, split, strict=False):
                cell.append(more.strip())
