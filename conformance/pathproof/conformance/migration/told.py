"""What client, server and network of the machine `migration` hold, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pathproof.conformance.run_rows import address_lane, letters, members
from pathproof.model.vocabulary import has

CLIENT, ATTACKER, SERVER = "client", "attacker", "server"


def client(s: Any) -> str:
    """Where the client is, and from where its paths work.

    >>> from pathproof.model.execute import initial
    >>> from pathproof.model.migration import machine
    >>> client(initial(machine, machine.setting()))
    'at address A  paths that work: A'
    """
    text = f"at {address_lane(s.outer)}  paths that work: {letters(s.works)}"
    return text + ("  owes a packet" if s.owes != "nothing" else "")


def network(address: int, field: str = "") -> Callable[[Any], str]:
    """How an address is told: whose it is, as the network knows and perhaps nobody else.

    `field` is what the names of the fields begin with, in a machine that holds this one.
    """

    def told(s: Any) -> str:
        names = ("outer", "rebound", "strangers", "own", "reachable")
        outer, rebound, strangers, own, reachable = (getattr(s, field + name) for name in names)
        if outer == address:
            return "client here" + ("  by NAT" if has(rebound, address) else "")
        if has(strangers, address):
            return "stranger's"
        if has(own, address):
            return "client's" if has(reachable, address) else "dead"
        return ""

    return told


def server(s: Any) -> str:
    """Where the server sends, what it makes of each address, and its connection IDs.

    >>> from pathproof.model.execute import initial
    >>> from pathproof.model.migration import machine
    >>> server(initial(machine, machine.setting()))
    'sends to address A  validated A  no spare connection ID'
    """
    if s.connection != "open":
        return f"connection {s.connection}"
    text = f"sends to {address_lane(s.current)}"
    text += f"  falls back to {address_lane(s.fallback)}" if s.fallback != s.current else ""
    for label, numbers in (
        ("validated", s.validated),
        ("challenged", s.validating),
        ("to be challenged", s.due),
    ):
        text += f"  {label} {letters(numbers)}" if members(numbers) else ""
    text += f"  spare {_ids(s.spare)}" if members(s.spare) else "  no spare connection ID"
    return text + (f"  retires {_ids(s.retired)}" if members(s.retired) else "")


def _ids(numbers: Any) -> str:
    return ", ".join(f"C{number}" for number in members(numbers))
