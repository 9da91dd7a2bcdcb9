"""A copy of an RFC, cut into numbered sections and those into sentences.

The reader of a clause record may hold the RFC as the Markdown its editors wrote (headings with `#`, no
numbers) or as the text the RFC Editor publishes (headings with numbers). Both come out as the same sections
and, up to `fingerprint.normalise`, as the same sentences. Figures and field layouts are no sentences.
"""

import re
from collections.abc import Iterator

KEYWORD = re.compile(
    r"\b(?:(?:MUST|SHALL|SHOULD)(?:\s+NOT)?|(?:NOT\s+)?RECOMMENDED|MAY|REQUIRED|OPTIONAL)\b"
)  # of BCP 14, in capitals only; a line may end inside one

_TEXT_HEADING = re.compile(r"^(\d+(?:\.\d+)*)\. {2}\S")
_MARKDOWN_HEADING = re.compile(r"^(#+) ")
_FIGURE = re.compile(r"^~~~.*?^~~~$|^\{:.*?\}$", re.MULTILINE | re.DOTALL)
_MARKER = re.compile(r"^\s*(?:[-*:o] +|[\w (),]+: {2,})")  # a bullet, or a defined term of the published text
_BOUNDARY = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9({])")


def sections(text: str) -> dict[str, str]:
    """Return the text of each numbered section, without that of its subsections.

    Parameters
    ----------
    text : str
        A whole RFC, as Markdown source or as published text.

    Returns
    -------
    dict[str, str]
        From a number such as ``"5.1.2"`` to what stands under that heading.

    Examples
    --------
    >>> sections("--- middle\\n# One\\nA.\\n## Inner\\nB.\\n# Two\\nC.\\n--- back")
    {'1': 'A.', '1.1': 'B.', '2': 'C.'}
    >>> sections("1.  One\\n\\n   A.\\n\\n1.1.  Inner\\n\\n   B.")
    {'1': 'A.', '1.1': 'B.'}
    """
    found: dict[str, list[str]] = {}
    body: list[str] = []
    for number, line in _numbered(text):
        if number:
            body = found[number] = []
        else:
            body.append(line)
    return {number: "\n".join(lines).strip() for number, lines in found.items()}


def sentences(section: str) -> list[str]:
    """Return the sentences of one section, in the order of the text.

    Parameters
    ----------
    section : str
        The text of a section, as `sections` returns it.

    Returns
    -------
    list[str]
        Sentences and the fragments that stand like one (a lead-in, the definition of a field).

    Examples
    --------
    >>> sentences("It MUST stop. It\\nwaits (see {{x}}).\\n\\n* One item\\n\\n~~~\\nFigure\\n~~~")
    ['It MUST stop.', 'It\\nwaits (see {{x}}).', 'One item']
    """
    paragraphs = re.split(r"\n\s*\n|\n(?=\s*[-*] )", _FIGURE.sub("", section))
    bare = (_MARKER.sub("", paragraph).strip() for paragraph in paragraphs)
    return [sentence for paragraph in bare if paragraph for sentence in _BOUNDARY.split(paragraph)]


def _numbered(text: str) -> Iterator[tuple[str, str]]:
    """Yield (section number, "") for a heading and ("", line) for every other line of the body."""
    return _numbered_markdown(text) if "--- middle" in text else _numbered_text(text)


def _numbered_text(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        heading = _TEXT_HEADING.match(line)
        yield (heading[1], "") if heading else ("", line)


def _numbered_markdown(text: str) -> Iterator[tuple[str, str]]:
    """Count the headings between the front and the back matter, as the RFC Editor's tools do."""
    count: list[int] = []
    for line in text.partition("--- middle")[2].partition("--- back")[0].splitlines():
        if heading := _MARKDOWN_HEADING.match(line):
            depth = len(heading[1])
            count = (count + [0] * depth)[:depth]
            count[-1] += 1
            yield ".".join(map(str, count)), ""
        else:
            yield "", line
