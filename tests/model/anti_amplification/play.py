"""Runs of the machine by name: each step as an action with its arguments."""

from __future__ import annotations

from typing import Any

from pathproof.model import execute
from pathproof.model.anti_amplification import AntiAmplification, machine

Did = tuple[str, dict[str, int]]


def did(action: str, **arguments: int) -> Did:
    """One step of a run."""
    return action, arguments


def after(*steps: Did, **settings: Any) -> AntiAmplification:
    """The state after a run; every step must be enabled."""
    parameters = machine.setting(settings)
    state = execute.initial(machine, parameters)
    for name, arguments in steps:
        following = execute.step(machine.actions[name], state, parameters, arguments)
        assert following is not None, f"{name} {arguments} is not enabled in {state}"
        state = following
    assert isinstance(state, AntiAmplification)
    return state


def may(state: AntiAmplification, action: str, settings: dict[str, Any], **arguments: int) -> bool:
    """Whether a step is enabled."""
    return execute.step(machine.actions[action], state, machine.setting(settings), arguments) is not None
