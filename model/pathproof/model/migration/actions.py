"""The machine, how it begins, and what a client does that keeps the rules.

Packets of the client have numbers and are delivered by the network (`network`). The other direction has no
order that matters: what the server owes to an address goes out when its rules permit, and arrives, or not.
"""

from __future__ import annotations

from pathproof.model.domains import Symmetry
from pathproof.model.machine import Machine
from pathproof.model.migration import client_moves as client
from pathproof.model.migration.connection_ids import no_pairs
from pathproof.model.migration.new_address import hears_client
from pathproof.model.migration.state import (
    DISCARDED,
    NO_VIABLE_PATH,
    Address,
    ConnectionID,
    Migration,
    Parameters,
    client_is_empty,
    is_open,
)
from pathproof.model.vocabulary import add, count, discard, discard_below, get, has, is_empty, put, union


def begin(s: Migration, p: Parameters) -> None:
    """The handshake has validated the first address, and each end uses one connection ID of the other."""
    s.handshake = p.handshake
    s.heard = add(s.heard, 0)
    s.spoken = s.heard
    s.own = add(s.own, 0)
    s.works = add(s.works, 0)
    s.reachable = add(s.reachable, 0)
    s.paths = add(s.paths, 0)
    s.validated = add(s.validated, 0)
    s.allowance = put(s.allowance, 0, 3)
    s.next_cid = 1
    s.peer_cid = put(s.peer_cid, 0, 1)
    s.seen = add(s.seen, 1)
    s.issued = add(s.issued, 1)
    s.cid_at = put(s.cid_at, 0, 1)
    s.users = put(s.users, 1, 1)
    s.pair = put(s.pair, 1, 1)


# Address 0 is the handshake's; no rule and no claim tells the others apart.
machine = Machine("migration", Migration, Parameters, begin, symmetric=(Symmetry("address", first=1),))


@machine.action("protocol", "client", "RFC9000-9-08")
def send(s: Migration, p: Parameters) -> bool:
    """The client sends a non-probing packet from where it is."""
    if not is_open(s) or not client.may_send(s, p):
        return False
    client.send_packet(s, s.outer)
    return True


@machine.action(
    "protocol",
    "client",
    "RFC9000-9.1-01",
    "RFC9000-8.2-07",
    "RFC9000-9.5-03",
    "RFC9000-9.5-09",
    "RFC9000-12.4-34",
)
def probe(s: Migration, p: Parameters, address: Address) -> bool:
    """The client probes the path from a new local address, under a connection ID that no packet bore."""
    if not is_open(s) or p.client != "probes" or not client.may_leave(s, p) or not client.may_send(s, p):
        return False
    if not client.is_free(s, address) or not client.has_unused(s, p):
        return False
    client.take_unused(s, p, address)
    client.send_probe(s, address)
    return True


@machine.action("protocol", "client", "RFC9000-9.1-01", "RFC9000-8.2.1-02")
def probe_again(s: Migration, p: Parameters, address: Address) -> bool:
    """The client repeats the probe of a path that did not answer."""
    if not is_open(s) or p.client != "probes" or not client.may_send(s, p):
        return False
    if not has(s.reachable, address) or has(s.works, address) or address == s.outer:
        return False
    client.send_probe(s, address)
    return True


@machine.action(
    "protocol",
    "client",
    "RFC9000-9-01",
    "RFC9000-9-02",
    "RFC9000-9-08",
    "RFC9000-9.2-01",
    "RFC9000-9.2-02",
    "RFC9000-9.2-03",
    "RFC9000-9.5-03",
    "RFC9000-9.5-09",
    "RFC9000-18.2-39",
    "RFC9000-18.2-40",
    "RFC9000-5.2.3-02",
)
def migrate(s: Migration, p: Parameters, address: Address) -> bool:
    """The client goes on from a new local address, without having probed the path."""
    if not is_open(s) or p.client != "moves" or not client.may_leave(s, p) or not client.may_send(s, p):
        return False
    if not client.is_free(s, address) or not client.has_unused(s, p):
        return False
    client.take_unused(s, p, address)
    client.go_to(s, address)
    client.send_packet(s, address)
    return True


