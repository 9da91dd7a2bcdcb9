"""Runs of any machine by name: each step is an action with its arguments."""

from __future__ import annotations

from typing import Any, Self

from pathproof.model import execute
from pathproof.model.explorer.checks import first_violated
from pathproof.model.machine import SAFETY, Machine

Did = tuple[str, dict[str, int]]


def did(action: str, **arguments: int) -> Did:
    """One step of a run."""
    return action, arguments


class Play:
    """What a machine does with steps that a test writes down."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def after(self, *steps: Did, **settings: Any) -> Any:
        """The state after a run; every step must be enabled."""
        parameters = self.machine.setting(settings)
        state = execute.initial(self.machine, parameters)
        for number, (name, arguments) in enumerate(steps):
            following = execute.step(self.machine.actions[name], state, parameters, arguments)
            assert following is not None, f"step {number}, {name} {arguments}, is not enabled in {state}"
            state = following
        return state

    def may(self, state: Any, action: str, settings: dict[str, Any], **arguments: int) -> bool:
        """Whether a step is enabled."""
        parameters = self.machine.setting(settings)
        return execute.step(self.machine.actions[action], state, parameters, arguments) is not None

    def holds(self, state: Any, claim: str, settings: dict[str, Any], **arguments: int) -> bool:
        """Whether a claim holds of a state."""
        function = self.machine.claims[claim].function
        return bool(function(state, self.machine.setting(settings), **arguments))


class Story:
    """A run told step by step: each must be enabled, and keep every claim of safety that is made there."""

    def __init__(self, machine: Machine, **settings: Any) -> None:
        self.machine, self.p = machine, machine.setting(settings)
        self.s = execute.initial(machine, self.p)
        self.claims = [claim for claim in machine.made(self.p) if claim.sort in SAFETY]

    def can(self, action: str, **arguments: int) -> bool:
        """Whether this step is enabled."""
        return execute.step(self.machine.actions[action], self.s, self.p, arguments) is not None

    def cannot(self, action: str, **arguments: int) -> Self:
        """See that this step is not enabled at this point."""
        assert not self.can(action, **arguments), f"{action} {arguments} is enabled in {self.s}"
        return self

    def do(self, action: str, **arguments: int) -> Self:
        """Take a step that has to be enabled."""
        after = execute.step(self.machine.actions[action], self.s, self.p, arguments)
        assert after is not None, f"{action} {arguments} is not enabled in {self.s}"
        for states in ((after,), (self.s, after)):
            broken = first_violated(self.claims, self.p, *states)
            assert broken is None, broken
        self.s = after
        return self

    def holds(self, *names: str) -> tuple[set[int], ...]:
        """The members of these sets."""
        return tuple(set(getattr(self.s, name).members) for name in names)
