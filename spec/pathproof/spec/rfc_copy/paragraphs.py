"""A section of Markdown cut into its paragraphs, list items and table rows."""

import re
from collections.abc import Iterator
from html import unescape

from pathproof.spec.rfc_copy.pages import indent
from pathproof.spec.rfc_copy.sentences import CELLS

_SYMBOL = re.compile(r"^ *[-*+]\s+")
_NUMBER = re.compile(r"^ *\d{1,9}\.\s+")
_DEFINITION = re.compile(r"^ *:\s+")
_QUOTE = re.compile(r"^ {0,3}(?:> ?)+")
_TABLE_RULE = re.compile(r"^(?=[^|]*\|)[-:|=+ ]+$")
_EDGE = re.compile(r"(?<!\\)\|")
_MARKUP = (
    (re.compile(r"</?(?:aside|blockquote|t|tt|em|strong|bcp14)\b[^<>]{0,200}>|\{:[^{}]{0,1000}\}"), ""),
    (re.compile(r"<br\b[^<>]{0,80}>"), " "),
    (re.compile(r"\[\]\(([^()\s]{1,1000})\)"), r"\1"),
    (re.compile(r"\[([^][]{1,500})\]\([^()\s]{1,1000}\)"), r"\1"),
)


def paragraphs(lines: list[str]) -> Iterator[str]:
    """Yield the paragraphs, list items and table rows of lines without fences.

    Examples
    --------
    >>> list(paragraphs(["Token", ": It", "  waits.", "", "a | b", "--|--", "c | d", "{: title=}"]))
    ['It\\nwaits.', 'a | b', 'c | d']
    """
    paragraph: list[str] = []
    for line in [*_prose(lines), ""]:
        if paragraph and (not line.strip() or _begins(line, paragraph[0])):
            yield from _finished(paragraph)
            paragraph = []
        if line.strip():
            paragraph.append(line)


def _marker(line: str) -> str:
    found = _SYMBOL.match(line) or _NUMBER.match(line) or _DEFINITION.match(line)
    return found[0] if found else ""


def _begins(line: str, first: str) -> bool:
    """Whether a line begins an item right below the paragraph that starts with `first`.

    What looks like a marker in the midst of a paragraph that is no item is a word of it, and so is a number
    in the midst of an item that has none, unless it is set in.
    """
    if _DEFINITION.match(line) or (line.startswith("|") and not first.startswith("|")):
        return True
    if _NUMBER.match(line):
        inside = _SYMBOL.match(first) and indent(line) > indent(first)
        return bool(_NUMBER.match(first) or inside) or indent(first) > indent(line)
    listed = _SYMBOL.match(first) or _NUMBER.match(first) or indent(first) > indent(line)
    return bool(_SYMBOL.match(line) and listed)


def _finished(paragraph: list[str]) -> Iterator[str]:
    paragraph[0] = paragraph[0][len(_marker(paragraph[0])) :]
    ruled = paragraph[0].startswith("|") or any(map(_TABLE_RULE.match, paragraph))
    if ruled:
        for line in paragraph:
            if not _TABLE_RULE.match(line):
                cells = _EDGE.split(line.strip().removeprefix("|").removesuffix("|"))
                yield _plain(CELLS.join(cell.strip() for cell in cells))
    else:
        yield _plain("\n".join(line.strip() for line in paragraph))


def _plain(text: str) -> str:
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    return unescape(text).strip()


def _prose(lines: list[str]) -> list[str]:
    """The lines without attributes, code that is set in, the marks of quotations, and defined terms."""
    kept: list[str] = []
    attribute = quoted = listed = coded = False
    for line in lines:
        after_blank = not (kept and kept[-1].strip())
        quoted = bool(line.strip()) and (quoted or (after_blank and bool(_QUOTE.match(line))))
        line = _QUOTE.sub("", line) if quoted else line
        coded = coded and (not line.strip() or indent(line) >= 4)
        if attribute or line.lstrip().startswith("{:"):
            attribute = bool(line.strip()) and not line.rstrip().endswith("}")
            kept.append("")
        elif coded or (after_blank and not listed and line.strip() and indent(line) >= 4):
            coded = True
            kept.append("")
        else:
            if _DEFINITION.match(line):
                _drop_term(kept, indent(line))
            if after_blank and line.strip():
                listed = bool(_marker(line)) or (listed and line.startswith(" "))
            kept.append(line)
    return kept


def _drop_term(kept: list[str], column: int) -> None:
    """Take away the term that the definition now beginning defines; a second paragraph of one has none."""
    end = len(kept)
    while end and not kept[end - 1].strip():
        end -= 1
    start = end
    while start and kept[start - 1].strip() and not _marker(kept[start - 1]):
        start -= 1
    whole = not start or not kept[start - 1].strip()
    if whole and start < end and indent(kept[start]) == column:
        kept[start:end] = [""] * (end - start)
