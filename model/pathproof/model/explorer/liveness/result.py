"""What a check of liveness answers, whichever engine made it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import InitVar, dataclass
from typing import Any

from pathproof.model.explorer.result import Step
from pathproof.model.machine import Fairness


@dataclass(frozen=True)
class Lasso:
    """A fair run in which an `eventually` claim, with these arguments, holds no more from some point on.

    `prefix` leads from `start` to the cycle on a shortest way, and `cycle` goes round for ever; where it is
    empty, nothing happens any more. `given` is the fairness that the run meets.
    """

    claim: str
    arguments: dict[str, int]
    given: tuple[Fairness, ...]
    start: Any
    prefix: tuple[Step, ...] = ()
    cycle: tuple[Step, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The way to the cycle, and once round it."""
        return self.prefix + self.cycle

    @property
    def knot(self) -> Any:
        """The state in which the cycle begins and ends."""
        return self.prefix[-1].after if self.prefix else self.start

    def __str__(self) -> str:
        """The lasso in four lines.

        >>> from pathproof.model.machine import Fairness
        >>> fair = Fairness("steps_go_on", "weak", ("step",), "Who can step does.")
        >>> print(Lasso("arrives", {"n": 1}, (fair,), None, (Step("step", {}, None, None),)))
        arrives(n=1) fails given steps_go_on (weak)
        first: step()
        then, for ever: nothing
        in: None
        """
        called = Step(self.claim, self.arguments, None, None)
        given = ", ".join(f"{fair.name} ({fair.strength})" for fair in self.given) or "nothing"
        first, again = (", ".join(map(str, steps)) or "nothing" for steps in (self.prefix, self.cycle))
        return f"{called} fails given {given}\nfirst: {first}\nthen, for ever: {again}\nin: {self.knot}"


@dataclass(eq=False, repr=False)
class Checked(list[Lasso]):
    """The lassos that were found, one for each claim and choice of its arguments that fails.

    Attributes
    ----------
    engine
        Which engine looked for them.
    instances
        How many claims, each choice of arguments counted, were checked.
    states, transitions
        Reachable states, and pairs of a state and an action instance that is enabled in it.
    components
        Strongly connected components that were judged, all instances together.
    seconds, compile_seconds
        Time for the check, and for generating and compiling code before it.
    bytes
        The most memory that the compiled engine's arrays took at a time.
    """

    lassos: InitVar[Iterable[Lasso]]
    engine: str
    instances: int
    states: int
    transitions: int
    components: int
    seconds: float
    compile_seconds: float = 0.0
    bytes: int = 0

    def __post_init__(self, lassos: Iterable[Lasso]) -> None:
        """Hold the lassos."""
        self.extend(lassos)

    @property
    def failed(self) -> tuple[str, ...]:
        """The names of the claims that fail, in order."""
        return tuple(dict.fromkeys(lasso.claim for lasso in self))
