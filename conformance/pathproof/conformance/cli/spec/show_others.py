"""What `pathproof spec show` says of a reading and of an item of the wire image."""

from __future__ import annotations

from dataclasses import asdict

from pathproof.conformance.cli import output
from pathproof.conformance.coverage import Citation
from pathproof.spec.clauses import clause
from pathproof.spec.readings import Reading
from pathproof.spec.wire_image import Item


def show_reading(reading: Reading, as_json: bool) -> None:
    """The question, its clauses, and every value with its argument, holders and effect on the wire."""
    if as_json:
        values = {
            value.name: {
                "says": value.says,
                "argument": value.argument,
                "wire": value.wire,
                "holders": list(value.holders),
            }
            for value in reading.values.values()
        }
        head = {"name": reading.name, "question": reading.question, "default": reading.default}
        output.emit(
            {**head, "clauses": list(reading.clauses), "links": list(reading.links), "values": values}
        )
        return
    shown = output.console()
    shown.print(f"[bold]{reading.name}[/]  {reading.question}")
    shown.print(f"left open by {', '.join(reading.clauses)}")
    for value in reading.values.values():
        default = " (default)" if value.name == reading.default else ""
        table = output.table(f"\n{reading.name}={value.name}{default}", "", "meaning")
        table.add_row("says", value.says)
        table.add_row("argument", value.argument)
        table.add_row("held by", ", ".join(value.holders) or "nobody on record")
        table.add_row("on the wire", value.wire)
        shown.print(table)
    for link in reading.links:
        shown.print(link, soft_wrap=True)


def show_citations(found: list[Citation], as_json: bool) -> None:
    """What something of this name is, where it is, and the clauses that it names."""
    if as_json:
        told = [{"kind": c.kind, "name": c.name, "where": c.where, "clauses": list(c.clauses)} for c in found]
        output.emit({"named": told})
        return
    shown = output.console()
    for one in found:
        shown.print(f"[bold]{one.name}[/]  {one.kind}  {one.where}", soft_wrap=True)
        table = output.table("", "clause", "rule")
        for clause_id in one.clauses:
            table.add_row(clause_id, clause(clause_id).rule)
        shown.print(table)


def show_item(item: Item, as_json: bool) -> None:
    """The fields in order and the checks on them."""
    if as_json:
        output.emit(asdict(item))
        return
    shown = output.console()
    shown.print(f"[bold]{item.name}[/]  {item.kind}: {item.says}")
    fields = output.table("\nfields", "field", "width", "value", "meaning")
    for field in item.fields:
        fixed = "" if field.value is None else f"{field.value:#x}"
        fields.add_row(field.name, field.width, fixed, field.says)
    shown.print(fields)
    checks = output.table("\nchecks", "error", "by", "says")
    for check in item.all_checks:
        by = ", ".join(check.clauses) or check.source or "-"
        checks.add_row(check.error, by, check.says + (" (may be enforced)" if check.optional else ""))
    shown.print(checks)
    shown.print(f"\nlaid out by {', '.join(item.clauses)}")
