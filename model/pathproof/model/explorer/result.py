"""What an exploration answers, whichever engine made it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class EngineDisagreement(AssertionError):
    """The compiled and the executed engine differ about a step or a claim: one of them is wrong."""


@dataclass(frozen=True)
class Step:
    """One step of a run: the action, its arguments, and the executed states around it."""

    action: str
    arguments: dict[str, int]
    before: Any
    after: Any

    def __str__(self) -> str:
        """The step as a call.

        >>> str(Step("switch", {"number": 2}, None, None))
        'switch(number=2)'
        """
        return f"{self.action}({', '.join(f'{name}={value}' for name, value in self.arguments.items())})"


@dataclass(frozen=True)
class Run:
    """A shortest run to where a claim does not hold; the executed engine has made each of its steps."""

    claim: str
    start: Any
    steps: tuple[Step, ...] = ()

    @property
    def end(self) -> Any:
        """The state after the last step."""
        return self.steps[-1].after if self.steps else self.start


@dataclass(frozen=True)
class Progress:
    """How far a search has got."""

    states: int
    expanded: int
    depth: int
    seconds: float


@dataclass(frozen=True)
class Exploration:
    """What was found.

    Attributes
    ----------
    states, transitions, depth
        Distinct states, pairs of a state and an action instance whose guard holds in it, and the steps of the
        longest of all shortest runs. They are exact where `complete` is true.
    seconds, compile_seconds
        Time for the search, and for generating and compiling code before it.
    complete, stopped
        Whether every reachable state was expanded; if memory or depth ended the search, one line about that.
    fired
        How many transitions each action made; `never_fired` are the actions that made none.
    never_reached
        The `sometimes` claims without a witness.
    deadlocks, deadlock
        How many states have no successor, and the first of them.
    violation
        A shortest run to a state or step that violates a claim; the search ended there.
    """

    states: int
    transitions: int
    depth: int
    seconds: float
    complete: bool
    fired: dict[str, int]
    never_reached: tuple[str, ...] = ()
    deadlocks: int = 0
    deadlock: Any = None
    stopped: str | None = None
    violation: Run | None = None
    compile_seconds: float = 0.0
    bytes_per_state: float = field(default=0.0)

    @property
    def states_per_second(self) -> float:
        """Distinct states found in a second of search."""
        return self.states / self.seconds if self.seconds else 0.0

    @property
    def never_fired(self) -> tuple[str, ...]:
        """The actions that made no transition."""
        return tuple(name for name, many in self.fired.items() if not many)
