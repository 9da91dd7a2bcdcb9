"""The documents whose clauses are recorded, and which of their sections are in scope."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from pathproof.spec import records


@dataclass(frozen=True, slots=True)
class Document:
    """One RFC or draft.

    `copies` are the names by which a copy of it is known (`pathproof.spec.rfc_copy`), `status` is
    ``"standard"`` or ``"draft"``, and `note` says what is special about the text that was recorded. `beyond`
    names sections right below one in scope that are not in scope themselves.

    Examples
    --------
    >>> document("RFC9000").link("9.3.3"), document("RFC9002").link("A.3")
    ('https://www.rfc-editor.org/rfc/rfc9000#section-9.3.3', 'https://www.rfc-editor.org/rfc/rfc9002#appendix-A.3')
    """

    name: str
    title: str
    copies: tuple[str, ...]
    status: str
    url: str
    sections: tuple[str, ...]
    beyond: tuple[str, ...] = ()
    note: str = ""

    def link(self, section: str) -> str:
        """The address of a section in the published document."""
        url = self.url.format(section=section)
        return url if section[0].isdigit() else url.replace("#section-", "#appendix-")


_REQUIRED = {"name": str, "title": str, "copies": list, "status": str, "url": str, "sections": list}
_OPTIONAL = {"beyond": list, "note": str}
_STATUS = ("standard", "draft")
_ORDER = ("RFC8999", "RFC9000", "RFC9001", "RFC9002", "QUICLB", "MULTIPATH")


def read(text: str, file: str) -> Document:
    """Return the document that one data file describes.

    Raises
    ------
    ValueError
        If the text is no TOML, a key is unknown, missing or of the wrong type, the file has another name than
        the document, or its status is none.

    Examples
    --------
    >>> read("name = 'RFC9000'", "rfc9000.toml")
    Traceback (most recent call last):
    ValueError: rfc9000.toml: missing key 'title'
    """
    table = records.parse(text, file)
    records.check(table, file, _REQUIRED, _OPTIONAL)
    if file != f"{table['name'].lower()}.toml" or table["name"] not in _ORDER:
        raise ValueError(f"{file}: holds document {table['name']!r}; the known ones are {', '.join(_ORDER)}")
    if table["status"] not in _STATUS:
        raise ValueError(f"{file}: status {table['status']!r} is none of {', '.join(_STATUS)}")
    return Document(
        name=table["name"],
        title=table["title"],
        copies=tuple(table["copies"]),
        status=table["status"],
        url=table["url"],
        sections=tuple(table["sections"]),
        beyond=tuple(table.get("beyond", ())),
        note=table.get("note", ""),
    )


@cache
def load() -> Mapping[str, Document]:
    """Return every document by its name, the RFCs before the drafts.

    Raises
    ------
    ValueError
        As `read` does.

    Examples
    --------
    >>> list(load())
    ['RFC8999', 'RFC9000', 'RFC9001', 'RFC9002', 'QUICLB', 'MULTIPATH']
    """
    found = [read(text, file) for file, text in records.data_files("document_data")]
    found.sort(key=lambda document: _ORDER.index(document.name))
    return MappingProxyType({document.name: document for document in found})


def document(name: str) -> Document:
    """Return the document with this name.

    Raises
    ------
    pathproof.spec.records.Unknown
        If there is none (a `KeyError`).

    Examples
    --------
    >>> document("MULTIPATH").status
    'draft'
    """
    return records.named("document", name, load())


def of_copy(name: str) -> Document:
    """Return the document that a copy of this name is a copy of.

    Raises
    ------
    pathproof.spec.records.Unknown
        If no clause of it is recorded (a `KeyError`).

    Examples
    --------
    >>> of_copy("RFC 10069").name
    'MULTIPATH'
    """
    for found in load().values():
        if name in found.copies:
            return found
    raise records.Unknown("document", name, [copy for found in load().values() for copy in found.copies])
