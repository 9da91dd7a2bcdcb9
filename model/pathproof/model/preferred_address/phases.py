"""A short label of each state, for pictures: how far the move to the preferred address has come."""

from __future__ import annotations

from pathproof.model.preferred_address.client import current, probed_at
from pathproof.model.preferred_address.paths import (
    HOME_PREFERRED,
    ORIGINAL,
    at_preferred,
    from_third,
    is_preferred,
    leaves_preferred,
    seen_as,
)
from pathproof.model.preferred_address.server import has_moved, server_path
from pathproof.model.preferred_address.state import Parameters, PreferredAddress, is_open
from pathproof.model.vocabulary import has, is_empty


def phase(s: PreferredAddress, p: Parameters) -> str:
    """What both ends are about, in a few words."""
    if not is_open(s):
        return f"closed: {s.error}"
    if s.stage == "handshake":
        return "handshake"
    if s.stage == "parameters":
        return "parameters received" if not has_moved(s) else "server moved by a copy, before confirmation"
    return f"{client_phase(s)}; {server_phase(s, p)}"


def client_phase(s: PreferredAddress) -> str:
    """What the client is about."""
    if is_preferred(current(s)):
        return "client moved"
    if s.attempt == "running":
        return "both probed" if not is_empty(probed_at(s, ORIGINAL)) else "preferred probed"
    if not is_empty(probed_at(s, ORIGINAL)):
        return "other address probed"
    return "attempt failed" if s.attempt == "failed" else "confirmed"


def server_phase(s: PreferredAddress, p: Parameters) -> str:
    """What the server is about."""
    if from_third(s.peer):
        return "server drawn to a stranger"
    if leaves_preferred(server_path(s, p)):
        return "server agrees" if server_path(s, p) == seen_as(p, current(s)) else "server moved"
    if at_preferred(s.peer):
        return "server validates"
    if not is_empty(s.checking):
        return "server probes"
    return "server ready" if has(s.checked, HOME_PREFERRED) else "server stays"
