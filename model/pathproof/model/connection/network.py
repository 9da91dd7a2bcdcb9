"""What the network does: it delivers, late, out of order or never, and it changes addresses."""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.actions import client_acts, machine
from pathproof.model.connection.budget import lift_limit, may_come
from pathproof.model.connection.connection_ids import client_may_speak, client_sent, works_under_its_own
from pathproof.model.connection.ending import note_speech
from pathproof.model.connection.idling import hears
from pathproof.model.connection.parts import MOVING, moving_lives
from pathproof.model.connection.reception import arrives
from pathproof.model.connection.server_actions import follows
from pathproof.model.connection.state import CLIENT, SERVER, Address, PacketNumber
from pathproof.model.migration import client_moves as moves
from pathproof.model.migration.client_answers import answer_challenge
from pathproof.model.migration.congestion import learn
from pathproof.model.migration.network import emptied
from pathproof.model.migration.validation import confirm
from pathproof.model.vocabulary import add, discard, discard_below, get, has, put

# From client to server.


def can_arrive(s: Any, p: Any, number: int, address: int) -> bool:
    """The packet was sent, the server is open, and the datagram can still be counted."""
    return follows(s, p) and number < s.moving_sent and may_come(s, p, address)


@machine.action(
    "environment",
    "server",
    "RFC9000-5.2-01",
    "RFC9000-5.2-02",
    "RFC9000-5.2.2-05",
    "RFC9000-5.2.2-06",
    "RFC8999-5.3-02",
    "RFC9000-9.3-01",
    "RFC9000-9.3-02",
    "RFC9000-9.3-04",
)
def packet_arrives(s: Any, p: Any, number: PacketNumber) -> bool:
    """A packet of the client arrives, from an address that the server keeps state about."""
    address = get(s.moving_source, number)
    if not can_arrive(s, p, number, address) or not has(s.moving_paths, address):
        return False
    return arrives(s, p, number, address)


@machine.action(
    "environment",
    "server",
    "RFC9000-5.2-01",
    "RFC9000-5.2-02",
    "RFC8999-5.3-02",
    "RFC9000-9-03",
    "RFC9000-9.3-01",
    "RFC9000-9.3-02",
)
def packet_arrives_from_elsewhere(s: Any, p: Any, number: PacketNumber) -> bool:
    """A packet of the client arrives, from an address that is new to the server."""
    address = get(s.moving_source, number)
    if not can_arrive(s, p, number, address) or has(s.moving_paths, address):
        return False
    return arrives(s, p, number, address)


@machine.action("environment", "server", "RFC9000-8.2.3-01", "RFC9000-8.2.3-02")
def response_arrives(s: Any, p: Any, address: Address) -> bool:
    """The client's PATH_RESPONSE to the challenge on this path arrives, on whatever path."""
    if not follows(s, p) or not has(s.moving_answered, address) or not has(s.moving_validating, address):
        return False
    confirm(MOVING.state(s), MOVING.parameters(p), address)
    hears(s, p, SERVER)
    lift_limit(s, p, address)
    return True


@machine.action("environment", "server", "RFC9000-9.4-01", "RFC9000-13.3-40", "RFC9000-13.3-41")
def acknowledgment_arrives(s: Any, p: Any, address: Address) -> bool:
    """Data that the server sent to this address has arrived, and so does its acknowledgment."""
    if not follows(s, p) or not has(s.moving_flight, address) or not has(s.moving_reachable, address):
        return False
    s.moving_flight = discard(s.moving_flight, address)
    s.moving_pending = "nothing"
    hears(s, p, CLIENT)
    hears(s, p, SERVER)
    learn(MOVING.state(s), MOVING.parameters(p), address)
    return True


# From server to client.


@machine.action("environment", "client", "RFC9000-8.2.2-01", "RFC9000-9.3.3-03")
def challenge_arrives(s: Any, p: Any, address: Address) -> bool:
    """PATH_CHALLENGE arrives at an address of the client, which answers from there."""
    if not client_acts(s, p) or not moving_lives(p) or not has(s.moving_validating, address):
        return False
    if has(s.moving_answered, address) or not has(s.moving_reachable, address):
        return False
    if not response_can_leave(s, address):
        return False
    hears(s, p, CLIENT)
    response_leaves(s, p, address)
    answer_challenge(MOVING.state(s), MOVING.parameters(p), address, address == s.moving_outer)
    return True


def response_can_leave(s: Any, address: int) -> bool:
    """There is a connection ID for packets from this address of the client."""
    if address == s.moving_outer:
        return client_may_speak(s)
    return works_under_its_own(s, address)


def response_leaves(s: Any, p: Any, address: int) -> None:
    """PATH_RESPONSE leaves from this address, under the connection ID for packets from there."""
    if address == s.moving_outer:
        answers_under(s, p, address, s.server_ids_current)
    else:
        answers_under(s, p, address, get(s.under, address) - 1)


def answers_under(s: Any, p: Any, address: int, number: int) -> None:
    """A packet without a number that matters leaves the client, under the connection ID of its path."""
    client_sent(s, p, address, number)
    note_speech(s, s.client_end)


# Addresses and time.


@machine.action("environment", "client", "RFC9000-9.3-08", "RFC9000-9.5-06")
def nat_rebinds(s: Any, p: Any, address: Address) -> bool:
    """A NAT gives the client another address, of which the client knows nothing; the former one is dead."""
    paths = MOVING.state(s)
    if not client_acts(s, p) or not moving_lives(p) or p.network == "steady":
        return False
    if not moves.is_free(paths, address):
        return False
    s.under = put(s.under, address, get(s.under, s.moving_outer))
    paths.own = add(paths.own, address)
    paths.rebound = add(paths.rebound, address)
    paths.reachable = add(discard(paths.reachable, paths.outer), address)
    if has(paths.works, paths.outer):
        paths.works = add(discard(paths.works, paths.outer), address)
    paths.outer = address
    return True


@machine.action("environment", "client", "RFC9000-9.1-03")
def path_dies(s: Any, p: Any, address: Address) -> bool:
    """An address that the client does not use any more reaches it no longer."""
    if not client_acts(s, p) or not moving_lives(p) or p.client == "stays" or address == s.moving_outer:
        return False
    if not has(s.moving_reachable, address):
        return False
    moves.forget_path_from(MOVING.state(s), address)
    return True


@machine.action("environment", "client", "RFC9000-8.2.4-02")
def client_waits(s: Any, p: Any) -> bool:
    """A PTO passes after the client's PATH_CHALLENGE on the path that it has moved to."""
    if not client_acts(s, p) or not moving_lives(p) or has(s.moving_works, s.moving_outer):
        return False
    if s.moving_waited >= p.ptos:
        return False
    s.moving_waited = s.moving_waited + 1
    return True


@machine.action("environment", "client", "RFC9000-9.3-04")
def numbering_goes_on(s: Any, p: Any) -> bool:
    """What is still under way is lost, and the numbers go on, written from 0 again."""
    if not client_acts(s, p) or not moving_lives(p) or p.numbering == "ends" or s.moving_sent < p.packets:
        return False
    s.moving_sent = 0
    s.moving_highest = 0
    s.moving_probing = discard_below(s.moving_probing, p.packets)
    s.moving_received = discard_below(s.moving_received, p.packets)
    s.moving_source = emptied(s.moving_source, p)
    s.bears = emptied(s.bears, p)
    return True
