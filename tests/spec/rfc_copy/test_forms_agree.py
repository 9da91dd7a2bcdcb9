"""Markdown, XML and published text of one document give the same sections and the same sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.spec.rfc_copy import expected, invented, pieces
from tests.spec.rfc_copy.as_markdown import markdown
from tests.spec.rfc_copy.as_text import pages, text
from tests.spec.rfc_copy.as_xml import xml
from tests.spec.rfc_copy.invented import Document, Listing, Paragraph, Section
from tests.spec.rfc_copy.pieces import same

from pathproof.spec import rfc_copy
from pathproof.spec.fingerprint import normalise

FORMS: dict[str, Callable[[Document], str]] = {
    "Markdown": markdown,
    "XML": xml,
    "prepared XML": lambda document: xml(document, prepared=True),
    "text": text,
    "pages": lambda document: pages(document, 48),
}
SMALL = Document(
    (
        Section(
            "One",
            (
                Paragraph(((pieces.keyword("MUST"), same("It"), same("stop.")),)),
                Listing(((Paragraph(((same("Fragment"),),)),), (Paragraph(((same("Another"),),)),))),
            ),
        ),
    ),
    (Section("Two", ()),),
)


def found(content: str, wanted: dict[str, list[str]]) -> dict[str, list[str]]:
    """The normalised sentences of each section, and of the fragments those that are wanted.

    Drawings without a frame around them leave fragments behind in the published text.
    """
    copy = rfc_copy.parse(content, "invented")
    assert copy.name == "RFC 9999"
    every = {
        number: [(said, normalise(said)) for said in sentences] for number, sentences in copy.sections.items()
    }
    return {
        number: [
            plain for said, plain in pairs if rfc_copy.is_sentence(said) or plain in wanted.get(number, ())
        ]
        for number, pairs in every.items()
    }


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(invented.document(), st.integers(30, 100), st.integers(8, 50))
def test_every_form_says_what_the_document_says(document: Document, width: int, lines: int) -> None:
    """Wherever lines are broken and pages end."""
    wanted = expected.sections(document)
    forms = {**FORMS, "Markdown": lambda one: markdown(one, width), "pages": lambda one: pages(one, lines)}
    for form, write in forms.items():
        assert found(write(document), wanted) == wanted, form


@pytest.mark.parametrize("form", FORMS)
def test_a_sentence_or_fragment_more_or_less_would_be_noticed(form: str) -> None:
    """The comparison above is of every block: taking one away, or a section, makes a difference."""
    wanted = expected.sections(SMALL)
    assert wanted == {"1": ["MUST it stop.", "fragment", "another"], "A": []}
    assert found(FORMS[form](SMALL), wanted) == wanted
    [section] = SMALL.middle
    for blocks in (section.blocks[1:], section.blocks[:1]):
        less = replace(SMALL, middle=(replace(section, blocks=blocks),))
        assert found(FORMS[form](less), wanted) != wanted
    more = replace(SMALL, back=(*SMALL.back, Section("Three", ())))
    assert found(FORMS[form](more), wanted) != wanted


@pytest.mark.parametrize("piece", [*pieces.REFERENCES, *pieces.SPANS, *pieces.KEYWORDS], ids=str)
@pytest.mark.parametrize("form", FORMS)
def test_each_kind_of_reference_and_markup(form: str, piece: pieces.Piece) -> None:
    """A sentence that starts with it, one that has it inside, and one that a line's end breaks in it."""
    sentences = [(piece, same("it stop.")), (same("It"), piece, same("stop?"))]
    sentences += [(same("x" * length), piece, same("stop.")) for length in range(54, 70)]
    [section] = SMALL.middle
    document = replace(
        SMALL, middle=(replace(section, blocks=tuple(Paragraph((one,)) for one in sentences)),)
    )
    wanted = expected.sections(document)
    assert found(FORMS[form](document), wanted) == wanted
