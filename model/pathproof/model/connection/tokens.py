"""Stateless reset within the connection: the client compares what is in use in its supply (RFC 9000 10.3.1).

The rules are those of `stateless_reset.consumer`, called on the client's supply as that machine sees it: a
token goes with each connection ID that was received, so that nothing about tokens is kept a second time.
"""

from __future__ import annotations

from typing import Any

from pathproof.model.compose import Part
from pathproof.model.connection.parts import server_ids_are_empty
from pathproof.model.connection.state import LOST
from pathproof.model.stateless_reset import machine as stateless_reset
from pathproof.model.stateless_reset.consumer import matches
from pathproof.model.vocabulary import Numbers, has, minus

TOKENS = Part("tokens", stateless_reset, shared={"cids": "cids"}, settings={"token_scope": "any"})
"""For its parameters alone: the supply has the state."""


class ComparedTokens:
    """The supply of the server's connection IDs as the consumer of their tokens sees it."""

    def __init__(self, s: Any) -> None:
        self.first = 0
        self.used: Numbers = s.server_ids_used
        self.tokened: Numbers = s.server_ids_received
        self.retired: Numbers = s.server_ids_retired
        self.acknowledged: Numbers = minus(s.server_ids_retired, s.server_ids_unacknowledged)
        self.copied: Numbers = minus(s.server_ids_used, s.server_ids_used)
        self.second = self.copied


def is_recognized(s: Any, p: Any, token: int) -> bool:
    """What ends in this token is a Stateless Reset of the connection (10.3.1-03 to 10.3.1-08)."""
    if server_ids_are_empty(p):
        return False  # an empty connection ID has no token here
    view: Any = ComparedTokens(s)
    return matches(view, TOKENS.parameters(p), token, 0)


def may_be_reset(s: Any, number: int) -> bool:
    """The server may answer a packet to this connection ID with a reset (10.3-01).

    It has lost the connection, or the connection ID is retired and so belongs to no connection.
    """
    return s.server_end == LOST or has(s.server_ids_invalidated, number)
