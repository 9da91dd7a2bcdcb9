"""Sets of sequence numbers as a follower holds them, at the cost of their gaps and not of their members."""

from __future__ import annotations

from collections.abc import Iterator

from pathproof.model.cid_supply import CidSupply, machine
from pathproof.model.domains import SetOf, TableOf
from pathproof.model.intervals import IntervalNumbers
from pathproof.model.plain import PlainTable
from pathproof.model.vocabulary import Numbers, discard_below, is_empty, lowest

EMPTY = IntervalNumbers()


def blank() -> CidSupply:
    """Return a state of the machine whose sets hold numbers to 2^62-1 at the cost of their gaps."""
    state = CidSupply()
    for name, domain in machine.domains().items():
        if isinstance(domain, SetOf):
            setattr(state, name, EMPTY)
        elif isinstance(domain, TableOf):
            setattr(state, name, PlainTable())
    return state


def members(numbers: Numbers) -> Iterator[int]:
    """Yield the members of a set, smallest first.

    >>> list(members(IntervalNumbers([(0, 2), (7, 8)])))
    [0, 1, 7]
    """
    while not is_empty(numbers):
        number = lowest(numbers)
        yield number
        numbers = discard_below(numbers, number + 1)
