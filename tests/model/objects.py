"""Real objects for the numbers of a machine: addresses, bytes of connection IDs, tokens, challenges.

A machine knows names by number. What drives it here speaks of the things themselves, and translates.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import Any

from pathproof.model.domains import Choice, SetOf, TableOf, Upto
from pathproof.model.machine import Machine
from pathproof.model.plain import PlainNumbers, PlainTable


@dataclass(frozen=True)
class Address:
    """An address and a port."""

    host: IPv4Address
    port: int

    def __repr__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True)
class Octets:
    """Bytes that stand for one thing, with its sort: two sorts never share a value."""

    sort: str
    value: bytes

    def __repr__(self) -> str:
        return f"<{self.sort} {self.value.hex()}>"


def _address(number: int) -> Address:
    """Addresses in the block for documentation; NAT and attackers have ones like everybody else."""
    return Address(IPv4Address("192.0.2.1") + number, 4433 + number)


def _octets(sort: str, length: int) -> Callable[[int], Octets]:
    return lambda number: Octets(sort, hashlib.sha256(f"{sort} {number}".encode()).digest()[:length])


SORTS: dict[str, Callable[[int], Any]] = {
    "address": _address,
    "path": lambda number: (_address(number), Address(IPv4Address("198.51.100.1"), 443)),
    "connection ID": _octets("connection ID", 8),
    "token": _octets("token", 16),
    "challenge": _octets("challenge", 8),
    "server": _octets("server ID", 2),
    "nonce": _octets("nonce", 4),
}
"""How to make the thing that a number names; what is no name stays a number."""


def thing(domain: Upto, number: int) -> Any:
    """What a number of this domain names.

    A domain that has a number for "none" keeps it.
    """
    if getattr(domain, "none", False):
        return None if number == 0 else SORTS.get(domain.sort, int)(number - 1)
    return SORTS.get(domain.sort, int)(number)


def things(domain: Upto, parameters: Any) -> dict[Any, int]:
    """Every thing that an argument of this domain may be, with its number."""
    return {thing(domain, number): number for number in domain.values(vars(parameters))}


def shown(machine: Machine, state: Any) -> dict[str, Any]:
    """A state in which every name is the thing that it names; what is empty is left out."""
    domains = machine.domains()
    found = {name: _shown(domains[name], value) for name, value in vars(state).items()}
    return {name: value for name, value in found.items() if value not in (0, set(), {}, None)}


def _shown(domain: Any, value: Any) -> Any:
    if isinstance(value, PlainNumbers) and isinstance(domain, SetOf):
        return {thing(domain.members, number) for number in value.members}
    if isinstance(value, PlainTable) and isinstance(domain, TableOf):
        entries = value.entries.items()
        return {thing(domain.keys, key): thing(domain.values, entry) for key, entry in entries}
    return value if isinstance(domain, Choice) else thing(domain, value)
