"""Runs of the machine by name: each step as an action with its arguments."""

from __future__ import annotations

from typing import Any

from pathproof.model import execute
from pathproof.model.connection import machine

Did = tuple[str, dict[str, int]]


def did(action: str, **arguments: int) -> Did:
    """One step of a run."""
    return action, arguments


def after(*steps: Did, **settings: Any) -> Any:
    """The state after a run; every step must be enabled."""
    parameters = machine.setting(settings)
    state = execute.initial(machine, parameters)
    for name, arguments in steps:
        following = execute.step(machine.actions[name], state, parameters, arguments)
        assert following is not None, f"{name} {arguments} is not enabled in {state}"
        state = following
    return state


def may(state: Any, action: str, settings: dict[str, Any], **arguments: int) -> bool:
    """Whether a step is enabled."""
    return execute.step(machine.actions[action], state, machine.setting(settings), arguments) is not None


def holds(state: Any, claim: str, settings: dict[str, Any], **arguments: int) -> bool:
    """Whether a claim holds of a state."""
    return bool(machine.claims[claim].function(state, machine.setting(settings), **arguments))


SUPPLIED = (
    did("server_issues", prior=0),
    did("server_id_arrives", number=1, prior=0),
    did("client_issues", prior=0),
    did("client_id_arrives", number=1, prior=0),
)
"""Each end has one connection ID of its peer to spare."""

MOVED = (
    *SUPPLIED,
    did("client_moves_to", address=1),
    did("packet_arrives_from_elsewhere", number=0),
    did("server_challenges", address=1),
    did("challenge_arrives", address=1),
    did("response_arrives", address=1),
    did("server_answers", address=1),
)
"""The client has moved to its second address, and each end has validated the path."""
