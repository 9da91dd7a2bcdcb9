"""The machine's readings are the specification's: the same names, values and defaults."""

from __future__ import annotations

from dataclasses import fields

import pytest

from pathproof.model.cid_supply import machine
from pathproof.spec import readings
from pathproof.spec.clauses import clause

DECLARED = {field.name: field for field in fields(machine.parameters) if field.metadata.get("reading")}
OF_THE_JUDGE = {"error_code", "number_order"}  # they say how to read a trace, not what a machine may do


@pytest.mark.parametrize("name", DECLARED)
def test_reading_is_the_specifications(name: str) -> None:
    """A reading of the machine has its record, with the same default and the same values."""
    record = readings.reading(name)
    assert DECLARED[name].default == record.default
    assert set(DECLARED[name].metadata["domain"].names) == set(record.values)


def test_every_reading_of_the_machines_clauses_is_in_the_machine() -> None:
    """A recorded reading that lies within the machine's concept is left out only if it is the judge's."""
    within = {
        reading.name
        for reading in readings.load().values()
        if all(clause(one).concept == machine.name for one in reading.clauses)
    }
    assert "excess" in within
    assert within <= set(DECLARED) | OF_THE_JUDGE
