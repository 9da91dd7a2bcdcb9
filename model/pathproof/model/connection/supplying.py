"""The supply between the ends: frames about connection IDs arrive, and paths follow."""

from __future__ import annotations

from typing import Any

from pathproof.model.cid_supply.state import OPEN as SUPPLY_OPEN
from pathproof.model.compose import Part, together
from pathproof.model.connection.actions import client_acts, machine
from pathproof.model.connection.budget import SMALL, has_room
from pathproof.model.connection.connection_ids import (
    client_may_speak,
    follow_client_supply,
    paths_follow_supply,
)
from pathproof.model.connection.ending import (
    begin_closing,
    client_close_leaves,
    note_code,
    server_can_close_to,
    server_close_leaves,
)
from pathproof.model.connection.idling import hears
from pathproof.model.connection.network import can_arrive
from pathproof.model.connection.observer import sighting
from pathproof.model.connection.parts import CLIENT_IDS, MOVING, SERVER_IDS, moving_lives, supply_lives
from pathproof.model.connection.reception import arrives
from pathproof.model.connection.server_actions import server_acts, went
from pathproof.model.connection.state import (
    CLIENT,
    SERVER,
    Address,
    PacketNumber,
    SequenceNumber,
    server_is_open,
)
from pathproof.model.migration.connection_ids import is_equipped
from pathproof.model.migration.sending import count_datagram, is_unlimited
from pathproof.model.vocabulary import add, discard, get, has

# NEW_CONNECTION_ID.


def at_client(s: Any, p: Any, part: Part, action: str, **arguments: int) -> bool:
    """A frame about the server's connection IDs reaches the client, whose packets follow."""
    if not together(s, p, (part, action, arguments)):
        return False
    hears(s, p, CLIENT)
    if s.server_ids_error != SUPPLY_OPEN:
        client_closes_over_a_breach(s, p)
    else:
        follow_client_supply(s, p)
    return True


def client_closes_over_a_breach(s: Any, p: Any) -> None:
    """A breach of the protocol results in an immediate close (10.2-05)."""
    note_code(s, p, True)
    client_close_leaves(s, p, s.moving_outer)
    s.client_end = begin_closing()
    s.ended_by = "a breach"


def server_closes_over_a_breach(s: Any, p: Any) -> None:
    """A breach of the protocol results in an immediate close, said where it may be said (10.2-05)."""
    note_code(s, p, True)
    if server_can_close_to(s, p, s.moving_current):
        server_close_leaves(s, p, s.moving_current)
    s.server_end = begin_closing()
    s.ended_by = "a breach"


def at_server(s: Any, p: Any, action: str, **arguments: int) -> bool:
    """A frame about the client's connection IDs reaches the server, whose paths follow."""
    if not together(s, p, (CLIENT_IDS, action, arguments)):
        return False
    hears(s, p, SERVER)
    if s.client_ids_error != SUPPLY_OPEN:
        server_closes_over_a_breach(s, p)
    elif moving_lives(p):
        paths_follow_supply(s, p, arguments["number"])
    return True


@machine.action("protocol", "server", "RFC9000-13.3-30", "RFC9000-9.3-02")
def server_supplies(s: Any, p: Any, number: SequenceNumber) -> bool:
    """NEW_CONNECTION_ID of the server leaves for the address in use, where it may find the client.

    One that goes elsewhere is lost, as data there is, and is sent again (13.3).
    """
    if not server_acts(s, p) or not moving_lives(p) or not has(s.moving_reachable, s.moving_current):
        return False
    if not goes_as_it_is(s, p):
        return False
    sent = sighting(p, number, s.moving_current)
    if supply_lives(p):
        if number == 0 or number >= s.server_ids_issued or has(s.supplied, sent):
            return False
        s.supplied = add(s.supplied, sent)
    frame_leaves(s, p)
    return True


@machine.action("environment", "client", "RFC9000-19.15-06", "RFC9000-5.1.2-10", "RFC9000-5.1.1-15")
def server_id_arrives(
    s: Any, p: Any, number: SequenceNumber, prior: SequenceNumber, address: Address
) -> bool:
    """NEW_CONNECTION_ID of the server arrives at an address of the client, once or once more."""
    if not client_acts(s, p) or not supply_lives(p) or not has_come_to(s, p, number, address):
        return False
    return at_client(s, p, SERVER_IDS, "deliver_new_connection_id", number=number, prior=prior)


@machine.action("environment", "server", "RFC9000-19.15-06", "RFC9000-5.1.2-10", "RFC9000-5.1.1-15")
def client_id_arrives(s: Any, p: Any, number: SequenceNumber, prior: SequenceNumber) -> bool:
    """NEW_CONNECTION_ID of the client arrives at the server."""
    if not server_acts(s, p) or not supply_lives(p):
        return False
    return at_server(s, p, "deliver_new_connection_id", number=number, prior=prior)


def has_come_to(s: Any, p: Any, number: int, address: int) -> bool:
    """The frame was sent to this address, and the client is there; without paths it comes from anywhere."""
    if not moving_lives(p):
        return address == 0
    return has(s.supplied, sighting(p, number, address)) and has(s.moving_reachable, address)


