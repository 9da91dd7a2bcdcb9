"""The words a machine may use on sets and tables of numbers.

A machine is plain Python, and `if`, `and`, comparison and `+` are Python's own. Everything that would be a
loop or a bit trick is a word here instead. Each word has one meaning and several carriers: small sets that
CPython executes, sorted intervals that follow sequence numbers up to 2**62-1, and terms that are explored
(as bit masks) or proved (as uninterpreted sets, without a bound). Values never change in place: a word that
"adds" answers a new set.
"""

from __future__ import annotations

from abc import ABC, abstractmethod


class Numbers(ABC):
    """A finite set of non-negative integers."""

    @abstractmethod
    def _has(self, number: int) -> bool: ...
    @abstractmethod
    def _add(self, number: int) -> Numbers: ...
    @abstractmethod
    def _discard(self, number: int) -> Numbers: ...
    @abstractmethod
    def _below(self, number: int) -> Numbers: ...
    @abstractmethod
    def _missing(self, low: int, high: int) -> Numbers: ...
    @abstractmethod
    def _union(self, other: Numbers) -> Numbers: ...
    @abstractmethod
    def _minus(self, other: Numbers) -> Numbers: ...
    @abstractmethod
    def _count(self) -> int: ...
    @abstractmethod
    def _is_empty(self) -> bool: ...
    @abstractmethod
    def _lowest(self) -> int: ...


class Table(ABC):
    """A total function from numbers to numbers that is 0 wherever nothing was put."""

    @abstractmethod
    def _get(self, key: int) -> int: ...
    @abstractmethod
    def _put(self, key: int, value: int) -> Table: ...


def has(numbers: Numbers, number: int) -> bool:
    """Whether `number` is in the set.

    >>> from pathproof.model.plain import PlainNumbers
    >>> has(PlainNumbers({0, 2}), 2)
    True
    """
    return numbers._has(number)


def add(numbers: Numbers, number: int) -> Numbers:
    """The set with `number` in it.

    >>> from pathproof.model.plain import PlainNumbers
    >>> add(PlainNumbers({0}), 2)
    {0, 2}
    """
    return numbers._add(number)


def discard(numbers: Numbers, number: int) -> Numbers:
    """The set without `number`, which need not be in it.

    >>> from pathproof.model.plain import PlainNumbers
    >>> discard(PlainNumbers({0, 2}), 0)
    {2}
    """
    return numbers._discard(number)


def below(numbers: Numbers, bound: int) -> Numbers:
    """The members smaller than `bound`.

    >>> from pathproof.model.plain import PlainNumbers
    >>> below(PlainNumbers({0, 2, 5}), 5)
    {0, 2}
    """
    return numbers._below(bound)


def missing(numbers: Numbers, low: int, high: int) -> Numbers:
    """The numbers from `low` up to but excluding `high` that are not in the set.

    >>> from pathproof.model.plain import PlainNumbers
    >>> missing(PlainNumbers({0, 2}), 0, 4)
    {1, 3}
    """
    return numbers._missing(low, high)


def union(numbers: Numbers, others: Numbers) -> Numbers:
    """The members of either set.

    >>> from pathproof.model.plain import PlainNumbers
    >>> union(PlainNumbers({0}), PlainNumbers({2}))
    {0, 2}
    """
    return numbers._union(others)


def minus(numbers: Numbers, others: Numbers) -> Numbers:
    """The members of the first set that are not in the second.

    >>> from pathproof.model.plain import PlainNumbers
    >>> minus(PlainNumbers({0, 2}), PlainNumbers({2, 3}))
    {0}
    """
    return numbers._minus(others)


def discard_below(numbers: Numbers, bound: int) -> Numbers:
    """The members that are `bound` or larger.

    >>> from pathproof.model.plain import PlainNumbers
    >>> discard_below(PlainNumbers({0, 2, 5}), 2)
    {2, 5}
    """
    return numbers._minus(numbers._below(bound))


def count(numbers: Numbers) -> int:
    """How many members the set has.

    >>> from pathproof.model.plain import PlainNumbers
    >>> count(PlainNumbers({0, 2}))
    2
    """
    return numbers._count()


def is_empty(numbers: Numbers) -> bool:
    """Whether the set has no member.

    >>> from pathproof.model.plain import PlainNumbers
    >>> is_empty(PlainNumbers({0}))
    False
    """
    return numbers._is_empty()


def lowest(numbers: Numbers) -> int:
    """The smallest member; 0 for the empty set, so guard with `is_empty`.

    >>> from pathproof.model.plain import PlainNumbers
    >>> lowest(PlainNumbers({5, 2}))
    2
    """
    return numbers._lowest()


def get(table: Table, key: int) -> int:
    """The value at `key`; 0 where nothing was put.

    >>> from pathproof.model.plain import PlainTable
    >>> get(PlainTable({3: 1}), 3)
    1
    """
    return table._get(key)


def put(table: Table, key: int, value: int) -> Table:
    """The table with `value` at `key`.

    >>> from pathproof.model.plain import PlainTable
    >>> put(PlainTable(), 3, 1)
    {3: 1}
    """
    return table._put(key, value)


def larger(left: int, right: int) -> int:
    """The larger of two numbers.

    >>> larger(2, 5)
    5
    """
    if isinstance(left, int) and isinstance(right, int):
        return max(left, right)
    term, other = (right, left) if isinstance(left, int) else (left, right)
    return term._larger(other)  # type: ignore[attr-defined, no-any-return, unused-ignore]
