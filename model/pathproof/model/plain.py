"""Sets and tables that CPython executes: the vocabulary by its definition, over built-in sets.

This carrier is the yardstick for the others. It is slow and obviously right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pathproof.model.vocabulary import Numbers, Table


class PlainNumbers(Numbers):
    """A set of numbers over a built-in frozenset.

    >>> PlainNumbers({2, 0})
    {0, 2}
    """

    __slots__ = ("members",)

    def __init__(self, members: Iterable[int] = ()) -> None:
        self.members = frozenset(members)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PlainNumbers) and self.members == other.members

    def __hash__(self) -> int:
        return hash(self.members)

    def __repr__(self) -> str:
        return "{" + ", ".join(map(str, sorted(self.members))) + "}"

    def _has(self, number: int) -> bool:
        return number in self.members

    def _add(self, number: int) -> PlainNumbers:
        return PlainNumbers(self.members | {number})

    def _discard(self, number: int) -> PlainNumbers:
        return PlainNumbers(self.members - {number})

    def _below(self, number: int) -> PlainNumbers:
        return PlainNumbers(member for member in self.members if member < number)

    def _missing(self, low: int, high: int) -> PlainNumbers:
        return PlainNumbers(frozenset(range(low, high)) - self.members)

    def _union(self, other: Numbers) -> PlainNumbers:
        assert isinstance(other, PlainNumbers)
        return PlainNumbers(self.members | other.members)

    def _minus(self, other: Numbers) -> PlainNumbers:
        assert isinstance(other, PlainNumbers)
        return PlainNumbers(self.members - other.members)

    def _count(self) -> int:
        return len(self.members)

    def _is_empty(self) -> bool:
        return not self.members

    def _lowest(self) -> int:
        return min(self.members, default=0)


class PlainTable(Table):
    """A table over a dictionary that keeps no zero, so that equal tables compare equal.

    >>> PlainTable({1: 4, 2: 0})
    {1: 4}
    """

    __slots__ = ("entries",)

    def __init__(self, entries: Mapping[int, int] | None = None) -> None:
        self.entries = {key: value for key, value in sorted((entries or {}).items()) if value}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PlainTable) and self.entries == other.entries

    def __hash__(self) -> int:
        return hash(tuple(self.entries.items()))

    def __repr__(self) -> str:
        return repr(self.entries)

    def _get(self, key: int) -> int:
        return self.entries.get(key, 0)

    def _put(self, key: int, value: int) -> PlainTable:
        return PlainTable({**self.entries, key: value})
