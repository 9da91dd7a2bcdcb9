"""Names that may be exchanged: the orders of each sort's names, and executed states with names exchanged.

A machine says of a sort of names (addresses, paths, challenges) that nothing depends on which is which. Then
every state behaves like those that differ from it by an exchange of names.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pathproof.model.domains import Choice, SetOf, Symmetry, TableOf, Upto
from pathproof.model.explorer.layout import BoundTooLarge
from pathproof.model.machine import Machine
from pathproof.model.plain import PlainNumbers, PlainTable

MOST_ORDERS = 720
"""Orders of names that a search may go through for each state."""
Renaming = Mapping[str, tuple[int, ...]]
"""For each sort, what each name becomes."""


class NotSymmetric(ValueError):
    """A declaration of symmetry that does not fit the machine's domains."""


@dataclass(frozen=True)
class Group:
    """The names of a sort, of which those from `first` on may be exchanged."""

    sort: str
    first: int
    names: int

    @property
    def free(self) -> int:
        """How many names may be exchanged."""
        return max(self.names - self.first, 0)

    def orders(self) -> Iterator[tuple[int, ...]]:
        """What each name may become.

        >>> list(Group("address", 1, 3).orders())
        [(0, 1, 2), (0, 2, 1)]
        """
        fixed = tuple(range(self.first))
        for order in itertools.permutations(range(self.first, self.names)):
            yield fixed + order


def groups(machine: Machine, parameters: Any) -> list[Group]:
    """The sorts that the machine declares symmetric, with the names that they have under some parameters.

    Raises `NotSymmetric` where the domains of a sort do not have the same names, and `BoundTooLarge` where
    there are too many orders to go through.
    """
    declared = [Symmetry(one) if isinstance(one, str) else one for one in machine.symmetric]
    found = [_group(machine, parameters, one) for one in declared]
    orders = math.prod(math.factorial(group.free) for group in found)
    if orders > MOST_ORDERS:
        raise BoundTooLarge(
            f"the names of {machine.name} have {orders:,} orders at these bounds, and a search goes through "
            f"{MOST_ORDERS} at most: lower a bound, or explore without reductions"
        )
    return [group for group in found if group.free > 1]


def _group(machine: Machine, parameters: Any, declared: Symmetry) -> Group:
    values = vars(parameters)
    sizes = {d.highest(values) + 1 - d.none for d in _ranges(machine) if d.sort == declared.sort}
    if len(sizes) != 1:
        many = " and ".join(map(str, sorted(sizes))) or "no"
        raise NotSymmetric(
            f"the domains of {declared.sort} in {machine.name} have {many} names: not one number"
        )
    first = declared.first if isinstance(declared.first, int) else int(values[declared.first])
    return Group(declared.sort, first, sizes.pop())


def _ranges(machine: Machine) -> Iterator[Upto]:
    """Every domain of numbers: of fields, members, keys, entries and arguments."""
    for domain in machine.domains().values():
        if isinstance(domain, SetOf):
            yield domain.members
        elif isinstance(domain, TableOf):
            yield from (domain.keys, domain.values)
        elif not isinstance(domain, Choice):
            yield domain
    for action in machine.actions.values():
        yield from action.arguments.values()
    for claim in machine.claims.values():
        yield from claim.arguments.values()


def renamings(found: Iterable[Group]) -> Iterator[Renaming]:
    """Every way to exchange names, the one that leaves them first."""
    listed = list(found)
    for orders in itertools.product(*(group.orders() for group in listed)):
        yield {group.sort: order for group, order in zip(listed, orders, strict=True)}


def renamed_number(domain: Upto, number: int, renaming: Renaming) -> int:
    """What a number of this domain becomes.

    >>> renamed_number(Upto(2, "path", none=True), 1, {"path": (1, 0)})
    2
    """
    order, name = renaming.get(domain.sort, ()), number - domain.none
    return order[name] + domain.none if 0 <= name < len(order) else number


def renamed_arguments(
    domains: Mapping[str, Upto], arguments: Mapping[str, int], renaming: Renaming
) -> dict[str, int]:
    """Arguments with their names exchanged."""
    return {name: renamed_number(domains[name], value, renaming) for name, value in arguments.items()}


def renamed(machine: Machine, parameters: Any, state: Any, renaming: Renaming) -> Any:
    """An executed state with its names exchanged."""
    result = machine.state()
    for name, domain in machine.domains().items():
        setattr(result, name, _renamed_value(domain, getattr(state, name), renaming, vars(parameters)))
    return result


def _renamed_value(domain: Any, value: Any, renaming: Renaming, parameters: Mapping[str, Any]) -> Any:
    if isinstance(domain, Choice):
        return value
    if isinstance(domain, SetOf):
        return PlainNumbers(renamed_number(domain.members, member, renaming) for member in value.members)
    if isinstance(domain, TableOf):
        keys = {
            *domain.keys.values(parameters),
            *value.entries,
        }  # an entry that was not put may be a name, too
        entries = {key: renamed_number(domain.values, value._get(key), renaming) for key in keys}
        return PlainTable({renamed_number(domain.keys, key, renaming): n for key, n in entries.items()})
    return renamed_number(domain, value, renaming)