# One packet with several frames.


@machine.action("environment", "server", "RFC9000-12.4-03", "RFC9000-9.3-02")
def packet_brings_frames(s: Any, p: Any, number: PacketNumber) -> bool:
    """A packet of the client moves the connection or not; NEW_CONNECTION_ID and PATH_CHALLENGE are in it."""
    address = get(s.moving_source, number)
    if p.frames_together == "no" or s.client_ids_issued < 2 or not can_arrive(s, p, number, address):
        return False
    if not arrives(s, p, number, address):
        return False
    s.frames = "an ID, then a challenge"
    s.frames_from = address
    return True


@machine.action("environment", "server", "RFC9000-5.1.2-10", "RFC9000-19.15-06")
def its_id_is_processed(s: Any, p: Any, number: SequenceNumber) -> bool:
    """NEW_CONNECTION_ID in the middle of the packet is processed: it may retire what the path bears."""
    if s.frames != "an ID, then a challenge" or not server_is_open(s):
        return False
    prior = get(s.client_ids_sent_prior, number)
    if not at_server(s, p, "deliver_new_connection_id", number=number, prior=prior):
        return False
    s.frames = "a challenge"
    return True


@machine.action("environment", "server", "RFC9000-8.2.2-01", "RFC9000-9.5-09")
def its_challenge_is_processed(s: Any, p: Any) -> bool:
    """PATH_CHALLENGE behind it is owed an answer, under what the path bears by then, or none."""
    if s.frames != "a challenge":
        return False
    if server_is_open(s) and has(s.moving_paths, s.frames_from):
        s.moving_asked = add(s.moving_asked, s.frames_from)
    s.frames = "none"
    s.frames_from = 0
    return True


# RETIRE_CONNECTION_ID.


@machine.action("environment", "server", "RFC9000-5.1.1-08", "RFC9000-19.16-06", "RFC9000-5.1.2-11")
def client_retirement_arrives(s: Any, p: Any, number: SequenceNumber) -> bool:
    """RETIRE_CONNECTION_ID of the client arrives at the server, and its acknowledgment at the client."""
    if not server_acts(s, p) or not supply_lives(p) or not client_may_speak(s):
        return False
    if has(s.server_ids_invalidated, number):
        return False
    return retirement_arrives(s, p, SERVER_IDS, number)


@machine.action("environment", "client", "RFC9000-5.1.1-08", "RFC9000-19.16-06", "RFC9000-5.1.2-11")
def server_retirement_arrives(s: Any, p: Any, number: SequenceNumber) -> bool:
    """RETIRE_CONNECTION_ID of the server arrives at the client, in a packet to the address in use."""
    if not client_acts(s, p) or not server_acts(s, p) or not moving_lives(p):
        return False
    if not has(s.moving_reachable, s.moving_current) or not goes_as_it_is(s, p):
        return False
    if supply_lives(p) and not its_retirement_arrives(s, p, number):
        return False
    frame_leaves(s, p)
    return True


def its_retirement_arrives(s: Any, p: Any, number: int) -> bool:
    """The client stops to accept its connection ID, and the server forgets its name."""
    if has(s.client_ids_invalidated, number) or not retirement_arrives(s, p, CLIENT_IDS, number):
        return False
    s.moving_retired = discard(s.moving_retired, number + 1)
    s.moving_issued = discard(s.moving_issued, number + 1)
    return True


def retirement_arrives(s: Any, p: Any, part: Part, number: int) -> bool:
    """The issuer stops to accept the connection ID, and says that it has heard."""
    if not together(s, p, (part, "deliver_retire_connection_id", {"number": number})):
        return False
    hears(s, p, CLIENT)
    hears(s, p, SERVER)
    together(s, p, (part, "deliver_acknowledgment", {"number": number}))
    return True


def retirement_at_client(s: Any, p: Any) -> None:
    """A retirement by a server that breaks rules has reached the client, which may close over it."""
    if s.client_ids_error != SUPPLY_OPEN:
        client_closes_over_a_breach(s, p)


def frame_leaves(s: Any, p: Any) -> None:
    """A datagram with a frame of supply leaves for the address in use, and is paid for, whatever is in it."""
    count_datagram(MOVING.state(s), s.moving_current)
    went(s, p, s.moving_current, SMALL)


def goes_as_it_is(s: Any, p: Any) -> bool:
    """A datagram may go to the address in use, for which there is a connection ID already.

    Where no supply lives, what it costs is all there is of it, as long as the address is limited.
    """
    if not supply_lives(p) and has(s.moving_validated, s.moving_current):
        return False
    if not has_room(s, p, s.moving_current, SMALL, "data"):
        return False
    paths, parameters = MOVING.state(s), MOVING.parameters(p)
    if not is_equipped(paths, s.moving_current):
        return False
    return is_unlimited(paths, parameters, s.moving_current) or get(s.moving_allowance, s.moving_current) > 0
