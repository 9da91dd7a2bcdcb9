"""What the network does: it delivers, late, out of order or never, and it changes addresses."""

from __future__ import annotations

from pathproof.model.migration import client_moves as client
from pathproof.model.migration.actions import machine
from pathproof.model.migration.client_answers import answer_challenge, knows
from pathproof.model.migration.congestion import learn
from pathproof.model.migration.sending import may_send_to, send_to
from pathproof.model.migration.state import (
    SERVER,
    Address,
    ConnectionID,
    Migration,
    PacketNumber,
    Parameters,
    is_open,
)
from pathproof.model.migration.truth import answer_left, arrives, prove, was_acknowledged, went_out
from pathproof.model.migration.validation import confirm, is_marked
from pathproof.model.vocabulary import Table, add, discard, discard_below, get, has, put

# From client to server.


@machine.action(
    "environment",
    "server",
    "RFC9000-9-03",
    "RFC9000-9-07",
    "RFC9000-9.3-01",
    "RFC9000-9.3-02",
    "RFC9000-9.3-03",
    "RFC9000-9.3-04",
    "RFC9000-9.3.2-02",
    "RFC9000-9.3.3-01",
    "RFC9000-12.4-34",
)
def deliver(s: Migration, p: Parameters, number: PacketNumber) -> bool:
    """A packet of the client arrives, from an address that the server keeps state about."""
    if not is_open(s) or number >= s.sent or not has(s.paths, get(s.source, number)):
        return False
    return arrives(s, p, number, get(s.source, number))


@machine.action(
    "environment",
    "server",
    "RFC9000-9-03",
    "RFC9000-9.3-01",
    "RFC9000-9.3-02",
    "RFC9000-9.3-03",
    "RFC9000-9.3-04",
    "RFC9000-12.4-34",
)
def deliver_from_elsewhere(s: Migration, p: Parameters, number: PacketNumber) -> bool:
    """A packet of the client arrives, from an address that is new to the server."""
    if not is_open(s) or number >= s.sent or has(s.paths, get(s.source, number)):
        return False
    return arrives(s, p, number, get(s.source, number))


@machine.action("environment", "server", "RFC9000-8.2.3-01", "RFC9000-8.2.3-02", "RFC9000-9.4-02")
def deliver_path_response(s: Migration, p: Parameters, address: Address) -> bool:
    """The client's PATH_RESPONSE to the challenge on this path arrives, on whatever path."""
    if not is_open(s) or not has(s.answered, address) or not has(s.validating, address):
        return False
    prove(s, address)
    confirm(s, p, address)
    return True


@machine.action("environment", "server", "RFC9000-9.4-01", "RFC9000-9.4-04", "RFC9000-9.4-05")
def deliver_acknowledgment(s: Migration, p: Parameters, address: Address) -> bool:
    """Data that the server sent to this address has arrived, and so does its acknowledgment."""
    if not is_open(s) or not has(s.flight, address) or not has(s.reachable, address):
        return False
    s.flight = discard(s.flight, address)
    s.pending = "nothing"
    was_acknowledged(s, p, address)
    learn(s, p, address)
    return True


# From server to client.


@machine.action("environment", "client", "RFC9000-8.2.2-01", "RFC9000-8.2.2-03", "RFC9000-9.3.3-03")
def deliver_challenge(s: Migration, p: Parameters, address: Address) -> bool:
    """PATH_CHALLENGE arrives at an address of the client, which answers from there."""
    if not is_open(s) or not has(s.validating, address) or has(s.answered, address) or not knows(SERVER):
        return False
    if not has(s.reachable, address) or (p.ecn_marks != "pass" and is_marked(s, address)):
        return False
    answer_challenge(s, p, address, address == s.outer)
    return True


@machine.action("protocol", "server", "RFC9000-8.2.2-01", "RFC9000-8.2.2-03", "RFC9000-9.5-09")
def answer(s: Migration, p: Parameters, address: Address) -> bool:
    """The server answers the client's challenge on its path, and the answer arrives."""
    if not is_open(s) or not has(s.asked, address) or not has(s.reachable, address) or not knows(SERVER):
        return False
    if not may_send_to(s, p, address):
        return False
    send_to(s, p, address)
    answer_left(s, p, address)
    s.asked = discard(s.asked, address)
    s.works = add(s.works, address)
    return True


@machine.action("protocol", "server", "RFC9000-8.2.2-01", "RFC9000-8.2.2-03", "RFC9000-9.5-09")
def answer_in_vain(s: Migration, p: Parameters, address: Address) -> bool:
    """The server answers a challenge on its path, and the answer is lost, or reaches no client."""
    if not is_open(s) or not has(s.asked, address) or not may_send_to(s, p, address):
        return False
    send_to(s, p, address)
    answer_left(s, p, address)
    s.asked = discard(s.asked, address)
    return True


@machine.action("environment", "client", "RFC9000-5.1.1-08")
def deliver_retirement(s: Migration, p: Parameters, cid: ConnectionID) -> bool:
    """RETIRE_CONNECTION_ID arrives, from the server to the address in use."""
    if not is_open(s) or not has(s.retired, cid) or not has(s.reachable, s.current):
        return False
    if not may_send_to(s, p, s.current):
        return False
    send_to(s, p, s.current)
    went_out(s, p, s.current)
    s.retired = discard(s.retired, cid)
    s.issued = discard(s.issued, cid)
    return True


# Addresses.


@machine.action("environment", "client", "RFC9000-9.3-08", "RFC9000-9.5-06")
def rebind(s: Migration, p: Parameters, address: Address) -> bool:
    """A NAT gives the client another address, of which the client knows nothing; the former one is dead."""
    if not is_open(s) or p.network == "steady" or not client.is_free(s, address):
        return False
    s.peer_cid = put(s.peer_cid, address, get(s.peer_cid, s.outer))
    s.own = add(s.own, address)
    s.rebound = add(s.rebound, address)
    s.reachable = add(discard(s.reachable, s.outer), address)
    if has(s.works, s.outer):
        s.works = add(discard(s.works, s.outer), address)
    s.outer = address
    return True


@machine.action("environment", "client", "RFC9000-9.1-03")
def lose_path(s: Migration, p: Parameters, address: Address) -> bool:
    """An address that the client does not use any more reaches it no longer."""
    if not is_open(s) or client.is_settled(p) or address == s.outer or not has(s.reachable, address):
        return False
    client.forget_path_from(s, address)
    return True


# What makes runs endless.


@machine.action("environment", "client", "RFC9000-9.3-04")
def go_on_numbering(s: Migration, p: Parameters) -> bool:
    """What is still under way is lost, and the numbers go on, written from 0 again."""
    if not is_open(s) or p.numbering == "ends" or s.sent < p.packets:
        return False
    s.sent = 0
    s.highest = 0
    s.probing = discard_below(s.probing, p.packets)
    s.received = discard_below(s.received, p.packets)
    s.source = emptied(s.source, p)
    return True


def emptied(table: Table, p: Parameters) -> Table:
    """The table without any packet."""
    table = put(table, 0, 0)
    if p.packets > 1:
        table = put(table, 1, 0)
    if p.packets > 2:
        table = put(table, 2, 0)
    if p.packets > 3:
        table = put(table, 3, 0)
    if p.packets > 4:
        table = put(table, 4, 0)
    return put(table, 5, 0) if p.packets > 5 else table


@machine.action("environment", "server")
def produce(s: Migration, p: Parameters) -> bool:
    """The server's application has data for the client."""
    if not is_open(s) or p.data == "none" or s.pending == "data":
        return False
    s.pending = "data"
    return True
