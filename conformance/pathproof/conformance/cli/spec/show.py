"""`pathproof spec show`: one clause, reading or wire item, and everything that names it."""

from __future__ import annotations

import textwrap
from pathlib import Path

import click

from pathproof.conformance.cli import output
from pathproof.conformance.cli.options import as_json, tests_folder
from pathproof.conformance.cli.spec import show_others
from pathproof.conformance.cli.spec.filters import as_dict
from pathproof.conformance.coverage import Citation, citations, rows
from pathproof.spec import documents, readings, wire_image
from pathproof.spec.clause_record import Clause
from pathproof.spec.clauses import load, sections
from pathproof.spec.records import Unknown


@click.command()
@click.argument("name", metavar="ID")
@tests_folder
@as_json
def show(name: str, tests: Path | None, as_json: bool) -> int:
    """Show the clause with this ID and everything that names it: readings, actions, claims, rules, tests.

    ID may be the name of a reading or of an item of the wire image, too, or of an action, claim, rule or
    test, which is shown with the clauses that it names.

    \b
    pathproof spec show RFC9000-5.1.1-13
    pathproof spec show retire_overflow
    pathproof spec show NEW_CONNECTION_ID
    """
    known = {**load(), **readings.load(), **wire_image.load()}
    name = next((one for one in known if one.lower() == name.lower()), name)
    found = list(citations(tests))
    if name in load():
        _show_clause(load()[name], found, as_json)
    elif name in readings.load():
        show_others.show_reading(readings.reading(name), as_json)
    elif name in wire_image.load():
        show_others.show_item(wire_image.item(name), as_json)
    elif named := [one for one in found if name in (one.name, one.name.rpartition(".")[2])]:
        show_others.show_citations(named, as_json)
    else:
        _refuse(name, [*known, *(one.name for one in found)])
    return 0


def _refuse(name: str, known: list[str]) -> None:
    number = name.rpartition("-")[2]
    if any(number == section for _, section in sections()):
        raise click.UsageError(f"{name} is a section: pathproof spec list --section {number}")
    raise Unknown("clause, reading, wire item, action, claim, rule or test", name, known)


def _show_clause(clause: Clause, found: list[Citation], as_json: bool) -> None:
    naming = [citation for citation in found if clause.id in citation.clauses]
    row = next(row for row in rows(naming) if row.clause is clause)
    reason = row.reason
    if as_json:
        named = [{"kind": one.kind, "name": one.name, "where": one.where} for one in naming]
        output.emit(
            {**as_dict(clause), "covered": row.is_covered, "reason": reason or None, "named_by": named}
        )
        return
    shown = output.console()
    shown.print(f"[bold]{clause.id}[/]  {clause.level}  binds the {clause.role}  ({clause.concept})")
    shown.print(textwrap.fill(clause.rule, min(shown.width, 110)), style="italic")
    shown.print(
        f"seen by {', '.join(clause.observable)}; {documents.document(clause.document).link(clause.section)}"
    )
    for link in clause.links:
        shown.print(f"argued in {link}", soft_wrap=True)
    table = output.table("\nnamed by", "what", "name", "where")
    for one in naming:
        table.add_row(one.kind, one.name, one.where)
    if naming:
        shown.print(table)
    if reason:
        shown.print(f"\nnothing covers it: {reason}")
