"""Obligations: every claim holds at the beginning and across every action, whatever the bounds.

All claims of a machine, with the lemmas that only proofs need, are one inductive invariant: each obligation
may assume all of them before the step. `question` makes the formula that Z3 refutes.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pathproof.model.domains import SetOf, TableOf
from pathproof.model.lift import Decision, Tree, leaves, lift, same
from pathproof.model.machine import SAFETY, Action, Claim, Machine
from pathproof.model.symbolic import lift_action, open_parameters, open_state
from pathproof.model.terms import NumberTerm, SetTerm, TableTerm

Path = tuple[Decision, ...]


@dataclass(frozen=True)
class Step:
    """One branch of an action, or of the beginning: its condition and the states around it."""

    path: Path
    before: Any
    after: Any
    arguments: dict[str, NumberTerm]


@dataclass(frozen=True)
class Case:
    """One way in which an obligation could fail: a branch of the step, then a branch to the claim's False."""

    step: Step
    goal: Path


@dataclass(frozen=True)
class Obligation:
    """One claim to be shown at the beginning (`action` is None) or across one action."""

    claim: Claim
    action: Action | None
    cases: tuple[Case, ...]

    @property
    def name(self) -> str:
        """`claim / action`, as tables and messages show it."""
        return f"{self.claim.name} / {self.action.name if self.action else 'begin'}"


def obligations(
    machine: Machine, claims: Iterable[Claim], actions: Iterable[Action | None] | None = None
) -> Iterator[Obligation]:
    """Every obligation of these claims, across these actions (None is the beginning) or across all.

    `sometimes` and `eventually` claims have no obligation, and `step` claims none at the beginning.
    """
    wanted = [claim for claim in claims if claim.sort in SAFETY]
    for action in (None, *machine.actions.values()) if actions is None else actions:
        steps = list(steps_of(machine, action))
        for claim in wanted:
            if claim.sort == "always" or action is not None:
                yield Obligation(claim, action, tuple(_cases(machine, claim, action, steps)))


def named(prefix: str, names: Iterable[str]) -> dict[str, NumberTerm]:
    """A number of any value for each argument."""
    return {name: NumberTerm.make("number", f"{prefix}.{name}") for name in names}


def _cases(machine: Machine, claim: Claim, action: Action | None, steps: list[Step]) -> Iterator[Case]:
    """The ways in which the claim could fail; none where a branch changes nothing that the claim reads.

    What the branch has decided spares most of them. Where it would spare all, the solvers are asked about
    every way after all, so that nothing is taken for proved on the word of the lift.
    """
    arguments = named("q", claim.arguments)
    for step in steps:
        tree = claim_tree(machine, claim, step.before, step.after, arguments, step.path)
        untouched = claim.sort == "always" and action is not None
        unchanged = claim_tree(machine, claim, step.before, step.before, arguments, step.path)
        if untouched and same(tree, unchanged):
            continue
        goals = [goal for goal, holds in leaves(tree) if not holds]
        if not goals:
            whole = claim_tree(machine, claim, step.before, step.after, arguments)
            goals = [goal for goal, holds in leaves(whole) if not holds]
        yield from (Case(step, goal) for goal in goals)


def claim_tree(
    machine: Machine, claim: Claim, before: Any, after: Any, arguments: dict[str, Any], given: Path = ()
) -> Tree[bool]:
    """The claim, for the readings under which it is made, about a state or (for `step` claims) about two."""
    parameters = open_parameters(machine)
    states = (before, after) if claim.sort == "step" else (after,)

    def holds() -> bool:
        return not claim.is_made(parameters) or bool(claim.function(*states, parameters, **arguments))

    return lift(holds, given)


def steps_of(machine: Machine, action: Action | None) -> Iterator[Step]:
    """Every enabled branch of an action from any state, or every beginning."""
    before = open_state(machine)
    if action is None:
        yield from (Step(path, state, state, {}) for path, state in _beginnings(machine))
        return
    arguments = named("a", action.arguments)
    for path, outcome in leaves(lift_action(action, before, open_parameters(machine), arguments)):
        if outcome.enabled:
            after = copy.copy(before)
            vars(after).update(outcome.updates)
            yield Step(path, before, after, arguments)


def _beginnings(machine: Machine) -> Iterator[tuple[Path, Any]]:
    def begin() -> Any:
        state = machine.state()
        for name, domain in machine.domains().items():
            if isinstance(domain, SetOf):
                setattr(state, name, SetTerm.make("nothing"))
            elif isinstance(domain, TableOf):
                setattr(state, name, TableTerm.make("zero"))
        machine.begin(state, open_parameters(machine))
        return state

    yield from leaves(lift(begin))
