"""Random walks: both engines take the same, and what they meet is real and short."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.model.explorer.machines import Bounds, Walker, counter, everything
from tests.model.explorer.reduced import mail, roaming, small
from tests.model.explorer.test_reductions import delivers_unsent, genuine, meets
from tests.model.explorer.test_search import jump, not_three, small_steps
from tests.model.oracle.quic_cid import ORACLE

from pathproof.model.explorer import (
    BoundTooLarge,
    EngineDisagreement,
    RangeError,
    Run,
    Simulation,
    Step,
    explore,
    shorten,
    simulate,
    simulation,
    strolls,
    walks,
)
from pathproof.model.explorer.words import Words
from pathproof.model.machine import Machine


def same(one: Simulation, other: Simulation) -> bool:
    """Whether two simulations met the same; engines estimate the number of states a little differently."""
    near = abs(one.distinct - other.distinct) <= max(0.05 * other.distinct, 3)
    return near and replace(one, distinct=0, engine="") == replace(other, distinct=0, engine="")


@pytest.mark.parametrize(
    ("machine", "bounds"),
    [
        (everything(), {"size": 2, "top": 2}),
        (roaming(), {"top": 2}),
        (ORACLE, {"N": 2, "P": 1}),
        (counter(jump, not_three), {"size": 5, "top": 20}),
        (counter(jump, small_steps), {"size": 5, "top": 20}),
        (mail(delivers_unsent), {"top": 5}),
    ],
)
@pytest.mark.parametrize("seed", [0, 7])
def test_both_engines_take_the_same_walks(machine: Machine, bounds: dict[str, int], seed: int) -> None:
    """Steps, what fired, witnesses, ends, and the violation."""
    setting = machine.setting(bounds)
    fast = simulate(machine, setting, runs=60, depth=25, seed=seed)
    slow = simulate(machine, setting, runs=60, depth=25, seed=seed, engine="executed")
    assert (fast.engine, slow.engine) == ("compiled", "executed")
    assert same(fast, slow)


@pytest.mark.parametrize("jobs", [2, 3])
@pytest.mark.parametrize("extra", [(), (not_three,)])
def test_answer_is_the_same_for_any_number_of_jobs(
    jobs: int, extra: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Batches count in their order, up to the first with a violation."""
    monkeypatch.setattr(simulation, "WALKERS", 16)
    machine = counter(jump, *extra)
    setting = machine.setting({"size": 5, "top": 20})
    one, more = (simulate(machine, setting, runs=500, depth=30, jobs=n) for n in (1, jobs))
    assert one == more and (one.violation is not None) == bool(extra)
    assert one.runs == (16 if extra else 500)


def test_seed_decides_the_walks() -> None:
    """The same twice, and another one for another seed."""
    setting = ORACLE.setting({})
    first, again, other = (simulate(ORACLE, setting, runs=200, depth=50, seed=seed) for seed in (1, 1, 2))
    assert first == again and first.fired != other.fired


def test_distinct_states_are_estimated() -> None:
    """A small graph is walked through entirely, and a large one in part."""
    machine = roaming()
    setting = small(machine, 2)
    states = explore(machine, setting, reduce=False).states
    met = simulate(machine, setting, runs=20_000, depth=40)
    assert abs(met.distinct - states) < 0.03 * states
    assert met.runs == 20_000 and met.steps <= 40 * met.runs and met.never_reached == ()


def test_walks_end_where_nothing_is_enabled() -> None:
    """They are counted, and the longest tells the depth."""
    machine = counter()
    met = simulate(machine, machine.setting({"top": 3}), runs=10, depth=8)
    assert (met.ended, met.depth, met.steps, met.distinct) == (10, 3, 30, 4)
    met = simulate(machine, machine.setting({"top": 9}), runs=10, depth=8)
    assert (met.ended, met.depth, met.steps) == (0, 8, 80)


@pytest.mark.parametrize("engine", ["compiled", "executed"])
def test_walks_do_not_stand_still(engine: str) -> None:
    """A step that changes nothing is not drawn, so that a walk that can go nowhere else ends."""

    def wait(machine: Machine) -> None:
        @machine.action("environment", "anybody")
        def stay(x: Walker, p: Bounds) -> bool:
            return True

    machine = counter(wait)
    met = simulate(machine, machine.setting({"top": 3}), runs=10, depth=8, engine=engine)
    assert (met.ended, met.steps, met.fired["stay"]) == (10, 30, 0)


