"""What the network and time do: lose, repeat, route anew, and let intervals pass."""

from __future__ import annotations

from pathproof.model.stateless_reset.actions import machine
from pathproof.model.stateless_reset.cluster import destination, may_be_rerouted
from pathproof.model.stateless_reset.consumer import address_of
from pathproof.model.stateless_reset.resets import least_size, may_begin_interval
from pathproof.model.stateless_reset.state import (
    TO_CONSUMER,
    TO_ISSUER,
    TO_OTHER,
    ConnectionId,
    Parameters,
    StatelessReset,
    fly,
    is_clear,
    land,
    largest,
)
from pathproof.model.vocabulary import has


@machine.action("environment", "network", "RFC9000-10.3-19")
def lose(s: StatelessReset, p: Parameters) -> bool:
    """The datagram is lost, or its receiver makes no use of its permission to answer."""
    # GUARD
    if is_clear(s):
        return False
    # EFFECT
    land(s)
    return True


@machine.action("environment", "network", "RFC9000-10.3-01")
def repeat_packet(s: StatelessReset, p: Parameters, number: ConnectionId) -> bool:
    """A packet that the consumer sent under this connection ID arrives late, or once more."""
    # GUARD
    if not is_clear(s) or not has(s.used, number):
        return False
    # EFFECT
    fly(s, largest(p), destination(s), number, address_of(s, number))
    return True


@machine.action("environment", "network", "RFC9000-10.3.1-08")
def repeat_reset(s: StatelessReset, p: Parameters, number: ConnectionId) -> bool:
    """A reset that was sent in answer to a packet of the consumer arrives late, or once more."""
    # GUARD
    if not is_clear(s) or not has(s.revealed, number):
        return False
    # EFFECT
    fly(s, least_size(p), TO_CONSUMER, number, address_of(s, number))
    return True


@machine.action("environment", "operator", "RFC9000-21.11-01", "RFC9000-21.11-03", "RFC9000-5.2.3-03")
def route_anew(s: StatelessReset, p: Parameters) -> bool:
    """Packets of the consumer reach another instance from now on.

    Its address has changed where addresses decide, or the load balancer's configuration, and that for good.
    """
    # GUARD
    if not may_be_rerouted(p) or s.routed != TO_ISSUER:
        return False
    # EFFECT
    s.routed = TO_OTHER
    return True


@machine.action("environment", "time", "RFC9000-10.3.3-01")
def pass_interval(s: StatelessReset, p: Parameters) -> bool:
    """The interval in which both ends count the resets that they send is over."""
    # GUARD
    if (s.answered == 0 and s.answered_back == 0) or not may_begin_interval(p, s.size):
        return False
    # EFFECT
    s.answered = 0
    s.answered_back = 0
    s.sent = 0
    s.sent_back = 0
    return True
