"""The documents: their names, which of their sections are recorded, and where those are published."""

import pytest

from pathproof.spec import clauses, documents
from pathproof.spec.documents import Document
from pathproof.spec.records import data_files

GOOD = """
name = "RFC9000"
title = "T"
copies = ["RFC 9000"]
status = "standard"
url = "https://example.net/#section-{section}"
sections = ["1"]
"""


def test_documents_come_in_their_order() -> None:
    """The RFCs by their numbers, then the drafts."""
    names = list(documents.load())
    assert names == [*sorted(name for name in names if name.startswith("RFC")), "QUICLB", "MULTIPATH"]


def test_every_section_in_scope_has_its_data_file_and_every_data_file_its_section() -> None:
    """In the order of the documents, and of their sections as they are listed."""
    scope = [
        (document.name, number) for document in documents.load().values() for number in document.sections
    ]
    assert list(clauses.sections()) == scope
    assert sorted(name for name, _ in data_files("clause_data")) == sorted(
        f"{document.lower()}-{number}.toml" for document, number in scope
    )


@pytest.mark.parametrize("document", documents.load().values(), ids=lambda document: document.name)
def test_document_is_sound(document: Document) -> None:
    """It has sections, none of them twice, and a note if what was recorded is a draft."""
    assert len(set(document.sections)) == len(document.sections) > 0
    assert document.title and document.copies
    assert (document.status == "draft") == bool(document.note)
    assert "{section}" in document.url


@pytest.mark.parametrize("document", documents.load().values(), ids=lambda document: document.name)
def test_links_lead_to_the_section(document: Document) -> None:
    """An anchor for each, all different, and those of appendices named so."""
    links = {number: document.link(number) for number in document.sections}
    assert len(set(links.values())) == len(links)
    for number, link in links.items():
        kind = "section" if number[0].isdigit() else "appendix"
        assert link.startswith("https://") and link.endswith(f"#{kind}-{number}")


def test_no_two_documents_have_a_copy_of_one_name() -> None:
    """A copy is of one document, which is found by any of its names."""
    names = [name for document in documents.load().values() for name in document.copies]
    assert len(set(names)) == len(names)
    for document in documents.load().values():
        assert documents.document(document.name) is document
        assert all(documents.of_copy(name) is document for name in document.copies)


def test_unknown_documents_are_named() -> None:
    """A lookup that fails is a KeyError whose message gives the name and near ones."""
    with pytest.raises(KeyError, match=r"no document is named 'RFC900' \(close: RFC900"):
        documents.document("RFC900")
    with pytest.raises(KeyError, match=r"no document is named 'RFC 900' \(close: RFC 900"):
        documents.of_copy("RFC 900")


def test_a_good_file_is_read() -> None:
    """As it stands, without a note."""
    document = Document(
        "RFC9000", "T", ("RFC 9000",), "standard", "https://example.net/#section-{section}", ("1",), (), ""
    )
    assert documents.read(GOOD, "rfc9000.toml") == document


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("title", "titel"), "unknown key 'titel'"),
        (('title = "T"', ""), "missing key 'title'"),
        (('["1"]', '"1"'), "'sections' is no list: '1'"),
        (('"standard"', '"final"'), "status 'final' is none of standard, draft"),
        (('"RFC9000"', '"RFC9001"'), "holds document 'RFC9001'; the known ones are RFC8999, "),
        (('name = "RFC9000"', "name"), "Expected '=' after a key"),
    ],
)
def test_bad_file_is_refused(change: tuple[str, str], message: str) -> None:
    """The error names the file, then what is wrong."""
    with pytest.raises(ValueError) as raised:
        documents.read(GOOD.replace(*change), "rfc9000.toml")
    assert str(raised.value).startswith(f"rfc9000.toml: {message}")


def test_a_document_that_is_new_is_refused_until_it_has_its_place() -> None:
    """The order of the documents is stated, and not that of the file names."""
    with pytest.raises(ValueError, match=r"^rfc1149\.toml: holds document 'RFC1149'; the known ones are "):
        documents.read(GOOD.replace("RFC9000", "RFC1149"), "rfc1149.toml")
