"""The client: when it may move or probe, and what its packets bear (RFC 9000 9, 9.1, 9.2, 9.5, 5.2.3)."""

from __future__ import annotations

from pathproof.model.migration.state import CONFIRMED, Migration, Parameters, server_is_empty
from pathproof.model.vocabulary import add, discard, has, put


def is_barred(p: Parameters) -> bool:
    """The server's disable_active_migration bars the client from other local addresses (9-02, 5.2.3-02).

    After the client has acted on a preferred address the bar is lifted; the reading
    `disabled_migration_scope` says whether it is also lifted toward the address of the handshake.
    """
    if p.disable_active_migration == "no" or p.preferred_address == "in use":
        return False
    return p.preferred_address == "none" or p.disabled_migration_scope == "handshake_address"


def is_settled(p: Parameters) -> bool:
    """The client has no wish to move."""
    return p.client != "moves" and p.client != "probes"


def may_leave(s: Migration, p: Parameters) -> bool:
    """The client may send from another local address than now (9-01, 9-02)."""
    if server_is_empty(p) and p.zero_length_move == "barred":
        return False
    return s.handshake == CONFIRMED and not is_barred(p)


def is_free(s: Migration, address: int) -> bool:
    """Nobody has sent from this address yet."""
    return not has(s.own, address) and not has(s.strangers, address)


def has_unused(s: Migration, p: Parameters) -> bool:
    """The client has a connection ID that none of its packets bore (9.5-09), or needs none."""
    return server_is_empty(p) or s.next_cid < p.server_cids


def take_unused(s: Migration, p: Parameters, address: int) -> None:
    """Packets from a new local address bear a connection ID of their own (9.5-03)."""
    s.own = add(s.own, address)
    s.reachable = add(s.reachable, address)
    if server_is_empty(p):
        s.peer_cid = put(s.peer_cid, address, 1)
    else:
        s.next_cid = s.next_cid + 1
        s.peer_cid = put(s.peer_cid, address, s.next_cid)


def may_send(s: Migration, p: Parameters) -> bool:
    """There is a packet number left."""
    return s.sent < p.packets


def send_probe(s: Migration, address: int) -> None:
    """A packet with PATH_CHALLENGE and PADDING alone leaves from this address (9.1)."""
    s.source = put(s.source, s.sent, address)
    s.probing = add(s.probing, s.sent)
    s.sent = s.sent + 1


def send_packet(s: Migration, address: int) -> None:
    """A non-probing packet leaves from this address (9.2-01)."""
    s.source = put(s.source, s.sent, address)
    s.sent = s.sent + 1
    s.owes = "nothing"


def go_to(s: Migration, address: int) -> None:
    """This is the client's address from now on, and it validates the path from there anew (9.2-03)."""
    s.outer = address
    s.waited = 0


def forget_path_from(s: Migration, address: int) -> None:
    """The client can be reached at this address no longer."""
    s.reachable = discard(s.reachable, address)
    s.works = discard(s.works, address)
