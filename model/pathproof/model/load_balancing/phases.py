"""A short label of the state, for pictures: how far the connection is, and how far the rotation."""

from __future__ import annotations

from pathproof.model.load_balancing.state import (
    ENDED,
    FIRST_FLIGHT,
    FORGOTTEN,
    HANDSHAKE,
    IDLE,
    LoadBalancing,
    Parameters,
)
from pathproof.model.vocabulary import count, get, has


def phase(s: LoadBalancing, p: Parameters) -> str:
    """What a picture calls the state."""
    return f"{connection_phase(s, p)}; {rotation_phase(s, p)}"


def connection_phase(s: LoadBalancing, p: Parameters) -> str:
    """How far the connection is."""
    if s.stage == IDLE:
        return "no connection"
    if s.stage == FIRST_FLIGHT or s.stage == HANDSHAKE:
        return "handshake"
    if s.stage == ENDED or s.stage == FORGOTTEN:
        return "the client is done"
    if s.holds == "no":
        return "the server is gone"
    if get(s.made_with, s.current) == p.configurations:
        return "open under 0b111"
    if get(s.made_with, s.current) < s.made:
        return "open under an old configuration"
    return "open under the newest configuration"


def rotation_phase(s: LoadBalancing, p: Parameters) -> str:
    """How far the newest configuration has come."""
    if not has(s.active, s.made):
        return "the balancer lacks the newest configuration"
    if get(s.servers_with, s.made) < p.servers:
        return "some server lacks the newest configuration"
    return "rotated" if count(s.active) == 1 else "an old configuration remains"
