"""Checkers that are wrong on purpose: each gives a wrong answer about some small machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Literal

import numpy as np
import pytest
from tests.model.explorer.liveness_machines import KNOWN
from tests.model.explorer.test_liveness import ENGINES, shapes

from pathproof.model.explorer import EngineDisagreement
from pathproof.model.explorer.liveness import check, checker, components, cycle
from pathproof.model.explorer.liveness.compiled import CompiledEngine
from pathproof.model.explorer.liveness.fair import Assumed, all_instances, assumed
from pathproof.model.explorer.liveness.plain import PlainEngine

Patch = pytest.MonkeyPatch
NONE: frozenset[int] = frozenset()


def given_otherwise(patch: Patch, change: Callable[[Assumed], Assumed]) -> None:
    """Let both engines be given other fairness than the claim names."""
    patch.setattr(checker, "assumed", lambda *about: change(assumed(*about)))


def strong_is_ignored(patch: Patch) -> None:
    """Nothing is assumed where strong fairness is."""
    given_otherwise(patch, lambda fair: replace(fair, strong=NONE))


def strong_is_taken_for_weak(patch: Patch) -> None:
    """An instance that is enabled again and again may starve."""
    given_otherwise(patch, lambda fair: replace(fair, weak=fair.weak | fair.strong, strong=NONE))


def weak_is_ignored(patch: Patch) -> None:
    """Nothing is assumed where weak fairness is."""
    given_otherwise(patch, lambda fair: replace(fair, weak=NONE))


def weak_is_taken_for_strong(patch: Patch) -> None:
    """More is assumed than the claim is given."""
    given_otherwise(patch, lambda fair: replace(fair, weak=NONE, strong=fair.weak | fair.strong))


def finite_is_ignored(patch: Patch) -> None:
    """The attacker never gives up."""
    given_otherwise(patch, lambda fair: replace(fair, finite=NONE))


def finite_holds_on_the_way(patch: Patch) -> None:
    """The attacker never begins: his steps are not even in the graph."""

    def without(*about: Any) -> Assumed:
        fair = assumed(*about)
        for name in {all_instances(*about[:2])[place][0].name for place in fair.finite}:
            patch.setitem(about[0].actions, name, replace(about[0].actions[name], function=never))
        return fair

    patch.setattr(checker, "assumed", without)


def never(*state_and_parameters: Any, **arguments: Any) -> bool:
    """An action that is not enabled."""
    return False


def only_the_first_instance_counts(patch: Patch) -> None:
    """Fairness to one instance of each action is taken for fairness to all."""

    def first(*about: Any) -> Assumed:
        fair, listed = assumed(*about), all_instances(*about[:2])
        some = frozenset(i for i in range(len(listed)) if all(v == 0 for v in listed[i][1].values()))
        return replace(fair, weak=fair.weak & some, strong=fair.strong & some)

    patch.setattr(checker, "assumed", first)


def components_are_judged_once(patch: Patch) -> None:
    """What is left of a component, where some states were left out, is given up."""
    judge, once = components.judge, PlainEngine.fair_components

    def judged(*given: Any) -> int:
        component: int = judge(*given)
        status = given[7]
        status[status == components.ACTIVE] = components.OUT
        return component

    def whole(self: PlainEngine, inside: Any, given: Assumed) -> Iterator[set[int]]:
        for nodes in once(self, inside, replace(given, strong=NONE)):
            taken = {i for _, _, i in inside.subgraph(nodes).edges(keys=True)}
            if not any(given.strong & self.enabled[node] - taken for node in nodes):
                yield nodes

    patch.setattr(components, "judge", judged)
    patch.setattr(PlainEngine, "fair_components", whole)


def only_steps_inside_count(patch: Patch) -> None:
    """An instance whose step leads out of the component is taken for one that is not enabled."""
    judge, fair = components.judge, PlainEngine.fair_components

    def judged(first: Any, target: Any, taken: Any, *more: Any) -> int:
        inside = more[4][target] == components.ACTIVE
        places = np.concatenate(([0], np.cumsum(inside)))
        component: int = judge(places[first], target[inside], taken[inside], *more)
        return component

    def plain(self: PlainEngine, inside: Any, given: Assumed) -> Iterator[set[int]]:
        steps = {node: inside.out_edges(node, keys=True) for node in inside}
        self.enabled = {node: frozenset(i for _, _, i in found) for node, found in steps.items()}
        return fair(self, inside, given)

    patch.setattr(components, "judge", judged)
    patch.setattr(PlainEngine, "fair_components", plain)


def runs_never_stop(patch: Patch) -> None:
    """A state in which nothing happens any more is no cycle."""
    judged, fair = CompiledEngine._judged, PlainEngine.fair_components

    def compiled(self: CompiledEngine, status: Any, finite: Any, given: Assumed) -> Any:
        low = judged(self, status, finite, given)
        for place in range(self.states):
            if (low == low[place]).sum() == 1:
                status[place] = components.OUT
        return low

    def plain(self: PlainEngine, inside: Any, given: Assumed) -> Iterator[set[int]]:
        return (nodes for nodes in fair(self, inside, given) if len(nodes) > 1)

    patch.setattr(CompiledEngine, "_judged", compiled)
    patch.setattr(PlainEngine, "fair_components", plain)


def cycles_are_unfair(patch: Patch) -> None:
    """The cycle that is shown stops where it begins."""
    patch.setattr(cycle, "unmet", lambda *about: (NONE, NONE))


BROKEN = (
    strong_is_ignored,
    strong_is_taken_for_weak,
    weak_is_ignored,
    weak_is_taken_for_strong,
    finite_is_ignored,
    finite_holds_on_the_way,
    only_the_first_instance_counts,
    components_are_judged_once,
    only_steps_inside_count,
    runs_never_stop,
    cycles_are_unfair,
)


def gives_itself_away(engine: Literal["compiled", "plain"]) -> bool:
    """Whether some machine gets a wrong answer, or a lasso that the executed engine does not confirm."""
    for made in KNOWN:
        machine, expected = made()
        try:
            if shapes(check(machine, machine.setting(), engine=engine)) != expected:
                return True
        except EngineDisagreement:
            return True
    return False


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("broken", BROKEN)
def test_broken_checker_is_noticed(broken: Callable[[Patch], None], engine: Any, monkeypatch: Patch) -> None:
    """The known answers tell every broken checker from a right one."""
    broken(monkeypatch)
    assert gives_itself_away(engine)
