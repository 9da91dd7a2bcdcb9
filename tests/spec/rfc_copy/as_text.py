"""An invented document as the RFC Editor publishes it, and as a paginated draft."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent, wrap

from tests.spec.rfc_copy.invented import (
    Block,
    Definitions,
    Document,
    Figure,
    Listing,
    Note,
    Paragraph,
    Section,
    Sentence,
    Table,
)

WIDTH = 72
HEAD = """Internet Engineering Task Force (IETF)                        A. Nobody
Request for Comments: 9999                                      May 2024


                         An Invented Protocol

Abstract

   Abstract.

Table of Contents

   1.  First
   Appendix A.  Data
"""
FOOT = "Nobody                   Expires 2 November 2024{page:>24}"
TOP = "RFC 9999                  An Invented Protocol                  May 2024"


def text(document: Document) -> str:
    """Write a document without pages."""
    parts = [HEAD, *_sections(document.middle, [str(place) for place in range(1, 99)])]
    back = list(_sections(document.back, [f"Appendix {letter}" for letter in "ABCDEFG"]))
    references = f'{len(document.middle) + 1}.  References\n\n   [RFC2104]  Nobody, A., "Keys".'
    return "\n\n".join([*parts, references, *back]) + "\n"


def pages(document: Document, lines_of_page: int) -> str:
    """Write a document on pages with footers and headers; no page ends with a title, a term or a fragment."""
    rest = text(document).split("\n")
    written: list[str] = []
    page = 1
    while rest:
        cut = lines_of_page
        while cut > 1 and _goes_together(*rest[cut - 1 : cut + 1]):
            cut -= 1
        body, rest = rest[:cut], rest[cut:]
        while rest and not rest[0]:
            rest.pop(0)
        foot = FOOT.format(page=f"[Page {page}]")
        written += [*body, "", "", foot, f"\f{TOP}" if page % 2 else f"\f\n{TOP}", "", ""]
        page += 1
    return "\n".join(written)


def _goes_together(line: str = "", after: str = "") -> bool:
    """Whether no page may end between two lines: the tools keep them together, or no reader could tell."""
    title = line.endswith((":", "stop")) or not line.startswith(" ")
    drawn = line.lstrip().startswith(("Table", "Figure", "#"))
    inside = after.startswith("    ") and line.endswith((".", "?", ")", '"'))
    return title or drawn or inside


def _sections(sections: tuple[Section, ...], numbers: list[str]) -> Iterator[str]:
    given = iter(numbers)
    for section in sections:
        number = next(given) if section.numbered else ""
        mark = f"{number}.  " if number else ""
        yield "\n".join(wrap(mark + section.title, WIDTH, subsequent_indent=" " * len(mark)))
        yield from (
            indent(written, "   ") for block in section.blocks if (written := _block(block, WIDTH - 3))
        )
        inner = number.removeprefix("Appendix ")
        yield from _sections(section.inner, [f"{inner}.{place}" for place in range(1, 99)] if number else [])


def _block(block: Block | Listing, width: int) -> str:
    match block:
        case Paragraph(sentences):
            return "\n".join(_wrapped("  ".join(map(_said, sentences)), width))
        case Listing():
            return _listing(block, width)
        case Definitions(entries, _, below, compact):
            written = (_entry(term, meaning, below, width) for term, meaning in entries)
            return ("\n" if compact else "\n\n").join(written)
        case Note(paragraphs):
            inside = "\n\n".join(_block(one, width - 6) for one in paragraphs)
            return "\n".join(f"   |  {line}" for line in inside.split("\n"))
        case Table(rows, anchor=anchor):
            return _table(rows, (width - 7) // 2) + (
                "\n\n" + _caption("Table 1: What the Table Says.") * bool(anchor)
            )
        case Figure(lines):
            return "\n".join(lines) + "\n\n" + _caption("Figure 1: It MUST be Seen.")
    return ""


def _listing(listing: Listing, width: int, symbols: str = "*-o") -> str:
    items = []
    for place, item in enumerate(listing.items, 1):
        mark = f"{place}.  " if listing.ordered else f"{symbols[0]}  "
        parts = (
            _listing(part, width - len(mark), symbols[1:])
            if isinstance(part, Listing)
            else _block(part, width - len(mark))
            for part in item
        )
        inside = ("\n" if listing.compact else "\n\n").join(parts)
        items.append(mark + indent(inside, " " * len(mark)).lstrip(" "))
    return ("\n" if listing.compact else "\n\n").join(items)


def _entry(term: str, meaning: Paragraph, below: bool, width: int) -> str:
    words = "  ".join(map(_said, meaning.sentences))
    if below:
        return term + "\n" + indent("\n".join(_wrapped(words, width - 3)), "   ")
    first, *others = _wrapped("x" * (len(term) + 2) + words, width, "   ")
    return "\n".join([f"{term}  {first[len(term) + 2 :]}", *others])


def _table(rows: tuple[tuple[Sentence, ...], ...], width: int) -> str:
    rule = "+" + "+".join(["-" * (width + 2)] * len(rows[0])) + "+"
    lines = [rule.replace("-", "=")]
    for row in rows:
        cells = [_wrapped(_said(cell), width) for cell in row]
        for place in range(max(map(len, cells))):
            parts = ((cell[place] if place < len(cell) else "").ljust(width) for cell in cells)
            lines.append("| " + " | ".join(parts) + " |")
        lines.append(rule if len(lines) > 2 else rule.replace("-", "="))
    return "\n".join(lines)


def _caption(words: str) -> str:
    first, second = words[: len(words) // 2].rstrip(), words[len(words) // 2 :].lstrip()
    return f"{' ' * 20}{first}\n{' ' * 22}{second}"


def _wrapped(words: str, width: int, hanging: str = "") -> list[str]:
    return wrap(words, width, break_long_words=False, subsequent_indent=hanging)


def _said(sentence: Sentence) -> str:
    return " ".join(piece.text for piece in sentence)
