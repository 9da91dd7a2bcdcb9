"""What must be true of every state, by name, with the clauses that ask for it.

`astray` says how the last packet of the client came to a server that does not have its connection, although
another one has it; so each of these claims is about every packet that is ever forwarded.
"""

from __future__ import annotations

from pathproof.model.load_balancing.actions import machine
from pathproof.model.load_balancing.configurations import (
    RESERVED,
    codepoint_of,
    first_server_id,
    is_encrypted,
    newest_at,
)
from pathproof.model.load_balancing.state import OPEN, Configuration, LoadBalancing, Number, Parameters
from pathproof.model.vocabulary import count, get, has, missing

# Where packets go.


@machine.always(
    "RFC8999-5.3-01",
    "RFC9000-5.1-02",
    "QUICLB-2-04",
    "QUICLB-4.1-09",
    "QUICLB-4.2-02",
    "QUICLB-5.1-01",
    "QUICLB-5.1-02",
    "QUICLB-5.5-01",
)
def what_the_balancer_can_decode_reaches_its_server(s: LoadBalancing, p: Parameters) -> bool:
    """A connection ID of a configuration that the load balancer has leads to its server, from any address."""
    return s.astray != "decodable"


@machine.always(
    "QUICLB-3.1-04",
    "QUICLB-3.1-06",
    "QUICLB-4.1-01",
    fails_under={"withdrawal": "early", "precaution": "none"},
)
def no_connection_is_lost_to_a_withdrawal(s: LoadBalancing, p: Parameters) -> bool:
    """No packet goes astray because the load balancer has a configuration no longer."""
    return s.astray != "withdrawn"


@machine.always("QUICLB-3.1-03", fails_under={"delivery": "any_order"})
def the_balancer_knows_every_configuration_in_time(s: LoadBalancing, p: Parameters) -> bool:
    """No packet goes astray because the load balancer does not have a configuration yet."""
    return s.astray != "unknown"


@machine.always(
    "QUICLB-4.2-05",
    "QUICLB-4.3.1-01",
    "QUICLB-4.3.1-03",
    "QUICLB-4.3.1-05",
    fails_under={"tuple_table": "none", "purges": "early", "routable_reset": "tracked", "neighbour": "yes"},
)
def an_unroutable_id_keeps_its_server_on_its_4_tuple(s: LoadBalancing, p: Parameters) -> bool:
    """While the 4-tuple stays, packets with an unroutable connection ID stay with their server."""
    return s.astray != "on its 4-tuple"


@machine.always(
    "QUICLB-4.2-04",
    "QUICLB-4.3.1-04",
    "QUICLB-3.2-08",
    fails_under={
        "cid_table": "none",
        "recording": "fifth_step",
        "purges": "early",
    },
)
def an_unroutable_id_survives_a_change_of_address(s: LoadBalancing, p: Parameters) -> bool:
    """With a table of them, packets with an unroutable ID stay with their server when the 4-tuple changes."""
    return s.astray != "after a change of address"


@machine.always(
    "QUICLB-4.2-04",
    "QUICLB-4.3.1-04",
    fails_under={
        "cid_table": "none",
        "recording": "fifth_step",
        "purges": "early",
    },
)
def the_table_of_ids_goes_before_that_of_4_tuples(s: LoadBalancing, p: Parameters) -> bool:
    """With a table of them, an unroutable ID keeps its server although its 4-tuple is noted for another."""
    return s.astray != "on its 4-tuple"


@machine.always("QUICLB-9.6-05", "QUICLB-3.2-07", fails_under={"fallback_codepoint": "codepoint_only"})
def no_connection_is_lost_to_a_later_unroutable_id(s: LoadBalancing, p: Parameters) -> bool:
    """No packet goes astray because its ID has 0b111 and came after routable ones, for want of nonces."""
    return s.astray != "under a later ID"


@machine.always(
    "QUICLB-4.2-03",
    "QUICLB-4.3.2-03",
    "QUICLB-4.3.2-04",
    "QUICLB-4.3.2-05",
    fails_under={
        "initials": "any",
        "shapes": "odd",
        "tuple_table": "none",
        "neighbour": "yes",
        "early_rebinding": "happens",
        "purges": "early",
        "precaution": "none",
        "routable_reset": "tracked",
    },
)
def a_handshake_stays_with_one_server(s: LoadBalancing, p: Parameters) -> bool:
    """All of the client's first flight, and its Handshake packets, come to one server."""
    return s.astray != "in the handshake"


