"""What must be true of nonces, of what third parties learn and decide, and of resets."""

from __future__ import annotations

from pathproof.model.load_balancing.actions import machine
from pathproof.model.load_balancing.state import LoadBalancing, Parameters
from pathproof.model.vocabulary import get


@machine.always("QUICLB-9.6-02", "QUICLB-5.2-02", fails_under={"nonce_memory": "lost"})
def no_nonce_is_used_twice(s: LoadBalancing, p: Parameters) -> bool:
    """A server uses no nonce a second time with the same key, on whatever connection."""
    return s.repeated == "no"


@machine.always(
    "RFC9000-5.1-03", "QUICLB-5.4-02", "QUICLB-9.6-03", "QUICLB-9-01", fails_under={"key": "none"}
)
def nothing_under_the_key_links_two_addresses(s: LoadBalancing, p: Parameters) -> bool:
    """From server ID and nonce in connection IDs on two 4-tuples nobody tells that they are of one server.

    Where a key comes in with a later configuration, that is promised from then on. What their first bits
    tell, which no key hides, is in `first_bits`.
    """
    return s.linked == "no" or (s.linked == "by server ID" and p.key == "introduced")


@machine.always(
    "RFC9000-21.11-01",
    "RFC9000-21.11-02",
    "RFC9000-5.2.3-03",
    fails_under={"resets": "any"},
)
def no_other_server_ends_a_live_connection(s: LoadBalancing, p: Parameters) -> bool:
    """No stateless reset of a server that never had the connection ends it while its server has it."""
    return s.ended_by != "another server"


@machine.always("RFC9000-21.11-02", fails_under={"resets": "any"})
def no_server_resets_what_it_cannot_read(s: LoadBalancing, p: Parameters) -> bool:
    """A server sends a stateless reset only for an ID in which it has found a server ID of its own.

    Any other, one with 0b111 for instance, might be that of a live connection at a server with the same key.
    """
    return s.ended_by != "a server that cannot read the ID"


@machine.always("RFC9000-21.11-01", fails_under={"withdrawal": "early", "delivery": "any_order"})
def routable_ids_make_no_oracle(s: LoadBalancing, p: Parameters) -> bool:
    """Where servers answer every unknown ID, a live connection is ended only under 0b111.

    This is what the draft concludes in 9.5 for connection IDs that are routed the same way all their life.
    """
    if s.ended_by != "another server" or p.precaution == "none":
        return True
    return has_unroutable_id(s, p)


def has_unroutable_id(s: LoadBalancing, p: Parameters) -> bool:
    """One of the first three connection IDs was made without a configuration."""
    if s.issued > 0 and get(s.made_with, 0) == p.configurations:
        return True
    if s.issued > 1 and get(s.made_with, 1) == p.configurations:
        return True
    return s.issued > 2 and get(s.made_with, 2) == p.configurations


@machine.always("RFC9000-10.3.2-05", "RFC9000-10.3.2-06", fails_under={"key_renewal": "kept"})
def no_former_client_holds_the_token(s: LoadBalancing, p: Parameters) -> bool:
    """When a codepoint is used anew, nobody has tokens of its connection IDs from before."""
    return s.ended_by != "an old token"


@machine.always(
    "QUICLB-6-01",
    "QUICLB-4.2-05",
    fails_under={
        "routable_reset": "stateless",
        "initials": "any",
        "attacker": "client",
        "purges": "early",
        "neighbour": "yes",
    },
)
def a_reset_of_the_client_finds_its_server(s: LoadBalancing, p: Parameters) -> bool:
    """A stateless reset from a 4-tuple that the load balancer knows comes to the server it is for."""
    return s.missed == "no"


@machine.always("QUICLB-5.1-04", fails_under={"attacker": "client", "key": "none"})
def nobody_chooses_the_server_of_a_new_connection(s: LoadBalancing, p: Parameters) -> bool:
    """The fallback, and not the client, settles which server takes a new connection.

    Where a key comes in with a later configuration, that is promised from then on.
    """
    return s.aimed == "no" or p.key == "introduced"
