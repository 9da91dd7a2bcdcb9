"""An invented document as XML, bare as its editors submit it or with what the RFC Editor adds."""

from __future__ import annotations

from xml.sax.saxutils import escape

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

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rfc [
  <!ENTITY nbsp "&#160;">
]>
<?rfc toc="yes"?>
"""


class Writer:
    """Writes elements; a prepared document has attributes and white space where a bare one has none."""

    def __init__(self, *, prepared: bool) -> None:
        self.prepared = prepared

    def element(self, tag: str, inside: str, **attributes: str) -> str:
        """An element around `inside`."""
        if self.prepared and tag in {"t", "li", "dd", "section"}:
            attributes["pn"] = f"{tag}-1"
        written = "".join(f' {name}="{value}"' for name, value in attributes.items() if value)
        space = "\n  " if self.prepared and tag not in {"t", "td", "th", "artwork", "name", "dt"} else ""
        return f"<{tag}{written}>{space}{inside}{space}</{tag}>"

    def document(self, document: Document) -> str:
        """The whole document."""
        front = "<front><title>An Invented Protocol</title></front>"
        middle = self.element("middle", "".join(map(self.section, document.middle)))
        references = "<references><name>References</name></references>"
        back = self.element("back", references + "".join(map(self.section, document.back)))
        name = 'docName="draft-invented-thing-07" number="9999" category="std"'
        return f"{HEAD}<rfc {name}>{front}{middle}{back}</rfc>\n"

    def section(self, section: Section) -> str:
        """A section and those in it."""
        inside = self.element("name", section.title) + "".join(map(self.block, section.blocks))
        numbered = "" if section.numbered else "false"
        inner = "".join(map(self.section, section.inner))
        return self.element("section", inside + inner, anchor=section.anchor, numbered=numbered)

    def block(self, block: Block | Listing) -> str:
        """One block."""
        match block:
            case Paragraph(sentences):
                return self.element("t", " ".join(map(self.said, sentences)))
            case Listing(items, ordered, compact):
                spacing = "compact" if compact else ""
                inside = "".join(self.element("li", "".join(map(self.block, item))) for item in items)
                return self.element("ol" if ordered else "ul", inside, spacing=spacing)
            case Definitions(entries):
                return self.element("dl", "".join(self.entry(*entry) for entry in entries))
            case Note(paragraphs):
                return self.element("aside", "".join(map(self.block, paragraphs)))
            case Table(rows, anchor=anchor):
                head, *body = ("".join(self.element("td", self.said(cell)) for cell in row) for row in rows)
                lines = f"<thead><tr>{head}</tr></thead>" + "".join(f"<tr>{row}</tr>" for row in body)
                return self.element("table", f"<name>What the\nTable Says.</name>{lines}", anchor=anchor)
            case Figure(lines, anchor):
                art = self.element("artwork", escape("\n".join(lines)))
                return self.element("figure", f"<name>It MUST be\nSeen.</name>{art}", anchor=anchor)
            case Comment(words):
                return f"<!-- {words} --><iref item='{words}'/>"

    def entry(self, term: str, meaning: Paragraph) -> str:
        """A term and its definition, which may stand in its element without a paragraph."""
        inside = self.block(meaning) if self.prepared else " ".join(map(self.said, meaning.sentences))
        return self.element("dt", term) + self.element("dd", inside)

    def said(self, sentence: Sentence) -> str:
        """The words of a sentence."""
        return " ".join(piece.xml for piece in sentence)


def xml(document: Document, *, prepared: bool = False) -> str:
    """Write a document."""
    return Writer(prepared=prepared).document(document)
