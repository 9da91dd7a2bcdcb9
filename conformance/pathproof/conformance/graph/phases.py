"""The abstract states of a machine: explored states, folded by what its module `phases` calls them."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pathproof.model.execute import initial, successors
from pathproof.model.explorer.plain_search import key
from pathproof.model.machine import Machine

MOST = 20_000
"""States beyond which a picture is refused: the executed engine finds a few thousand a second."""


class TooManyStates(ValueError):
    """Bounds under which a machine has more states than are gone through for a picture."""


@dataclass(frozen=True)
class Phase:
    """One abstract state: how many states it stands for, and the actions that stay within it."""

    name: str
    states: int
    begins: bool
    stays: tuple[str, ...]


@dataclass(frozen=True)
class Move:
    """What leads from one abstract state to another: the actions of one kind of actor, by name."""

    source: str
    target: str
    kind: str
    actions: tuple[str, ...]


@dataclass(frozen=True)
class PhaseGraph:
    """All abstract states of a machine under some parameters, in the order in which they are met.

    `bounds` says in one line which parameters those are, beside the defaults.
    """

    machine: str
    states: int
    phases: tuple[Phase, ...]
    moves: tuple[Move, ...]
    bounds: str = "default bounds"


def phase_graph(machine: Machine, parameters: Any, most: int = MOST) -> PhaseGraph:
    """Explore a machine and fold its states.

    Raises `TooManyStates` where there are more than `most`.

    >>> from pathproof.model.machines import find
    >>> machine = find("cid_supply")
    >>> drawn = phase_graph(machine, machine.setting({"cids": 2, "rogue": "nobody"}))
    >>> drawn.states, [phase.name for phase in drawn.phases][:2]
    (22, ['short', 'full'])
    """
    called = importlib.import_module(f"pathproof.model.{machine.name}.phases").phase
    count: Counter[str] = Counter()
    moves: dict[tuple[str, str, str], dict[str, None]] = {}
    for name, steps in _explored(machine, parameters, called, most):
        count[name] += 1
        for action, kind, target in steps:
            moves.setdefault((name, target, kind), {})[action] = None
    first = next(iter(count))
    return PhaseGraph(
        machine.name,
        count.total(),
        tuple(Phase(name, many, name == first, _stays(moves, name)) for name, many in count.items()),
        tuple(Move(*ends, tuple(actions)) for ends, actions in moves.items() if ends[0] != ends[1]),
        _bounds(machine, parameters),
    )


def _bounds(machine: Machine, parameters: Any) -> str:
    """The parameters that are not at their defaults."""
    default = vars(machine.setting())
    changed = [f"{name}={value}" for name, value in vars(parameters).items() if value != default[name]]
    return ", ".join(changed) or "default bounds"


Steps = list[tuple[str, str, str]]


def _explored(
    machine: Machine, parameters: Any, called: Callable[[Any, Any], str], most: int
) -> Iterator[tuple[str, Steps]]:
    """Every state's phase, breadth first, with the actions, their kinds and the phases they lead to."""
    start = initial(machine, parameters)
    seen, waiting = {key(start)}, [start]
    for state in waiting:
        steps: Steps = []
        for action, _, after in successors(machine, state, parameters):
            steps.append((action.name, action.kind, called(after, parameters)))
            if key(after) not in seen:
                seen.add(key(after))
                waiting.append(after)
        if len(waiting) > most:
            raise TooManyStates(
                f"{machine.name} has more than {most:,} states at {_bounds(machine, parameters)}, "
                "and is drawn only up to that: lower them to draw"
            )
        yield called(state, parameters), steps


def _stays(moves: dict[tuple[str, str, str], dict[str, None]], name: str) -> tuple[str, ...]:
    inside = (actions for (source, target, _), actions in moves.items() if source == target == name)
    return tuple(dict.fromkeys(action for actions in inside for action in actions))
