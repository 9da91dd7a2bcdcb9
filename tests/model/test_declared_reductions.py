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


def small(name: str) -> Any:
    """Parameters under which the search without reductions takes a moment."""
    return find(name).setting({**bounds(name).picture, **SMALL.get(name, {})})


@EACH
def test_no_action_or_claim_tells_names_apart(name: str) -> None:
    """In states of any values, every action, claim and normal form does the same with names exchanged."""
    assert asymmetry(find(name), small(name), range(150)) is None


@EACH
def test_declared_reductions_are_sound(name: str) -> None:
    """Same verdicts by runs of the same lengths, same witnesses, and the predicted number of states."""
    assert unsound(find(name), small(name)) == []


@EACH
def test_declared_reductions_reduce(name: str) -> None:
    """A reduction that keeps every state would be tested for nothing."""
    machine, parameters = find(name), small(name)
    assert explore(machine, parameters).states < explore(machine, parameters, reduce=False).states


def test_some_machine_declares_reductions() -> None:
    """The tests above are about something."""
    assert REDUCED
