"""Third parties: one that sees the packets, one that sees none, and one that is a client of the deployment.

The observer is on the path of the client, reads connection IDs and sends packets of its own from any address,
which may carry what it has read. The stranger sees nothing, and makes IDs up; without a key it makes them up
for a server of its choice. The client has connections of its own, and with them connection IDs of servers.
"""

from __future__ import annotations

from pathproof.model.load_balancing.actions import machine, was_used
from pathproof.model.load_balancing.balancer import copy_may_come_to
from pathproof.model.load_balancing.client import accept_reset, may_bear
from pathproof.model.load_balancing.configurations import first_server_id, is_encrypted, newest_at
from pathproof.model.load_balancing.packets import resets, who_resets
from pathproof.model.load_balancing.server import old_tokens_are_good
from pathproof.model.load_balancing.state import (
    ENDED,
    IDLE,
    OPEN,
    LoadBalancing,
    Number,
    Parameters,
    Server,
)
from pathproof.model.vocabulary import get, has, put


@machine.action("attacker", "observer", "RFC9000-21.11-01", "RFC9000-21.11-02", "RFC9000-5.2.3-03")
def copy_from_elsewhere(s: LoadBalancing, p: Parameters, number: Number, server: Server) -> bool:
    """The observer sends a packet with the client's connection ID from an address of its choice.

    It passes a stateless reset that comes back on to the client.
    """
    # GUARD
    if p.attacker != "observer" or s.stage != OPEN or not was_used(s, number) or not may_bear(s, number):
        return False
    if not has(s.members, server) or not resets(s, p, server, number):
        return False
    if not copy_may_come_to(s, p, number, server):
        return False
    # EFFECT
    accept_reset(s, who_resets(s, p, number, server))
    return True


@machine.action("attacker", "observer", "RFC9000-5.1-03", "QUICLB-5.4-02", "QUICLB-9.6-03")
def compare(s: LoadBalancing, p: Parameters, number: Number, other: Number) -> bool:
    """The observer compares the connection IDs that it has seen on two 4-tuples."""
    # GUARD
    if p.attacker != "observer" or s.stage != OPEN or number == other:
        return False
    if not has(s.seen_here, number) or not has(s.seen_elsewhere, other):
        return False
    if has(s.seen_elsewhere, number) or has(s.seen_here, other):
        return False
    # EFFECT
    s.linked = what_links(s, p, number, other)
    return True


def what_links(s: LoadBalancing, p: Parameters, number: int, other: int) -> str:
    """What two connection IDs have in common for somebody without a key."""
    one, two = get(s.made_with, number), get(s.made_with, other)
    if one == p.configurations or two == p.configurations:
        return "no"
    if s.repeated == "yes" and s.holds == "yes" and one == two:
        return "by nonce"
    if is_encrypted(p, one) or is_encrypted(p, two):
        return "no"
    return "by server ID" if first_server_id(p, one) == first_server_id(p, two) else "no"


@machine.action("attacker", "client", "QUICLB-4.2-02")
def aim_with_own_id(s: LoadBalancing, p: Parameters, server: Server) -> bool:
    """A client begins a connection under a connection ID that a server has issued to it before."""
    # GUARD
    if p.attacker != "client" or newest_at(s, server) == 0 or not has(s.members, server):
        return False
    if not has(s.active, newest_at(s, server) - 1):
        return False
    # EFFECT
    s.aimed = "yes"
    return True


@machine.action("attacker", "stranger", "QUICLB-4.2-02", "QUICLB-5.5-02")
def aim_with_clear_id(s: LoadBalancing, p: Parameters, server: Server) -> bool:
    """A stranger begins a connection under an ID that it made up for a server, as no key hinders it."""
    # GUARD
    if p.attacker != "stranger" or not has(s.members, server) or not reads_clear_ids(s, p):
        return False
    # EFFECT
    s.aimed = "yes"
    return True


def reads_clear_ids(s: LoadBalancing, p: Parameters) -> bool:
    """The load balancer has a configuration without a key."""
    return (has(s.active, 0) and not is_encrypted(p, 0)) or (
        has(s.active, s.made) and not is_encrypted(p, s.made)
    )


@machine.action("attacker", "client", "QUICLB-6-01")
def spoof_tuple(s: LoadBalancing, p: Parameters, server: Server) -> bool:
    """A client sends an ID of its own, routable to its own server, from the 4-tuple of another client."""
    # GUARD
    if p.attacker != "client" or p.routable_reset != "tracked" or not has(s.members, server):
        return False
    if s.stage == IDLE or s.stage == ENDED or newest_at(s, server) == 0:
        return False
    if not has(s.active, newest_at(s, server) - 1):
        return False
    # EFFECT
    s.by_tuple = put(s.by_tuple, s.here, server + 1)
    return True


@machine.action("attacker", "client", "RFC9000-10.3.2-05", "RFC9000-10.3.2-06")
def use_old_token(s: LoadBalancing, p: Parameters, number: Number) -> bool:
    """A client has had the same connection ID before, when its codepoint meant an older configuration."""
    # GUARD
    if p.attacker != "client" or s.stage != OPEN or not may_bear(s, number) or not old_tokens_are_good(p):
        return False
    if get(s.made_with, number) < p.codepoints or get(s.made_with, number) == p.configurations:
        return False
    # EFFECT
    accept_reset(s, "an old token")
    return True
