"""Terms as Promela expressions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pathproof.model.domains import SetOf
from pathproof.model.explorer.places import Place
from pathproof.model.terms import Term, TruthTerm


@dataclass(frozen=True)
class Expressions:
    """The expressions of terms over the variables of a machine's fields."""

    places: Mapping[str, Place]

    def of(self, term: Any) -> str:
        """The expression of a term or a known number."""
        if not isinstance(term, Term):
            return str(int(term))
        op = term.op.removeprefix("not ")
        return str(getattr(self, f"_{op}")(*term.args))

    def test(self, term: TruthTerm, answer: bool) -> str:
        """The expression for the answer to a question."""
        text = self.of(term)
        return text if answer else f"!{text}"

    def _bits(self, term: Any) -> list[int]:
        """The bits that a set may have."""
        while term.op != "set":
            if term.op == "missing":
                return list(range(self._highest(term.args[2])))
            term = term.args[0]
        return list(range(self.places[term.args[0]].keys))

    def _highest(self, term: Any) -> int:
        """The largest value of a number, where it is known or a variable; else the members of any set."""
        if not isinstance(term, Term):
            return int(term)
        if term.op == "number":
            return self.places[term.args[0]].highest
        return max(place.keys for place in self.places.values() if place.kind is SetOf)

    def _number(self, name: str) -> str:
        return f"v_{name}"

    _set = _choice = _number

    def _plus(self, left: Any, right: Any) -> str:
        return f"({self.of(left)} + {self.of(right)})"

    def _less(self, left: Any, right: Any) -> str:
        return f"({self.of(left)} - {self.of(right)})"

    def _times(self, left: Any, right: Any) -> str:
        if right == 1 and isinstance(right, int):
            return self.of(left)
        return f"({self.of(left)} * {self.of(right)})"

    def _larger(self, left: Any, right: Any) -> str:
        if isinstance(right, int) and right == 0 and left.op == "number":
            return self.of(left)
        return f"({self.of(left)} < {self.of(right)} -> {self.of(right)} : {self.of(left)})"

    def _count(self, numbers: Any) -> str:
        return "(" + " + ".join(f"(({self.of(numbers)} >> {bit}) & 1)" for bit in self._bits(numbers)) + ")"

    def _lowest(self, numbers: Any) -> str:
        *rest, last = self._bits(numbers)
        text = str(last)
        for bit in reversed(rest):
            text = f"(({self.of(numbers)} & {1 << bit}) -> {bit} : {text})"
        return f"({self.of(numbers)} -> {text} : 0)" if rest else "0"

    def _bit(self, number: Any) -> str:
        return f"(1 << {self.of(number)})" if isinstance(number, Term) else str(1 << int(number))

    def _ones(self, bound: Any) -> str:
        if not isinstance(bound, Term):
            return str((1 << max(int(bound), 0)) - 1)
        return f"((1 << {self.of(bound)}) - 1)"

    def _add(self, numbers: Any, number: Any) -> str:
        return f"({self.of(numbers)} | {self._bit(number)})"

    def _discard(self, numbers: Any, number: Any) -> str:
        return f"({self.of(numbers)} & ~{self._bit(number)})"

    def _below(self, numbers: Any, bound: Any) -> str:
        return f"({self.of(numbers)} & {self._ones(bound)})"

    def _missing(self, numbers: Any, low: Any, high: Any) -> str:
        return f"({self._ones(high)} & ~{self._ones(low)} & ~{self.of(numbers)})"

    def _union(self, numbers: Any, others: Any) -> str:
        return f"({self.of(numbers)} | {self.of(others)})"

    def _minus(self, numbers: Any, others: Any) -> str:
        if isinstance(others, Term) and others.op == "below" and others.args[0] is numbers:
            return f"({self.of(numbers)} & ~{self._ones(others.args[1])})"
        return f"({self.of(numbers)} & ~{self.of(others)})"

    def _get(self, table: Any, key: Any) -> str:
        if table.op == "table":
            return f"v_{table.args[0]}[{self.of(key)}]"
        inner, other, value = table.args
        if not isinstance(key, Term) and not isinstance(other, Term):
            return self.of(value) if key == other else self._get(inner, key)
        return f"({self.of(key)} == {self.of(other)} -> {self.of(value)} : {self._get(inner, key)})"

    def _has(self, numbers: Any, number: Any) -> str:
        return f"({self.of(numbers)} & {self._bit(number)})"

    def _empty(self, numbers: Any) -> str:
        return f"({self.of(numbers)} == 0)"

    def _lt(self, left: Any, right: Any) -> str:
        return f"({self.of(left)} < {self.of(right)})"

    def _eq(self, left: Any, right: Any) -> str:
        return f"({self.of(left)} == {self.of(right)})"

    _is = _eq
