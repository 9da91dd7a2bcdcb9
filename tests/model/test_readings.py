"""The machines' readings are the specification's: the same names, values and defaults."""

from __future__ import annotations

from dataclasses import Field, fields
from typing import Any

import pytest

from pathproof.model.machines import NAMES, find
from pathproof.spec import readings
from pathproof.spec.clauses import clause

OF_THE_JUDGE = {"error_code", "number_order"}  # they say how to read a trace, not what a machine may do


def declared(name: str) -> dict[str, Field[Any]]:
    """The parameters of a machine that choose a reading."""
    return {field.name: field for field in fields(find(name).parameters) if field.metadata.get("reading")}


@pytest.mark.parametrize(("name", "reading"), [(name, one) for name in NAMES for one in declared(name)])
def test_reading_is_the_specifications(name: str, reading: str) -> None:
    """A reading of a machine has its record, with the same default and the same values."""
    record, field = readings.reading(reading), declared(name)[reading]
    assert field.default == record.default
    assert set(field.metadata["domain"].names) == set(record.values)


@pytest.mark.parametrize("name", NAMES)
def test_every_reading_of_the_machines_clauses_is_in_the_machine(name: str) -> None:
    """A recorded reading that lies within a machine's concept is left out only if it is the judge's."""
    within = {
        reading.name
        for reading in readings.load().values()
        if all(clause(one).concept == name for one in reading.clauses)
    }
    assert within <= set(declared(name)) | OF_THE_JUDGE


def test_there_are_readings_within_a_concept() -> None:
    """The question above is about something."""
    assert "excess" in declared("cid_supply")
