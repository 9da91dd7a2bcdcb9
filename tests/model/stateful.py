"""A machine as a Hypothesis state machine: its actions are the rules, its claims the invariants.

Nothing is listed by hand. A rule takes real objects, translates them to the machine's numbers and lets the
executed engine make the step; a rule whose guard does not hold does nothing, and shrinking removes it. What
fails is shown with real objects.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from tests.model.objects import shown, thing, things

from pathproof.model import execute
from pathproof.model.explorer.checks import first_violated
from pathproof.model.explorer.result import Step
from pathproof.model.machine import Action, Machine


class Driven(RuleBasedStateMachine):
    """One run of a machine; `stateful` makes a subclass with a rule for each action."""

    machine: Machine
    parameters: Any

    def __init__(self) -> None:
        super().__init__()
        self.claims = self.machine.made(self.parameters)
        self.state = execute.initial(self.machine, self.parameters)
        self._holds(self.state)

    def step(self, action: Action, chosen: dict[str, Any]) -> None:
        """One step, if the action is enabled; the claims hold after it, and across it."""
        numbers = {name: self.number(action, name, chosen) for name in action.arguments}
        before, after = self.state, execute.step(action, self.state, self.parameters, numbers)
        if after is None:
            return
        self.state = after
        self.stepped(action, chosen, before)
        self._holds(after)
        self._holds(before, after)

    def number(self, action: Action, name: str, chosen: dict[str, Any]) -> int:
        """The machine's number for the thing that an argument is."""
        return things(action.arguments[name], self.parameters)[chosen[name]]

    def stepped(self, action: Action, chosen: dict[str, Any], before: Any) -> None:
        """What an oracle that looks on does after each step; nothing here."""

    def _holds(self, *states: Any) -> None:
        claim = first_violated(self.claims, self.parameters, *states)
        told = " -> ".join(str(shown(self.machine, state)) for state in states)
        assert claim is None, f"{claim.name} does not hold: {told}" if claim else ""


def stateful(of: Machine, chosen: Any, base: type[Driven] = Driven) -> type[Driven]:
    """The state machine of a machine under parameters, with a rule for each action."""
    rules = {name: _rule(action, chosen) for name, action in of.actions.items()}
    return type(f"Driven_{of.name}", (base,), {"machine": of, "parameters": chosen, **rules})


def replayed(driven: type[Driven], steps: Iterable[Step]) -> None:
    """One run again, with real objects: what a search would find by luck, a known run shows for certain."""
    run = driven()
    for step in steps:
        action = run.machine.actions[step.action]
        run.step(action, {name: thing(action.arguments[name], of) for name, of in step.arguments.items()})


def _rule(action: Action, parameters: Any) -> Any:
    given = {
        name: st.sampled_from(list(things(domain, parameters))) for name, domain in action.arguments.items()
    }

    def run(self: Driven, **chosen: Any) -> None:
        self.step(action, chosen)

    run.__name__ = action.name
    return rule(**given)(run)
