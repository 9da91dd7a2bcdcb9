"""A file is known for what it is: which document, in which form; and what is none is refused in one line."""

from pathlib import Path

import pytest

from pathproof.spec.rfc_copy import parse, read, reader

MARKDOWN = "title: X\n{name}\n\n--- middle\n\n# One\n\nIt waits.\n"
TEXT = "{name}\n\n1.  One\n\n   It waits.\n"
XML = "<rfc {name}><middle><section><t>It waits.</t></section></middle></rfc>"


@pytest.mark.parametrize(
    ("content", "form", "name"),
    [
        (MARKDOWN.format(name="number: 9000"), "markdown", "RFC 9000"),
        (MARKDOWN.format(name='docname: draft-x-latest\nnumber: "9000"'), "markdown", "RFC 9000"),
        (MARKDOWN.format(name="replaces: draft-w\ndocname: draft-x-latest"), "markdown", "draft-x"),
        ("<!-- edited by hand -->\n" + MARKDOWN.format(name="number: 9000"), "markdown", "RFC 9000"),
        (TEXT.format(name="Request for Comments: 9000      May 2021"), "text", "RFC 9000"),
        (
            TEXT.format(name="Obsoletes: draft\n\n      draft-ietf-quic-multipath-07"),
            "text",
            "draft-ietf-quic-multipath",
        ),
        (TEXT.format(name="Request for Comments: 791\n\nonce draft-x-01"), "text", "RFC 791"),
        (XML.format(name='docName="draft-x-34" number="9000"'), "xml", "RFC 9000"),
        ('<?xml version="1.0"?>' + XML.format(name="number='9000'"), "xml", "RFC 9000"),
        (XML.format(name='docName="draft-x-latest"'), "xml", "draft-x"),
    ],
)
def test_name_and_form(content: str, form: str, name: str) -> None:
    """The number of an RFC goes before the name of a draft, and a draft's own name before another's."""
    copy = parse(content, "x")
    assert (copy.form, copy.name, copy.file) == (form, name, "x")
    assert dict(copy.sections) == {"1": ("It waits.",)}


def test_marks_and_line_ends_of_other_systems() -> None:
    """A byte order mark and carriage returns are no part of the text."""
    content = f"number: 9000\n{MARKDOWN}\na | b\n--|--\nc | d\n"
    copy = parse("\ufeff" + content.replace("\n", "\r\n"), "x")
    assert copy == parse(content, "x")
    assert copy.sections == {"1": ("It waits.", "a | b", "c | d")}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no RFC number or draft name found in its head"),
        (b"\x00\x01\x02", "no RFC number or draft name found in its head"),
        (b"\x7fELF\xff", "byte 4 is not UTF-8, so no RFC in Markdown, text or XML"),
        ("number: 9000\nÄ".encode("utf-16"), "byte 0 is not UTF-8, so no RFC in Markdown, text or XML"),
        (b"number: 9000\n", "no numbered section found; is this the document, or a page about it?"),
        (
            b"number: 9000\n--- middle\nText.\n",
            "no numbered section found; is this the document, or a page about it?",
        ),
        (b'<rfc number="9000"/>', "no numbered section found; is this the document, or a page about it?"),
        (
            b"\n<!DOCTYPE html><title>draft-x</title>",
            "a page of HTML; the text or the XML of the document is what can be read",
        ),
        (b'<rfc number="9000">\n<t></rfc>', "not well-formed XML: mismatched tag: line 2, column 5"),
    ],
)
def test_what_is_no_copy_is_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    """The error names the file and says what is wrong with it."""
    path = tmp_path / "copy"
    path.write_bytes(content)
    with pytest.raises(ValueError) as raised:
        read(path)
    assert str(raised.value) == f"{path}: {message}"


def test_a_file_beyond_measure_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte more than the most is too much, the most is not."""
    content = MARKDOWN.format(name="number: 9000").encode()
    path = tmp_path / "copy"
    path.write_bytes(content)
    monkeypatch.setattr(reader, "MOST_BYTES", len(content))
    assert read(path).name == "RFC 9000"
    path.write_bytes(content + b"\n")
    with pytest.raises(ValueError, match=rf"copy: larger than {len(content)} bytes, so no RFC$"):
        read(path)


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    """As `open` raises it."""
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none")
    with pytest.raises(IsADirectoryError):
        read(tmp_path)
