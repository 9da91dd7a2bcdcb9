"""Random expressions of the vocabulary, as nested tuples, and what they mean on a state of either kind."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from tests.model.explorer.machines import Everything

from pathproof.model import vocabulary
from pathproof.model.plain import PlainNumbers, PlainTable

Expression = tuple[Any, ...]
NUMBER = st.sampled_from([("a",), ("b",)])
CONSTANT = st.integers(0, 9).map(lambda n: ("constant", n))
SET = st.sampled_from([("s",), ("t",)])
TABLE = st.just(("u",))

numbers: st.SearchStrategy[Any] = st.deferred(
    lambda: (
        NUMBER
        | st.tuples(st.sampled_from(["plus", "less", "larger"]), NUMBER, numbers | CONSTANT)
        | st.tuples(st.just("times"), numbers, st.integers(0, 3).map(lambda n: ("constant", n)))
        | st.tuples(st.sampled_from(["count", "lowest"]), sets)
        | st.tuples(st.just("get"), tables, numbers | CONSTANT)
    )
)
sets: st.SearchStrategy[Any] = st.deferred(
    lambda: (
        SET
        | st.tuples(st.sampled_from(["add", "discard", "below", "discard_below"]), sets, numbers | CONSTANT)
        | st.tuples(st.sampled_from(["union", "minus"]), sets, sets)
        | st.tuples(st.just("missing"), sets, numbers | CONSTANT, numbers | CONSTANT)
    )
)
tables: st.SearchStrategy[Any] = st.deferred(
    lambda: TABLE | st.tuples(st.just("put"), tables, numbers | CONSTANT, numbers | CONSTANT)
)
truths: st.SearchStrategy[Any] = st.deferred(
    lambda: (
        st.tuples(st.sampled_from(["lt", "le", "eq", "ne"]), numbers, numbers | CONSTANT)
        | st.tuples(st.just("has"), sets, numbers | CONSTANT)
        | st.tuples(st.just("is_empty"), sets)
        | st.tuples(st.just("is"), st.sampled_from(["c", "d"]), st.sampled_from(["red", "green", "blue"]))
        | st.tuples(st.sampled_from(["and", "or"]), truths, truths)
        | st.tuples(st.just("not"), truths)
    )
)
choices = st.sampled_from([("c",), ("d",), ("constant", "red"), ("constant", "blue")])


def states(size: int, top: int) -> st.SearchStrategy[Everything]:
    """Any state within the bounds, reachable or not."""
    members = st.frozensets(st.integers(0, size - 1)).map(PlainNumbers)
    entries = st.dictionaries(st.integers(0, size - 1), st.integers(0, top)).map(PlainTable)
    number, colour = st.integers(0, top), st.sampled_from(["red", "green", "blue"])
    return st.builds(Everything, a=number, b=number, s=members, t=members, u=entries, c=colour, d=colour)


class NotHeld(Exception):
    """A set or table on the way to a value that the compiled engine cannot hold, and must not."""


def meaning(expression: Expression, state: Any, size: int, top: int) -> Any:
    """The value of an expression; raises `NotHeld` where an executed value is not one that fits a word."""
    op, *rest = expression
    if op == "constant":
        return rest[0]
    if not rest:
        return getattr(state, op)
    if op in ("and", "or", "not", "is"):
        return _truth(op, rest, state, size, top)
    values = [meaning(one, state, size, top) for one in rest]
    if op == "put":
        _check_entry(values, size, top)
    value = _OPERATORS[op](*values) if op in _OPERATORS else getattr(vocabulary, op)(*values)
    if isinstance(value, PlainNumbers) and not all(0 <= member < 63 for member in value.members):
        raise NotHeld
    return value


def _truth(op: str, rest: list[Any], state: Any, size: int, top: int) -> bool:
    if op == "is":
        return bool(getattr(state, rest[0]) == rest[1])
    first = bool(meaning(rest[0], state, size, top))
    if op == "not":
        return not first
    if first == (op == "or"):
        return first
    return bool(meaning(rest[1], state, size, top))


def _check_entry(values: list[Any], size: int, top: int) -> None:
    table, key, value = values
    if isinstance(table, PlainTable):
        inside = 0 <= key < size
        if not (inside and 0 <= value <= top) and (inside or value != 0):
            raise NotHeld


_OPERATORS = {
    "plus": lambda left, right: left + right,
    "less": lambda left, right: left - right,
    "times": lambda left, right: left * right,
    "lt": lambda left, right: left < right,
    "le": lambda left, right: left <= right,
    "eq": lambda left, right: left == right,
    "ne": lambda left, right: left != right,
}
