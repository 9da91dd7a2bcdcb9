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
from pathproof.spec.clauses import load
from pathproof.spec.records import Unknown


@click.command()
@click.argument("name", metavar="ID")
@tests_folder
@as_json
def show(name: str, tests: Path | None, as_json: bool) -> int:
    """Show the clause with this ID and everything that names it: readings, actions, claims, rules, tests.

    ID may be the name of a reading or of an item of the wire image, too.

    \b
    pathproof spec show RFC9000-5.1.1-13
    pathproof spec show retire_overflow
    pathproof spec show NEW_CONNECTION_ID
    """
    if name in load():
        _show_clause(load()[name], list(citations(tests)), as_json)
    elif name in readings.load():
        show_others.show_reading(readings.reading(name), as_json)
    elif name in wire_image.load():
        show_others.show_item(wire_image.item(name), as_json)
    else:
        raise Unknown("clause, reading or wire item", name, [*load(), *readings.load(), *wire_image.load()])
    return 0


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