@machine.always(
    "QUICLB-4.3.2-02",
    "QUICLB-4.3.2-03",
    "QUICLB-4.3.2-04",
    fails_under={"neighbour": "yes", "initials": "any", "routable_reset": "tracked"},
)
def the_name_decides(s: LoadBalancing, p: Parameters) -> bool:
    """Where the load balancer reads the ClientHello, a client gets the server of the name that it wants."""
    return p.fallback == "baseline" or s.home == 0 or s.home == s.wanted


# Configurations and server IDs.


@machine.always("QUICLB-2-05", "QUICLB-3.1-01", "QUICLB-3.1-02")
def a_codepoint_means_one_configuration(
    s: LoadBalancing, p: Parameters, one: Configuration, other: Configuration
) -> bool:
    """No two configurations that the load balancer has share their rotation bits, and none has 0b111."""
    if not has(s.active, one) or not has(s.active, other) or one == other:
        return True
    return codepoint_of(p, one) != codepoint_of(p, other) and codepoint_of(p, one) < RESERVED


@machine.always("QUICLB-5.1-02", "QUICLB-5.3-01")
def a_server_id_has_one_owner(s: LoadBalancing, p: Parameters) -> bool:
    """Where the server IDs of a server have passed to another, the first one is not in the pool."""
    return s.home == 0 or not has(s.members, s.home - 1) or s.owner == s.home


@machine.always("QUICLB-9.7-01")
def clear_and_encrypted_ids_are_apart(
    s: LoadBalancing, p: Parameters, one: Configuration, other: Configuration
) -> bool:
    """Configurations with and without a key, both in use, have no server ID in common."""
    if not has(s.active, one) or not has(s.active, other):
        return True
    if is_encrypted(p, one) == is_encrypted(p, other):
        return True
    first, second = first_server_id(p, one), first_server_id(p, other)
    return first + p.servers <= second or second + p.servers <= first


@machine.always("QUICLB-3.1-06", "QUICLB-3.1-05")
def a_new_configuration_retires_the_older_ids(s: LoadBalancing, p: Parameters, number: Number) -> bool:
    """The frame that brings the first ID of a configuration asks for the retirement of all before it."""
    if number < 1 or number >= s.issued:
        return True
    made_with = get(s.made_with, number)
    if made_with == p.configurations or made_with == get(s.made_with, number - 1):
        return True
    return get(s.sent_prior, number) == number


@machine.always("QUICLB-3.2-06", "QUICLB-3.2-07", "QUICLB-3.2-08")
def a_server_without_configuration_gives_one_id(s: LoadBalancing, p: Parameters) -> bool:
    """As long as the server has no configuration, its client has one connection ID and may not migrate."""
    if s.home == 0 or s.issued == 0 or newest_at(s, s.home - 1) > 0:
        return True
    return s.issued == 1 and s.barred == "yes"


@machine.always("QUICLB-3.2-04", "QUICLB-3.1-01")
def an_id_names_a_configuration_of_its_server(s: LoadBalancing, p: Parameters, number: Number) -> bool:
    """What a server issued bears 0b111 or a configuration that the server has."""
    if number >= s.issued or get(s.made_with, number) == p.configurations:
        return True
    return get(s.made_with, number) < newest_at(s, s.home - 1)


@machine.always("RFC9000-5.1.1-13")
def the_limit_of_the_client_is_kept(s: LoadBalancing, p: Parameters) -> bool:
    """The server has not issued more than the client is ready to hold, beyond what it asked to be retired."""
    if s.issued == 0:
        return True
    return count(missing(s.invalidated, get(s.sent_prior, s.issued - 1), s.issued)) <= p.limit


@machine.always("QUICLB-4.1-03", "QUICLB-4.1-08")
def an_id_is_routed_only_if_it_is_long_enough(s: LoadBalancing, p: Parameters) -> bool:
    """An ID that ends before its nonce does is routed only where octets of the server ID are all it takes."""
    return s.short == "no" or (p.unroutable_criteria == "server_id" and p.key != "all")


@machine.always("RFC9000-5.1.2-04", "RFC9000-5.1.2-10")
def no_packet_leaves_under_a_retired_id(s: LoadBalancing, p: Parameters) -> bool:
    """What is in the client's packets is not retired."""
    return s.stage != OPEN or not has(s.retired, s.current)
