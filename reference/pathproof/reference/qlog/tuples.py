"""Names for pairs of addresses: qlog calls them tuples, and each has an ID."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from pathproof.reference.migration import Address

MOST_TUPLES = 64
"""Pairs of addresses that have a name at a time: anyone can make a datagram come from a new one."""


def end(address: Address) -> dict[str, Any]:
    """One end of a tuple.

    >>> end(("10.0.0.1", 443)), end(("::1", 443))
    ({'ip_v4': '10.0.0.1', 'port_v4': 443}, {'ip_v6': '::1', 'port_v6': 443})
    """
    family = "v6" if ":" in address[0] else "v4"
    return {f"ip_{family}": address[0], f"port_{family}": address[1]}


class Tuples:
    """The pairs of addresses of one connection; of too many, that which was used least lately is given up.

    Examples
    --------
    >>> tuples, here = Tuples(most=1), ("10.0.0.1", 1)
    >>> tuples.find(here, ("10.0.0.2", 2)) is None
    True
    >>> tuples.add(here, ("10.0.0.2", 2)), tuples.find(here, ("10.0.0.2", 2))
    (('0', None), '0')
    >>> tuples.add(here, ("10.0.0.3", 3))
    ('1', '0')
    """

    __slots__ = ("_made", "_most", "_names")

    def __init__(self, most: int = MOST_TUPLES) -> None:
        """Know of none."""
        self._names: OrderedDict[tuple[Address, Address], str] = OrderedDict()
        self._made, self._most = 0, most

    def find(self, local: Address, remote: Address) -> str | None:
        """The ID of a pair, if it has one."""
        found = self._names.get((local, remote))
        if found is not None:
            self._names.move_to_end((local, remote))
        return found

    def add(self, local: Address, remote: Address) -> tuple[str, str | None]:
        """Give a pair an ID that none has had; the answer is the ID, and the one that is given up for it."""
        name, gone = str(self._made), None
        self._made += 1
        if len(self._names) >= self._most:
            gone = self._names.popitem(last=False)[1]
        self._names[local, remote] = name
        return name, gone

    def drop(self, local: Address, remote: Address) -> str | None:
        """Give up a pair; the answer is its ID, if it had one."""
        return self._names.pop((local, remote), None)
