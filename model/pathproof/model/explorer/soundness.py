"""Whether the reductions that a machine declares are sound, tried out.

`asymmetry` looks for an action, claim or normal form that tells names apart. `unsound` compares a search with
reductions and one without, and the number of states that the first keeps with the number that the states of
the second say it must keep.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pathproof.model.execute import step
from pathproof.model.explorer import draw
from pathproof.model.explorer.layout import RangeError
from pathproof.model.explorer.naming import Renaming, groups, renamed, renamed_arguments, renamings
from pathproof.model.explorer.plain_search import graph, key
from pathproof.model.explorer.reductions import Reductions
from pathproof.model.explorer.result import EngineDisagreement, Exploration
from pathproof.model.explorer.search import explore
from pathproof.model.machine import Claim, Machine


def asymmetry(
    machine: Machine, parameters: Any, seeds: Iterable[int], only_reached: bool = False
) -> str | None:
    """A line about something that tells names apart which the machine says are alike; None for nothing found.

    Every seed gives a state, half of them where a random walk ends and half of them of any values, and an
    exchange of names. Each action, claim and normal form must do with the names exchanged what it does
    without. `only_reached` leaves out the states of any values.
    """
    ways = list(renamings(groups(machine, parameters)))[1:]
    for seed in seeds if ways else ():
        trial = _Trial(machine, parameters, random.Random(seed), ways, only_reached)
        for fault in trial.faults():
            return f"{fault} (seed {seed}: {trial.state}, names exchanged: {trial.renaming})"
    return None


class _Trial:
    """One state, and the same with names exchanged."""

    def __init__(
        self, machine: Machine, parameters: Any, dice: random.Random, ways: list[Renaming], reached: bool
    ) -> None:
        self.machine, self.parameters, self.dice = machine, parameters, dice
        walk = reached or dice.random() < 0.5
        self.state = (draw.walked if walk else draw.any_state)(machine, parameters, dice)
        self.renaming = dice.choice(ways)
        self.other = self.named(self.state)

    def named(self, state: Any) -> Any:
        """The state with names exchanged."""
        return renamed(self.machine, self.parameters, state, self.renaming)

    def faults(self) -> Iterator[str]:
        """What does one thing here and another with names exchanged."""
        afters = [self.state]
        for action in self.machine.actions.values():
            given = draw.arguments(action.arguments, self.parameters, self.dice)
            same = renamed_arguments(action.arguments, given, self.renaming)
            one, other = (
                step(action, s, self.parameters, g) for s, g in ((self.state, given), (self.other, same))
            )
            if (one is None) != (other is None) or (one is not None and self.named(one) != other):
                yield f"{action.name}{tuple(given.values())} leads to {one}, and to {other}"
            afters += [] if one is None else [one]
        for claim in self.machine.claims.values():
            yield from self._claim(claim, self.dice.choice(afters))
        if self.named(self.normal(self.state)) != self.normal(self.other):
            yield "a normal form drops something else"

    def normal(self, state: Any) -> Any:
        """The state in normal form."""
        return Reductions(self.machine, self.parameters).normal(state)

    def _claim(self, claim: Claim, after: Any) -> Iterator[str]:
        given = draw.arguments(claim.arguments, self.parameters, self.dice)
        same = renamed_arguments(claim.arguments, given, self.renaming)
        states, others = [self.state], [self.other]
        if claim.sort == "step":
            states, others = [self.state, after], [self.other, self.named(after)]
        one = claim.function(*states, self.parameters, **given)
        if one != claim.function(*others, self.parameters, **same):
            yield f"{claim.name}{tuple(given.values())} is {one}, and is not"


def unsound(
    machine: Machine,
    parameters: Any,
    claims: Iterable[Claim] | None = None,
    search: Callable[..., Exploration] = explore,
) -> list[str]:
    """What differs between a search with reductions and one without, a line each; for small bounds.

    Both must find the same claims violated, each by runs of the same length, and the same witnesses. Every
    normal form must leave a normal form as it is. And what is kept must be what is kept of the states of the
    search without reductions: no more and no less.
    """
    chosen = list(machine.claims.values() if claims is None else claims)
    try:
        reduced = _verdicts(machine, parameters, chosen, search, reduce=True)
    except (EngineDisagreement, RangeError) as error:
        return [f"the search with reductions goes wrong: {error}"]
    plain = _verdicts(machine, parameters, chosen, search, reduce=False)
    lines = [
        f"{name}: {one} without reductions, {other} with them"
        for name, one, other in zip(plain, plain.values(), reduced.values(), strict=True)
        if one != other
    ]
    return [*lines, *_counted(machine, parameters, chosen, search)]


def _verdicts(
    machine: Machine, parameters: Any, claims: list[Claim], search: Callable[..., Exploration], reduce: bool
) -> dict[str, Any]:
    """The length of the shortest run that violates each claim, and what was reached."""
    lengths: dict[str, int] = {}
    left = claims
    done = search(machine, parameters, left, reduce=reduce)
    while done.violation is not None:
        lengths[done.violation.claim] = len(done.violation.steps)
        left = [claim for claim in left if claim.name not in lengths]
        done = search(machine, parameters, left, reduce=reduce)
    return {"violated": dict(sorted(lengths.items())), "never reached": done.never_reached}


def _counted(
    machine: Machine, parameters: Any, claims: list[Claim], search: Callable[..., Exploration]
) -> Iterator[str]:
    reductions = Reductions(machine, parameters)
    kept = set()
    for _, state in graph(machine, parameters).nodes(data="state"):
        normal = reductions.normal(state)
        if reductions.normal(normal) != normal:
            yield f"the normal form of {normal} is another one: {reductions.normal(normal)}"
            return
        kept.add(key(reductions.reduced(state)))
    found = search(machine, parameters, (), reduce=True).states
    if found != len(kept):
        yield f"{found:,} states are kept, and {len(kept):,} are what the states without reductions say"