@machine.action("protocol", "client", "RFC9000-9-08", "RFC9000-9.1-01", "RFC9000-9.2-01")
def go_over(s: Migration, p: Parameters, address: Address) -> bool:
    """The client migrates to another local address of its own, from which the path works."""
    if not is_open(s) or client.is_settled(p) or not client.may_leave(s, p) or not client.may_send(s, p):
        return False
    if address == s.outer or not has(s.works, address):
        return False
    client.go_to(s, address)
    client.send_packet(s, address)
    return True


@machine.action("protocol", "client", "RFC9000-8.2.4-06", "RFC9000-9.1-03")
def go_back(s: Migration, p: Parameters, address: Address) -> bool:
    """The client's validation of its new path has failed, and it goes on over one that works."""
    if not is_open(s) or has(s.works, s.outer) or s.waited < p.ptos or not client.may_send(s, p):
        return False
    if not has(s.works, address):
        return False
    client.go_to(s, address)
    client.send_packet(s, address)
    return True


@machine.action("protocol", "client", "RFC9000-8.2.4-07", "RFC9000-8.2.4-08", "RFC9000-9-05", "RFC9000-9-06")
def end_without_path(s: Migration, p: Parameters) -> bool:
    """No path of the client works: it may wait for another, discard the connection, or signal."""
    if not is_open(s) or p.pathless == "waits" or not is_empty(s.works) or s.waited < p.ptos:
        return False
    s.connection = DISCARDED if p.pathless == "discards" else NO_VIABLE_PATH
    return True


@machine.action("protocol", "client", "RFC9000-9.5-02", "RFC9000-5.1.2-01")
def change_connection_id(s: Migration, p: Parameters) -> bool:
    """The client changes the connection ID in its packets and stays where it is, at a quiet moment."""
    if not is_open(s) or p.client != "changes" or p.zero_length != "neither":
        return False
    if s.next_cid >= p.server_cids or count(s.received) != s.sent:
        return False
    if not is_empty(s.due) or not is_empty(s.asked):
        return False
    s.next_cid = s.next_cid + 1
    s.peer_cid = put(s.peer_cid, s.outer, s.next_cid)
    return True


@machine.action(
    "protocol", "client", "RFC9000-5.1.1-20", "RFC9000-9.5-10", "RFC9000-5.1.1-13", "RFC9000-9.3-03"
)
def issue(s: Migration, p: Parameters, cid: ConnectionID) -> bool:
    """The client supplies a connection ID, in a packet from where it is, and the server takes it in.

    A name that is free stands for a connection ID that nobody has seen. NEW_CONNECTION_ID is a probing frame
    (9.1-03): from a new address, too, it is taken in where packets are, and moves nothing.
    """
    if not is_open(s) or client_is_empty(p) or not hears_client(s, p):
        return False
    if cid == 0 or has(s.issued, cid) or get(s.users, cid) > 0:
        return False
    if p.prior == "raised" and count(s.issued) + 1 >= p.cids:
        return False
    s.issued = add(s.issued, cid)
    s.spare = add(s.spare, cid)
    return True


@machine.action("protocol", "client", "RFC9000-5.1.1-14", "RFC9000-5.1.2-07", "RFC9000-5.1.2-10")
def replace_all(s: Migration, p: Parameters, cid: ConnectionID) -> bool:
    """The client has no room for one more, and supplies it with a Retire Prior To that takes all others.

    The name may be that of one that was retired: it stands for a connection ID that nobody has seen.
    """
    if not is_open(s) or client_is_empty(p) or p.prior == "never" or not hears_client(s, p):
        return False
    if count(s.issued) + 1 < p.cids:
        return False
    if cid == 0 or has(s.spare, cid) or get(s.users, cid) > 0:
        return False
    s.retired = discard(union(s.retired, s.issued), cid)
    no_pairs(s, p)
    s.spare = add(discard_below(s.spare, p.cids + 1), cid)
    s.issued = add(s.issued, cid)
    return True
