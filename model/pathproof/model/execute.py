"""The executed engine: a machine's functions run by CPython, one step at a time."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from pathproof.model.domains import SetOf, TableOf
from pathproof.model.machine import Action, Machine, instances
from pathproof.model.plain import PlainNumbers, PlainTable


def initial(machine: Machine, parameters: Any) -> Any:
    """The state in which the machine begins."""
    state = blank(machine)
    machine.begin(state, parameters)
    return state


def blank(machine: Machine) -> Any:
    """A state whose sets and tables are empty, whose numbers are 0 and whose choices are their first."""
    state = machine.state()
    for name, domain in machine.domains().items():
        if isinstance(domain, SetOf):
            setattr(state, name, PlainNumbers())
        elif isinstance(domain, TableOf):
            setattr(state, name, PlainTable())
    return state


def step(action: Action, state: Any, parameters: Any, arguments: dict[str, int]) -> Any | None:
    """The state after the action, or None where its guard does not hold; `state` stays as it is.

    Raises `AssertionError` where an action that is not enabled has changed the state.
    """
    after = copy.copy(state)
    if action.function(after, parameters, **arguments):
        return after
    assert after == state, f"{action.name} is not enabled and yet changed the state"
    return None


def successors(machine: Machine, state: Any, parameters: Any) -> Iterator[tuple[Action, dict[str, int], Any]]:
    """Every enabled action with its arguments and the state after it."""
    for action in machine.actions.values():
        for arguments in instances(action, parameters):
            after = step(action, state, parameters, arguments)
            if after is not None:
                yield action, arguments, after
