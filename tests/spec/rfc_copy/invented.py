"""Invented documents: trees of sections, drawn by hypothesis.

`as_markdown`, `as_xml` and `as_text` write them as the tools of the RFC Editor do, and `expected` says what a
reader should find in them.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st
from tests.spec.rfc_copy.pieces import ENDS, KEYWORDS, REFERENCES, SPANS, STARTS, WORDS, Piece, same

Sentence = tuple[Piece, ...]


@dataclass(frozen=True)
class Paragraph:
    """Sentences; a paragraph of one without a full stop is a fragment."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Listing:
    """A list with symbols or numbers; each item is a paragraph, and perhaps a further paragraph or a list."""

    items: tuple[tuple[Paragraph | Listing, ...], ...]
    ordered: bool = False
    compact: bool = False


@dataclass(frozen=True)
class Definitions:
    """Terms and what they mean; `apart` puts a blank line between them, `below` starts a new line."""

    entries: tuple[tuple[str, Paragraph], ...]
    apart: bool = False
    below: bool = False
    compact: bool = False


@dataclass(frozen=True)
class Note:
    """An aside, with bars beside it in the published text."""

    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Table:
    """A table with a head; a cell is a sentence or a fragment. `edged` has bars at both ends in Markdown."""

    rows: tuple[tuple[Sentence, ...], ...]
    edged: bool = True
    anchor: str = ""


@dataclass(frozen=True)
class Figure:
    """Lines that are no prose, whatever they look like, and a caption of two lines."""

    lines: tuple[str, ...]
    anchor: str = ""


@dataclass(frozen=True)
class Comment:
    """What the published text does not show."""

    words: str


Block = Paragraph | Listing | Definitions | Note | Table | Figure | Comment


@dataclass(frozen=True)
class Section:
    """A section; one that is not numbered counts for nothing, and those in it neither."""

    title: str
    blocks: tuple[Block, ...]
    inner: tuple[Section, ...] = ()
    numbered: bool = True
    anchor: str = ""


@dataclass(frozen=True)
class Document:
    """The sections of the middle, the appendices, and the sections after those that have no number."""

    middle: tuple[Section, ...]
    back: tuple[Section, ...]


piece = st.one_of(*map(st.sampled_from, (WORDS, WORDS, WORDS, KEYWORDS, SPANS, REFERENCES)))


@st.composite
def sentence(draw: st.DrawFn, most: int = 14, *, whole: bool = True) -> Sentence:
    """A sentence, or a fragment without a full stop."""
    words = [draw(st.sampled_from(STARTS)), *draw(st.lists(piece, min_size=1, max_size=most)), same("stop")]
    end = draw(st.sampled_from(ENDS)) if whole else ""
    return (*words[:-1], same("stop" + end))


@st.composite
def paragraph(draw: st.DrawFn, *, fragments: bool = False) -> Paragraph:
    """A paragraph of whole sentences, or of one fragment."""
    if fragments and draw(st.booleans()):
        return Paragraph((draw(sentence(most=4, whole=False)),))
    return Paragraph(tuple(draw(st.lists(sentence(), min_size=1, max_size=3))))


@st.composite
def listing(draw: st.DrawFn, depth: int = 0) -> Listing:
    """A list, whose items may hold a further paragraph or a list of their own."""
    compact = draw(st.booleans())
    items = []
    for _ in range(draw(st.integers(1, 3))):
        item: list[Paragraph | Listing] = [draw(paragraph(fragments=True))]
        if depth < 2 and draw(st.integers(0, 3)) == 0:
            item.append(draw(listing(depth + 1)))
        elif not compact and draw(st.integers(0, 3)) == 0:
            item.append(draw(paragraph()))
        items.append(tuple(item))
    return Listing(tuple(items), draw(st.booleans()), compact)


TERMS = ("Token:", "Long Term (0x01):", "max_path_id:", "Term without colon", "Ack-eliciting, in flight:")
definitions = st.builds(
    Definitions,
    st.lists(st.tuples(st.sampled_from(TERMS), paragraph()), min_size=1, max_size=3).map(tuple),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
LINES = (
    ("Frame {", "  Type (i) = 0x00,", "# not a heading", "", "  1.  Length (8),", "}"),
    ("# The peer MUST NOT wait.", "Sum = 1 + 2."),
    ("+------+     +--->", "| Peer | MUST wait.", "+------+"),
    ("Peer          Other", "", "hello  ------>", "       <----- It MUST go."),
    (
        "module invented {",
        "  description",
        '    "It MUST wait.',
        "",
        '     It waits.";',
        "  leaf x {",
        "  }",
        "}",
    ),
)
row = st.lists(st.one_of(sentence(), sentence(most=3, whole=False)), min_size=2, max_size=2).map(tuple)
table = st.builds(Table, st.lists(row, min_size=2, max_size=4).map(tuple), st.booleans())
block = st.one_of(
    paragraph(),
    listing(),
    definitions,
    st.builds(Note, st.lists(paragraph(), min_size=1, max_size=2).map(tuple)),
    table,
    st.builds(Figure, st.sampled_from(LINES)),
    st.just(Comment("It MUST vanish.")),
)


@st.composite
def section(draw: st.DrawFn, depth: int = 0) -> Section:
    """A section; every block is followed by a paragraph, so that no two lists become one."""
    blocks = [one for drawn in draw(st.lists(block, max_size=3)) for one in (drawn, draw(paragraph()))]
    inner = draw(st.lists(section(depth + 1), max_size=2)) if depth < 2 else []
    titles = [
        "One",
        "The Second Thing",
        "A Title So Long That It Goes On in the Next Line of the Published Text",
    ]
    return Section(draw(st.sampled_from(titles)), tuple(blocks), tuple(inner))


@st.composite
def document(draw: st.DrawFn) -> Document:
    """A document that holds what its references point at, and ends with a section without a number."""
    figure, tabular = Figure(LINES[0], "fig-one"), Table(draw(table).rows, anchor="tab-one")
    first = Section("First", (draw(paragraph()), figure, tabular, draw(paragraph())), anchor="first")
    data = Section("Data", (draw(paragraph()),), tuple(draw(st.lists(section(1), max_size=1))), anchor="data")
    thanks = Section("Thanks, and More", (draw(paragraph()),), (Section("Inner", (), (), False),), False)
    middle = draw(st.lists(section(), max_size=2))
    return Document((first, *middle), (data, *draw(st.lists(section(1), max_size=1)), thanks))
