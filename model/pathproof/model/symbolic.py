"""States and parameters made of terms, and the lift of a machine's actions and claims."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from pathproof.model.domains import Choice, Domain, SetOf, TableOf
from pathproof.model.lift import Tree, lift
from pathproof.model.machine import Action, Claim, Machine
from pathproof.model.terms import ChoiceTerm, NumberTerm, SetTerm, TableTerm, Term


@dataclass(frozen=True)
class Outcome:
    """What an action does on one branch: whether it is enabled, and the fields it changes."""

    enabled: bool
    updates: Mapping[str, Any]


class ChangedUnderFalseGuard(ValueError):
    """An action that answers False on a branch on which it has changed the state."""


def variable(name: str, domain: Domain) -> Term:
    """The term that stands for a field of this name and domain."""
    if isinstance(domain, Choice):
        return ChoiceTerm.over(name, domain.names)
    if isinstance(domain, SetOf):
        return SetTerm.make("set", name)
    return TableTerm.make("table", name) if isinstance(domain, TableOf) else NumberTerm.make("number", name)


def open_state(machine: Machine, prefix: str = "") -> Any:
    """A state whose every field is a variable."""
    state = machine.state()
    for name, domain in machine.domains().items():
        setattr(state, name, variable(prefix + name, domain))
    return state


def open_parameters(machine: Machine) -> Any:
    """Parameters whose every value is a variable."""
    parameters = machine.parameters()
    for declared in fields(parameters):
        domain = declared.metadata.get("domain")
        term = (
            ChoiceTerm.over(f"p.{declared.name}", domain.names)
            if domain
            else NumberTerm.make("number", f"p.{declared.name}")
        )
        object.__setattr__(parameters, declared.name, term)
    return parameters


def lift_action(action: Action, state: Any, parameters: Any, arguments: Mapping[str, Any]) -> Tree[Outcome]:
    """The branches of an action from `state`, where any value may be a term.

    Raises `ChangedUnderFalseGuard` where a branch that answers False has changed a field.
    """

    def run() -> Outcome:
        after = copy.copy(state)
        enabled = bool(action.function(after, parameters, **arguments))
        updates = {name: value for name, value in vars(after).items() if value is not vars(state)[name]}
        if updates and not enabled:
            raise ChangedUnderFalseGuard(f"{action.name} answers False and yet changed {', '.join(updates)}")
        return Outcome(enabled, updates)

    return lift(run)


def lift_claim(claim: Claim, *states_and_parameters: Any, **arguments: Any) -> Tree[bool]:
    """The branches of a claim about a state (or, for a `step` claim, about two states)."""
    return lift(lambda: bool(claim.function(*states_and_parameters, **arguments)))
