"""Which clauses a command is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

from pathproof.spec import documents
from pathproof.spec.clause_record import Clause, Concept, Level, Observable, Role
from pathproof.spec.clauses import load, sections
from pathproof.spec.records import Unknown

_OPTIONS = (
    click.option("--document", help="Only this document, such as RFC9000."),
    click.option("--section", help="Only this section and those within it, such as 9.3."),
    click.option(
        "--level",
        type=click.Choice([str(one) for one in Level], case_sensitive=False),
        help="Only this level.",
    ),
    click.option("--role", type=click.Choice([str(one) for one in Role]), help="Only what binds this role."),
    click.option(
        "--observable",
        type=click.Choice([str(one) for one in Observable]),
        help="Only what can be judged by this.",
    ),
    click.option(
        "--concept",
        type=click.Choice([str(one) for one in Concept]),
        help="Only what this concept is the home of.",
    ),
)


def filtered(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that choose clauses."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def chosen(**filters: str | None) -> list[Clause]:
    """Return the clauses that pass every filter that is not None.

    Raises
    ------
    pathproof.spec.records.Unknown
        If a document or section does not exist.

    Examples
    --------
    >>> [clause.id for clause in chosen(section="5.1.2", level="MUST")]
    ['RFC9000-5.1.2-10']
    """
    document, section = filters.get("document"), filters.get("section")
    if document is not None:
        documents.document(document)
    if section is not None and not any(_within(number, section) for _, number in sections()):
        raise Unknown("section", section, sorted({number for _, number in sections()}))
    return [clause for clause in load().values() if _passes(clause, filters)]


def is_filtered(**filters: str | None) -> bool:
    """Whether any filter is given."""
    return any(value is not None for value in filters.values())


def _passes(clause: Clause, filters: dict[str, str | None]) -> bool:
    if filters.get("section") is not None and not _within(clause.section, str(filters["section"])):
        return False
    if filters.get("observable") is not None and filters["observable"] not in clause.observable:
        return False
    plain = ("document", "level", "role", "concept")
    return all(filters.get(name) in (None, getattr(clause, name)) for name in plain)


def _within(number: str, section: str) -> bool:
    return number == section or number.startswith(f"{section}.")


def as_dicts(clauses: Iterable[Clause]) -> list[dict[str, Any]]:
    """The clauses as plain values for JSON."""
    return [as_dict(clause) for clause in clauses]


def as_dict(clause: Clause) -> dict[str, Any]:
    """One clause as plain values for JSON."""
    return {
        "id": clause.id,
        "level": str(clause.level),
        "role": str(clause.role),
        "concept": str(clause.concept),
        "rule": clause.rule,
        "observable": [str(one) for one in clause.observable],
        "reading": clause.reading,
        "actions": list(clause.actions),
        "uncovered": clause.uncovered or None,
        "links": [*clause.links, documents.document(clause.document).link(clause.section)],
        "fingerprint": clause.fingerprint,
    }
