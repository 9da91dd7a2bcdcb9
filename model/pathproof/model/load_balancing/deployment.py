"""What happens around the connection: the pool, addresses, timers, lost state."""

from __future__ import annotations

from typing import Annotated

from pathproof.model.domains import Upto
from pathproof.model.load_balancing.actions import machine
from pathproof.model.load_balancing.agent import (
    forget_hashes,
)
from pathproof.model.load_balancing.balancer import may_hash_to
from pathproof.model.load_balancing.client import change_tuple, send
from pathproof.model.load_balancing.configurations import key_of, newest_at
from pathproof.model.load_balancing.first_flight import is_in_pool
from pathproof.model.load_balancing.packets import tuple_of
from pathproof.model.load_balancing.server import has_nonce, use_nonce
from pathproof.model.load_balancing.state import (
    ENDED,
    FIRST_FLIGHT,
    FORGOTTEN,
    HANDSHAKE,
    IDLE,
    OPEN,
    Late,
    LoadBalancing,
    Name,
    Parameters,
    Server,
)
from pathproof.model.vocabulary import add, count, discard, get, has, is_empty, put

Key = Annotated[int, Upto("cids")]

# The pool.


@machine.action("environment", "operator", "QUICLB-4.1-04", "QUICLB-4.3.1-03")
def leave_pool(s: LoadBalancing, p: Parameters, server: Server) -> bool:
    """A server leaves the pool, and its connections end."""
    # GUARD
    if (
        p.pool == "stays"
        or not has(s.members, server)
        or count(s.members) < 2
        or (s.home != server + 1 and s.owner == server + 1)
    ):
        return False
    # EFFECT
    s.members = discard(s.members, server)
    forget_hashes(s)
    if s.home == server + 1:
        s.holds = "no"
        s.owner = 0
    return True


def is_heir(s: LoadBalancing, server: int) -> bool:
    """The server has taken over the server IDs of the connection's server."""
    return s.owner == server + 1 and s.home != server + 1


@machine.action("environment", "operator", "QUICLB-5.3-01")
def join_pool(s: LoadBalancing, p: Parameters, server: Server) -> bool:
    """A server comes back, unless its server IDs have passed to another one."""
    # GUARD
    if has(s.members, server) or (s.home == server + 1 and s.owner > 0):
        return False
    # EFFECT
    s.members = add(s.members, server)
    forget_hashes(s)
    if s.home == server + 1:
        s.owner = s.home
    return True


@machine.action("protocol", "configuration agent", "QUICLB-5.1-02", "QUICLB-5.3-01")
def reassign(s: LoadBalancing, p: Parameters, server: Server) -> bool:
    """The server IDs of the connection's server, which has left, pass to another one."""
    # GUARD
    if s.home == 0 or not has(s.members, server) or s.owner == server + 1 or not is_vacant(s):
        return False
    # EFFECT
    s.owner = server + 1
    return True


def is_vacant(s: LoadBalancing) -> bool:
    """The connection's server has left, so that nobody answers to its server IDs (5.1-02)."""
    return s.owner == 0


# Addresses, other connections, timers.


@machine.action("environment", "network", "QUICLB-4.3.1-04")
def rebind(s: LoadBalancing, p: Parameters) -> bool:
    """A NAT gives the client's packets another 4-tuple, and the client does not know."""
    # GUARD
    if p.rebinding == "never" or s.stage == IDLE or s.stage == ENDED or s.stage == FORGOTTEN:
        return False
    if p.early_rebinding == "never" and (s.stage != OPEN or s.settled == "no"):
        return False
    if s.settled == "no":
        return False
    # EFFECT
    change_tuple(s)
    if s.stage != FIRST_FLIGHT:
        send(s)
    return True


@machine.action("environment", "client", "QUICLB-4.3.2-05", "QUICLB-6-01")
def neighbour_connects(s: LoadBalancing, p: Parameters, chosen: Server) -> bool:
    """Another connection of the client, on the same 4-tuple, has another name and so another server."""
    # GUARD
    if p.neighbour == "no" or p.fallback == "baseline" or get(s.by_tuple, s.here) == chosen + 1:
        return False
    if (p.tuple_table == "none" and p.routable_reset == "stateless") or not has(s.members, chosen):
        return False
    # EFFECT
    s.by_tuple = put(s.by_tuple, s.here, chosen + 1)
    return True


@machine.action("environment", "server", "QUICLB-9.6-02")
def serve_another_client(s: LoadBalancing, p: Parameters) -> bool:
    """The connection's server makes a connection ID for another client."""
    # GUARD
    if p.other_connections == "none" or s.home == 0 or newest_at(s, s.home - 1) == 0:
        return False
    if not has_nonce(s, p, newest_at(s, s.home - 1) - 1):
        return False
    # EFFECT
    use_nonce(s, p, newest_at(s, s.home - 1) - 1)
    return True


