"""Fewer parts have every run of more: what is shown of a smaller composition holds of the whole."""

from __future__ import annotations

import random
from typing import Any

import pytest

from pathproof.model import execute
from pathproof.model.connection import machine
from pathproof.model.machine import instances

WHOLE = {"parts": "all", "most": 1, "volume": 5, "attacker": "off path", "ends": "closes"}
OUTSIDE = {
    "supply and migration": ("limit_", "revealed", "under_way"),
    "migration and limit": (
        *("server_ids_", "client_ids_", "seen_", "bears", "under", "revealed", "close_under", "supplied"),
        *("bore_retired", "frames"),
        # What migration holds of connection IDs; where none are counted, they are as if empty.
        *("moving_peer_cid", "moving_issued", "moving_spare", "moving_retired", "moving_users"),
        *("moving_cid_at", "moving_pair", "moving_seen"),
    ),
}
ENDED_FROM_OUTSIDE = {"server_loses_its_state", "reset_arrives"}


def inside(state: Any, smaller: str) -> dict[str, Any]:
    """What a state holds for the parts that are live in a smaller composition."""
    return {name: v for name, v in vars(state).items() if not name.startswith(OUTSIDE[smaller])}


def ends_it(action: str) -> bool:
    """Whether an action is one of those that end the connection."""
    return "close" in action or action == "server_loses_its_state"


def walk(steps: int, draw: random.Random) -> Any:
    """Steps of the whole: state, action, arguments, state after."""
    parameters = machine.setting(WHOLE)
    state = execute.initial(machine, parameters)
    for _ in range(steps):
        enabled = list(execute.successors(machine, state, parameters))
        if not enabled:
            return
        if draw.random() < 0.9:  # a connection that has ended shows little
            enabled = [one for one in enabled if not ends_it(one[0].name)] or enabled
        action, arguments, after = draw.choice(enabled)
        yield state, action, arguments, after
        state = after


@pytest.mark.parametrize("smaller", OUTSIDE)
def test_every_step_of_the_whole_is_one_of_fewer_parts(smaller: str) -> None:
    """A step of the whole is the same step, or none, for the parts that are live in a smaller composition.

    But for steps of a part left out that end the connection: the smaller one ends in other ways.
    """
    draw, parameters = random.Random(20), machine.setting({**WHOLE, "parts": smaller})
    seen = 0
    for _ in range(25):
        for state, action, arguments, after in walk(30, draw):
            if action.name in ENDED_FROM_OUTSIDE:
                break
            if inside(after, smaller) == inside(state, smaller):
                continue
            alone = execute.step(action, state, parameters, arguments)
            assert alone is not None, f"{action.name} {arguments}"
            assert inside(alone, smaller) == inside(after, smaller), f"{action.name} {arguments}"
            seen += 1
    assert seen > 100


def test_every_action_has_instances() -> None:
    """No action is out of reach of its arguments at the default bounds."""
    parameters = machine.setting()
    assert all(list(instances(action, parameters)) for action in machine.actions.values())
