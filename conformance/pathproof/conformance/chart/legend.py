"""The marks that a chart uses and what each means, so that a reader needs no other key."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

from pathproof.conformance.chart.flights import Flight, flights
from pathproof.conformance.chart.rows import Chart, State, Step, StepKind

Mark: TypeAlias = Literal["flight", "late", "lost", "path", "attack", "step", "attack step", "close", "state"]

MEANINGS: dict[Mark, str] = {
    "flight": "sent, arrives in a later row or never",
    "late": "arrives, was sent in an earlier row",
    "lost": "lost, never arrives",
    "path": "takes this path",
    "attack": "sent by an attacker, or against the rules",
    "step": "done by that party alone",
    "attack step": "done by an attacker",
    "close": "closes the connection",
    "state": "what that party holds now",
}

_OF_STEPS: dict[StepKind, Mark] = {"plain": "step", "attack": "attack step", "close": "close"}


def marks(chart: Chart) -> tuple[Mark, ...]:
    """List the marks that a chart uses, in the order of `MEANINGS`.

    >>> marks(Chart("t", ("a", "b"), (Step("a", "closes", kind="close"), State("a", "closed"))))
    ('close', 'state')
    """
    used = {mark for flight in flights(chart).values() for mark in _of_flight(flight)}
    for row in chart.rows:
        match row:
            case Step(kind=kind):
                used.add(_OF_STEPS[kind])
            case State():
                used.add("state")
    return tuple(mark for mark in MEANINGS if mark in used)


def _of_flight(flight: Flight) -> Iterator[Mark]:
    if flight.message.kind == "lost":
        yield "lost"
    elif not flight.arrives:
        yield "flight"
    elif not flight.leaves:
        yield "late"
    if flight.message.via:
        yield "path"
    if flight.message.kind == "attack":
        yield "attack"
