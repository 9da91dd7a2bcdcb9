"""The same random walks by CPython, step for step what the compiled ones do.

They serve where a state does not fit compiled code, to make a walk again that met trouble, and to check the
compiled walks against.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pathproof.model.execute import initial, step
from pathproof.model.explorer.codegen import Instance
from pathproof.model.explorer.result import Run, Step
from pathproof.model.explorer.walks import FIRST, SECOND, SPREAD
from pathproof.model.machine import Machine, instances

_MASK = (1 << 64) - 1
WEIGHTS = {"protocol": 64, "environment": 64, "attacker": 1}
"""How likely an action is drawn. What an attacker does often ends all else, so that walks would be short."""


def stirred(number: int) -> int:
    """A 64-bit number whose every bit depends on every bit of another."""
    x = number & _MASK
    x = (x ^ x >> 30) * FIRST & _MASK
    x = (x ^ x >> 27) * SECOND & _MASK
    return x ^ x >> 31


def further(base: int, number: int) -> int:
    """The random number that follows from another one and a number."""
    return stirred(base + (number + 1) * SPREAD)


def base_of(seed: int, walker: int) -> int:
    """The number from which all that a walker draws follows."""
    return further(stirred(seed + SPREAD), walker)


def all_instances(machine: Machine, parameters: Any) -> list[Instance]:
    """Every action with every choice of its arguments."""
    actions = machine.actions.values()
    return [(action, given) for action in actions for given in instances(action, parameters)]


def enabled(listed: list[Instance], parameters: Any, state: Any) -> list[tuple[int, Any]]:
    """The places of the instances that are enabled, with the states that they lead to."""
    found = []
    for number, (action, given) in enumerate(listed):
        after = step(action, state, parameters, given)
        if after is not None:
            found.append((number, after))
    return found


def moving(ways: list[tuple[int, Any]], state: Any) -> list[tuple[int, Any]]:
    """The ways that lead anywhere else: a walk does not stand still."""
    return [way for way in ways if way[1] != state]


def drawn(listed: list[Instance], ways: list[tuple[int, Any]], base: int) -> int | None:
    """Which of the ways is taken; None where there is none."""
    names = list(dict.fromkeys(action.name for action, _ in listed))
    chosen: int | None = None
    last, sum_, tried, taken = "", 0, 0, False
    for way, (number, _) in enumerate(ways):
        name, weight = listed[number][0].name, WEIGHTS[listed[number][0].kind]
        if name != last:
            last, sum_, tried = name, sum_ + weight, 0
            taken = further(base, 2 * names.index(name)) * sum_ >> 64 < weight
        if taken:
            tried += 1
            if further(base, 2 * number + 1) * tried >> 64 == 0:
                chosen = way
    return chosen


def steps_of(machine: Machine, parameters: Any, seed: int, walker: int) -> Iterator[Step]:
    """The steps of a walk, as long as there is one more."""
    listed, base, state, time = all_instances(machine, parameters), base_of(seed, walker), None, 0
    state = initial(machine, parameters)
    while True:
        ways = moving(enabled(listed, parameters, state), state)
        way = drawn(listed, ways, further(base, time))
        if way is None:
            return
        (action, given), after = listed[ways[way][0]], ways[way][1]
        yield Step(action.name, given, state, after)
        state, time = after, time + 1


def walked(machine: Machine, parameters: Any, seed: int, walker: int, depth: int) -> Run:
    """The walk of so many steps."""
    steps = [one for _, one in zip(range(depth), steps_of(machine, parameters, seed, walker), strict=False)]
    return Run("", initial(machine, parameters), tuple(steps))
