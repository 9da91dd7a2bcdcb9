"""The server: which connection ID its packets to an address bear (RFC 9000 9.5, 9.3-03, 5.1.2).

A connection ID of the client serves one of its addresses. It may serve a second one only where packets from
there bear what those from the first bore (9.5-05): the server keeps to the connection ID that it paired with
the one which the client uses.
"""

from __future__ import annotations

from pathproof.model.migration.state import Migration, Parameters, client_is_empty
from pathproof.model.vocabulary import add, discard, get, has, is_empty, lowest, put


def is_live(s: Migration, cid: int) -> bool:
    """The client supplied this connection ID and the server has not retired it."""
    return cid > 0 and has(s.issued, cid) and not has(s.retired, cid)


def is_equipped(s: Migration, address: int) -> bool:
    """Packets to this address have a connection ID."""
    return is_live(s, get(s.cid_at, address))


def may_keep(s: Migration, p: Parameters, cid: int) -> bool:
    """A connection ID may go on although the address is new (9.5-05), by `cid_change_response`."""
    return is_live(s, cid) and (p.cid_change_response != "each_address" or is_empty(s.spare))


def can_equip(s: Migration, p: Parameters, address: int) -> bool:
    """There is a connection ID for packets to this address (9.3-03, 9.5-09)."""
    if is_equipped(s, address) or not is_empty(s.spare):
        return True
    return is_live(s, kept_for(s, p, get(s.peer_cid, address)))


def equip(s: Migration, p: Parameters, address: int) -> None:
    """Packets to this address get a connection ID, where there is none for them yet."""
    if is_equipped(s, address):
        return
    kept = kept_for(s, p, get(s.peer_cid, address))
    if may_keep(s, p, kept):
        assign(s, address, kept)
    elif not is_empty(s.spare):
        take_spare(s, address)


def kept_for(s: Migration, p: Parameters, peer: int) -> int:
    """The connection ID used so far toward a client whose packets bear `peer`; the empty one is for all."""
    if client_is_empty(p) and p.zero_length_move == "may":
        return 1
    return get(s.pair, peer)


def take_spare(s: Migration, address: int) -> None:
    """A connection ID that was in no packet is used up."""
    fresh = lowest(s.spare)
    s.spare = discard(s.spare, fresh)
    s.pair = put(s.pair, get(s.peer_cid, address), fresh)
    assign(s, address, fresh)


def change(s: Migration, p: Parameters, address: int) -> None:
    """Packets to this address bear a fresh connection ID, and the former one is retired."""
    give_up_connection_id(s, p, address)
    take_spare(s, address)


def assign(s: Migration, address: int, cid: int) -> None:
    """Packets to this address bear this connection ID."""
    leave(s, address)
    s.cid_at = put(s.cid_at, address, cid)
    s.users = put(s.users, cid, get(s.users, cid) + 1)


def leave(s: Migration, address: int) -> None:
    """Packets to this address bear what they bore no longer."""
    former = get(s.cid_at, address)
    if former > 0:
        s.users = put(s.users, former, get(s.users, former) - 1)
        s.cid_at = put(s.cid_at, address, 0)


def give_up_connection_id(s: Migration, p: Parameters, address: int) -> None:
    """What was used toward an address that is no longer in use is retired (5.1.2-06), if no other uses it."""
    cid = get(s.cid_at, address)
    leave(s, address)
    if cid > 0 and get(s.users, cid) == 0 and not client_is_empty(p):
        retire(s, p, cid)


def retire(s: Migration, p: Parameters, cid: int) -> None:
    """RETIRE_CONNECTION_ID is to be sent for this one."""
    if has(s.issued, cid):
        s.retired = add(s.retired, cid)
    forget_pairs(s, p, cid)


def forget_pairs(s: Migration, p: Parameters, cid: int) -> None:
    """This connection ID is kept for no connection ID of the peer any more."""
    if get(s.pair, 1) == cid:
        s.pair = put(s.pair, 1, 0)
    if p.server_cids > 1 and get(s.pair, 2) == cid:
        s.pair = put(s.pair, 2, 0)
    if p.server_cids > 2 and get(s.pair, 3) == cid:
        s.pair = put(s.pair, 3, 0)


def note_pair(s: Migration, p: Parameters, address: int) -> None:
    """A client that changed its connection ID and not its address is answered as before (9.5-02)."""
    peer = get(s.peer_cid, address)
    if p.cid_change_response != "mirrored" and get(s.pair, peer) == 0 and is_equipped(s, address):
        s.pair = put(s.pair, peer, get(s.cid_at, address))


def no_pairs(s: Migration, p: Parameters) -> None:
    """All that was kept for connection IDs of the peer has gone by Retire Prior To."""
    s.pair = put(s.pair, 1, 0)
    if p.server_cids > 1:
        s.pair = put(s.pair, 2, 0)
    if p.server_cids > 2:
        s.pair = put(s.pair, 3, 0)