@machine.action("environment", "load balancer", "QUICLB-4.3.1-05", "QUICLB-4.3.2-08")
def purge_tuple(s: LoadBalancing, p: Parameters, late: Late) -> bool:
    """A timer clears what was noted of a 4-tuple, an idle one if timers are long enough."""
    # GUARD
    here = tuple_of(s, late)
    if get(s.by_tuple, here) == 0 and get(s.by_source, here) == 0:
        return False
    if p.purges == "idle" and late == 0 and leads_into_pool(s, here):
        return False
    # EFFECT
    s.by_tuple = put(s.by_tuple, here, 0)
    s.by_source = put(s.by_source, here, 0)
    return True


def leads_into_pool(s: LoadBalancing, here: int) -> bool:
    """What is noted of the 4-tuple is not that of a server which has left."""
    if get(s.by_tuple, here) > 0:
        return is_in_pool(s, get(s.by_tuple, here))
    return is_in_pool(s, get(s.by_source, here))


@machine.action("environment", "load balancer", "QUICLB-4.3.1-05", "QUICLB-4.3.2-08")
def purge_id(s: LoadBalancing, p: Parameters, key: Key) -> bool:
    """A timer clears an unroutable ID from its table, an idle one if timers are long enough."""
    # GUARD
    if get(s.by_cid, key) == 0 or (p.purges == "idle" and is_busy(s, p, key)):
        return False
    # EFFECT
    s.by_cid = put(s.by_cid, key, 0)
    return True


def is_busy(s: LoadBalancing, p: Parameters, key: int) -> bool:
    """Packets to this connection ID keep coming."""
    if key == p.cids:
        return s.stage == FIRST_FLIGHT
    return key == s.current


@machine.action("environment", "client")
def client_times_out(s: LoadBalancing, p: Parameters) -> bool:
    """The client's idle timer ends a connection whose server is gone."""
    # GUARD
    if s.home == 0 or s.holds == "yes":
        return False
    if s.stage != FIRST_FLIGHT and s.stage != HANDSHAKE and s.stage != OPEN:
        return False
    # EFFECT
    s.stage = ENDED
    s.waiting = "no"
    s.ended_by = "timer"
    return True


# Lost state.


@machine.action("environment", "server", "QUICLB-9.6-02")
def restart(s: LoadBalancing, p: Parameters) -> bool:
    """The connection's server loses the state of its connections, and maybe which nonces it has used."""
    # GUARD
    if p.restarts != "server" or s.holds == "no" or s.stage == FORGOTTEN or s.stage == ENDED:
        return False
    # EFFECT
    s.holds = "no"
    if p.nonce_memory == "lost" and newest_at(s, s.home - 1) > 0:
        s.counter = put(s.counter, key_of(p, newest_at(s, s.home - 1) - 1), 0)
    return True


@machine.action("environment", "client")
def client_forgets(s: LoadBalancing, p: Parameters) -> bool:
    """The client loses the state of the connection."""
    # GUARD
    if p.restarts != "client" or s.stage != OPEN or s.holds == "no":
        return False
    # EFFECT
    s.stage = FORGOTTEN
    s.waiting = "no"
    return True


@machine.action("protocol", "client", "QUICLB-6-01", "QUICLB-4.2-05", "RFC9000-10.3-01")
def reset_by_client(s: LoadBalancing, p: Parameters, names: Name, chosen: Server) -> bool:
    """A client without state answers with a stateless reset, whose random ID may name a server by chance."""
    # GUARD
    if s.stage != FORGOTTEN or s.holds == "no" or not has(s.members, chosen):
        return False
    if names > 0 and (p.initials == "unroutable" or is_empty(s.active)):
        return False
    if not reset_may_come_to(s, names, chosen):
        return False
    # EFFECT
    if chosen + 1 == s.home:
        s.holds = "no"
        s.ended_by = "server"
    elif s.settled == "yes":
        s.missed = "yes"
    return True


def reset_may_come_to(s: LoadBalancing, names: int, server: int) -> bool:
    """A packet with a random connection ID goes by its ID if routable, else by its 4-tuple."""
    if names > 0:
        return names == server + 1
    entry = get(s.by_tuple, s.here)
    return entry == server + 1 if entry > 0 else may_hash_to(s, s.here, server)


@machine.action("environment", "server")
def server_times_out(s: LoadBalancing, p: Parameters) -> bool:
    """The server's idle timer ends a connection whose client is gone."""
    # GUARD
    if (s.stage != FORGOTTEN and s.stage != ENDED) or s.holds == "no":
        return False
    # EFFECT
    s.holds = "no"
    return True
