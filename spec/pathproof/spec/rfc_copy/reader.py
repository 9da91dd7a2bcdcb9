"""Which document a file is a copy of, in which form, and what its sections say."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pathproof.spec.rfc_copy import markdown, text, xml
from pathproof.spec.rfc_copy.sentences import sentences

MOST_BYTES = 8 * 1024 * 1024
"""The largest file that is read as a copy: RFC 9000 has less than half a megabyte in each of its forms."""

Blocks = Mapping[str, list[str]]
_DRAFT = r"draft-[a-z0-9-]{1,150}?(?=-\d\d\b|-latest\b|[^a-z0-9-]|$)"
_NAMES = (
    re.compile(r"^number:[ \t]*[\"']?(\d{1,5})\b", re.MULTILINE),
    re.compile(r"^Request for Comments:[ \t]*(\d{1,5})\b", re.MULTILINE),
    re.compile(r"<rfc\s[^>]{0,2000}?\bnumber=[\"'](\d{1,5})\b"),
    re.compile(rf"(?:^docname:[ \t]*|\bdocName=)[\"']?({_DRAFT})", re.MULTILINE),
    re.compile(rf"\b({_DRAFT})"),
)  # the number of an RFC before the name of the draft that it once was
_HEAD = 20_000  # characters in which a document says what it is


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy: the name of the document, the form of the file, and the sentences of each section.

    Examples
    --------
    >>> copy = parse("number: 9000\\n--- middle\\n# One\\nIt MUST stop. It waits.", "x.md")
    >>> copy.name, copy.form, dict(copy.sections)
    ('RFC 9000', 'markdown', {'1': ('It MUST stop.', 'It waits.')})
    """

    file: str
    name: str
    form: str
    sections: Mapping[str, tuple[str, ...]]


def read(path: Path) -> Copy:
    """Return the copy that a file holds.

    Raises
    ------
    OSError
        If the file cannot be read.
    ValueError
        If it is too large, no UTF-8, or does not look like an RFC or draft; the message names the file.
    """
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValueError(f"{path}: larger than {MOST_BYTES:,} bytes, so no RFC")
    try:
        return parse(content.decode("utf-8"), str(path))
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{path}: byte {error.start} is not UTF-8, so no RFC in Markdown, text or XML"
        ) from None


def parse(content: str, file: str) -> Copy:
    """Return the copy that `content` is; `file` is named in errors.

    Raises
    ------
    ValueError
        If it does not say which RFC or draft it is, has no numbered section, is a page of HTML, or is XML
        that is not well-formed. The message is one line.
    """
    content = content.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        form, cut = _form(content)
        if not (name := _name(content)):
            raise ValueError("no RFC number or draft name found in its head")
        blocks = cut(content)
    except ValueError as error:
        raise ValueError(f"{file}: {error}") from None
    if not blocks:
        raise ValueError(f"{file}: no numbered section found; is this the document, or a page about it?")
    found = {number: tuple(s for block in of for s in sentences(block)) for number, of in blocks.items()}
    return Copy(file, name, form, found)


def _form(content: str) -> tuple[str, Callable[[str], Blocks]]:
    start = content.lstrip()[:2000].lower()
    if start.startswith(("<!doctype html", "<html")):
        raise ValueError("a page of HTML; the text or the XML of the document is what can be read")
    if start.startswith("<") and re.search(r"<rfc\b", content):
        return "xml", xml.blocks
    if re.search(r"^--- middle\s*$", content, re.MULTILINE):
        return "markdown", markdown.blocks
    return "text", text.blocks


def _name(content: str) -> str:
    """The document's own name."""
    for pattern in _NAMES:
        if found := pattern.search(content[:_HEAD]):
            return f"RFC {int(found[1])}" if found[1].isdigit() else found[1]
    return ""
