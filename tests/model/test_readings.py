"""The machine's readings are the specification's: the same names, values and defaults."""

from __future__ import annotations

from dataclasses import fields

import pytest

from pathproof.model.cid_supply import machine
from pathproof.spec import readings

DECLARED = {field.name: field for field in fields(machine.parameters) if field.metadata.get("reading")}
OF_THE_JUDGE = {"error_code", "number_order"}  # they say how to read a trace, not what a machine may do


@pytest.mark.parametrize("name", DECLARED)
def test_reading_is_the_specifications(name: str) -> None:
    """A reading of the machine has its record, with the same default and the same values."""
    record = readings.reading(name)
    assert DECLARED[name].default == record.default
    assert set(DECLARED[name].metadata["domain"].names) == set(record.values)


def test_every_reading_of_the_specification_is_in_the_machine() -> None:
    """No recorded reading is left out of the machine, but for those of the judge."""
    assert set(readings.load()) == set(DECLARED) | OF_THE_JUDGE
