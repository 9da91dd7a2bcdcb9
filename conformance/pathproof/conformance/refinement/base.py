"""What all followers have: a machine's state, its actions by name, comparisons, and counts of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, NoReturn

from pathproof.model.execute import initial, step
from pathproof.model.machine import Machine


class NotRefined(AssertionError):
    """The reference did what the machine does not allow.

    Attributes
    ----------
    machine
        The name of the machine.
    clause
        The clause that is nearest to what differs.
    """

    def __init__(self, machine: str, clause: str, says: str) -> None:
        """Say what differs."""
        super().__init__(f"{machine} ({clause}): {says}")
        self.machine, self.clause = machine, clause


@dataclass(slots=True)
class Tally:
    """What followers did, over any number of runs.

    `taken` counts actions, `parts` the machine's own functions that were called apart from an action,
    `readings` the differences that the text allows, all as (machine, name). `compared` counts comparisons.

    Examples
    --------
    >>> tally = Tally()
    >>> tally.taken["cid_supply", "issue"] += 2
    >>> tally.steps("cid_supply"), tally.names("cid_supply")
    (2, {'issue'})
    """

    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    parts: Counter[tuple[str, str]] = field(default_factory=Counter)
    readings: Counter[tuple[str, str]] = field(default_factory=Counter)
    compared: Counter[str] = field(default_factory=Counter)

    def steps(self, machine: str) -> int:
        """How many steps of a machine were followed: its actions, and parts of them."""
        counts = (self.taken, self.parts)
        return sum(count for one in counts for (name, _), count in one.items() if name == machine)

    def names(self, machine: str) -> set[str]:
        """The actions of a machine that were taken."""
        return {action for name, action in self.taken if name == machine}


class Follower:
    """The state of one machine beside one or two connections."""

    def __init__(self, machine: Machine, parameters: Any, tally: Tally) -> None:
        """Begin where the machine begins."""
        self.machine, self.p, self.tally = machine, parameters, tally
        self.s: Any = initial(machine, parameters)

    def may(self, action: str, p: Any = None, **arguments: int) -> Any | None:
        """The state after an action, or None where the machine does not allow it now."""
        return step(self.machine.actions[action], self.s, p or self.p, arguments)

    def take(self, action: str, p: Any = None, **arguments: int) -> None:
        """Step the machine; what it does not allow is a failure that names the action."""
        after = self.may(action, p, **arguments)
        if after is None:
            given = ", ".join(f"{name}={value}" for name, value in arguments.items())
            says = self.machine.actions[action].says
            self.fail(self.machine.actions[action].cites[0], f"{action}({given}) is not allowed: {says}")
        self.s = after
        self.tally.taken[self.machine.name, action] += 1

    def first_of(self, *actions: str, p: Any = None, **arguments: int) -> None:
        """Take the first of these actions that the machine allows; none is a failure of the last."""
        allowed = [action for action in actions if self.may(action, p, **arguments) is not None]
        self.take(allowed[0] if allowed else actions[-1], p, **arguments)

    def part(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a function of the machine on its state, where no action has what the reference did."""
        self.tally.parts[self.machine.name, function.__name__] += 1
        return function(self.s, *arguments)

    def reads(self, name: str) -> None:
        """Note a difference between machine and reference that the text allows, in words of its own."""
        self.tally.readings[self.machine.name, name] += 1

    def same(self, what: str, ours: Any, theirs: Any, clause: str) -> None:
        """Compare the machine's state with what was read off the reference."""
        self.tally.compared[self.machine.name] += 1
        if ours != theirs:
            self.fail(clause, f"{what}: the machine has {ours}, the reference {theirs}")

    def fail(self, clause: str, says: str) -> NoReturn:
        """Not refined: say why, and in which state."""
        raise NotRefined(self.machine.name, clause, f"{says}; {describe(self.s)}")


def describe(state: Any) -> str:
    """What in a state is not as in a new one, on one line.

    >>> from pathproof.model.cid_supply import CidSupply
    >>> describe(CidSupply(issued=2))
    'issued=2'
    """
    shown = []
    for one in fields(state):
        value = getattr(state, one.name)
        if value != one.default and repr(value) not in ("{}", "None"):
            shown.append(f"{one.name}={value!r}")
    return ", ".join(shown)
