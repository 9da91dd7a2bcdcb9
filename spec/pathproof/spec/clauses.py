"""The clauses: one record for each normative sentence of the RFCs, with a stable id.

A sentence is normative if it has a keyword of BCP 14, or if it binds or permits behaviour without one (level
`statement`). Reasons, examples, pointers to another section and hints to implementers are not normative, nor
are the captions that define the fields of a figure: the sentence that refers to the figure stands for them.
A sentence with several keywords is one record, with the strongest of them as its level.

The id ``RFC9000-5.1.1-06`` is the sixth normative sentence of Section 5.1.1 of RFC 9000. A file of
`clause_data` holds one section and says how many normative sentences it has, so that a section whose records
are still incomplete shows as such, and its ordinals stay as they are when the rest is added.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from pathproof.spec import records
from pathproof.spec.clause_record import Clause, Level, Observable, Role, Section

__all__ = [
    "Clause",
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


_SECTION = {"document": str, "section": str, "title": str, "normative": int}
_REQUIRED = {"id": str, "level": str, "role": str, "rule": str, "observable": list, "fingerprint": str}
_OPTIONAL = {"reading": str, "links": list}


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
    raw = records.tables(table.pop("clause", None), file)
    records.check(table, file, _SECTION)
    document, number = table["document"], table["section"]
    if file != f"{document.lower()}-{number}.toml":
        raise ValueError(f"{file}: holds section {number} of {document}")
    found = tuple(
        _clause(record, f"{file}: {record.get('id', f'record {i}')}") for i, record in enumerate(raw, 1)
    )
    _check_order(found, table, file)
    return Section(document, number, table["title"], table["normative"], found)


@cache
def sections() -> Mapping[tuple[str, str], Section]:
    """Return every section with records, by document and number, in the order of the documents.

    Raises
    ------
    ValueError
        As `read` does.

    Examples
    --------
    >>> [number for _, number in sections()][:4]
    ['5.1', '5.1.1', '5.1.2', '7.2']
    """
    found = [read(text, file) for file, text in records.data_files("clause_data")]
    found.sort(key=lambda section: (section.document, _sort_key(section.number)))
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
    >>> next(iter(load()))
    'RFC9000-5.1-01'
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
    try:
        return load()[clause_id]
    except KeyError:
        raise records.Unknown("clause", clause_id, load()) from None


def section(document: str, number: str) -> Section:
    """Return the section with this number and its clauses.

    Raises
    ------
    pathproof.spec.records.Unknown
        If no clause of that section is recorded (a `KeyError`).

    Examples
    --------
    >>> [clause.ordinal for clause in section("RFC9000", "9.5").clauses]
    [3, 4, 5, 7]
    """
    try:
        return sections()[document, number]
    except KeyError:
        known = [" ".join(key) for key in sections()]
        raise records.Unknown("section", f"{document} {number}", known) from None


def _clause(record: records.Record, where: str) -> Clause:
    records.check(record, where, _REQUIRED, _OPTIONAL)
    if not re.fullmatch(r"[0-9a-f]{64}", record["fingerprint"]):
        raise ValueError(f"{where}: fingerprint is not 64 hexadecimal digits")
    try:
        return Clause(
            id=record["id"],
            level=Level(record["level"]),
            role=Role(record["role"]),
            rule=record["rule"],
            observable=tuple(map(Observable, record["observable"])),
            fingerprint=record["fingerprint"],
            reading=record.get("reading"),
            links=tuple(record.get("links", ())),
        )
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error


def _check_order(clauses: tuple[Clause, ...], table: records.Record, file: str) -> None:
    """Refuse ids of another section, and ordinals that repeat, fall or exceed the section's count."""
    last = 0
    for clause in clauses:
        where = f"{file}: {clause.id}"
        if not re.fullmatch(rf"{re.escape(table['document'])}-{re.escape(table['section'])}-\d\d", clause.id):
            raise ValueError(f"{where}: not an id of section {table['section']} of {table['document']}")
        if clause.ordinal == last:
            raise ValueError(f"{where}: duplicate id")
        if not last < clause.ordinal <= table["normative"]:
            raise ValueError(f"{where}: out of order, or above the {table['normative']} of the section")
        last = clause.ordinal


def _sort_key(number: str) -> list[tuple[bool, str]]:
    """Order ``5.1`` before ``5.1.1`` before ``10.3``, and appendices last."""
    return [(not part.isdigit(), part.zfill(4)) for part in number.split(".")]
