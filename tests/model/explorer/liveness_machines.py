"""Small machines for the tests of liveness, each with what is known of its claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pathproof.model.domains import Below, Upto, number, numbers, parameter
from pathproof.model.machine import Machine
from pathproof.model.vocabulary import Numbers, add, count, discard, has

Shape = tuple[int, int]
"""How many steps a lasso has before its cycle, and in it."""
Answers = dict[tuple[str, tuple[int, ...]], Shape]
"""The claims that fail, with their arguments, and the shapes of their lassos."""


@dataclass(frozen=True)
class Bounds:
    """How many places and lamps there are."""

    top: int = parameter(5)
    lamps: int = parameter(2, least=1)


@dataclass
class Place:
    """Where one is, and which lamps burn."""

    at: int = number(Upto("top"))
    lit: Numbers = numbers(Below("lamps"))


Lamp = Annotated[int, Below("lamps")]
Spot = Annotated[int, Upto("top")]


def begin(x: Place, p: Bounds) -> None:
    """Begin at 0, in the dark."""


def walks(name: str, **edges: Sequence[tuple[int, int]]) -> Machine:
    """A machine of places, whose actions each lead from some of them to others."""
    machine = Machine(name, Place, Bounds, begin)
    for action, hops in edges.items():
        _hops(machine, action, dict(hops))
    return machine


def _hops(machine: Machine, name: str, hops: Mapping[int, int]) -> None:
    def hop(x: Place, p: Bounds) -> bool:
        for before, after in hops.items():
            if x.at == before:
                x.at = after
                return True
        return False

    hop.__name__ = name
    machine.action("environment", "walker")(hop)


def fair(machine: Machine, strength: Any, action: str) -> None:
    """Name fairness of one action, as in `weak_exit`."""

    def assumption() -> None:
        """It is assumed."""

    assumption.__name__ = f"{strength}_{action}"
    machine.fair(strength, action)(assumption)


def returns_to(machine: Machine, *places: int, given: str = "", name: str = "") -> str:
    """Claim that a run comes back to these places for ever; answers the claim's name."""

    def claim(x: Place, p: Bounds) -> bool:
        return any(x.at == place for place in places)

    claim.__name__ = name or f"at_{'_'.join(map(str, places))}_given_{given.replace(' ', '_') or 'nothing'}"
    for assumption in given.split():
        if assumption not in machine.fairness:
            fair(machine, *assumption.split("_"))
    machine.eventually(given=tuple(given.split()))(claim)
    return claim.__name__


def climber() -> tuple[Machine, Answers]:
    """One step up, which may never be taken; nothing can happen at the top."""
    machine = walks("climber", up=[(0, 1), (1, 2)])
    idle = returns_to(machine, 2)
    returns_to(machine, 2, given="weak_up")
    returns_to(machine, 2, given="strong_up")
    stuck = returns_to(machine, 0, 1, given="strong_up")
    done = returns_to(machine, 2, given="finite_up")
    return machine, {(idle, ()): (0, 0), (stuck, ()): (2, 0), (done, ()): (0, 0)}


def carousel() -> tuple[Machine, Answers]:
    """A round of three places with one way off it: who goes round passes the exit, again and again."""
    machine = walks("carousel", turn=[(0, 1), (1, 2), (2, 0)], exit=[(1, 3)])
    beside = returns_to(machine, 3, given="weak_exit")
    circling = returns_to(machine, 3, given="weak_turn weak_exit")
    returns_to(machine, 3, given="weak_turn strong_exit")
    lazy = returns_to(machine, 3, given="strong_exit")
    return machine, {(beside, ()): (0, 0), (circling, ()): (0, 3), (lazy, ()): (0, 0)}


def siege() -> tuple[Machine, Answers]:
    """A climber whom an attacker pulls down, as long as he likes to."""
    machine = walks("siege", up=[(0, 1), (1, 2)], pull=[(1, 0)])
    pulled = returns_to(machine, 2, given="weak_up")
    returns_to(machine, 2, given="weak_up finite_pull")
    # Strong fairness of the one action does not help: it is taken again and again, at the foot.
    still = returns_to(machine, 2, given="strong_up")
    return machine, {(pulled, ()): (0, 2), (still, ()): (0, 2)}