@pytest.mark.parametrize("engine", ["compiled", "executed"])
@pytest.mark.parametrize(
    ("machine", "bounds"),
    [(roaming(meets), {"top": 2}), (mail(delivers_unsent), {"top": 5}), (counter(jump, small_steps), {})],
)
def test_violation_is_a_short_genuine_run(machine: Machine, bounds: dict[str, int], engine: str) -> None:
    """Every step is one that the machine makes, and it is no longer than the shortest by much."""
    setting = machine.setting({**bounds, "size": 9} if machine.name == "counter" else bounds)
    run = simulate(machine, setting, runs=400, depth=200, engine=engine).violation
    shortest = explore(machine, setting, [machine.claims[run.claim]] if run else None).violation
    assert run is not None and shortest is not None
    assert genuine(machine, setting, run)
    assert len(shortest.steps) <= len(run.steps) <= len(shortest.steps) + 2


def test_run_is_shortened() -> None:
    """Loops go, and so does every step without which the claim fails all the same."""
    machine = mail(delivers_unsent)
    setting = machine.setting({"top": 5})
    walk = next(
        walk
        for walk in (strolls.walked(machine, setting, 3, walker, 60) for walker in range(100))
        if any(not machine.claims["read_was_sent"].function(one.after, setting) for one in walk.steps)
    )
    short = shorten.Shortener(machine, setting, machine.claims["read_was_sent"]).shortened(
        Run("read_was_sent", walk.start, walk.steps)
    )
    assert [one.action for one in short.steps] == ["send", "deliver", "guess"]
    assert genuine(machine, setting, short)


def test_loops_are_cut_out() -> None:
    """What leads back to a state that was there before is left out; the last step stays."""
    there, back, on = Step("there", {}, 1, 2), Step("back", {}, 2, 1), Step("on", {}, 1, 3)
    assert shorten.without_loops([there, back, there, Step("stay", {}, 2, 2), back, on]) == [on]


def test_value_out_of_range_is_named() -> None:
    """As in a search."""

    def leap(machine: Machine) -> None:
        @machine.action("environment", "walker")
        def leap(x: Walker, p: Bounds) -> bool:
            x.at = x.at * 2 + 1
            return True

    machine = counter(leap)
    with pytest.raises(RangeError, match=r"leap\(\) writes [0-9]+ to at, which ranges from 0 to 9"):
        simulate(machine, machine.setting({"top": 9}), runs=10)


def test_state_that_does_not_fit_is_walked_through_by_the_executed_engine() -> None:
    """A set of a hundred numbers has no place in a word."""
    machine = counter(jump)
    setting = machine.setting({"size": 100, "top": 200})
    met = simulate(machine, setting, runs=20, depth=20)
    assert met.engine == "executed" and met.steps == 400 and met.distinct > 100
    with pytest.raises(BoundTooLarge):
        simulate(machine, setting, engine="compiled")


def test_walk_that_the_executed_engine_does_not_follow_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A violation is reported only where the executed engine sees it, too."""
    monkeypatch.setattr(Words, "_eq", lambda self, left, right: True)
    machine = counter(not_three)
    with pytest.raises(EngineDisagreement):
        simulate(machine, machine.setting())


def test_attackers_act_less_often() -> None:
    """Where there is something else to do."""

    def attack(machine: Machine) -> None:
        @machine.action("attacker", "outsider")
        def knock(x: Walker, p: Bounds) -> bool:
            x.at = p.top - x.at
            return True

    machine = counter(attack)
    met = simulate(machine, machine.setting({"top": 60}), runs=500, depth=50)
    assert 0 < met.fired["knock"] < met.fired["up"] / 30


@pytest.mark.parametrize("number", [0, 1, 12345, 2**64 - 1])
def test_random_numbers_are_the_same_in_both_engines(number: int) -> None:
    """Compiled or not."""

    assert int(walks.stirred(np.uint64(number))) == strolls.stirred(number)
    assert int(walks.further(np.uint64(number), 5)) == strolls.further(number, 5)


def test_comparison_notices_a_walk_that_is_drawn_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """With other weights in one engine, the two part."""
    machine = everything()
    setting = machine.setting({"size": 2, "top": 2})
    fast = simulate(machine, setting, runs=60, depth=25)
    monkeypatch.setitem(strolls.WEIGHTS, "environment", 1)
    assert not same(fast, simulate(machine, setting, runs=60, depth=25, engine="executed"))
