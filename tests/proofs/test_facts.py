"""The facts about counting are true: on concrete sets, the real counts satisfy all of them."""

from __future__ import annotations

import random

import pytest
import z3

from pathproof.model.terms import NumberTerm, SetTerm
from pathproof.proofs import facts
from pathproof.proofs.bounded import BoundedEncoder
from pathproof.proofs.encode import Encoder

SIZE = 4


def some_set(draw: random.Random, depth: int) -> SetTerm:
    """A set that the vocabulary builds from two sets of the state."""
    if depth == 0:
        return SetTerm.make("set", draw.choice("ab"))
    inner = some_set(draw, depth - 1)
    number = draw.choice([NumberTerm.make("number", "n"), draw.randrange(SIZE)])
    if draw.random() < 0.4:
        return SetTerm.make(draw.choice(["union", "minus"]), inner, some_set(draw, depth - 1))
    if draw.random() < 0.3:
        return SetTerm.make(
            "missing", inner, number, NumberTerm.make("plus", NumberTerm.make("number", "n"), 1)
        )
    return SetTerm.make(draw.choice(["add", "discard", "below"]), inner, number)


def with_real_values(seed: int, wrong: int = 0) -> z3.CheckSatResult:
    """Whether all facts hold where every count, emptiness and lowest member is real (plus `wrong`)."""
    draw = random.Random(seed)
    encoder, real, witnesses = Encoder(), BoundedEncoder(SIZE + 1), facts.Witnesses()
    asked = [some_set(draw, draw.randrange(4)) for _ in range(3)]
    for numbers in asked:
        encoder.count(numbers), encoder.empty(numbers), encoder.lowest(numbers)
    points = [z3.IntVal(n) for n in range(SIZE + 1)]
    said = [fact for numbers in list(encoder.counted) for fact in facts.counting(encoder, numbers)]
    said += facts.subsets(encoder, witnesses, asked)
    said += facts.emptiness(encoder, witnesses, points)
    said += facts.lowest(encoder, points)
    said += facts.positive(encoder, points, asked)
    solver = z3.Solver()
    solver.add(*said, z3.Int("n") == draw.randrange(SIZE))
    for name in "ab":
        members = z3.Function(name, z3.IntSort(), z3.BoolSort())
        for n in range(SIZE):
            solver.add(members(n) == (draw.random() < 0.5))
        outside = z3.Int("outside")
        solver.add(z3.ForAll(outside, z3.Or(z3.Not(members(outside)), z3.And(outside >= 0, outside < SIZE))))
    solver.add(*(count == real.count(numbers) + wrong for numbers, count in encoder.counted.items()))
    solver.add(*(empty == real.empty(numbers) for numbers, empty in encoder.emptiness.items()))
    solver.add(*(low == real.lowest(numbers) for numbers, low in encoder.lows.items()))
    return solver.check()


@pytest.mark.parametrize("seed", range(60))
def test_real_counts_satisfy_every_fact(seed: int) -> None:
    """No fact excludes the truth, so an `unsat` that uses them is a proof."""
    assert with_real_values(seed) == z3.sat


def test_wrong_counts_do_not() -> None:
    """The facts say something: counts that are all one too small are excluded somewhere."""
    assert any(with_real_values(seed, wrong=-1) == z3.unsat for seed in range(20))
