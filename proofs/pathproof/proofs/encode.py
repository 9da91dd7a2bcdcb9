"""Terms as formulas for Z3, with no bound on numbers, sets or tables.

Everything lands in linear integer arithmetic with uninterpreted functions and no quantifier: a set is a
predicate on integers, a table a function, and membership in a set that the vocabulary built is spelled out
down to the sets of the state. Only counting, emptiness and the lowest member need more than that: they become
unknowns, and `facts` says what is true of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import z3

from pathproof.model.lift import Decision
from pathproof.model.terms import ChoiceTerm, NumberTerm, SetTerm, TableTerm, TruthTerm

Number = int | NumberTerm


class Encoder:
    """Translates terms, and remembers the sets of which the count, emptiness or lowest member was asked."""

    def __init__(self) -> None:
        self.counted: dict[SetTerm, z3.ArithRef] = {}
        self.emptiness: dict[SetTerm, z3.BoolRef] = {}
        self.lows: dict[SetTerm, z3.ArithRef] = {}
        self._atoms: dict[TruthTerm, z3.BoolRef] = {}
        self._members: dict[tuple[SetTerm, int], z3.BoolRef] = {}

    def number(self, value: Number) -> z3.ArithRef:
        """The integer that a number or number term stands for."""
        if isinstance(value, int):
            return z3.IntVal(value)
        match value.op, value.args:
            case "number", (name,):
                return z3.Int(name)
            case "plus", (left, right):
                return self.number(left) + self.number(right)
            case "less", (left, right):
                return self.number(left) - self.number(right)
            case "times", (left, factor):
                return self.number(left) * factor
            case "larger", (left, right):
                first, second = self.number(left), self.number(right)
                return z3.If(first > second, first, second)
            case "get", (table, key):
                return self.entry(table, self.number(key))
            case "count", (numbers,):
                return self.count(numbers)
            case "lowest", (numbers,):
                return self.lowest(numbers)
        raise TypeError(f"not a number: {value!r}")

    def entry(self, table: TableTerm, key: z3.ArithRef) -> z3.ArithRef:
        """The value of a table at a key."""
        match table.op, table.args:
            case "table", (name,):
                return z3.Function(name, z3.IntSort(), z3.IntSort())(key)
            case "zero", ():
                return z3.IntVal(0)
            case "put", (inner, at, value):
                return z3.If(key == self.number(at), self.number(value), self.entry(inner, key))
        raise TypeError(f"not a table: {table!r}")

    def member(self, numbers: SetTerm, element: z3.ArithRef) -> z3.BoolRef:
        """Whether the element is in the set, spelled out down to the sets of the state."""
        key = (numbers, element.get_id())
        if key not in self._members:
            self._members[key] = self._member(numbers, element)
        return self._members[key]

    def _member(self, numbers: SetTerm, element: z3.ArithRef) -> z3.BoolRef:
        match numbers.op, numbers.args:
            case "set", (name,):
                return z3.Function(name, z3.IntSort(), z3.BoolSort())(element)
            case "nothing", ():
                return z3.BoolVal(False)
            case "add", (inner, number):
                return z3.Or(self.member(inner, element), element == self.number(number))
            case "discard", (inner, number):
                return z3.And(self.member(inner, element), element != self.number(number))
            case "below", (inner, bound):
                return z3.And(self.member(inner, element), element < self.number(bound))
            case "missing", (inner, low, high):
                within = z3.And(self.number(low) <= element, element < self.number(high))
                return z3.And(within, z3.Not(self.member(inner, element)))
            case "union", (left, right):
                return z3.Or(self.member(left, element), self.member(right, element))
            case "minus", (left, right):
                return z3.And(self.member(left, element), z3.Not(self.member(right, element)))
        raise TypeError(f"not a set: {numbers!r}")

    def count(self, numbers: SetTerm) -> z3.ArithRef:
        """The unknown that stands for the number of members."""
        if numbers not in self.counted:
            self.counted[numbers] = z3.Int(f"#{len(self.counted)}")
        return self.counted[numbers]

    def empty(self, numbers: SetTerm) -> z3.BoolRef:
        """The unknown that stands for emptiness."""
        if numbers not in self.emptiness:
            self.emptiness[numbers] = z3.Bool(f"empty{len(self.emptiness)}")
        return self.emptiness[numbers]

    def lowest(self, numbers: SetTerm) -> z3.ArithRef:
        """The unknown that stands for the lowest member."""
        if numbers not in self.lows:
            self.lows[numbers] = z3.Int(f"lowest{len(self.lows)}")
        return self.lows[numbers]

    def choice(self, term: ChoiceTerm) -> z3.ArithRef:
        """The integer that stands for a named value: its place among the names."""
        return z3.Int(str(term.args[0]))

    def truth(self, term: TruthTerm) -> z3.BoolRef:
        """The formula of an atom or of its negation."""
        atom = term.positive
        if atom not in self._atoms:
            self._atoms[atom] = self._atom(atom.op, atom.args)
        return z3.Not(self._atoms[atom]) if term.negated else self._atoms[atom]

    def _atom(self, op: str, args: tuple[Any, ...]) -> z3.BoolRef:
        match op, args:
            case "lt", (left, right):
                return self.number(left) < self.number(right)
            case "eq", (left, right):
                return self.number(left) == self.number(right)
            case "is", (chosen, place):
                return self.choice(chosen) == place
            case "has", (numbers, number):
                return self.member(numbers, self.number(number))
            case "empty", (numbers,):
                return self.empty(numbers)
        raise TypeError(f"not an atom: {op}{args!r}")

    def path(self, decisions: tuple[Decision, ...]) -> z3.BoolRef:
        """The condition of a branch: all its decisions together."""
        return conjunction(
            self.truth(atom) if answer else z3.Not(self.truth(atom)) for atom, answer in decisions
        )


def conjunction(formulas: Iterable[z3.BoolRef]) -> z3.BoolRef:
    """All of the formulas; none make `true`, which SMT-LIB cannot write as an empty `and`."""
    every = list(formulas)
    return z3.And(*every) if every else z3.BoolVal(True)
