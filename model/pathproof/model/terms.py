"""Symbolic values: what a machine's function computes on when it is lifted.

A term remembers the vocabulary word that made it and the terms that it was made from. Equal terms are one
object. Asking a truth value of a term (`if term`) asks the `decide` hook that the lift has set: this is how a
plain function is led down one branch after the other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from pathproof.model.vocabulary import Numbers, Table

Argument = Any  # a Term, or a plain int or str where the value is known
T = TypeVar("T", bound="Term")


class Term:
    """A value of unknown content: an operation and its arguments, hash-consed."""

    __slots__ = ("args", "op")
    _known: ClassVar[dict[tuple[Any, ...], Term]] = {}
    op: str
    args: tuple[Argument, ...]

    @classmethod
    def make(cls: type[T], op: str, *args: Argument) -> T:
        """The one term of this class with this operation and these arguments."""
        key = (cls, op, *((id(arg), None) if isinstance(arg, Term) else arg for arg in args))
        term = Term._known.get(key)
        if term is None:
            term = object.__new__(cls)
            term.op, term.args = op, args
            Term._known[key] = term
        assert isinstance(term, cls)
        return term

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        return self.op if not self.args else f"{self.op}({', '.join(map(repr, self.args))})"

    def __str__(self) -> str:
        raise TypeError(f"{self!r} has no text: what a machine does cannot depend on how a value is written")

    __format__ = None  # type: ignore[assignment]


class TruthTerm(Term):
    """An atom (comparison, membership, emptiness); negation is kept apart so that atoms are canonical."""

    __slots__ = ("negated",)
    negated: bool
    decide: ClassVar[Callable[[TruthTerm], bool] | None] = None

    @classmethod
    def atom(cls, op: str, *args: Argument, negated: bool = False) -> TruthTerm:
        """The atom, or its negation, as one object."""
        term = cls.make(f"not {op}" if negated else op, *args)
        term.negated = negated
        return term

    @property
    def positive(self) -> TruthTerm:
        """The atom without its negation."""
        return self.atom(self.op.removeprefix("not "), *self.args)

    def __bool__(self) -> bool:
        if TruthTerm.decide is None:
            raise TypeError(f"the truth of {self!r} was asked outside a lift")
        return TruthTerm.decide(self)

    def __eq__(self, other: object) -> bool:
        return self is other or bool(self) == bool(other)

    __hash__ = Term.__hash__


class NumberTerm(Term):
    """A number; arithmetic and comparison with numbers and number terms."""

    __slots__ = ()

    def __add__(self, other: Argument) -> NumberTerm:
        return self if _is_zero(other) else NumberTerm.make("plus", self, other)

    __radd__ = __add__

    def __sub__(self, other: Argument) -> NumberTerm:
        return self if _is_zero(other) else NumberTerm.make("less", self, other)

    def __mul__(self, factor: int) -> NumberTerm:
        return NumberTerm.make("times", self, factor)

    __rmul__ = __mul__

    def __rsub__(self, other: Argument) -> NumberTerm:
        return NumberTerm.make("less", other, self)

    def __bool__(self) -> bool:
        raise TypeError(
            f"{self!r} is a number: compare it, since its truth would not be the same in every engine"
        )

    def __lt__(self, other: Argument) -> TruthTerm:
        return TruthTerm.atom("lt", self, other)

    def __gt__(self, other: Argument) -> TruthTerm:
        return TruthTerm.atom("lt", other, self)

    def __le__(self, other: Argument) -> TruthTerm:
        return TruthTerm.atom("lt", other, self, negated=True)

    def __ge__(self, other: Argument) -> TruthTerm:
        return TruthTerm.atom("lt", self, other, negated=True)

    def __eq__(self, other: object) -> Any:
        return True if other is self else TruthTerm.atom("eq", self, other)

    def __ne__(self, other: object) -> Any:
        return False if other is self else TruthTerm.atom("eq", self, other, negated=True)

    __hash__ = Term.__hash__

    def _larger(self, other: Argument) -> NumberTerm:
        return NumberTerm.make("larger", self, other)


class ChoiceTerm(Term):
    """One of a few named values; compares with those names only."""

    __slots__ = ("names",)
    names: tuple[str, ...]

    @classmethod
    def over(cls, name: str, names: tuple[str, ...]) -> ChoiceTerm:
        """The variable `name`, whose value is one of `names`."""
        term = cls.make("choice", name, *names)  # two machines may give one name different values
        term.names, term.args = names, (name,)
        return term

    def __eq__(self, other: object) -> Any:
        return True if other is self else TruthTerm.atom("is", self, self.names.index(str(other)))

    def __ne__(self, other: object) -> Any:
        return (
            False if other is self else TruthTerm.atom("is", self, self.names.index(str(other)), negated=True)
        )

    def __hash__(self) -> int:
        raise TypeError(f"{self!r} is a choice: compare it with ==, for a look-up would not ask its value")


class SetTerm(Term, Numbers):
    """A set of numbers."""

    __slots__ = ()

    def __bool__(self) -> bool:
        raise TypeError(f"{self!r} is a set: ask `is_empty`, which every engine understands")

    def __eq__(self, other: object) -> bool:
        raise TypeError(f"{self!r} is a set: the vocabulary has no equality of sets; ask about a number")

    __hash__ = Term.__hash__

    def _has(self, number: Argument) -> Any:
        return TruthTerm.atom("has", self, number)

    def _add(self, number: Argument) -> SetTerm:
        return SetTerm.make("add", self, number)

    def _discard(self, number: Argument) -> SetTerm:
        return SetTerm.make("discard", self, number)

    def _below(self, number: Argument) -> SetTerm:
        return SetTerm.make("below", self, number)

    def _missing(self, low: Argument, high: Argument) -> SetTerm:
        return SetTerm.make("missing", self, low, high)

    def _union(self, other: Numbers) -> SetTerm:
        return SetTerm.make("union", self, other)

    def _minus(self, other: Numbers) -> SetTerm:
        return SetTerm.make("minus", self, other)

    def _count(self) -> Any:
        return NumberTerm.make("count", self)

    def _is_empty(self) -> Any:
        return TruthTerm.atom("empty", self)

    def _lowest(self) -> Any:
        return NumberTerm.make("lowest", self)


class TableTerm(Term, Table):
    """A table from numbers to numbers."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        raise TypeError(f"{self!r} is a table: the vocabulary has no equality of tables; ask about a key")

    __hash__ = Term.__hash__

    def _get(self, key: Argument) -> Any:
        return NumberTerm.make("get", self, key)

    def _put(self, key: Argument, value: Argument) -> TableTerm:
        return TableTerm.make("put", self, key, value)


def _is_zero(value: Argument) -> bool:
    return isinstance(value, int) and value == 0
