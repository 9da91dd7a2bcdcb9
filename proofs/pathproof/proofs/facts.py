"""What is true of counts, emptiness and lowest members, said only about the sets that a question names.

Counting is an unknown function of sets. Its true facts are instantiated, with no quantifier: adding and
removing change a count by one or not at all, and a subset has no more members. That one set is a subset of
another is itself a statement about every number; where it is false some number witnesses that, so each fact
is "the witness shows that it is no subset, or the counts compare". Every fact holds of all finite sets, so an
`unsat` that uses them is a proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import z3

from pathproof.model.terms import SetTerm
from pathproof.proofs.encode import Encoder


class Witnesses:
    """Fresh numbers that stand for members nobody has named."""

    def __init__(self) -> None:
        self.made: dict[tuple[object, ...], z3.ArithRef] = {}

    def of(self, *key: object) -> z3.ArithRef:
        """The witness for this key: one number, always the same."""
        if key not in self.made:
            self.made[key] = z3.Int(f"w{len(self.made)}")
        return self.made[key]


def counting(encoder: Encoder, numbers: SetTerm) -> Iterator[z3.BoolRef]:
    """What adding and removing one number does to a count."""
    total = encoder.count(numbers)
    yield total >= 0
    match numbers.op, numbers.args:
        case "nothing", ():
            yield total == 0
        case "add", (inner, number):
            inside = encoder.member(inner, encoder.number(number))
            yield total == encoder.count(inner) + z3.If(inside, 0, 1)
        case "discard", (inner, number):
            inside = encoder.member(inner, encoder.number(number))
            yield total == encoder.count(inner) - z3.If(inside, 1, 0)


def subset(
    encoder: Encoder, witnesses: Witnesses, small: SetTerm, large: SetTerm, but: z3.ArithRef | None = None
) -> z3.BoolRef:
    """A set with no member outside another (but for one number) has no more members (but for one)."""
    outside = witnesses.of("subset", small, large, None if but is None else but.sexpr())
    escapes = z3.And(outside >= 0, encoder.member(small, outside), z3.Not(encoder.member(large, outside)))
    if but is None:
        return z3.Or(escapes, encoder.count(small) <= encoder.count(large))
    return z3.Or(z3.And(escapes, outside != but), encoder.count(small) <= encoder.count(large) + 1)


def emptiness(encoder: Encoder, witnesses: Witnesses, points: list[z3.ArithRef]) -> Iterator[z3.BoolRef]:
    """An empty set has no member, and any other has one."""
    for numbers, is_empty in encoder.emptiness.items():
        some = witnesses.of("member", numbers)
        yield z3.Or(is_empty, z3.And(some >= 0, encoder.member(numbers, some)))
        for point in points:
            yield z3.Or(z3.Not(is_empty), z3.Not(encoder.member(numbers, point)))


def lowest(encoder: Encoder, points: list[z3.ArithRef]) -> Iterator[z3.BoolRef]:
    """The lowest member of a set that is not empty is a member, and no member is smaller."""
    for numbers, low in list(encoder.lows.items()):
        is_empty = encoder.empty(numbers)
        yield z3.If(is_empty, low == 0, z3.And(low >= 0, encoder.member(numbers, low)))
        for point in points:
            yield z3.Or(z3.Not(encoder.member(numbers, point)), low <= point)


def positive(encoder: Encoder, points: list[z3.ArithRef], named: Iterable[SetTerm]) -> Iterator[z3.BoolRef]:
    """A set with a member counts at least one."""
    for numbers in named:
        for point in points:
            yield z3.Or(z3.Not(encoder.member(numbers, point)), encoder.count(numbers) >= 1)
