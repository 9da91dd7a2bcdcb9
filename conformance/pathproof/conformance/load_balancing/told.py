"""What the parties of a deployment hold, in a few words each, and the names of their lanes."""

from __future__ import annotations

from typing import Any

from pathproof.conformance.run_rows import members
from pathproof.model.vocabulary import get, has


def server(number: int) -> str:
    """The lane of a server.

    >>> server(0)
    'server A'
    """
    return f"server {'ABCD'[number]}"


def made_with(s: Any, number: int) -> str:
    """With what a connection ID was made, in words: what is beyond the newest configuration is 0b111."""
    configuration = get(s.made_with, number)
    return "0b111" if configuration > s.made else f"configuration {configuration}"


def tell_client(s: Any) -> str:
    """What the client holds."""
    if s.stage == "idle":
        return "no connection"
    text = f"{s.stage}  4-tuple {s.here}"
    if s.stage in ("handshake", "open"):
        text += f"  sends to ID {s.current} ({made_with(s, s.current)})"
        text += f"  holds IDs {s.arrived}"
        text += f"  retired {s.retired}" if members(s.retired) else ""
        text += "  may not migrate" if s.barred == "yes" else ""
    return text


def tell_balancer(s: Any) -> str:
    """What the load balancer holds."""
    active = ", ".join(map(str, members(s.active))) or "none"
    text = f"configurations {active}"
    for name, held in (("4-tuple", s.by_tuple), ("source", s.by_source), ("ID", s.by_cid)):
        noted = ", ".join(f"{key}: {server(entry - 1)}" for key, entry in sorted(entries(held)))
        text += f"  by {name} {noted}" if noted else ""
    return text + ("  holds the first part back" if s.held_back == "yes" else "")


def entries(held: Any) -> list[tuple[int, int]]:
    """What a table has, as pairs."""
    return [(key, get(held, key)) for key in range(9) if get(held, key) > 0]


def tell_server(s: Any, number: int) -> str:
    """What a server holds."""
    newest = get(s.configured, number)
    text = f"configuration {newest - 1}" if newest else "no configuration"
    if not has(s.members, number):
        text += "  has left"
    if s.home == number + 1:
        text += "  has the connection" if s.holds == "yes" else "  has lost the connection"
    return text
