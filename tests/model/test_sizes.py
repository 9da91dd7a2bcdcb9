"""The sizes of the machines at pinned bounds: a change of a model shows here first."""

from __future__ import annotations

from typing import Any

import pytest

from pathproof.model.bounds import bounds
from pathproof.model.explorer.plain_search import explore_plainly
from pathproof.model.explorer.search import explore
from pathproof.model.machines import NAMES, find

# Settings of the machine that the others are measured by -> distinct states, transitions, depth.
SIZES: list[tuple[dict[str, Any], tuple[int, int, int]]] = [
    ({"cids": 3, "rogue": "nobody"}, (441, 2047, 14)),
    ({"cids": 4, "rogue": "nobody"}, (9394, 65502, 21)),
    ({"cids": 3, "rogue": "both"}, (89472, 692149, 18)),
    ({"cids": 3, "rogue": "both", "zero_length": "yes"}, (6, 14, 2)),
]


@pytest.mark.parametrize(("chosen", "size"), SIZES)
def test_size_at_pinned_bounds(chosen: dict[str, Any], size: tuple[int, int, int]) -> None:
    """States, transitions and depth are what they were, and every claim holds."""
    machine = find("cid_supply")
    found = explore(machine, machine.setting(chosen), machine.made(machine.setting(chosen)))
    assert (found.states, found.transitions, found.depth) == size
    assert found.complete
    assert found.violation is None


@pytest.mark.thorough  # `pathproof verify` explores them too, and holds every size against its pin
@pytest.mark.parametrize("name", NAMES)
def test_default_bounds_have_the_pinned_size(name: str) -> None:
    """At the bounds that a user gets without asking, a machine has the size that its table names."""
    machine, known = find(name), bounds(name)
    first, chosen = next(iter(known.configurations.items()))
    found = explore(machine, machine.setting(chosen), machine.made(machine.setting(chosen)))
    assert (found.states, found.transitions, found.depth) == known.sizes[first]
    assert found.complete


@pytest.mark.parametrize("name", NAMES)
def test_plain_search_finds_the_same_size(name: str) -> None:
    """CPython, with no compiler in between, counts the same."""
    machine = find(name)
    parameters = machine.setting(bounds(name).picture)
    claims = machine.made(parameters)
    compiled, plain = explore(machine, parameters, claims), explore_plainly(machine, parameters, claims)
    sizes = [(found.states, found.transitions, found.depth, found.fired) for found in (compiled, plain)]
    assert sizes[0] == sizes[1]
    assert set(compiled.never_reached) == set(plain.never_reached)
    assert plain.complete
