"""The server: what it does with a packet of the client, frame after frame (RFC 9000 9.3, 5.1.2-10, 12.4)."""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.budget import note_receipt
from pathproof.model.connection.connection_ids import settle
from pathproof.model.connection.demultiplexing import belongs
from pathproof.model.connection.idling import hears
from pathproof.model.connection.parts import MOVING, supply_lives
from pathproof.model.connection.state import CLOSING, SERVER
from pathproof.model.migration.highest_packet import is_duplicate, is_newest, is_probing
from pathproof.model.migration.new_address import accepts
from pathproof.model.migration.reception import take_packet, take_probe
from pathproof.model.vocabulary import add, get, has, put


def arrives(s: Any, p: Any, number: int, address: int) -> bool:
    """The packet with this number arrives from this address, and is taken in or not."""
    destination = get(s.bears, number)
    if is_duplicate(MOVING.state(s), number):
        return False
    if not belongs(s, p, destination, address):
        return drop(s, number, destination)
    paths, parameters = MOVING.state(s), MOVING.parameters(p)
    if is_an_error(s, p, address):
        s.server_end = CLOSING
        s.ended_by = "an address"
        return True
    if not accepts(paths, parameters, number, address, destination + 1):
        return False
    paths.received = add(paths.received, number)
    hears(s, p, SERVER)
    note_peer(s, number, address, destination + 1)
    if is_probing(paths, number):
        take_probe(paths, parameters, number, address, destination + 1)
    else:
        take_packet(paths, parameters, number, address, destination + 1)
    note_receipt(s, p, address)
    if supply_lives(p):
        settle(s)
    return True


def is_an_error(s: Any, p: Any, address: int) -> bool:
    """Whether the server closes for where a packet comes from: never, also if it barred a move (9-03)."""
    return False


def drop(s: Any, number: int, destination: int) -> bool:
    """The packet belongs to no connection: it is lost to this one, and noted where it should not be."""
    if has(s.server_ids_invalidated, destination) or destination >= s.server_ids_issued:
        return False
    s.moving_received = add(s.moving_received, number)
    s.dropped = "a packet it owns"
    return True


def note_peer(s: Any, number: int, address: int, peer: int) -> None:
    """The newest packet from an address says what the client's packets from there bear."""
    if has(s.moving_paths, address) and is_newest(MOVING.state(s), number):
        s.moving_peer_cid = put(s.moving_peer_cid, address, peer)
