"""What a machine declares alike, or droppable, is: the search with reductions gives the same verdicts."""

from __future__ import annotations

from typing import Any

import pytest

from pathproof.model.bounds import bounds
from pathproof.model.explorer import asymmetry, explore, unsound
from pathproof.model.machines import NAMES, find

SMALL: dict[str, dict[str, Any]] = {
    "path_validation": {"paths": 3, "challenges": 2},
    "migration": {"addresses": 3, "packets": 2},
    "stateless_reset": {"cids": 2},
}
"""Settings with something to reduce, where the picture's have nothing."""

REDUCED = [name for name in NAMES if find(name).symmetric or find(name).normal_forms]
EACH = pytest.mark.parametrize("name", REDUCED)
SLOW = {"migration"}
"""Machines whose searches are compared by `make thorough` only."""
SOME = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.thorough] * (name in SLOW)) for name in REDUCED]
)


def small(name: str) -> Any:
    """Parameters under which the search without reductions takes a moment."""
    return find(name).setting({**bounds(name).picture, **SMALL.get(name, {})})


@EACH
def test_no_action_or_claim_tells_names_apart(name: str) -> None:
    """In states of any values, every action, claim and normal form does the same with names exchanged."""
    assert asymmetry(find(name), small(name), range(150)) is None


@SOME
def test_declared_reductions_are_sound(name: str) -> None:
    """Same verdicts by runs of the same lengths, same witnesses, and the predicted number of states."""
    assert unsound(find(name), small(name)) == []


def variants(name: str) -> list[tuple[str, str, str]]:
    """Every value of every reading and option of a machine that is not the default."""
    fields = find(name).parameters.__dataclass_fields__.values()
    choices = [field for field in fields if field.metadata.get("domain")]
    return [
        (name, field.name, value)
        for field in choices
        for value in field.metadata["domain"].names
        if value != field.default
    ]


VARIANTS = [variant for name in REDUCED for variant in variants(name)]
TOO_MANY = 60_000
"""States of which networkx holds no graph in a moment."""


@pytest.mark.thorough
@pytest.mark.parametrize(("name", "option", "value"), VARIANTS)
def test_declared_reductions_are_sound_under_every_option(name: str, option: str, value: str) -> None:
    """Under each value, no name is told apart; and where normal forms drop something, nothing is lost."""
    machine = find(name)
    parameters = machine.setting({**bounds(name).picture, **SMALL.get(name, {}), option: value})
    assert asymmetry(machine, parameters, range(60)) is None
    if machine.normal_forms and explore(machine, parameters, (), reduce=False).states < TOO_MANY:
        assert unsound(machine, parameters) == []


@SOME
def test_declared_reductions_reduce(name: str) -> None:
    """A reduction that keeps every state would be tested for nothing."""
    machine, parameters = find(name), small(name)
    claims = machine.made(parameters)
    assert (
        explore(machine, parameters, claims).states
        < explore(machine, parameters, claims, reduce=False).states
    )


def test_some_machine_declares_reductions() -> None:
    """The tests above are about something."""
    assert REDUCED
