"""The abstract states of this machine, as a picture shows them."""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.parts import opening_lives, supply_lives
from pathproof.model.connection.state import both_are_open
from pathproof.model.vocabulary import has, is_empty


def phase(s: Any, p: Any) -> str:
    """Where the client is, where the server sends, and whether either has begun to end it."""
    if opening_lives(p):
        return f"server: {s.hello}"
    if not both_are_open(s):
        return f"client {s.client_end}, server {s.server_end}"
    where = "at the first address" if s.moving_outer == 0 else "client moved"
    if s.moving_current != s.moving_outer:
        return where + ", server elsewhere"
    if not has(s.moving_validated, s.moving_current):
        return where + ", server follows"
    if supply_lives(p) and is_empty(s.moving_spare):
        return where + ", no spare ID"
    return where + ", supplied"
