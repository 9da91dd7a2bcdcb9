"""An invented document as its editors would write it in Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill, indent

from tests.spec.rfc_copy.invented import (
    Block,
    Comment,
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

HEAD = """---
title: An Invented Protocol
number: 9999
docname: draft-invented-thing-07

--- abstract

Abstract."""


def markdown(document: Document, width: int = 72) -> str:
    """Write a document, with lines of at most `width` columns where they can be broken."""
    parts = [HEAD, "--- middle", *_sections(document.middle, 1, width)]
    return "\n\n".join([*parts, "--- back", *_sections(document.back, 1, width)]) + "\n"


def _sections(sections: tuple[Section, ...], depth: int, width: int) -> Iterator[str]:
    for section in sections:
        anchor = f" {{#{section.anchor}}}" if section.anchor else ""
        hidden = "" if section.numbered else '\n{: numbered="false"}'
        yield f"{'#' * depth} {section.title}{anchor}{hidden}"
        yield from (_block(block, width) for block in section.blocks)
        yield from _sections(section.inner, depth + 1, width)


def _block(block: Block | Listing, width: int) -> str:
    match block:
        case Paragraph(sentences):
            return fill(
                " ".join(map(_said, sentences)), width, break_long_words=False, break_on_hyphens=False
            )
        case Listing():
            return _listing(block, width)
        case Definitions(entries, apart, below):
            between = "\n\n" if apart else "\n"
            told = (f"{term}{between}: {_hung(_block(meaning, width), 2)}" for term, meaning in entries)
            return ("\n{: newline=true}\n" if below else "") + "\n\n".join(told)
        case Note(paragraphs):
            inside = "\n\n".join(_block(one, width) for one in paragraphs)
            return f'<aside markdown="block">\n{inside}\n</aside>'
        case Table(rows, edged, anchor):
            lines = [" | ".join(map(_said, row)) for row in rows]
            lines.insert(1, "---|:---")
            named = f'\n{{: #{anchor} title="What the\nTable Says."}}' if anchor else ""
            return "\n".join(f"| {line} |" if edged else line for line in lines) + named
        case Figure(lines, anchor):
            named = f"#{anchor} " if anchor else ""
            return "\n".join(["~~~", *lines, "~~~", f'{{: {named}title="It MUST be\nSeen."}}'])
        case Comment(words):
            return f"<!-- {words}\n\n# {words} -->\n\n{{::comment}}\n{words}\n{{:/comment}}"


def _listing(listing: Listing, width: int) -> str:
    items = []
    for place, item in enumerate(listing.items, 1):
        mark = f"{place}. " if listing.ordered else "* "
        tight = "\n" if listing.compact else "\n\n"
        inside = tight.join(_block(part, width) for part in item)
        items.append(mark + _hung(inside, len(mark)))
    return ("\n" if listing.compact else "\n\n").join(items)


def _hung(text: str, columns: int) -> str:
    return indent(text, " " * columns).lstrip(" ")


def _said(sentence: Sentence) -> str:
    return " ".join(piece.markdown for piece in sentence)
