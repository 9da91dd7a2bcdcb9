"""The executed engine goes the whole way of a lasso, and looks at everything that it claims."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from pathproof.model.execute import initial, step
from pathproof.model.explorer.liveness.fair import Instance, assumed
from pathproof.model.explorer.liveness.result import Lasso
from pathproof.model.explorer.result import EngineDisagreement, Step
from pathproof.model.machine import Fairness, Machine, instances


def confirm(machine: Machine, parameters: Any, lasso: Lasso) -> None:
    """Make every step again, and see that the cycle closes, is fair, and never has the claim hold.

    Raises `EngineDisagreement` where any of that is not so.
    """
    claim = machine.claims[lasso.claim]
    _follow(machine, parameters, lasso)
    cycle = [lasso.knot, *(one.after for one in lasso.cycle)]
    if cycle[-1] != cycle[0]:
        raise EngineDisagreement(f"the cycle of {lasso} does not close: it ends in {cycle[-1]}")
    for state in cycle:
        if claim.function(state, parameters, **lasso.arguments):
            raise EngineDisagreement(f"the claim holds in the cycle of {lasso}, in {state}")
    if lasso.given != assumed(machine, parameters, claim).fairness:
        raise EngineDisagreement(f"{claim.name} is given {', '.join(claim.given)}, and not what {lasso} is")
    for fairness in lasso.given:
        for name in fairness.actions:
            for arguments in instances(machine.actions[name], parameters):
                _meets(fairness, (machine.actions[name], arguments), parameters, lasso, cycle)


def _follow(machine: Machine, parameters: Any, lasso: Lasso) -> None:
    if lasso.start != initial(machine, parameters):
        raise EngineDisagreement(f"no run begins in {lasso.start}")
    steps = list(lasso.steps)
    for one, following in pairwise(steps):
        if one.after != following.before:
            raise EngineDisagreement(
                f"{following} begins in {following.before}, and {one} ends in {one.after}"
            )
    if steps and steps[0].before != lasso.start:
        raise EngineDisagreement(f"{steps[0]} begins in {steps[0].before}, not where the run does")
    for one in steps:
        after = step(machine.actions[one.action], one.before, parameters, one.arguments)
        if after is None or after != one.after:
            raise EngineDisagreement(f"{one} leads from {one.before} to {after} when executed")


def _meets(fairness: Fairness, instance: Instance, parameters: Any, lasso: Lasso, cycle: list[Any]) -> None:
    """Whether the cycle, gone round for ever, is fair to one instance."""
    action, arguments = instance
    taken = any((one.action, one.arguments) == (action.name, arguments) for one in lasso.cycle)
    if fairness.strength == "finite":
        fair = not taken
    else:
        enabled = [step(action, state, parameters, arguments) is not None for state in cycle]
        fair = taken or not (all(enabled) if fairness.strength == "weak" else any(enabled))
    if not fair:
        named = Step(action.name, arguments, None, None)
        raise EngineDisagreement(f"the cycle is not fair to {named} as {fairness.name} asks: {lasso}")
