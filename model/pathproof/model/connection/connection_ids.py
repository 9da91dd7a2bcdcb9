"""Under which connection ID each end's packets go, on which path: the supply and the paths held together.

Each end binds a connection ID of its peer to a path with the first packet that bears it (9.5-03, 9.5-04). To
the supply, what is bound to another path is used elsewhere, so that it never takes the place of one that was
retired.
"""

from __future__ import annotations

from typing import Any

from pathproof.model.cid_supply.consumer import may_bear, retire_one, use
from pathproof.model.connection.idling import speaks
from pathproof.model.connection.observer import sees_packet_of_client, sees_packet_of_server
from pathproof.model.connection.parts import (
    CLIENT_IDS,
    MOVING,
    SERVER_IDS,
    moving_lives,
    reset_lives,
    supply_lives,
)
from pathproof.model.connection.state import CLIENT, SERVER
from pathproof.model.migration.connection_ids import assign, is_live
from pathproof.model.vocabulary import Numbers, add, discard, get, has, is_empty, lowest, minus, put, union

# The client.


def fresh_for_client(s: Any) -> Numbers:
    """Connection IDs of the server that no packet of the client has borne."""
    return minus(s.server_ids_active, s.server_ids_used)


def client_may_speak(s: Any) -> bool:
    """The client has a connection ID for packets from where it is."""
    return may_bear(SERVER_IDS.state(s), s.server_ids_current)


def works_under_its_own(s: Any, address: int) -> bool:
    """What packets from this address of the client bore is still active."""
    under = get(s.under, address)
    return under > 0 and has(s.server_ids_active, under - 1)


def take_fresh(s: Any, p: Any, address: int) -> bool:
    """From a new local address the client's packets bear what none has borne (9.5-03)."""
    part, parameters = SERVER_IDS.state(s), SERVER_IDS.parameters(p)
    move = SERVER_IDS.machine.actions["move"].function
    if parameters.zero_length == "yes":
        move_empty = SERVER_IDS.machine.actions["move_with_zero_length"].function
        if not move_empty(part, parameters):
            return False
    elif is_empty(fresh_for_client(s)) or not move(part, parameters, lowest(fresh_for_client(s))):
        return False
    s.under = put(s.under, address, s.server_ids_current + 1)
    return True


def take_up_again(s: Any, p: Any, address: int) -> bool:
    """Back at an address, the client's packets bear what they bore there, or else something fresh."""
    if not works_under_its_own(s, address):
        return take_fresh(s, p, address)
    use(SERVER_IDS.state(s), get(s.under, address) - 1)
    s.server_ids_elsewhere = discard(s.server_ids_used, s.server_ids_current)
    return True


def follow_client_supply(s: Any, p: Any) -> None:
    """Packets from where the client is bear what its supply has put in the place of a retired one.

    RETIRE_CONNECTION_ID and the acknowledgment of the frame leave at once, so that the observer sees it.
    """
    s.under = put(s.under, s.moving_outer, s.server_ids_current + 1)
    if client_may_speak(s):
        is_under_way(s, p, s.server_ids_current)
        sees_packet_of_client(s, p, s.moving_outer, s.server_ids_current)


def is_under_way(s: Any, p: Any, number: int) -> None:
    """A packet to this connection ID of the server may arrive from now on, when nobody knows the ID as well.

    Kept where the server may answer it with a reset. What arrives at its connection may do so once more.
    """
    if reset_lives(p):
        s.under_way = add(s.under_way, number)


def among(number: int, numbers: Numbers) -> Numbers:
    """This number alone if it is in the set, and else nothing."""
    alone = add(minus(numbers, numbers), number)
    return minus(alone, minus(alone, numbers))


def client_sent(s: Any, p: Any, address: int, number: int) -> None:
    """A packet of the client has left from this address, to the server's connection ID of this number."""
    is_under_way(s, p, number)
    speaks(s, p, CLIENT)
    s.bore_retired = union(s.bore_retired, among(number, s.server_ids_retired))
    sees_packet_of_client(s, p, address, number)


# The server.


def settle(s: Any) -> None:
    """To the supply, what the server uses toward the address in use is current, and all else is elsewhere.

    Where that was retired and nothing is left for this address, the supply stays as it is.
    """
    cid = get(s.moving_cid_at, s.moving_current)
    if is_live(MOVING.state(s), cid):
        use(CLIENT_IDS.state(s), cid - 1)
        s.client_ids_elsewhere = discard(s.client_ids_used, cid - 1)


def server_sent(s: Any, p: Any, address: int) -> None:
    """A packet of the server has left for this address, under the connection ID for packets to there."""
    speaks(s, p, SERVER)
    if not supply_lives(p) or not moving_lives(p):
        return
    number = get(s.moving_cid_at, address) - 1
    s.bore_retired = union(s.bore_retired, among(number, s.client_ids_retired))
    s.client_ids_used = add(s.client_ids_used, number)
    sees_packet_of_server(s, p, address, number)
    settle(s)


def paths_follow_supply(s: Any, p: Any, number: int) -> None:
    """NEW_CONNECTION_ID was taken in: the server's paths know what is retired and what is new (5.1.2-10).

    Where the supply has put a spare one in the place of one that was retired, it is for the address in use.
    """
    drop_from_paths(s, 0)
    if p.cids > 1:
        drop_from_paths(s, 1)
    if p.cids > 2:
        drop_from_paths(s, 2)
    if has(s.client_ids_active, number) and not has(s.moving_issued, number + 1):
        s.moving_issued = add(s.moving_issued, number + 1)
        s.moving_spare = add(s.moving_spare, number + 1)
    if has(s.moving_spare, s.client_ids_current + 1):
        assign(MOVING.state(s), s.moving_current, s.client_ids_current + 1)
        s.moving_spare = discard(s.moving_spare, s.client_ids_current + 1)
        keep_with_peer(s)


def keep_with_peer(s: Any) -> None:
    """What is used toward the address in use goes on with what the peer uses there (9.5-05)."""
    peer = get(s.moving_peer_cid, s.moving_current)
    s.moving_pair = put(s.moving_pair, peer, s.client_ids_current + 1)


def server_may_speak(s: Any) -> bool:
    """The server has a connection ID for packets to where it sends them."""
    return may_bear(CLIENT_IDS.state(s), s.client_ids_current)


def drop_from_paths(s: Any, number: int) -> None:
    """If this connection ID of the client is retired, the server's paths know it."""
    if has(s.client_ids_retired, number) and has(s.moving_issued, number + 1):
        s.moving_retired = add(s.moving_retired, number + 1)
        s.moving_spare = discard(s.moving_spare, number + 1)


def supply_follows_path(s: Any, cid: int) -> None:
    """What the server gave up with a path goes from its supply, and RETIRE_CONNECTION_ID is sent."""
    if has(s.moving_retired, cid) and has(s.client_ids_active, cid - 1):
        s.client_ids_active = discard(s.client_ids_active, cid - 1)
        retire_one(CLIENT_IDS.state(s), cid - 1)
