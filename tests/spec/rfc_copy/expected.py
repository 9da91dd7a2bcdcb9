"""What a reader should find in an invented document, told from its tree alone."""

from __future__ import annotations

from collections.abc import Iterator

from tests.spec.rfc_copy.invented import (
    Block,
    Definitions,
    Document,
    Listing,
    Note,
    Paragraph,
    Section,
    Sentence,
    Table,
)

from pathproof.spec.fingerprint import normalise


def sections(document: Document) -> dict[str, list[str]]:
    """The normalised sentences and fragments of each section that has a number."""
    found: dict[str, list[str]] = {}
    _number(document.middle, [str(place) for place in range(1, 99)], found)
    _number(document.back, list("ABCDEFG"), found)
    return found


def _number(sections: tuple[Section, ...], numbers: list[str], found: dict[str, list[str]]) -> None:
    for section, number in zip((one for one in sections if one.numbered), numbers, strict=False):
        found[number] = [said for block in section.blocks for said in _said(block)]
        _number(section.inner, [f"{number}.{place}" for place in range(1, 99)], found)


def _said(block: Block | Listing) -> Iterator[str]:
    match block:
        case Paragraph(sentences):
            yield from (normalise(_bare(one)) for one in sentences)
        case Listing(items):
            yield from (said for item in items for part in item for said in _said(part))
        case Definitions(entries):
            yield from (said for _, meaning in entries for said in _said(meaning))
        case Note(paragraphs):
            yield from (said for paragraph in paragraphs for said in _said(paragraph))
        case Table(rows):
            yield from (normalise(" | ".join(map(_bare, row))) for row in rows)


def _bare(sentence: Sentence) -> str:
    return " ".join(piece.bare for piece in sentence)
