"""How it ends, step by step: an end closes, the other hears of it, both linger, and nothing is left."""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.actions import client_acts, machine
from pathproof.model.connection.demultiplexing import belongs
from pathproof.model.connection.ending import (
    after_close,
    answers_while_closing,
    begin_closing,
    client_close_leaves,
    client_is_mute,
    has_lingered,
    is_ending,
    note_code,
    server_answers_close,
    server_can_answer,
    server_can_close_to,
    server_close_leaves,
    server_is_mute,
)
from pathproof.model.connection.parts import moving_lives, opening_lives
from pathproof.model.connection.server_actions import server_acts
from pathproof.model.connection.state import (
    CLIENT,
    CLOSING,
    OPEN,
    OVER,
    SERVER,
    Address,
    PacketNumber,
    Sends,
)
from pathproof.model.vocabulary import add, get, has

# An end closes.


@machine.action(
    "protocol",
    "client",
    "RFC9000-10.2-01",
    "RFC9000-10.2-02",
    "RFC9000-10.2-03",
    "RFC9000-10.2-07",
    "RFC9000-10.2.1-01",
    "RFC9000-10.2.3-01",
    "RFC9000-11-01",
    "MULTIPATH-2.6-01",
    "MULTIPATH-2.6-02",
)
def client_closes(s: Any, p: Any) -> bool:
    """The client closes: CONNECTION_CLOSE leaves from where it is."""
    if not client_acts(s, p) or p.ends != "closes" or client_is_mute(s, p):
        return False
    note_code(s, p, False)
    client_close_leaves(s, p, s.moving_outer)
    s.client_end = begin_closing()
    s.ended_by = "an end"
    return True


@machine.action(
    "protocol",
    "server",
    "RFC9000-10.2-01",
    "RFC9000-10.2-02",
    "RFC9000-10.2-03",
    "RFC9000-10.2-07",
    "RFC9000-10.2.1-01",
    "RFC9000-10.2.3-01",
    "RFC9000-11-01",
    "MULTIPATH-2.6-01",
    "MULTIPATH-2.6-02",
)
def server_closes(s: Any, p: Any, sends: Sends) -> bool:
    """The server closes: CONNECTION_CLOSE goes to the address in use, or the limit has no room for it."""
    if not server_acts(s, p) or p.ends != "closes":
        return False
    if sends == 1 and not server_can_close_to(s, p, s.moving_current):
        return False
    note_code(s, p, False)
    if sends == 1:
        server_close_leaves(s, p, s.moving_current)
    s.server_end = begin_closing()
    s.ended_by = "an end"
    return True


@machine.action("protocol", "client", "RFC9000-5.1.2-10", "RFC9000-10.2.3-12")
def client_without_id_is_over(s: Any, p: Any) -> bool:
    """The client has no connection ID left for any packet: it can say nothing, and drops what it has."""
    if not client_acts(s, p) or not client_is_mute(s, p):
        return False
    s.client_end = OVER
    s.ended_by = "a breach"
    return True


@machine.action("protocol", "server", "RFC9000-5.1.2-10", "RFC9000-10.2.3-12")
def server_without_id_is_over(s: Any, p: Any) -> bool:
    """The server has no connection ID left for any packet: it can say nothing, and drops what it has."""
    if not server_acts(s, p) or not server_is_mute(s, p):
        return False
    s.server_end = OVER
    s.ended_by = "a breach"
    return True


# The other end hears of it.


def listens(end: str) -> bool:
    """The end is open, or has kept its keys while it closes."""
    return end in (OPEN, CLOSING)


@machine.action(
    "environment",
    "server",
    "RFC9000-10.2-04",
    "RFC9000-10.2.1-07",
    "RFC9000-10.2.2-01",
    "RFC9000-10.2.2-04",
    "RFC9000-10.2.2-06",
    "RFC9000-10.2.2-08",
    "MULTIPATH-3.4-18",
    "MULTIPATH-3.4-19",
)
def close_arrives_at_server(s: Any, p: Any, sends: Sends) -> bool:
    """CONNECTION_CLOSE of the client arrives at the server, which may answer once before it drains."""
    if opening_lives(p) or s.client_close == "not sent" or not listens(s.server_end):
        return False
    if sends == 1 and not (s.server_end == OPEN and server_can_close_to(s, p, s.moving_current)):
        return False
    if sends == 1:
        server_close_leaves(s, p, s.moving_current)
    s.heard_close = add(s.heard_close, SERVER)
    s.server_end = after_close(p, s.server_end)
    return True


