"""Runs of the machine by name: each step as an action with its arguments."""

from __future__ import annotations

from typing import Any

from pathproof.model import execute
from pathproof.model.stateless_reset import StatelessReset, machine

Did = tuple[str, dict[str, int]]


def did(action: str, **arguments: int) -> Did:
    """One step of a run."""
    return action, arguments


def after(*steps: Did, **settings: Any) -> StatelessReset:
    """The state after a run; every step must be enabled."""
    parameters = machine.setting(settings)
    state = execute.initial(machine, parameters)
    for name, arguments in steps:
        following = execute.step(machine.actions[name], state, parameters, arguments)
        assert following is not None, f"{name} {arguments} is not enabled in {state}"
        state = following
    assert isinstance(state, StatelessReset)
    return state


def may(state: StatelessReset, action: str, settings: dict[str, Any], **arguments: int) -> bool:
    """Whether a step is enabled."""
    return execute.step(machine.actions[action], state, machine.setting(settings), arguments) is not None


def packet(size: int) -> Did:
    """The consumer sends a packet of this many bytes."""
    return did("send_packet", beyond=size - 20)


def answer(size: int, action: str = "answer") -> Did:
    """A reset of this many bytes answers what is under way."""
    return did(action, beyond=size - 20)


def sizes(state: StatelessReset, action: str, settings: dict[str, Any]) -> list[int]:
    """The sizes of resets that may answer what is under way."""
    beyond = range(machine.setting(settings).beyond + 1)
    return [20 + more for more in beyond if may(state, action, settings, beyond=more)]


CRASH = did("restart_issuer")
ARRIVES = did("arrive", attributed=0)
SECOND_ID = (did("issue"), did("deliver_new_connection_id", number=1))
