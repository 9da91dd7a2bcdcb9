"""Liveness: known answers, two engines, an oracle, and checkers that are wrong on purpose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from tests.model.explorer.liveness_machines import (
    KNOWN,
    Answers,
    Bounds,
    Place,
    Spot,
    begin,
    carousel,
    fair,
    lamps,
    returns_to,
    walks,
)
from tests.model.explorer.liveness_oracle import Drawn, drawn

from pathproof.model import cid_supply
from pathproof.model.explorer import BoundTooLarge, Progress, RangeError, compiled
from pathproof.model.explorer.liveness import Checked, check, graph, stepper
from pathproof.model.explorer.toy import TOY
from pathproof.model.machine import Machine, UnknownName

Engine = Literal["compiled", "plain"]
ENGINES: tuple[Engine, ...] = ("compiled", "plain")
engines = pytest.mark.parametrize("engine", ENGINES)
known = pytest.mark.parametrize("made", KNOWN)


def shapes(found: Checked) -> Answers:
    """What failed, with the lengths of prefix and cycle."""
    return {
        (lasso.claim, tuple(lasso.arguments.values())): (len(lasso.prefix), len(lasso.cycle))
        for lasso in found
    }


@known
@engines
def test_known_answers(made: Callable[[], tuple[Machine, Answers]], engine: Engine) -> None:
    """Each claim of the small machines holds, or fails by a lasso of the known shape."""
    machine, expected = made()
    assert shapes(check(machine, machine.setting(), engine=engine)) == expected


@known
def test_both_engines_count_alike(made: Callable[[], tuple[Machine, Answers]]) -> None:
    """States, transitions, components and claims are as many in one engine as in the other."""
    machine, _ = made()
    fast, slow = (check(machine, machine.setting(), engine=engine) for engine in ENGINES)
    for name in ("instances", "states", "transitions", "components", "failed"):
        assert getattr(fast, name) == getattr(slow, name), name


@settings(max_examples=80, deadline=None)
@given(drawn())
def test_engines_agree_with_the_oracle(some: Drawn) -> None:
    """On random machines a claim fails where the oracle says so, at the nearest place."""
    expected = {
        ("returns", (which,)): steps for which in range(2) if (steps := some.nearest_lasso(which)) is not None
    }
    machine = some.machine()
    for engine in ENGINES:
        found = check(machine, machine.setting(), engine=engine)
        assert {claim: prefix for claim, (prefix, _) in shapes(found).items()} == expected, engine
        assert found.states == len(some.distances())


def small_blocks(patch: pytest.MonkeyPatch) -> None:
    """Let blocks of states be so small that their borders are everywhere."""
    patch.setattr(graph, "BLOCK", 8)
    patch.setattr(stepper, "BLOCK", 8)


def four_lanes(patch: pytest.MonkeyPatch) -> None:
    """Compile for a processor of four lanes."""
    patch.setattr(compiled, "native_lanes", lambda: 4)


def as_it_is(patch: pytest.MonkeyPatch) -> None:
    """Change nothing."""


@pytest.mark.parametrize("way", [as_it_is, small_blocks, four_lanes])
def test_engines_agree_on_cid_supply(way: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of some hundred states is the same to both, however the compiled engine goes through it."""
    way(monkeypatch)
    machine = with_less_fairness(cid_supply.machine)
    setting = machine.setting({"cids": 3, "rogue": "nobody", "excess": "never"})
    fast, slow = (check(machine, setting, engine=engine) for engine in ENGINES)
    fast_prefixes, slow_prefixes = (
        {claim: prefix for claim, (prefix, _) in shapes(found).items()} for found in (fast, slow)
    )
    assert fast_prefixes == slow_prefixes
    assert len(fast) > 5
    assert (fast.states, fast.transitions, fast.components) == (300, 1420, slow.components)


def with_less_fairness(machine: Machine) -> Machine:
    """The same machine, whose claims are given less by one assumption, so that some fail."""
    bare = Machine(machine.name, machine.state, machine.parameters, machine.begin, machine.actions)
    bare.claims = {claim.name: replace(claim, given=claim.given[:-1]) for claim in machine.of("eventually")}
    bare.fairness = machine.fairness
    return bare


@pytest.mark.parametrize("made", [made for made in KNOWN if made is not lamps])
def test_state_of_two_words(made: Callable[[], tuple[Machine, Answers]]) -> None:
    """With 62 lamps that nobody touches a state takes two words, and the answers stay the same."""
    machine, expected = made()
    assert shapes(check(machine, machine.setting({"lamps": 62}))) == expected


