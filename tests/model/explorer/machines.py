"""Small machines that the explorer's tests share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pathproof.model.domains import Below, Upto, choice, number, numbers, parameter, table
from pathproof.model.machine import Machine
from pathproof.model.vocabulary import (
    Numbers,
    Table,
    add,
    below,
    count,
    discard,
    discard_below,
    get,
    has,
    is_empty,
    larger,
    lowest,
    minus,
    missing,
    put,
    union,
)


@dataclass(frozen=True)
class Bounds:
    """How large the small machines are."""

    size: int = parameter(3, least=1)
    top: int = parameter(3)


@dataclass
class Everything:
    """One field of each kind, or two."""

    a: int = number(Upto("top"))
    b: int = number(Upto("top"))
    s: Numbers = numbers(Below("size"))
    t: Numbers = numbers(Below("size"))
    u: Table = table(Below("size"), Upto("top"))
    c: str = choice("red", "green", "blue")
    d: str = choice("red", "green", "blue")


Member = Annotated[int, Below("size")]
Value = Annotated[int, Upto("top")]


def nothing(state: Any, bounds: Any) -> None:
    """Begin with empty fields."""


def everything() -> Machine:
    """A machine whose actions use every word of the vocabulary, at the limits of every range."""
    machine = Machine("everything", Everything, Bounds, nothing)

    @machine.action("protocol", "one")
    def set_members(x: Everything, p: Bounds, n: Member) -> bool:
        """A member goes in, or out of the other set."""
        if has(x.s, n) and x.c != "green":
            x.t = union(x.t, minus(x.s, below(x.s, n)))
            x.c = "green"
            return True
        if is_empty(x.t) or lowest(x.t) < n:
            x.s = add(x.s, n)
            x.d = x.c
            return True
        x.t = discard(x.t, n)
        return True

    @machine.action("protocol", "one")
    def fill(x: Everything, p: Bounds) -> bool:
        """What is missing between two numbers goes in."""
        if x.a > x.b:
            return False
        x.t = below(missing(x.s, x.a, x.b + 1), p.size)
        x.s = discard_below(x.s, x.b)
        return True

    @machine.action("environment", "two")
    def count_up(x: Everything, p: Bounds, v: Value) -> bool:
        """Numbers go up to their limits and not beyond."""
        if x.a + v > p.top or count(x.s) * 2 > x.b + v:
            return False
        x.a = x.a + v
        x.b = larger(x.b, v)
        return True

    @machine.action("environment", "two")
    def write(x: Everything, p: Bounds, n: Member, v: Value) -> bool:
        """Entries are put where they differ, and taken together."""
        if get(x.u, n) == v or x.c == "red":
            return False
        if get(x.u, x.a) - x.b >= v - 1:
            x.b = larger(get(x.u, n) - 1, 0)
        x.u = put(x.u, n, v)
        x.c = "blue" if v != 0 else "red"
        return True

    @machine.always()
    def tame(x: Everything, p: Bounds) -> bool:
        """Both numbers keep to their limit."""
        return x.a <= p.top and x.b <= p.top

    @machine.step()
    def colours_move(before: Everything, after: Everything, p: Bounds, n: Member) -> bool:
        """Nothing goes from green to red without a zero."""
        return before.c != "green" or after.c != "red" or has(after.s, n) or not has(after.s, n)

    @machine.sometimes()
    def full(x: Everything, p: Bounds) -> bool:
        """Every number is in both sets."""
        return count(x.s) == p.size and count(x.t) == p.size

    @machine.sometimes()
    def never(x: Everything, p: Bounds, n: Member) -> bool:
        """A number beyond its limit."""
        return get(x.u, n) > p.top

    return machine


@dataclass
class Walker:
    """Where one is, and what was left behind."""

    at: int = number(Upto("top"))
    left: Numbers = numbers(Below("size"))


def counter(*extra: Callable[[Machine], None]) -> Machine:
    """A machine that counts up to `top`, to which a test adds actions and claims."""
    machine = Machine("counter", Walker, Bounds, nothing)

    @machine.action("protocol", "walker")
    def up(x: Walker, p: Bounds) -> bool:
        """One up."""
        if x.at == p.top:
            return False
        x.at = x.at + 1
        return True

    for add_to in extra:
        add_to(machine)
    return machine
