"""States that some run must reach: without them, a claim could hold because nothing ever happens."""

from __future__ import annotations

from pathproof.model.load_balancing.actions import machine
from pathproof.model.load_balancing.configurations import newest_at
from pathproof.model.load_balancing.state import FIRST_FLIGHT, OPEN, LoadBalancing, Parameters
from pathproof.model.vocabulary import count, get, has


@machine.sometimes("QUICLB-3.1-06", "QUICLB-3.1-04")
def a_rotation_is_over(s: LoadBalancing, p: Parameters) -> bool:
    """The connection goes on under the new configuration, and the old one is withdrawn."""
    return s.stage == OPEN and has(s.invalidated, 0) and not has(s.active, 0) and s.waiting == "no"


@machine.sometimes("RFC9000-9.5-03", "QUICLB-2-04")
def a_migrated_packet_arrives(s: LoadBalancing, p: Parameters) -> bool:
    """The client has moved under a new connection ID, and its packets reach the server."""
    return s.stage == OPEN and s.here == 1 and s.current > 0 and s.settled == "yes" and s.waiting == "no"


@machine.sometimes("QUICLB-3.2-06", "QUICLB-4.3.1-01")
def an_unroutable_connection_is_open(s: LoadBalancing, p: Parameters) -> bool:
    """A connection under 0b111 is open, and its server has received its packets."""
    return s.stage == OPEN and get(s.made_with, 0) == p.configurations and s.waiting == "no"


@machine.sometimes("QUICLB-4.3.1-04")
def an_unroutable_id_is_found_from_another_address(s: LoadBalancing, p: Parameters) -> bool:
    """Under 0b111, a packet from a new 4-tuple has reached the server."""
    return (
        s.stage == OPEN and s.here == 1 and get(s.made_with, s.current) == p.configurations and is_settled(s)
    )


def is_settled(s: LoadBalancing) -> bool:
    """A packet from the present 4-tuple has reached the server, and nothing is waiting."""
    return s.settled == "yes" and s.waiting == "no"


@machine.sometimes("QUICLB-3.1-06")
def an_unroutable_connection_is_updated(s: LoadBalancing, p: Parameters) -> bool:
    """A connection that began under 0b111 goes on under a configuration."""
    return get(s.made_with, 0) == p.configurations and has(s.invalidated, 0) and s.waiting == "no"


@machine.sometimes("QUICLB-9.6-05")
def nonces_are_used_up(s: LoadBalancing, p: Parameters) -> bool:
    """The server has used all its nonces and has issued a connection ID with 0b111."""
    return s.issued > 1 and get(s.made_with, s.issued - 1) == p.configurations


@machine.sometimes("QUICLB-3.2-08", "QUICLB-9.6-05")
def a_server_without_nonces_bars_migration(s: LoadBalancing, p: Parameters) -> bool:
    """A server that has a configuration sends disable_active_migration, as it has no nonce left."""
    return s.barred == "yes" and s.issued == 1 and newest_at(s, s.home - 1) > 0 and count(s.known) == 1


@machine.sometimes("QUICLB-4.2-02", "QUICLB-5.1-04")
def a_client_has_hit_a_server_by_chance(s: LoadBalancing, p: Parameters) -> bool:
    """An ID that a client made up has led to the server that it happens to name."""
    return s.stage == FIRST_FLIGHT and s.decodes_to > 0 and is_hit(s)


@machine.sometimes("QUICLB-4.1-03")
def a_short_id_is_routed(s: LoadBalancing, p: Parameters) -> bool:
    """An ID too short for server ID and nonce has led to the server that its octets name."""
    return s.stage == FIRST_FLIGHT and s.short == "yes" and s.decodes_to > 0 and is_hit(s)


def is_hit(s: LoadBalancing) -> bool:
    """The first flight has come to the server that its ID names, and no hash had a part in it."""
    return s.home == s.decodes_to and get(s.hashed, 0) == 0


@machine.sometimes("QUICLB-4.3.2-03")
def a_part_waits_for_the_name(s: LoadBalancing, p: Parameters) -> bool:
    """The load balancer holds the first part of a ClientHello back."""
    return s.held_back == "yes"


@machine.sometimes("QUICLB-4.3.2-02")
def a_name_has_decided(s: LoadBalancing, p: Parameters) -> bool:
    """The load balancer has found the server of the name, and both parts are there."""
    return get(s.by_source, 0) > 0 and count(s.flight) == 2


@machine.sometimes("QUICLB-9.6-02")
def a_key_lasts_over_configurations(s: LoadBalancing, p: Parameters) -> bool:
    """The server goes on with the nonces of a key that two configurations share."""
    return p.keys == "kept" and s.issued > 1 and get(s.made_with, s.issued - 1) == 1


@machine.sometimes("QUICLB-5.3-01")
def an_heir_takes_the_packets(s: LoadBalancing, p: Parameters) -> bool:
    """The server IDs of a server that left have passed to another one while the client still sends."""
    return s.stage == OPEN and s.owner > 0 and s.owner != s.home


@machine.sometimes("RFC9000-21.11-03")
def the_client_learns_by_a_reset(s: LoadBalancing, p: Parameters) -> bool:
    """A server that lost its state has ended the connection by a stateless reset."""
    return s.ended_by == "server"


@machine.sometimes("QUICLB-3.1-04")
def a_codepoint_is_used_anew(s: LoadBalancing, p: Parameters) -> bool:
    """The load balancer has had two configurations at one codepoint, the second in place of the first."""
    return s.made >= p.codepoints and has(s.known, s.made) and not has(s.active, s.made - p.codepoints)


@machine.sometimes("QUICLB-3.1-06")
def a_codepoint_names_a_server(s: LoadBalancing, p: Parameters) -> bool:
    """In a rotation one server is the only one with the new codepoint, and its IDs show it (9.3)."""
    return s.made > 0 and get(s.servers_with, s.made) == 1 and s.issued > 0
