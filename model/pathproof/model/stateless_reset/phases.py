"""The abstract state that a picture shows: how far each end is, and what is under way."""

from __future__ import annotations

from pathproof.model.stateless_reset.issuer import holds
from pathproof.model.stateless_reset.state import (
    CLOSED,
    DRAINING,
    OPEN,
    TO_CONSUMER,
    Parameters,
    StatelessReset,
)


def phase(s: StatelessReset, p: Parameters) -> str:
    """A short label of the state.

    >>> phase(StatelessReset(), Parameters())
    'connected'
    >>> phase(StatelessReset(holder="restarted", size=22, heading="to the consumer"), Parameters())
    'instance lost, datagram to the consumer'
    """
    return ends(s) + flight(s)


def ends(s: StatelessReset) -> str:
    """What the two ends have of the connection."""
    if s.end == OPEN:
        return "connected" if holds(s) else "instance lost"
    if s.end == DRAINING or s.end == CLOSED:
        return "draining" if holds(s) else "both ended"
    return "consumer lost" if holds(s) else "both lost"


def flight(s: StatelessReset) -> str:
    """What is under way."""
    if s.size == 0:
        return ""
    return ", datagram to the consumer" if s.heading == TO_CONSUMER else ", packet to the issuer"
