"""A machine as a Hypothesis state machine: its actions are what is drawn, its claims the invariants.

Nothing is listed by hand. Each step draws an action of which some instance is enabled and changes the state,
and then such an instance: real objects, which are translated to the machine's numbers, and with which the
executed engine makes the step. However many instances an action has, it is as likely as any other, so that
nobody with many choices crowds out the rest. What fails is shown with real objects.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from tests.model.objects import shown, thing, things

from pathproof.model import execute
from pathproof.model.explorer.checks import first_violated
from pathproof.model.explorer.result import Step
from pathproof.model.machine import Action, Machine, instances

IDLE = "(nothing)"


class Taken:
    """An action with real objects as its arguments, or none where nothing is enabled."""

    def __init__(self, action: Action | None, chosen: dict[str, Any]) -> None:
        self.action, self.chosen = action, chosen

    def __repr__(self) -> str:
        name = self.action.name if self.action else "nothing_is_enabled"
        return f"{name}({', '.join(f'{name}={value!r}' for name, value in self.chosen.items())})"


@st.composite
def enabled_step(draw: Callable[..., Any]) -> Taken:
    """A step that changes the state of the run; the place among all choices is drawn, for it is stable."""
    run = draw(st.runner())
    if not any(map(run.enabled, run.choices)):
        return Taken(None, {})
    name = draw(st.sampled_from(list(run.choices)).filter(run.enabled))
    places = range(len(run.choices[name]))
    numbers = run.choices[name][draw(st.sampled_from(places).filter(run.enabled(name).__contains__))]
    action = run.machine.actions[name]
    return Taken(action, {name: thing(action.arguments[name], number) for name, number in numbers.items()})


class Driven(RuleBasedStateMachine):
    """One run of a machine, of which `stateful` makes a subclass.

    An action is a method of its name; one that is deleted is not drawn. `fired` counts, over all runs of the
    class, the steps that changed the state by action, and those that did not as `IDLE`.
    """

    machine: Machine
    parameters: Any
    fired: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.begin(self.parameters)

    def begin(self, parameters: Any) -> None:
        """Put the machine where a run begins under these parameters."""
        drawn = {name: one for name, one in self.machine.actions.items() if hasattr(self, name)}
        self.parameters = parameters
        self.claims = self.machine.made(parameters)
        self.choices = {name: list(instances(one, parameters)) for name, one in drawn.items()}
        self.state = execute.initial(self.machine, parameters)
        self._looked_at: Any = None
        self._enabled: dict[str, set[int]] = {}
        self._holds(self.state)

    @rule(step=enabled_step())
    def takes(self, step: Taken) -> None:
        """One step that was drawn."""
        if step.action is None:
            self.ended()
        else:
            self.step(step.action, step.chosen)

    def step(self, action: Action, chosen: dict[str, Any]) -> None:
        """One step, if the action is enabled; the claims hold after it, and across it."""
        numbers = {name: self.number(action, name, chosen) for name in action.arguments}
        before, after = self.state, execute.step(action, self.state, self.parameters, numbers)
        self.fired[action.name if after not in (None, before) else IDLE] += 1
        if after is None:
            return
        self.state = after
        self.stepped(action, chosen, before)
        self._holds(after)
        self._holds(before, after)

    def ended(self) -> None:
        """What is done where nothing is enabled: nothing."""
        self.fired[IDLE] += 1

    def number(self, action: Action, name: str, chosen: dict[str, Any]) -> int:
        """The machine's number for the thing that an argument is."""
        return things(action.arguments[name], self.parameters)[chosen[name]]

    def stepped(self, action: Action, chosen: dict[str, Any], before: Any) -> None:
        """What an oracle that looks on does after each step; nothing here."""

    def enabled(self, name: str) -> set[int]:
        """The places of the choices of arguments with which this action changes the state."""
        if self._looked_at is not self.state:
            self._looked_at, self._enabled = self.state, {}
        if name not in self._enabled:
            self._enabled[name] = self._changing(name)
        return self._enabled[name]

    def _changing(self, name: str) -> set[int]:
        action, found = self.machine.actions[name], set()
        for place, numbers in enumerate(self.choices[name]):
            after = execute.step(action, self.state, self.parameters, numbers)
            if after is not None and after != self.state:
                found.add(place)
        return found

    def _holds(self, *states: Any) -> None:
        claim = first_violated(self.claims, self.parameters, *states)
        if claim is not None:
            told = " -> ".join(str(shown(self.machine, state)) for state in states)
            raise AssertionError(f"{claim.name} does not hold: {told}")


def stateful(of: Machine, chosen: Any, base: type[Driven] = Driven) -> type[Driven]:
    """The state machine of a machine under parameters, with a method for each action."""
    methods = {name: _method(action) for name, action in of.actions.items() if not hasattr(base, name)}
    assert len(methods) == len(of.actions), "an action has the name of something else that a run has"
    made = {"machine": of, "parameters": chosen, "fired": Counter(), **methods}
    return type(f"Driven_{of.name}", (base,), made)


def replayed(driven: type[Driven], steps: Iterable[Step]) -> None:
    """One run again, with real objects: what a search would find by luck, a known run shows for certain."""
    run = driven()
    for step in steps:
        action = run.machine.actions[step.action]
        run.step(action, {name: thing(action.arguments[name], of) for name, of in step.arguments.items()})


def _method(action: Action) -> Callable[..., None]:
    def taken(self: Driven, **chosen: Any) -> None:
        self.step(action, chosen)

    return taken
