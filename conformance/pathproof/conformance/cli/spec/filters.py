"""Which clauses a command is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

import click

from pathproof.spec import documents, readings
from pathproof.spec.clause_record import Clause, Concept, Level, Observable, Role
from pathproof.spec.clauses import load, sections
from pathproof.spec.records import Unknown


def _choice(option: str, names: type[StrEnum], says: str) -> Callable[..., Any]:
    words = click.Choice([str(one) for one in names], case_sensitive=False)
    return click.option(option, type=words, multiple=True, help=f"{says} May be repeated.")


_OPTIONS = (
    click.option("--document", help="Only this document, such as RFC9000."),
    click.option("--section", help="Only this section and those within it, such as 9.3."),
    _choice("--level", Level, "Only this level."),
    _choice("--role", Role, "Only what binds this role."),
    _choice("--observable", Observable, "Only what can be judged by this."),
    _choice("--concept", Concept, "Only what this concept is the home of."),
)


def filtered(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that choose clauses."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def chosen(document: str | None = None, section: str | None = None, **words: tuple[str, ...]) -> list[Clause]:
    """Return the clauses that pass every filter that is given.

    Raises
    ------
    pathproof.spec.records.Unknown
        If a document or section does not exist.

    Examples
    --------
    >>> [clause.id for clause in chosen(section="5.1.2", level=("MUST",))]
    ['RFC9000-5.1.2-10']
    """
    if document is not None:
        document = documents.document(re.sub(r"[ -]", "", document.upper())).name
    if section is not None:
        section = _section(document, section.rstrip("."))
    return [
        clause
        for clause in load().values()
        if document in (None, clause.document)
        and (section is None or _within(clause.section, section))
        and all(_has(clause, name, allowed) for name, allowed in words.items() if allowed)
    ]


def is_filtered(**filters: Any) -> bool:
    """Whether any filter is given."""
    return any(filters.values())


def _section(document: str | None, section: str) -> str:
    known = [number for name, number in sections() if document in (None, name)]
    if not any(_within(number, section) for number in known):
        where = f"section of {document}" if document else "section"
        raise Unknown(where, section, sorted(set(known)))
    return section


def _has(clause: Clause, name: str, allowed: tuple[str, ...]) -> bool:
    held = getattr(clause, name)
    return any(one in allowed for one in (held if isinstance(held, tuple) else (held,)))


def _within(number: str, section: str) -> bool:
    return number == section or number.startswith(f"{section}.")


def as_dicts(clauses: Iterable[Clause]) -> list[dict[str, Any]]:
    """The clauses as plain values for JSON."""
    return [as_dict(clause) for clause in clauses]


def as_dict(clause: Clause) -> dict[str, Any]:
    """One clause as plain values for JSON; what covers it is not the record's to say."""
    return {
        "id": clause.id,
        "level": str(clause.level),
        "role": str(clause.role),
        "concept": str(clause.concept),
        "rule": clause.rule,
        "observable": [str(one) for one in clause.observable],
        "readings": list(readings.of_clause(clause.id)),
        "actions": list(clause.actions),
        "links": [*clause.links, documents.document(clause.document).link(clause.section)],
        "fingerprint": clause.fingerprint,
    }