@engines
def test_more_instances_than_a_word_has_bits(engine: Engine) -> None:
    """Fairness about 81 instances at once; one that is left out is noticed, wherever it is."""
    found = check(stairs(), stairs().setting({"top": 80}), engine=engine)
    assert shapes(found) == {("top_but_for_two", ()): (66, 0)}


def stairs() -> Machine:
    """Steps that are each an instance of their own, but for one, which needs another kind of fairness."""
    machine = Machine("stairs", Place, Bounds, begin)

    @machine.action("protocol", "walker")
    def climb(x: Place, p: Bounds, n: Spot) -> bool:
        if x.at != n or n == 66 or n == p.top:
            return False
        x.at = n + 1
        return True

    @machine.action("protocol", "walker")
    def leap(x: Place, p: Bounds) -> bool:
        if x.at != 66:
            return False
        x.at = 67
        return True

    fair(machine, "weak", "climb")
    fair(machine, "weak", "leap")

    @machine.eventually(given=("weak_climb", "weak_leap"))
    def top_is_reached(x: Place, p: Bounds) -> bool:
        return x.at == p.top

    @machine.eventually(given=("weak_climb",))
    def top_but_for_two(x: Place, p: Bounds) -> bool:
        return x.at == p.top

    return machine


def test_compiled_engine_is_the_default() -> None:
    """And it says what it took."""
    machine, _ = carousel()
    found = check(machine, machine.setting())
    assert (found.engine, found.instances, found.states, found.transitions) == ("compiled", 4, 4, 4)
    assert found.seconds > 0 and found.compile_seconds > 0 and found.bytes > 0


def test_only_claims_about_endless_runs_are_checked() -> None:
    """Claims of other sorts may be passed, and are passed over."""
    machine, _ = carousel()
    assert check(machine, machine.setting(), claims=[*TOY.claims.values()]).instances == 0
    chosen = [*machine.claims.values()][:1]
    assert [lasso.claim for lasso in check(machine, machine.setting(), claims=chosen)] == [chosen[0].name]


def test_lasso_says_what_is_what() -> None:
    """The claim with its arguments, the fairness, the way, and the round."""
    machine, _ = carousel()
    found = check(machine, machine.setting())
    assert found.failed == tuple(dict.fromkeys(lasso.claim for lasso in found))
    assert str(found[1]) == (
        "at_3_given_weak_turn_weak_exit() fails given weak_turn (weak), weak_exit (weak)\n"
        "first: nothing\n"
        "then, for ever: turn(), turn(), turn()\n"
        "in: Place(at=0, lit={})"
    )


def test_graph_that_does_not_fit_is_no_answer() -> None:
    """Where memory is full there is an error, and no empty list that looks as if all were well."""
    machine = cid_supply.machine
    with pytest.raises(BoundTooLarge, match=r"cid_supply at these bounds fills 1 MB with [\d,]+ states"):
        check(machine, machine.setting({"cids": 4, "rogue": "nobody"}), max_memory=1_000_000)


def test_value_out_of_range_is_an_error() -> None:
    """As in the search for violations."""
    machine = walks("beyond", up=[(0, 9)])
    with pytest.raises(RangeError, match="9 to at, which ranges from 0 to 5"):
        check(machine, machine.setting())


def test_fairness_that_does_not_exist_is_refused() -> None:
    """A claim given an unknown name, or fairness about an unknown action, would be given nothing at all."""
    machine = walks("wrong", up=[(0, 1)])
    returns_to(machine, 1, given="weak_up")
    claim = next(iter(machine.claims.values()))
    with pytest.raises(UnknownName, match="weak_upp: did you mean weak_up"):
        check(machine, machine.setting(), claims=[replace(claim, given=("weak_upp",))])
    machine.fairness["weak_up"] = replace(machine.fairness["weak_up"], actions=("upp",))
    with pytest.raises(UnknownName, match="upp: did you mean up"):
        check(machine, machine.setting())


@engines
def test_progress_is_told(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the graph is drawn, and before each claim."""
    monkeypatch.setattr(graph, "INTERVAL", 0)
    machine, _ = carousel()
    told: list[Progress] = []
    check(machine, machine.setting(), progress=told.append, engine=engine)
    assert len(told) >= 4
    assert (told[-1].states, told[-1].expanded, told[-1].depth) == (4, 4, 2)
