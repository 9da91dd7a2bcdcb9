"""What a field, an argument or a parameter ranges over.

A bound is a number, the name of a parameter, or the names of several, whose product it is. Exploration needs
the number; a proof leaves it open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field
from math import prod
from typing import Any

Bound = int | str | tuple[int | str, ...]


@dataclass(frozen=True)
class Upto:
    """The numbers 0 to `bound`, both included; `Below` leaves `bound` out.

    `sort` says what the numbers stand for (an address, a connection ID, a token), where they are names and no
    quantities. With `none`, 0 is no name and every other number n is the name n - 1.
    """

    bound: Bound
    sort: str = ""
    none: bool = False

    @property
    def factors(self) -> tuple[int | str, ...]:
        """What the bound is the product of: mostly one number or one name."""
        return self.bound if isinstance(self.bound, tuple) else (self.bound,)

    def limit(self, of: Callable[[str], Any]) -> Any:
        """The bound, where `of` gives the value, or the term, of a parameter.

        >>> Below(("cids", "addresses")).limit({"cids": 3, "addresses": 2}.__getitem__)
        6
        """
        first, *others = (factor if isinstance(factor, int) else of(factor) for factor in self.factors)
        return prod(others, start=first)

    def highest(self, parameters: Mapping[str, Any]) -> int:
        """The largest number in the domain, where the parameters have these values."""
        return int(self.limit(parameters.__getitem__))

    def values(self, parameters: Mapping[str, Any]) -> range:
        """Every number in the domain.

        >>> list(Upto("limit").values({"limit": 2}))
        [0, 1, 2]
        """
        return range(self.highest(parameters) + 1)


@dataclass(frozen=True)
class Below(Upto):
    """The numbers 0 to `bound - 1`."""

    def highest(self, parameters: Mapping[str, Any]) -> int:
        """The largest number in the domain, where the parameters have these values."""
        return super().highest(parameters) - 1


@dataclass(frozen=True)
class Symmetry:
    """The names of a sort may be exchanged for one another, but for those below `first`.

    Where an attacker's address is 0 and all others are alike, that is `Symmetry("address", first=1)`.
    """

    sort: str
    first: Bound = 0


@dataclass(frozen=True)
class Choice:
    """One of a few named values; the first is where a state begins."""

    names: tuple[str, ...]

    def values(self, parameters: Mapping[str, Any]) -> tuple[str, ...]:
        """Every name in the domain."""
        return self.names


@dataclass(frozen=True)
class SetOf:
    """A subset of a domain of numbers."""

    members: Upto


@dataclass(frozen=True)
class TableOf:
    """A table from one domain of numbers to another."""

    keys: Upto
    values: Upto


Domain = Upto | Choice | SetOf | TableOf


def number(ranged: Upto) -> Any:
    """A state field that holds a number of this domain."""
    return field(default=0, metadata={"domain": ranged})


def numbers(ranged: Upto) -> Any:
    """A state field that holds a set of numbers of this domain."""
    return field(default=None, metadata={"domain": SetOf(ranged)})


def table(keys: Upto, values: Upto) -> Any:
    """A state field that holds a table from one domain of numbers to another."""
    return field(default=None, metadata={"domain": TableOf(keys, values)})


def choice(*names: str) -> Any:
    """A state field that holds one of `names`, and the first of them to begin with."""
    return field(default=names[0], metadata={"domain": Choice(names)})


def parameter(default: int, least: int = 0, says: str = "", most: int = 2**62 - 1) -> Any:
    """A parameter that is a number: its default for exploration, and its least and greatest value."""
    return field(default=default, metadata={"least": least, "most": most, "says": says})


def option(default: str, *others: str, says: str = "") -> Any:
    """A parameter that configures the connection or the environment; `default` is first among its values."""
    return field(default=default, metadata={"domain": Choice((default, *others)), "says": says})


def reading(default: str, *others: str, says: str = "") -> Any:
    """A parameter that chooses a reading of the text; `default` is first among its values."""
    chosen = Choice((default, *others))
    return field(default=default, metadata={"domain": chosen, "says": says, "reading": True})


def domain(declared: Field[Any]) -> Domain:
    """The domain that a state field or a reading declares.

    Raises `TypeError` for a field that declares none.
    """
    found = declared.metadata.get("domain", MISSING)
    if found is MISSING:
        raise TypeError(f"field {declared.name} declares no domain")
    assert isinstance(found, (Upto, Choice, SetOf, TableOf))
    return found
