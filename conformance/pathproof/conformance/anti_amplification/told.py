"""The lanes of the machine `anti_amplification`, and what the server and each address hold, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pathproof.conformance.run_rows import members
from pathproof.model.vocabulary import get, has

SERVER, CLIENT, ATTACKER = "server", "client", "attacker"


def lane(address: int) -> str:
    """The lane of an address of clients and victims.

    >>> lane(1)
    'address 1'
    """
    return f"address {address}"


def server(s: Any) -> str:
    """What the server believes, in a line.

    >>> from pathproof.model.execute import initial
    >>> from pathproof.model.anti_amplification import machine
    >>> server(initial(machine, machine.setting({"begins": "idle"})))
    'holds no connection'
    """
    if s.stage == "idle":
        return "holds no connection"
    told = s.stage if s.stage == "closing" else f"{s.stage}, sends to {lane(get(s.leads, s.current))}"
    told += f"  validated {_listed(s.valid)}" if members(s.valid) else ""
    left = ", ".join(f"{room} to {account}" for account, room in _entries(s.allowance) if room > 0)
    told += f"  may still send {left}" if left else ""
    told += f"  validating {_listed(s.validating)}" if members(s.validating) else ""
    told += f"  PTO timer {s.timer}" if s.stage == "handshake" else ""
    told += "  PTO overdue" if s.overdue == "yes" else ""
    return told + (f"  may answer {s.closing_allowance} in all" if s.stage == "closing" else "")


def address(number: int) -> Callable[[Any], str]:
    """How an address is told: whose it is, and what really came from it and went to it."""

    def told(s: Any) -> str:
        if has(s.proven, number):
            return "client's  it has answered" if has(s.held, number) else "given up"
        if not _is_met(s, number):
            return _whose(s, number)
        return f"{_whose(s, number)}  sent {get(s.came, number)}  got {get(s.went, number)}"

    return told


def _whose(s: Any, number: int) -> str:
    if has(s.held, number):
        return "client's"
    if has(s.reassigned, number):
        return "another host's"
    return "a victim's" if _is_met(s, number) else "nobody's"


def _is_met(s: Any, number: int) -> bool:
    """Something bore this source address, or went there."""
    return get(s.came, number) > 0 or get(s.went, number) > 0


def _entries(table: Any) -> list[tuple[int, int]]:
    return sorted(getattr(table, "entries", {}).items())


def _listed(numbers: Any) -> str:
    return ", ".join(map(str, members(numbers)))
