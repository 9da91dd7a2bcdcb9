"""The clauses: one record for each normative sentence of the RFCs, with a stable id.

A sentence is normative if it has a keyword of BCP 14, or if it binds or permits behaviour without one (level
`statement`). Reasons, examples, pointers to another section and hints to implementers are not normative, nor
are the captions that define the fields of a figure: the sentence that refers to the figure stands for them.
A sentence with several keywords is one record, with the strongest of them as its level.

The id ``RFC9000-5.1.1-06`` is the sixth normative sentence of Section 5.1.1 of RFC 9000. A file of
`clause_data` holds one section. It accounts for every sentence: those that are no clauses are there by their
fingerprints, under the reason for it, so that `pathproof.spec.audit` can tell a sentence that is not
normative from one that was overlooked. Where only part of a section is in scope, the file says which, and the
normative sentences beyond it keep their place in the count.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from pathproof.spec import documents, records
from pathproof.spec.clause_record import Aside, Clause, Concept, Level, Observable, Role, Section

__all__ = [
    "Aside",
    "Clause",
    "Concept",
    "Level",
    "Observable",
    "Role",
    "Section",
    "clause",
    "load",
    "read",
    "section",
    "sections",
]


_SECTION = {"document": str, "section": str, "title": str}
_SECTION_OPTIONAL = {"scope": str, "aside": dict}
_REQUIRED = {
    "id": str,
    "level": str,
    "role": str,
    "concept": str,
    "rule": str,
    "observable": list,
    "fingerprint": str,
}
_OPTIONAL = {"reading": str, "actions": list, "uncovered": str, "links": list}
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def read(text: str, file: str) -> Section:
    """Return the section that one data file holds.

    Parameters
    ----------
    text : str
        The TOML text.
    file : str
        The name of the file, which the section has to match and every error names.

    Raises
    ------
    ValueError
        If the text is no TOML, or a key, id, level, role, observable or fingerprint is wrong.

    Examples
    --------
    >>> read("clause = []", "rfc9000-5.1.toml")
    Traceback (most recent call last):
    ValueError: rfc9000-5.1.toml: missing key 'document'
    """
    table = records.parse(text, file)
    raw = records.tables(table.pop("clause", []), file)
    records.check(table, file, _SECTION, _SECTION_OPTIONAL)
    document, number = table["document"], table["section"]
    if file != f"{document.lower()}-{number}.toml" or document not in documents.load():
        raise ValueError(f"{file}: holds section {number} of {document}")
    found = tuple(
        _clause(record, f"{file}: {record.get('id', f'record {i}')}") for i, record in enumerate(raw, 1)
    )
    asides = _asides(table.get("aside", {}), f"{file}: aside")
    if (Aside.OUTSIDE in asides) != ("scope" in table):
        raise ValueError(f"{file}: a scope and sentences outside it come together or not at all")
    section = Section(document, number, table["title"], found, table.get("scope", ""), asides)
    _check_order(section, file)
    return section


@cache
def sections() -> Mapping[tuple[str, str], Section]:
    """Return every section with records, by document and number, in the order of the documents.

    Raises
    ------
    ValueError
        As `read` does.

    Examples
    --------
    >>> [number for document, number in sections() if document == "RFC9000"][:4]
    ['5.1', '5.1.1', '5.1.2', '5.2']
    """
    found = [read(text, file) for file, text in records.data_files("clause_data")]
    order = list(documents.load())
    found.sort(key=lambda section: (order.index(section.document), _sort_key(section.number)))
    return MappingProxyType({(section.document, section.number): section for section in found})


@cache
def load() -> Mapping[str, Clause]:
    """Return every clause by its id, in the order of the documents.

    Raises
    ------
    ValueError
        As `read` does.

    Examples
    --------
    >>> "RFC9000-5.1-01" in load()
    True
    """
    return MappingProxyType(
        {clause.id: clause for section in sections().values() for clause in section.clauses}
    )


def clause(clause_id: str) -> Clause:
    """Return the clause with this id.

    Raises
    ------
    pathproof.spec.records.Unknown
        If there is none (a `KeyError`).

    Examples
    --------
    >>> clause("RFC9000-5.1.1-06").rule.startswith("Each further connection ID takes the number")
    True
    """
    return records.named("clause", clause_id, load())


def section(document: str, number: str) -> Section:
    """Return the section with this number and its clauses.

    Raises
    ------
    pathproof.spec.records.Unknown
        If no clause of that section is recorded (a `KeyError`).

    Examples
    --------
    >>> section("RFC9000", "9.5").title
    'Privacy Implications of Connection Migration'
    """
    try:
        return sections()[document, number]
    except KeyError:
        known = [" ".join(key) for key in sections()]
        raise records.Unknown("section", f"{document} {number}", known) from None


def _clause(record: records.Record, where: str) -> Clause:
    records.check(record, where, _REQUIRED, _OPTIONAL)
    _check_fingerprint(record["fingerprint"], where)
    try:
        return Clause(
            id=record["id"],
            level=Level(record["level"]),
            role=Role(record["role"]),
            concept=Concept(record["concept"]),
            rule=record["rule"],
            observable=tuple(map(Observable, record["observable"])),
            fingerprint=record["fingerprint"],
            reading=record.get("reading"),
            actions=tuple(record.get("actions", ())),
            uncovered=record.get("uncovered", ""),
            links=tuple(record.get("links", ())),
        )
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error


def _asides(table: Mapping[str, Any], where: str) -> Mapping[Aside, tuple[str, ...]]:
    records.check(table, where, {}, {str(kind): list for kind in Aside})
    for fingerprints in table.values():
        for fingerprint in fingerprints:
            _check_fingerprint(fingerprint, where)
    return MappingProxyType({Aside(kind): tuple(fingerprints) for kind, fingerprints in table.items()})


def _check_fingerprint(text: str, where: str) -> None:
    if not _FINGERPRINT.fullmatch(text):
        raise ValueError(f"{where}: fingerprint is not 64 hexadecimal digits: {text!r}")


def _check_order(section: Section, file: str) -> None:
    """Refuse ids of another section, and ordinals that repeat, fall or exceed the section's count."""
    last = 0
    for clause in section.clauses:
        where = f"{file}: {clause.id}"
        if not re.fullmatch(rf"{re.escape(section.document)}-{re.escape(section.number)}-\d\d", clause.id):
            raise ValueError(f"{where}: not an id of section {section.number} of {section.document}")
        if clause.ordinal == last > 0:
            raise ValueError(f"{where}: duplicate id")
        if not last < clause.ordinal <= section.normative:
            raise ValueError(f"{where}: out of order, or above the {section.normative} of the section")
        last = clause.ordinal


def _sort_key(number: str) -> list[tuple[bool, str]]:
    """Order ``5.1`` before ``5.1.1`` before ``10.3``, and appendices last."""
    return [(not part.isdigit(), part.zfill(4)) for part in number.split(".")]
