"""Stories told to the machine `load_balancing`, step by step, by the executed engine."""

from __future__ import annotations

from typing import Any

from pathproof.model import execute
from pathproof.model.load_balancing import machine

Did = tuple[str, dict[str, int]]


def did(action: str, **arguments: int) -> Did:
    """One step."""
    return action, arguments


def after(*way: Did, **settings: Any) -> Any:
    """The state after these steps, each of which must be enabled."""
    parameters = machine.setting(settings)
    state = execute.initial(machine, parameters)
    for number, (action, arguments) in enumerate(way):
        stepped = execute.step(machine.actions[action], state, parameters, arguments)
        assert stepped is not None, f"step {number}, {action}{arguments}, is not enabled in {state}"
        state = stepped
    return state


def may(step: Did, *way: Did, **settings: Any) -> bool:
    """Whether the step is enabled after this way."""
    action, arguments = step
    state = after(*way, **settings)
    parameters = machine.setting(settings)
    return execute.step(machine.actions[action], state, parameters, arguments) is not None


BEGIN = (
    did("connect", codepoint=2, decodes_to=0, wanted=0),
    did("forward_first_flight_by_fallback", part=0, server=0),
    did("forward_first_flight_by_table", part=1),
    did("answer"),
)
"""A client comes to server 0, by the hash, and gets its first connection ID."""

ROUTABLE = (*BEGIN, did("forward_handshake_by_id"))
"""The connection is open, and its IDs are routable."""

UNROUTABLE = (*BEGIN, did("forward_handshake_by_table"))
"""The connection is open under 0b111."""

ROTATE = (
    did("make_configuration"),
    did("deliver_to_balancer"),
    did("deliver_to_server", server=0),
    did("deliver_to_server", server=1),
)
"""A second configuration comes to all."""