def trap() -> tuple[Machine, Answers]:
    """An attacker who breaks something once, for good: the cycle has nothing of his, the way to it has."""
    machine = walks("trap", work=[(0, 1), (1, 0), (2, 3), (3, 2)], smash=[(1, 2)])
    broken = returns_to(machine, 1, given="weak_work finite_smash")
    idle = returns_to(machine, 1, given="finite_smash")
    return machine, {(broken, ()): (2, 2), (idle, ()): (0, 0)}


def backyard() -> tuple[Machine, Answers]:
    """Where the exit shows only to those who wander off: whoever stays in front is fair to it."""
    machine = walks("backyard", turn=[(0, 1), (1, 0)], wander=[(1, 2)], back=[(2, 0)], exit=[(2, 3)])
    front = returns_to(machine, 3, given="weak_turn strong_exit")
    returns_to(machine, 3, given="strong_turn strong_wander strong_exit")
    # Two rounds of leaving out: without 2 nobody is back, and then 1 has to be left out, too.
    alone = returns_to(machine, 3, given="strong_wander strong_exit")
    return machine, {(front, ()): (0, 2), (alone, ()): (0, 0)}


def knocker() -> tuple[Machine, Answers]:
    """A step that changes nothing is a step: who has to take it does so for ever."""
    machine = walks("knocker", knock=[(0, 0)], enter=[(0, 1)])
    outside = returns_to(machine, 1, given="strong_knock")
    returns_to(machine, 1, given="strong_knock weak_enter")
    given_up = returns_to(machine, 1, given="finite_knock")
    returns_to(machine, 1, given="weak_knock finite_knock")  # no run is like that
    return machine, {(outside, ()): (0, 1), (given_up, ()): (0, 0)}


def fork() -> tuple[Machine, Answers]:
    """Of two traps the nearer one is shown, though the other's cycle is shorter."""
    machine = walks(
        "fork", left=[(0, 1), (1, 4), (4, 4)], right=[(0, 2)], spin=[(2, 3), (3, 2), (4, 4), (0, 0), (1, 1)]
    )
    near = returns_to(machine, 0, 1, given="weak_spin")
    return machine, {(near, ()): (1, 2)}


def lamps() -> tuple[Machine, Answers]:
    """Lamps that are lit and put out one by one; fairness holds for each lamp by itself."""
    machine = Machine("lamps", Place, Bounds, begin)

    @machine.action("protocol", "lighter")
    def light(x: Place, p: Bounds, n: Lamp) -> bool:
        if has(x.lit, n):
            return False
        x.lit = add(x.lit, n)
        return True

    @machine.action("attacker", "wind")
    def douse(x: Place, p: Bounds, n: Lamp) -> bool:
        if not has(x.lit, n):
            return False
        x.lit = discard(x.lit, n)
        return True

    for strength, action in (("weak", "light"), ("strong", "light"), ("finite", "douse")):
        fair(machine, strength, action)

    @machine.eventually(given=("weak_light",))
    def each_burns(x: Place, p: Bounds, n: Lamp) -> bool:
        return has(x.lit, n)

    @machine.eventually(given=("strong_light",))
    def all_burn(x: Place, p: Bounds) -> bool:
        return count(x.lit) == p.lamps

    @machine.eventually(given=("strong_light", "finite_douse"))
    def all_burn_in_a_calm(x: Place, p: Bounds) -> bool:
        return count(x.lit) == p.lamps

    @machine.eventually(given=("weak_light",))
    def dark_but_for(x: Place, p: Bounds, n: Spot) -> bool:
        return count(x.lit) <= n

    return machine, {("all_burn", ()): (0, 4), ("dark_but_for", (0,)): (1, 2), ("dark_but_for", (1,)): (2, 0)}


KNOWN = (climber, carousel, siege, trap, backyard, knocker, fork, lamps)
