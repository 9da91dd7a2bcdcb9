"""What the client does: it sends, moves, probes, answers, supplies and retires connection IDs.

A packet of the client has a number, a source and a destination, and is delivered by the network.
Frames about connection IDs are in packets of which nothing else matters: what was sent may arrive at any
later time, any number of times, or never.
"""

from __future__ import annotations

from typing import Any

from pathproof.model.cid_supply.state import OPEN as SUPPLY_OPEN
from pathproof.model.compose import together
from pathproof.model.connection.connection_ids import (
    client_may_speak,
    client_sent,
    fresh_for_client,
    is_under_way,
    take_fresh,
    take_up_again,
)
from pathproof.model.connection.ending import note_speech
from pathproof.model.connection.idling import speaks
from pathproof.model.connection.observer import sees_packet_of_client, sees_packet_of_server
from pathproof.model.connection.parts import (
    CLIENT_IDS,
    MOVING,
    SERVER_IDS,
    limit_lives,
    moving_lives,
    opening_lives,
    reset_lives,
    supply_lives,
)
from pathproof.model.connection.state import (
    CLIENT,
    Address,
    Connection,
    Parameters,
    SequenceNumber,
    client_is_open,
)
from pathproof.model.machine import Machine
from pathproof.model.migration import client_moves as moves
from pathproof.model.vocabulary import add, get, has, is_empty, lowest, put


def begin(s: Any, p: Any) -> None:
    """The handshake is over, or nothing has come yet; an observer has seen the first path."""
    SERVER_IDS.begin(s, p)
    CLIENT_IDS.begin(s, p)
    MOVING.begin(s, p)
    s.under = put(s.under, 0, 1)
    is_under_way(s, p, 0)
    sees_packet_of_client(s, p, 0, 0)
    sees_packet_of_server(s, p, 0, 0)
    if limit_lives(p):
        s.limit_valid = add(s.limit_valid, 0)


machine = Machine("connection", Connection, Parameters, begin)


def client_acts(s: Any, p: Any) -> bool:
    """The handshake is over and the client is open."""
    return not opening_lives(p) and client_is_open(s)


def leaves(s: Any, p: Any, address: int, number: int) -> None:
    """A packet leaves the client: its number is one more than the last, and the observer sees it."""
    s.bears = put(s.bears, s.moving_sent, number)
    client_sent(s, p, address, number)
    note_speech(s, s.client_end)


def comes_from(paths: Any, address: int) -> None:
    """The client has one more local address, at which it is reached."""
    paths.own = add(paths.own, address)
    paths.reachable = add(paths.reachable, address)


def goes_on_from(s: Any, p: Any, address: int) -> None:
    """The client is at this address from now on, and a non-probing packet leaves from there (9.2-01)."""
    paths = MOVING.state(s)
    moves.go_to(paths, address)
    leaves(s, p, address, s.server_ids_current)
    moves.send_packet(paths, address)


def can_send(s: Any, p: Any) -> bool:
    """The client is open, and there is a packet number."""
    if not client_acts(s, p) or not moving_lives(p):
        return False
    return moves.may_send(MOVING.state(s), MOVING.parameters(p))


@machine.action("protocol", "client", "RFC9000-9-08", "RFC8999-5-01")
def client_sends(s: Any, p: Any) -> bool:
    """The client sends a non-probing packet from where it is."""
    if not can_send(s, p) or not client_may_speak(s):
        return False
    leaves(s, p, s.moving_outer, s.server_ids_current)
    moves.send_packet(MOVING.state(s), s.moving_outer)
    return True


@machine.action("protocol", "client", "RFC9000-9-01", "RFC9000-9.2-01", "RFC9000-9.5-03", "RFC9000-9.5-09")
def client_moves_to(s: Any, p: Any, address: Address) -> bool:
    """The client goes on from a new local address, under a connection ID that no packet bore."""
    paths, parameters = MOVING.state(s), MOVING.parameters(p)
    if not can_send(s, p) or p.client != "moves" or not moves.may_leave(paths, parameters):
        return False
    if not moves.is_free(paths, address) or not take_fresh(s, p, address):
        return False
    comes_from(paths, address)
    goes_on_from(s, p, address)
    return True


@machine.action("protocol", "client", "RFC9000-9.5-03", "RFC9000-5.1.2-01")
def client_turns_to(s: Any, p: Any, address: Address) -> bool:
    """The client goes over to another local address, whatever the server makes of it."""
    if not client_acts(s, p) or moving_lives(p) or not supply_lives(p) or address == s.moving_outer:
        return False
    if not (take_up_again(s, p, address) if has(s.moving_own, address) else take_fresh(s, p, address)):
        return False
    s.moving_own = add(s.moving_own, address)
    s.moving_outer = address
    client_sent(s, p, address, s.server_ids_current)
    note_speech(s, s.client_end)
    return True