@machine.action(
    "environment",
    "client",
    "RFC9000-10.2-04",
    "RFC9000-10.2.1-07",
    "RFC9000-10.2.2-01",
    "RFC9000-10.2.2-04",
    "RFC9000-10.2.2-06",
    "RFC9000-10.2.2-08",
    "MULTIPATH-3.4-18",
    "MULTIPATH-3.4-19",
)
def close_arrives_at_client(s: Any, p: Any, sends: Sends) -> bool:
    """CONNECTION_CLOSE of the server arrives at the client, which may answer once before it drains."""
    if opening_lives(p) or s.server_close == "not sent" or not listens(s.client_end):
        return False
    if sends == 1 and (s.client_end != OPEN or client_is_mute(s, p)):
        return False
    if sends == 1:
        client_close_leaves(s, p, s.moving_outer)
    s.heard_close = add(s.heard_close, CLIENT)
    s.client_end = after_close(p, s.client_end)
    return True


# What a closing end answers.


@machine.action(
    "environment",
    "server",
    "RFC9000-10.2.1-02",
    "RFC9000-10.2.1-03",
    "RFC9000-10.2.1-05",
    "RFC9000-10.2.1-06",
    "RFC9000-10.2.1-10",
    "RFC9000-10.2.1-11",
    "RFC9000-10.2.1-12",
)
def packet_meets_closing_server(s: Any, p: Any, number: PacketNumber, sends: Sends) -> bool:
    """A packet of the client arrives at a closing server, which may answer with CONNECTION_CLOSE."""
    address = get(s.moving_source, number)
    if not moving_lives(p) or s.server_end != CLOSING or number >= s.moving_sent:
        return False
    if has(s.moving_received, number) or not belongs(s, p, get(s.bears, number), address):
        return False
    if sends == 1 and not (answers_while_closing(s, p, True) and server_can_answer(s, p, address)):
        return False
    s.moving_received = add(s.moving_received, number)
    if sends == 1:
        server_answers_close(s, p, address)
    return True


@machine.action("environment", "client", "RFC9000-10.2.1-02", "RFC9000-10.2.1-03", "RFC9000-10.2.1-06")
def packet_meets_closing_client(s: Any, p: Any, address: Address) -> bool:
    """A packet of the server arrives at a closing client, which may answer with CONNECTION_CLOSE."""
    if not moving_lives(p) or s.client_end != CLOSING or not server_acts(s, p):
        return False
    if not has(s.moving_validating, address) or not has(s.moving_reachable, address):
        return False
    if not answers_while_closing(s, p, True):
        return False
    client_close_leaves(s, p, address)
    return True


# Time.


@machine.action(
    "environment",
    "client",
    "RFC9000-10.2-08",
    "RFC9000-10.2-11",
    "RFC9000-10.2.2-07",
    "MULTIPATH-2.6-04",
)
def client_lingers(s: Any, p: Any) -> bool:
    """A PTO passes at a client that is closing or draining, and after enough of them nothing is left."""
    if not is_ending(s.client_end):
        return False
    if has_lingered(p, s.client_lingers):
        s.client_end = OVER
    else:
        s.client_lingers = s.client_lingers + 1
    return True


@machine.action(
    "environment",
    "server",
    "RFC9000-10.2-08",
    "RFC9000-10.2-10",
    "RFC9000-10.2-11",
    "RFC9000-10.2.2-07",
    "MULTIPATH-2.6-04",
)
def server_lingers(s: Any, p: Any) -> bool:
    """A PTO passes at a server that is closing or draining, and after enough of them nothing is left."""
    if not is_ending(s.server_end):
        return False
    if has_lingered(p, s.server_lingers):
        s.server_end = OVER
    else:
        s.server_lingers = s.server_lingers + 1
    return True
