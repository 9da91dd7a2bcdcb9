"""The sizes of the machine at pinned bounds: a change of the model shows here first."""

from __future__ import annotations

from typing import Any

import pytest

from pathproof.model.cid_supply import machine
from pathproof.model.explorer.plain_search import explore_plainly
from pathproof.model.explorer.search import explore

# Settings -> distinct states, transitions, depth.
SIZES: list[tuple[dict[str, Any], tuple[int, int, int]]] = [
    ({"cids": 3, "rogue": "nobody"}, (441, 2047, 14)),
    ({"cids": 4, "rogue": "nobody"}, (9394, 65502, 21)),
    ({"cids": 3, "rogue": "both"}, (89472, 692149, 18)),
    ({"cids": 3, "rogue": "both", "zero_length": "yes"}, (6, 14, 2)),
    ({"cids": 4, "rogue": "both"}, (4983114, 57158764, 25)),
]


@pytest.mark.parametrize(("chosen", "size"), SIZES)
def test_size_at_pinned_bounds(chosen: dict[str, Any], size: tuple[int, int, int]) -> None:
    """States, transitions and depth are what they were, and every claim holds."""
    found = explore(machine, machine.setting(chosen), machine.made(machine.setting(chosen)))
    assert (found.states, found.transitions, found.depth) == size
    assert found.complete
    assert found.violation is None


@pytest.mark.parametrize(("chosen", "size"), [SIZES[0], SIZES[3]])
def test_plain_search_finds_the_same_size(chosen: dict[str, Any], size: tuple[int, int, int]) -> None:
    """CPython, with no compiler in between, counts the same."""
    found = explore_plainly(machine, machine.setting(chosen), machine.made(machine.setting(chosen)))
    assert (found.states, found.transitions, found.depth) == size
