"""A lasso that is wrong in any one respect is not confirmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.model.explorer.liveness_machines import Bounds, Place, returns_to, siege, trap, walks

from pathproof.model.explorer import EngineDisagreement
from pathproof.model.explorer.liveness import Lasso, check, confirm
from pathproof.model.machine import Machine


def one() -> tuple[Machine, Any, Lasso]:
    """A machine, its parameters, and a lasso of two steps, twice: smashed, and then to and fro."""
    machine, _ = trap()
    return machine, machine.setting(), check(machine, machine.setting())[0]


def test_lasso_is_confirmed_and_each_step_is_an_executed_one() -> None:
    """Prefix and cycle are one run, and the cycle closes."""
    machine, parameters, lasso = one()
    confirm(machine, parameters, lasso)
    steps = list(lasso.steps)
    assert [str(step) for step in steps] == ["work()", "smash()", "work()", "work()"]
    assert steps[0].before is lasso.start and lasso.knot is lasso.prefix[-1].after
    assert lasso.cycle[-1].after == lasso.knot


def begins_elsewhere(lasso: Lasso) -> Lasso:
    """The run does not begin where the machine does."""
    return replace(lasso, start=Place(at=1, lit=lasso.start.lit))


def skips_its_first_step(lasso: Lasso) -> Lasso:
    """The first step does not begin where the run does."""
    return replace(lasso, prefix=lasso.prefix[1:])


def skips_a_step(lasso: Lasso) -> Lasso:
    """A step does not begin where the one before ends."""
    return replace(lasso, prefix=lasso.prefix[:1])


def lands_elsewhere(lasso: Lasso) -> Lasso:
    """A step leads where no such step leads."""
    first, second = lasso.cycle
    wrong = Place(at=4, lit=lasso.start.lit)
    return replace(lasso, cycle=(replace(first, after=wrong), replace(second, before=wrong)))


def is_not_enabled(lasso: Lasso) -> Lasso:
    """A step is made where its guard does not hold."""
    return replace(lasso, cycle=tuple(replace(step, action="smash") for step in lasso.cycle))


def does_not_close(lasso: Lasso) -> Lasso:
    """The cycle ends elsewhere than it begins."""
    return replace(lasso, cycle=lasso.cycle[:1])


def stops(lasso: Lasso) -> Lasso:
    """Nothing happens any more, although something has to."""
    return replace(lasso, cycle=())


def has_the_claim_hold(lasso: Lasso) -> Lasso:
    """The cycle passes a state in which the claim holds."""
    return replace(lasso, prefix=(), cycle=(lasso.prefix[0], back(lasso)))


def back(lasso: Lasso) -> Any:
    """The step from the second place to the first."""
    step = lasso.prefix[0]
    return replace(step, before=step.after, after=step.before)


def names_other_fairness(lasso: Lasso) -> Lasso:
    """The lasso names less fairness than the claim is given."""
    return replace(lasso, given=lasso.given[:1])


WRONG: dict[Callable[[Lasso], Lasso], str] = {
    begins_elsewhere: "no run begins in",
    skips_its_first_step: "not where the run does",
    skips_a_step: "work.* begins in .*at=2.*, and work.* ends in .*at=1",
    lands_elsewhere: r"leads from .*at=2.* to .*at=3.* when executed",
    is_not_enabled: "leads from .*at=2.* to None when executed",
    does_not_close: "does not close",
    stops: r"not fair to work\(\) as weak_work asks",
    has_the_claim_hold: "the claim holds",
    names_other_fairness: "is given weak_work, finite_smash",
}


@pytest.mark.parametrize(("spoil", "says"), WRONG.items())
def test_wrong_lasso_is_not_confirmed(spoil: Callable[[Lasso], Lasso], says: str) -> None:
    """Every respect in which a lasso can be wrong is looked at."""
    machine, parameters, lasso = one()
    with pytest.raises(EngineDisagreement, match=says):
        confirm(machine, parameters, spoil(lasso))


def test_attacker_who_never_gives_up_is_not_confirmed() -> None:
    """A cycle with steps that are taken finitely often only."""
    machine, _ = siege()
    pulled = check(machine, machine.setting())[0]
    finite = replace(pulled, claim="at_2_given_weak_up_finite_pull")
    finite = replace(finite, given=tuple(machine.fairness[name] for name in ("weak_up", "finite_pull")))
    with pytest.raises(EngineDisagreement, match=r"not fair to pull\(\) as finite_pull asks"):
        confirm(machine, machine.setting(), finite)


def test_starving_instance_is_not_confirmed() -> None:
    """A cycle in which something is enabled again and again, and never taken."""
    machine = walks("carousel", turn=[(0, 1), (1, 0)], exit=[(1, 3)])
    returns_to(machine, 3, given="weak_turn", name="by_luck")
    returns_to(machine, 3, given="weak_turn strong_exit", name="by_right")
    (lucky,) = check(machine, machine.setting())
    starving = replace(lucky, claim="by_right", given=(*lucky.given, machine.fairness["strong_exit"]))
    with pytest.raises(EngineDisagreement, match=r"not fair to exit\(\) as strong_exit asks"):
        confirm(machine, machine.setting(), starving)


def test_compiled_claim_that_differs_is_noticed() -> None:
    """Where compiled and executed code differ about a claim, the lasso is not confirmed."""
    machine = walks("two_minds", up=[(0, 1)])

    @machine.eventually()
    def wavers(x: Place, p: Bounds) -> bool:
        return isinstance(x.at, int)  # a term is no int

    with pytest.raises(EngineDisagreement, match="the claim holds"):
        check(machine, machine.setting())
