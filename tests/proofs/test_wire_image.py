"""Variable-length integers, proved for every value: what runs is what is proved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import z3

from pathproof.spec.wire_image import varint

Function = Callable[[Any, int], Any]


def claims(word: Function, value: Function, size: int) -> Iterator[tuple[str, z3.BoolRef]]:
    """What has to hold of all bit vectors, for integers of `size` bytes."""
    bits = 8 * size
    one, other, any_word = z3.BitVecs("one other any_word", bits)
    fits = [z3.ULT(number, 1 << (bits - 2)) for number in (one, other)]
    index = {1: 0, 2: 1, 4: 2, 8: 3}[size]
    yield "the value survives", z3.Implies(fits[0], value(word(one, size), size) == one)
    yield (
        "the first two bits tell the size",
        z3.Implies(fits[0], z3.Extract(bits - 1, bits - 2, word(one, size)) == index),
    )
    yield (
        "values differ, and so do their bytes",
        z3.Implies(z3.And(*fits, one != other), word(one, size) != word(other, size)),
    )
    yield (
        "any bytes with these two bits are those of a value that fits",
        z3.Implies(
            z3.Extract(bits - 1, bits - 2, any_word) == index,
            z3.And(
                word(value(any_word, size), size) == any_word, z3.ULT(value(any_word, size), 1 << (bits - 2))
            ),
        ),
    )


def refuted(word: Function, value: Function, size: int) -> list[str]:
    """The claims that some value breaks."""
    found = []
    for name, claim in claims(word, value, size):
        solver = z3.Solver()
        solver.add(z3.Not(claim))
        answer = solver.check()
        assert answer != z3.unknown
        if answer == z3.sat:
            found.append(name)
    return found


@pytest.mark.parametrize("size", varint.SIZES)
def test_every_value_of_every_size(size: int) -> None:
    """No value breaks any of the claims."""
    assert len([*claims(varint.word, varint.value, size)]) == 4
    assert refuted(varint.word, varint.value, size) == []


BROKEN: dict[str, tuple[Function, Function]] = {
    "value loses its top bit": (varint.word, lambda word, size: word & ((1 << (8 * size - 3)) - 1)),
    "value keeps a bit of the size": (varint.word, lambda word, size: word & ((1 << (8 * size - 1)) - 1)),
    "word writes the size one bit too low": (
        lambda value, size: value | varint.SIZES.index(size) << (8 * size - 3),
        varint.value,
    ),
    "word counts sizes from one": (
        lambda value, size: value | (varint.SIZES.index(size) + 1) % 4 << (8 * size - 2),
        varint.value,
    ),
    "word forgets the lowest bit": (lambda value, size: varint.word(value & ~1, size), varint.value),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_function_is_refuted(broken: str) -> None:
    """The claims say something: each of these breaks one for some size."""
    assert any(refuted(*BROKEN[broken], size) for size in varint.SIZES)


def test_the_functions_mean_the_same_on_numbers() -> None:
    """What the solver was given is arithmetic, and Python's numbers agree with its bit vectors."""
    for size in varint.SIZES:
        for number in (0, 1, (1 << (8 * size - 2)) - 1):
            solved = z3.simplify(varint.word(z3.BitVecVal(number, 8 * size), size))
            assert solved.as_long() == varint.word(number, size)
            assert varint.write(number, size) == varint.word(number, size).to_bytes(size, "big")
