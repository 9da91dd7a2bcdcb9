"""What is known about a value before the code runs: it decides which checks have to be emitted."""

from __future__ import annotations

from dataclasses import dataclass

from pathproof.model.explorer.places import Place
from pathproof.model.explorer.straight import Operand


@dataclass(frozen=True)
class Number:
    """A number between `low` and `high`."""

    code: Operand
    low: int
    high: int


@dataclass(frozen=True)
class Mask:
    """A set, whose members are among the bits of `possible`."""

    code: Operand
    possible: int


@dataclass(frozen=True)
class Entries:
    """A table, laid out as in the field of `place`."""

    code: Operand
    place: Place


def ones(below: int) -> int:
    """The mask of the numbers from 0 up to but excluding `below`."""
    return (1 << max(below, 0)) - 1
