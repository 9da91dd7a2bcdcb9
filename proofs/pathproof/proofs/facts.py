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

from pathproof.model.terms import NumberTerm, SetTerm
from pathproof.proofs.encode import Encoder, Number


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
        case "missing", (inner, low, high):
            yield from _span(encoder, total, inner, low, high)


def _span(
    encoder: Encoder, total: z3.ArithRef, inner: SetTerm, low: Number, high: Number
) -> Iterator[z3.BoolRef]:
    """A span holds no more numbers than fit; one that ends at `n + 1` holds `n` besides the shorter one."""
    first, end = encoder.number(low), encoder.number(high)
    yield total <= z3.If(end > first, end - first, 0)
    if isinstance(high, NumberTerm) and high.op == "plus" and high.args[1] == 1:
        last = encoder.number(high.args[0])
        shorter = encoder.count(SetTerm.make("missing", inner, low, high.args[0]))
        yield total == shorter + z3.If(z3.And(first <= last, z3.Not(encoder.member(inner, last))), 1, 0)


def subset(encoder: Encoder, witnesses: Witnesses, small: SetTerm, large: SetTerm) -> z3.BoolRef:
    """A set with no member outside another has no more members."""
    outside = witnesses.of("subset", small, large)
    escapes = z3.And(outside >= 0, encoder.member(small, outside), z3.Not(encoder.member(large, outside)))
    return z3.Or(escapes, encoder.count(small) <= encoder.count(large))


def subsets(encoder: Encoder, witnesses: Witnesses, asked: list[SetTerm]) -> Iterator[z3.BoolRef]:
    """What each set that the goal counts says of every other counted set."""
    for small in asked:
        for large in list(encoder.counted):
            if small is not large:
                yield subset(encoder, witnesses, small, large)


def emptiness(encoder: Encoder, witnesses: Witnesses, points: list[z3.ArithRef]) -> Iterator[z3.BoolRef]:
    """An empty set has no member, and any other has one."""
    members = {numbers: witnesses.of("member", numbers) for numbers in encoder.emptiness}
    for numbers, is_empty in encoder.emptiness.items():
        some = members[numbers]
        yield z3.Or(is_empty, z3.And(some >= 0, encoder.member(numbers, some)))
        for point in (*points, *members.values()):
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
