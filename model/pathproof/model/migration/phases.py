"""Where a migration stands, in a few words: what pictures show."""

from __future__ import annotations

from pathproof.model.migration.state import CONFIRMED, Migration, Parameters, is_open
from pathproof.model.vocabulary import has


def phase(s: Migration, p: Parameters) -> str:
    """Where the server sends, seen from the client, and how far it has validated that address.

    >>> from pathproof.model.execute import initial
    >>> from pathproof.model.migration import machine
    >>> phase(initial(machine, machine.setting()), machine.setting())
    'at the client, validated'
    """
    if not is_open(s):
        return s.connection
    if s.handshake != CONFIRMED:
        return f"handshake {s.handshake}, {_place(s)}"
    return f"{_place(s)}, {_standing(s)}"


def _place(s: Migration) -> str:
    if s.current == s.outer:
        return "at the client"
    if has(s.strangers, s.current):
        return "dragged to a stranger"
    return "at a former address" if has(s.reachable, s.current) else "at a dead address"


def _standing(s: Migration) -> str:
    if has(s.validated, s.current):
        return "validated" if s.fallback == s.current else "validated again"
    if has(s.validating, s.current):
        return "challenged"
    return "to be challenged" if has(s.due, s.current) else "trusted"
