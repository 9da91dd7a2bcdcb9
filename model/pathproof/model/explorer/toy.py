"""A machine of two fields that the doctests and the first page of the engine's docs use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pathproof.model.domains import Below, Upto, number, numbers, parameter
from pathproof.model.machine import Machine
from pathproof.model.vocabulary import Numbers, add, count, discard, has


@dataclass
class State:
    """Numbers are taken in order, and given back in any order."""

    next: int = number(Upto("most"))
    held: Numbers = numbers(Below("most"))


@dataclass(frozen=True)
class Parameters:
    """How many numbers there are, and how many may be held at a time."""

    most: int = parameter(3, least=1)
    limit: int = parameter(2, least=1)


def begin(state: State, parameters: Parameters) -> None:
    """Nothing is taken."""


TOY = Machine("toy", State, Parameters, begin)


@TOY.action("protocol", "taker")
def take(state: State, parameters: Parameters) -> bool:
    """The next number is taken."""
    if state.next == parameters.most:
        return False
    state.held = add(state.held, state.next)
    state.next = state.next + 1
    return True


@TOY.action("protocol", "taker")
def give_back(state: State, parameters: Parameters, n: Annotated[int, Below("most")]) -> bool:
    """A number that is held is given back."""
    if not has(state.held, n):
        return False
    state.held = discard(state.held, n)
    return True


@TOY.always()
def held_within_limit(state: State, parameters: Parameters) -> bool:
    """No more numbers are held than the limit allows (the taker does not look, so this fails)."""
    return count(state.held) <= parameters.limit


@TOY.sometimes()
def all_given_back(state: State, parameters: Parameters) -> bool:
    """Every number was taken, and none is held."""
    return state.next == parameters.most and count(state.held) == 0
