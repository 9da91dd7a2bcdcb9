"""The rows of a run's chart in the making, and the frame that all such charts share.

Each machine's `run_chart` makes `RunRows` with its lanes and with what each lane holds in a state, and tells
every step as messages and steps. The states between, the claim that does not hold, title and footer are the
same for all, and are made here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, Self, TypeVar

from pathproof.conformance.chart import Chart, Divider, Message, Row, State, Step
from pathproof.model.explorer.result import Run
from pathproof.model.explorer.result import Step as RunStep
from pathproof.model.machine import Machine

Tellers = Mapping[str, Callable[[Any], str]]


@dataclass(frozen=True)
class Endless(Run):
    """A run that goes round for ever from one of its steps on; if there is no such step, nothing happens."""

    knot: int = 0


class RunRows:
    """The rows so far, the lanes they are on, and the row in which each thing under way has left.

    >>> rows = RunRows(("a", "b"), {"a": lambda state: f"waits {state}"})
    >>> rows.leaves("ping", Message("a", "b", "PING"))
    >>> rows.arrives("ping", Message("a", "b", "PING"))
    >>> rows.states(None, 1)
    >>> rows.states(1, 1)
    >>> [type(row).__name__ for row in rows.made], rows.made[1].sent_at
    (['Message', 'Message', 'State'], 1)
    """

    key = ""
    """What a reader has to know of the names in the rows, if anything."""

    def __init__(self, lanes: tuple[str, ...], tellers: Tellers, paths: tuple[str, ...] = ()) -> None:
        self.lanes = lanes
        self.paths = paths
        self.made: list[Row] = []
        self._left: dict[Hashable, tuple[int, str]] = {}
        self._tellers = tellers

    def tell(self, run: Run, describe: Callable[[Self, RunStep], None]) -> Self:
        """Tell a run from its start: each step as it is described, and then what has changed."""
        self.states(None, run.start)
        for at, step in enumerate(run.steps):
            if isinstance(run, Endless) and at == run.knot:
                self.made.append(Divider("from here the same, for ever"))
            describe(self, step)
            self.states(step.before, step.after)
        if isinstance(run, Endless) and run.knot == len(run.steps):
            self.made.append(Divider("from here nothing happens any more"))
        return self

    def event(self, row: Message | Step) -> int:
        """Add a numbered row; the answer is its number."""
        self.made.append(row)
        return sum(isinstance(made, Message | Step) for made in self.made)

    def leaves(self, what: Hashable, row: Message) -> None:
        """Add a message that leaves, and is in flight until a later row says that `what` arrives."""
        self._left[what] = self.event(replace(row, delivered=False)), row.via

    def arrives(self, what: Hashable, row: Message) -> None:
        """Add a message that arrives, on the path on which it left, if it left in an earlier row."""
        sent_at, via = self._left.get(what, (None, row.via))
        self.event(replace(row, sent_at=sent_at, via=via))

    def has_left(self, what: Hashable) -> bool:
        """Whether a row tells that this left."""
        return what in self._left

    def states(self, before: Any, after: Any) -> None:
        """Add what each lane holds, where that has changed; a lane without a word to say has no row."""
        for lane, told in self._tellers.items():
            text = told(after)
            if text != ("" if before is None else told(before)):
                self.made.append(State(lane, text))


R = TypeVar("R", bound=RunRows)


def framed(
    machine: Machine, run: Run, rows: RunRows, title: str | None = None, shortest: bool = True
) -> Chart:
    """The chart of a run with these rows: under them the claim that does not hold, and its clauses."""
    claim = machine.claims[run.claim]
    told = sum(isinstance(row, Message | Step) for row in rows.made)
    apart = "" if told == len(run.steps) else f", told in {told} rows"
    steps = f"No run is shorter than these {len(run.steps)} steps{apart}."
    length = steps if shortest else "Found at random and shortened: a shorter one may exist."
    return Chart(
        title or f"{'Shortest run' if shortest else 'Run'} that breaks {claim.name}",
        rows.lanes,
        (*rows.made, Divider(f"does not hold: {claim.says}", kind="violation")),
        f"{claim.name}, by {', '.join(claim.cites)}. {length}{rows.key and ' '}{rows.key}",
        rows.paths,
    )


def address_lane(address: int) -> str:
    """The lane of an address: names without an order are told as letters.

    >>> address_lane(1)
    'address B'
    """
    return f"address {'ABCDEFGH'[address]}"


def letters(addresses: Any) -> str:
    """The addresses of a set, by their letters.

    >>> from pathproof.model.plain import PlainNumbers
    >>> letters(PlainNumbers({2, 0}))
    'A, C'
    """
    return (
        ", ".join(address_lane(address).removeprefix("address ") for address in members(addresses)) or "none"
    )


def addresses_in(run: Run, *sets: str) -> tuple[int, ...]:
    """The addresses that a run has to do with: 0, arguments, and members of these fields in any state."""
    found = {0} | {step.arguments[name] for step in run.steps for name in step.arguments if name == "address"}
    for state in (run.start, *(step.after for step in run.steps)):
        found |= {address for name in sets for address in members(getattr(state, name))}
    return tuple(sorted(found))


def by_table(
    rows: R, machine: Machine, step: RunStep, table: Mapping[str, Callable[[R, RunStep], None]]
) -> None:
    """The rows of a step as the table has it for its action, or else as `otherwise` tells any step."""
    if step.action in table:
        table[step.action](rows, step)
    else:
        otherwise(rows, machine, step)


def otherwise(rows: RunRows, machine: Machine, step: RunStep, detail: str = "") -> None:
    """A step at the lane of its actor, in the words of its action."""
    action = machine.actions[step.action]
    lane = action.actor if action.actor in rows.lanes else rows.lanes[0]
    rows.event(Step(lane, action.says.rstrip("."), detail, kind_of(machine, step)))


def kind_of(machine: Machine, step: RunStep) -> Literal["plain", "attack"]:
    """How a row of this step is drawn: as an attack if an attacker acts."""
    return "attack" if machine.actions[step.action].kind == "attacker" else "plain"


def members(numbers: Any) -> list[int]:
    """The members of a set of the executed engine, in order.

    >>> from pathproof.model.plain import PlainNumbers
    >>> members(PlainNumbers({2, 0}))
    [0, 2]
    """
    return sorted(getattr(numbers, "members", ()))