@machine.action("protocol", "client", "RFC9000-9.1-01", "RFC9000-8.2-07", "RFC9000-9.5-03", "RFC9000-9.5-09")
def client_probes(s: Any, p: Any, address: Address) -> bool:
    """The client probes the path from a new local address, under a connection ID that no packet bore."""
    paths, parameters = MOVING.state(s), MOVING.parameters(p)
    if not can_send(s, p) or p.client != "probes" or not moves.may_leave(paths, parameters):
        return False
    if not moves.is_free(paths, address) or is_empty(fresh_for_client(s)):
        return False
    comes_from(paths, address)
    number = lowest(fresh_for_client(s))
    s.under = put(s.under, address, number + 1)
    s.server_ids_used = add(s.server_ids_used, number)
    s.server_ids_elsewhere = add(s.server_ids_elsewhere, number)
    leaves(s, p, address, number)
    moves.send_probe(paths, address)
    return True


@machine.action("protocol", "client", "RFC9000-9-08", "RFC9000-9.2-01", "RFC9000-9.5-03")
def client_goes_over_to(s: Any, p: Any, address: Address) -> bool:
    """The client goes over to another local address of its own, from which the path works."""
    paths, parameters = MOVING.state(s), MOVING.parameters(p)
    if not can_send(s, p) or p.client == "stays" or not moves.may_leave(paths, parameters):
        return False
    if address == s.moving_outer or not has(s.moving_works, address) or not take_up_again(s, p, address):
        return False
    goes_on_from(s, p, address)
    return True


@machine.action("protocol", "client", "RFC9000-8.2.4-06", "RFC9000-9.1-03", "RFC9000-9.5-03")
def client_goes_back_to(s: Any, p: Any, address: Address) -> bool:
    """The client's validation of its new path has failed, and it goes on over one that works."""
    if not can_send(s, p) or has(s.moving_works, s.moving_outer) or s.moving_waited < p.ptos:
        return False
    if not has(s.moving_works, address) or not take_up_again(s, p, address):
        return False
    goes_on_from(s, p, address)
    return True


@machine.action("protocol", "client", "RFC9000-5.1.2-04", "RFC8999-5-01")
def client_sends_again(s: Any, p: Any) -> bool:
    """The client sends once more, even if nothing comes back: all that matters is the connection ID."""
    if not client_acts(s, p) or not reset_lives(p) or not client_may_speak(s):
        return False
    if has(s.under_way, s.server_ids_current):
        return False
    client_sent(s, p, s.moving_outer, s.server_ids_current)
    note_speech(s, s.client_end)
    return True


@machine.action("protocol", "client", "RFC9000-9.5-02", "RFC9000-5.1.2-01", "RFC9000-7.2-14")
def client_changes_its_id(s: Any, p: Any) -> bool:
    """The client puts another connection ID into its packets and stays where it is."""
    if not client_acts(s, p) or not supply_lives(p) or p.client != "stays" or is_empty(fresh_for_client(s)):
        return False
    if not together(s, p, (SERVER_IDS, "switch", {"number": lowest(fresh_for_client(s))})):
        return False
    s.under = put(s.under, s.moving_outer, s.server_ids_current + 1)
    client_sent(s, p, s.moving_outer, s.server_ids_current)
    return True


@machine.action("protocol", "client", "RFC9000-5.1.1-13", "RFC9000-5.1.1-20", "RFC9000-5.1.2-07")
def client_issues(s: Any, p: Any, prior: SequenceNumber) -> bool:
    """The client sends NEW_CONNECTION_ID."""
    if not client_acts(s, p) or not supply_lives(p) or not moving_lives(p) or p.peer == "rogue client":
        return False
    if p.prior == "stays" and prior > 0:
        return False
    if not together(s, p, (CLIENT_IDS, "issue", {"prior": prior})):
        return False
    speaks(s, p, CLIENT)
    return True


@machine.action("protocol", "client", "RFC9000-5.1.2-03", "RFC9000-5.1.2-06", "RFC9000-9.5-03")
def client_retires(s: Any, p: Any, number: SequenceNumber) -> bool:
    """The client retires what its packets bore on a path that it has left."""
    if not client_acts(s, p) or not supply_lives(p) or not has(s.server_ids_elsewhere, number):
        return False
    if not together(s, p, (SERVER_IDS, "retire", {"number": number})):
        return False
    speaks(s, p, CLIENT)
    return True


def supply_is_whole(s: Any) -> bool:
    """Neither end has closed over a frame about connection IDs."""
    return bool(s.server_ids_error == SUPPLY_OPEN and s.client_ids_error == SUPPLY_OPEN)


def bound_to(s: Any, address: int, number: int) -> bool:
    """Packets of the client from this address bear this connection ID."""
    return bool(get(s.under, address) == number + 1)
