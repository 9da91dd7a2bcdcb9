"""The Markdown that the editors of an RFC write: headings with `#` and no numbers, references in braces.

Here it is parted into sections; `paragraphs` cuts those.
"""

import re
from collections.abc import Iterator

from pathproof.spec.rfc_copy.outline import Outline
from pathproof.spec.rfc_copy.paragraphs import paragraphs

_PART = re.compile(r"^--- (middle|back)\s*$", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})\s+\S")
_FENCE = re.compile(r"^[\s>]*(~{3,}|`{3,}+(?!.*`))(.*)")
_UNNUMBERED = re.compile(r"numbered=\"?false")
_COMMENTS = (("<!--", "-->"), ("{::comment}", "{:/"))


def blocks(content: str) -> dict[str, list[str]]:
    """Return the paragraphs, list items and table rows of each numbered section.

    Figures, captions and the terms of definition lists are left out; the sections of the back are the
    appendices.

    Examples
    --------
    >>> blocks("--- middle\\n# One\\nA.\\n\\n## Inner\\nB.\\n--- back\\n# Data\\n* C.\\n* D.")
    {'1': ['A.'], '1.1': ['B.'], 'A': ['C.', 'D.']}
    """
    for opening, closing in _COMMENTS:
        content = _without(content, opening, closing)
    _, *parts = _PART.split(content)
    found: dict[str, list[str]] = {}
    for name, part in zip(parts[::2], parts[1::2], strict=True):
        outline = Outline(appendices=name == "back")
        for number, lines in _sections(_unfenced(part.split("\n")), outline):
            found[number] = list(paragraphs(lines))
    return found


def _without(content: str, opening: str, closing: str) -> str:
    """Take comments away, in one pass whatever the content; one that is not closed stays."""
    kept: list[str] = []
    start = 0
    while (at := content.find(opening, start)) >= 0 and (end := content.find(closing, at)) >= 0:
        kept.append(content[start:at])
        start = end + len(closing) if closing != "{:/" else content.find("}", end) + 1 or len(content)
    return "".join([*kept, content[start:]])


def _unfenced(lines: list[str]) -> list[str]:
    """The lines with blanks for what stands between fences, which may look like headings or prose."""
    fence = ""
    kept: list[str] = []
    for line in lines:
        mark = _FENCE.match(line)
        kept.append("" if mark or fence else line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and not mark[2].strip():
            fence = ""
    return kept


def _sections(lines: list[str], outline: Outline) -> Iterator[tuple[str, list[str]]]:
    """Yield number and lines of each section; one without a number has none inside it either."""
    number, body = "", list[str]()
    hidden = 0  # the depth of the heading without a number
    for before, line, after in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        heading = _HEADING.match(line)
        if not heading or (before.strip() and not before.startswith("{:")):
            body.append(line)
            continue
        if number:
            yield number, body
        depth = len(heading[1])
        hidden = 0 if depth <= hidden else hidden
        if _UNNUMBERED.search(line) or (after.startswith("{:") and _UNNUMBERED.search(after)):
            hidden = hidden or depth
        number, body = "" if hidden else outline.number(depth), []
    if number:
        yield number, body
