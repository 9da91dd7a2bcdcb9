"""Short header packets at the load balancer: the steps of 4.2, and what comes of them."""

from __future__ import annotations

from pathproof.model.load_balancing.actions import machine
from pathproof.model.load_balancing.balancer import (
    found_in_tables,
    is_misread,
    is_routable,
    is_unroutable,
    may_come_to,
    may_hash_to,
    note_again,
    note_hash,
    note_routable,
)
from pathproof.model.load_balancing.client import accept_reset, may_bear
from pathproof.model.load_balancing.first_flight import is_in_pool
from pathproof.model.load_balancing.server import can_read, has_token, may_reset, recognises
from pathproof.model.load_balancing.state import OPEN, Late, LoadBalancing, Number, Parameters, Server
from pathproof.model.vocabulary import get, has


def was_sent(s: LoadBalancing, number: int, late: int) -> bool:
    """A packet with this connection ID has left on this 4-tuple of an open connection."""
    if s.stage != OPEN:
        return False
    return has(s.seen_here, number) if late == 0 else has(s.seen_elsewhere, number)


def tuple_of(s: LoadBalancing, late: int) -> int:
    """The present 4-tuple, or the other one."""
    return s.here if late == 0 else 1 - s.here


def receive(s: LoadBalancing, number: int, late: int, at: int, otherwise: str) -> None:
    """The packet comes to a server: to the one that has its connection, or else astray in the way given."""
    if recognises(s, at - 1, number):
        s.astray = "no"
        if late == 0 and number == s.current:
            s.settled = "yes"
            s.waiting = "no"
    elif s.holds == "yes" and not has(s.retired, number):
        s.astray = otherwise
    else:
        s.astray = "no"  # nothing was lost: the connection or its ID is gone


def what_it_means(s: LoadBalancing, p: Parameters, number: int, late: int) -> str:
    """For claims: what it would mean if a packet with this ID came to a wrong server."""
    made_with = get(s.made_with, number)
    if made_with < p.configurations and has(s.active, made_with):
        return "decodable"
    if made_with < p.configurations:
        return "withdrawn" if has(s.known, made_with) else "unknown"
    if late == 1:
        return "no"
    if number > 0:
        return "under a later ID"
    return "on its 4-tuple" if s.settled == "yes" else "after a change of address"


@machine.action(
    "environment",
    "load balancer",
    "RFC8999-5.3-01",
    "QUICLB-2-04",
    "QUICLB-2-05",
    "QUICLB-4.1-09",
    "QUICLB-4.2-01",
    "QUICLB-4.2-02",
    "QUICLB-5.1-01",
    "QUICLB-5.5-01",
    "QUICLB-6-01",
)
def forward_by_id(s: LoadBalancing, p: Parameters, number: Number, late: Late) -> bool:
    """A packet arrives, for the first time or again, and goes where its connection ID says."""
    # GUARD
    if not was_sent(s, number, late) or not is_routable(s, p, number):
        return False
    # EFFECT
    note_routable(s, p, tuple_of(s, late), s.owner)
    receive(s, number, late, s.owner, "decodable")
    return True


@machine.action("environment", "load balancer", "QUICLB-2-05", "QUICLB-3.1-04", "QUICLB-4.1-04")
def misforward(s: LoadBalancing, p: Parameters, number: Number, late: Late, server: Server) -> bool:
    """A packet arrives, is decoded with a configuration that its ID was not made with, and goes anywhere."""
    # GUARD
    if not was_sent(s, number, late) or not has(s.members, server) or not is_misread(s, p, number):
        return False
    # EFFECT
    note_routable(s, p, tuple_of(s, late), server + 1)
    receive(s, number, late, server + 1, what_it_means(s, p, number, late))
    return True


@machine.action(
    "environment",
    "load balancer",
    "QUICLB-3.2-02",
    "QUICLB-3.2-03",
    "QUICLB-4.1-01",
    "QUICLB-4.1-02",
    "QUICLB-4.1-04",
    "QUICLB-4.2-01",
    "QUICLB-4.2-04",
    "QUICLB-4.2-05",
    "QUICLB-4.3.1-04",
)
def forward_by_table(s: LoadBalancing, p: Parameters, number: Number, late: Late) -> bool:
    """A packet with an unroutable connection ID arrives and goes where a table says."""
    # GUARD
    entry = found_in_tables(s, tuple_of(s, late), number)
    if not was_sent(s, number, late) or not is_in_pool(s, entry) or not is_unroutable(s, p, number):
        return False
    # EFFECT
    note_again(s, p, tuple_of(s, late), number, entry)
    receive(s, number, late, entry, what_it_means(s, p, number, late))
    return True


@machine.action(
    "environment",
    "load balancer",
    "QUICLB-3.2-02",
    "QUICLB-3.2-03",
    "QUICLB-4.1-01",
    "QUICLB-4.1-02",
    "QUICLB-4.1-04",
    "QUICLB-4.2-01",
    "QUICLB-4.2-06",
    "QUICLB-4.3.1-01",
    "QUICLB-4.3.1-03",
    "QUICLB-4.3.1-04",
)
def forward_by_fallback(s: LoadBalancing, p: Parameters, number: Number, late: Late, server: Server) -> bool:
    """A packet with an unroutable connection ID arrives and goes where the hash of its 4-tuple says."""
    # GUARD
    here = tuple_of(s, late)
    if not was_sent(s, number, late) or found_in_tables(s, here, number) > 0:
        return False
    if not may_hash_to(s, here, server) or not is_unroutable(s, p, number):
        return False
    # EFFECT
    note_hash(s, p, here, number, server)
    receive(s, number, late, server + 1, what_it_means(s, p, number, late))
    return True


@machine.action("protocol", "server", "RFC9000-21.11-02", "RFC9000-10.3.2-05")
def reset_by_server(s: LoadBalancing, p: Parameters, number: Number, server: Server) -> bool:
    """A packet comes to a server that does not know its connection ID; a stateless reset goes back."""
    # GUARD
    if not was_sent(s, number, 0) or not has(s.members, server) or not may_bear(s, number):
        return False
    if not resets(s, p, server, number) or not may_come_to(s, p, number, server):
        return False
    # EFFECT
    accept_reset(s, who_resets(s, p, number, server))
    return True


def who_resets(s: LoadBalancing, p: Parameters, number: int, server: int) -> str:
    """For claims: whose stateless reset it is that this server answers the ID with."""
    if s.holds == "yes":
        return "another server"
    return "server" if can_read(s, p, server, number) else "a server that cannot read the ID"


def resets(s: LoadBalancing, p: Parameters, server: int, number: int) -> bool:
    """The server answers this ID with a stateless reset, and with the token that the client has."""
    return may_reset(s, p, server, number) and has_token(s, p, server, number)
