"""`pathproof spec readings` and `pathproof spec wire`: what there is besides the clauses."""

from __future__ import annotations

from typing import Any

import click

from pathproof.conformance.cli import output
from pathproof.conformance.cli.options import as_json
from pathproof.conformance.judge.settings import JUDGED
from pathproof.model.machines import NAMES, find
from pathproof.spec import readings, wire_image


@click.command("readings")
@as_json
def list_readings(as_json: bool) -> int:
    """List the readings: questions that the text leaves open, with the values that it admits.

    The first value is the default. `--reading NAME=VALUE` of `pathproof check` takes those that a trace is
    judged by today, and `pathproof explore` those of its machine; the others wait for theirs.
    """
    of_machine = {
        field
        for name in NAMES
        for field, declared in find(name).parameters.__dataclass_fields__.items()
        if declared.metadata.get("reading")
    }
    rows: list[dict[str, Any]] = [
        {
            "name": reading.name,
            "ambiguity": reading.ambiguity,
            "question": reading.question,
            "values": list(reading.values),
            "used_by": [
                *(["check"] if reading.name in JUDGED else []),
                *(["explore"] if reading.name in of_machine else []),
            ],
        }
        for reading in readings.load().values()
    ]
    if as_json:
        output.emit({"readings": rows})
        return 0
    table = output.table(
        "", "reading", "of the thirty", "used by", "values", "says", right=("of the thirty",)
    )
    for row in rows:
        number = str(row["ambiguity"] or "")
        table.add_row(
            row["name"], number, ", ".join(row["used_by"]), ", ".join(row["values"]), row["question"]
        )
    output.console().print(table)
    return 0


@click.command("wire")
@as_json
def list_wire(as_json: bool) -> int:
    """List the wire image: frames, transport parameters, packets and connection IDs, with their fields."""
    items = wire_image.load().values()
    if as_json:
        output.emit({"items": [{"name": i.name, "kind": i.kind, "says": i.says} for i in items]})
        return 0
    table = output.table("", "item", "kind", "checks", "says", right=("checks",))
    for item in sorted(items, key=lambda item: (item.kind, item.name)):
        table.add_row(item.name, item.kind, str(len(item.all_checks)), item.says)
    output.console().print(table)
    return 0
