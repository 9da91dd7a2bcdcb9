"""Stories told to this machine, step by step."""

from __future__ import annotations

from typing import Any

from tests.model.play import Did, Play, did

from pathproof.model.load_balancing import machine

__all__ = ["BEGIN", "ROTATE", "ROUTABLE", "UNROUTABLE", "Did", "after", "did", "may"]

PLAY = Play(machine)
after = PLAY.after


def may(step: Did, *way: Did, **settings: Any) -> bool:
    """Whether the step is enabled after this way."""
    action, arguments = step
    return PLAY.may(after(*way, **settings), action, settings, **arguments)


BEGIN = (
    did("connect", codepoint=2, decodes_to=0, wanted=0),
    did("forward_first_flight_by_fallback", part=0, server=0),
    did("forward_first_flight_by_table", part=1),
    did("answer"),
)
"""A client comes to server 0, by the hash, and gets its first connection ID."""

ROUTABLE = (*BEGIN, did("forward_handshake_by_id"))
"""The connection is open, and its IDs are routable."""

UNROUTABLE = (*BEGIN, did("forward_handshake_by_table"))
"""The connection is open under 0b111."""

ROTATE = (
    did("make_configuration"),
    did("deliver_to_balancer"),
    did("deliver_to_server", server=0),
    did("deliver_to_server", server=1),
)
"""A second configuration comes to all."""
