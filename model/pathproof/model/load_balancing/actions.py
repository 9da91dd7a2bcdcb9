"""What client, load balancer and server do on one connection, over a network that keeps no promises.

What was sent may arrive at any later time, any number of times, or never: a packet that once bore a
connection ID on a 4-tuple may arrive for ever after, and so may every frame. So nothing in flight is a state
of its own.
"""

from __future__ import annotations

from pathproof.model.load_balancing.client import (
    change_tuple,
    is_fresh,
    leave_retired,
    may_move,
    send,
    take_in,
)
from pathproof.model.load_balancing.server import (
    bars_migration,
    invalidate,
    leaves_room,
    make_id,
    making,
    next_prior,
    supplies,
)
from pathproof.model.load_balancing.state import (
    FIRST_FLIGHT,
    HANDSHAKE,
    OPEN,
    LoadBalancing,
    Number,
    Parameters,
)
from pathproof.model.machine import Machine
from pathproof.model.vocabulary import add, count, has, missing, put


def begin(s: LoadBalancing, p: Parameters) -> None:
    """The pool stands; the first configuration is made, and delivered unless `start` says otherwise."""
    s.members = missing(s.members, 0, p.servers)
    if p.start == "unconfigured":
        return
    s.active = add(s.active, 0)
    s.known = add(s.known, 0)
    s.servers_with = put(s.servers_with, 0, p.servers)
    s.configured = put(put(s.configured, 0, 1), 1, 1)
    if p.servers > 2:
        s.configured = put(s.configured, 2, 1)
    if p.servers > 3:
        s.configured = put(s.configured, 3, 1)


machine = Machine("load_balancing", LoadBalancing, Parameters, begin)


@machine.action(
    "protocol",
    "server",
    "QUICLB-3.1-01",
    "QUICLB-3.2-04",
    "QUICLB-3.2-08",
    "QUICLB-2-03",
    "QUICLB-5.1-07",
    "QUICLB-5.2-02",
    "QUICLB-5.4-01",
)
def answer(s: LoadBalancing, p: Parameters) -> bool:
    """The server has the whole ClientHello; its first connection ID arrives in a long header."""
    # GUARD
    if s.stage != FIRST_FLIGHT or s.holds == "no" or count(s.flight) < 2:
        return False
    # EFFECT
    if bars_migration(s, p, s.home - 1):
        s.barred = "yes"
    make_id(s, p, making(s, p, s.home - 1), 0)
    s.arrived = add(s.arrived, 0)
    s.stage = HANDSHAKE
    send(s)
    return True


@machine.action(
    "protocol",
    "server",
    "QUICLB-3.1-01",
    "QUICLB-3.1-05",
    "QUICLB-3.1-06",
    "QUICLB-3.2-06",
    "QUICLB-3.2-07",
    "QUICLB-5.1-07",
    "QUICLB-5.2-02",
    "QUICLB-5.4-01",
    "QUICLB-9-01",
    "QUICLB-9.6-02",
    "QUICLB-9.6-05",
)
def supply(s: LoadBalancing, p: Parameters) -> bool:
    """The server sends NEW_CONNECTION_ID, which after a change of configuration retires the older ones."""
    # GUARD
    if s.stage != OPEN or s.holds == "no":
        return False
    configuration = making(s, p, s.home - 1)
    prior = next_prior(s, p, configuration)
    if not supplies(s, p, configuration) or not leaves_room(s, p, configuration, prior):
        return False
    # EFFECT
    make_id(s, p, configuration, prior)
    return True


@machine.action("environment", "client", "RFC9000-5.1.2-10")
def deliver_new_connection_id(s: LoadBalancing, p: Parameters, number: Number) -> bool:
    """NEW_CONNECTION_ID arrives at the client."""
    # GUARD
    if s.stage != OPEN or number >= s.issued or has(s.arrived, number):
        return False
    # EFFECT
    take_in(s, number)
    leave_retired(s, number)
    return True


@machine.action("environment", "server", "RFC9000-5.1.1-08")
def deliver_retire_connection_id(s: LoadBalancing, p: Parameters, number: Number) -> bool:
    """RETIRE_CONNECTION_ID arrives at the server."""
    # GUARD
    if s.stage != OPEN or s.holds == "no" or number >= s.issued:
        return False
    if not has(s.retired, number) or has(s.invalidated, number):
        return False
    # EFFECT
    invalidate(s, p, number)
    return True


@machine.action("protocol", "client", "RFC9000-5.1.2-03")
def retire(s: LoadBalancing, p: Parameters, number: Number) -> bool:
    """The client gives up a connection ID that it used and uses no longer."""
    # GUARD
    if s.stage != OPEN or number == s.current or not was_used(s, number) or has(s.retired, number):
        return False
    # EFFECT
    s.retired = add(s.retired, number)
    return True


def was_used(s: LoadBalancing, number: int) -> bool:
    """A packet has borne this connection ID, on either 4-tuple."""
    return has(s.seen_here, number) or has(s.seen_elsewhere, number)


@machine.action("protocol", "client", "RFC9000-5.1.2-01")
def speak(s: LoadBalancing, p: Parameters) -> bool:
    """The client sends a packet, a new one or what was lost, under its present connection ID."""
    # GUARD
    if s.stage != OPEN or (s.waiting == "yes" and has(s.seen_here, s.current)):
        return False
    # EFFECT
    send(s)
    return True


@machine.action("protocol", "client", "RFC9000-9.5-03", "QUICLB-3.2-08")
def move(s: LoadBalancing, p: Parameters, number: Number) -> bool:
    """The client migrates to the other 4-tuple, under a connection ID that no packet has borne."""
    # GUARD
    if s.stage != OPEN or not may_move(s) or not is_fresh(s, number):
        return False
    # EFFECT
    if was_used(s, number):
        s.linked = "by connection ID"
    change_tuple(s)
    s.current = number
    send(s)
    return True
