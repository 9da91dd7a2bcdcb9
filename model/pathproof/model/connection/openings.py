"""The first packets, step by step: what settles connection IDs, what is answered, and what is dropped.

Only what has a choice in it, or a bug behind it, is here; the rest of the handshake is the reference's.
"""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.actions import machine
from pathproof.model.connection.ending import begin_closing, note_code
from pathproof.model.connection.first_packets import (
    agrees,
    belongs_in_zero_rtt,
    client_takes_long_header,
    closes_in_handshake,
    closes_in_initial,
    closes_in_one_rtt,
    is_large_enough,
    server_takes_handshake_packet,
    takes_initial,
)
from pathproof.model.connection.parts import opening_lives
from pathproof.model.connection.state import (
    CONFIRMED,
    HANDSHAKE,
    IDLE,
    INITIAL,
    ONE_RTT,
    OPEN,
    PROVED,
    UNDER_WAY,
    Source,
)
from pathproof.model.vocabulary import add


def server_opens(s: Any, p: Any) -> bool:
    """The first packets are under way, and the server has not closed."""
    return opening_lives(p) and s.server_end == OPEN


@machine.action(
    "environment",
    "server",
    "RFC9000-5.2.2-07",
    "RFC9000-5.2.2-08",
    "RFC9000-7.2-01",
    "RFC9000-7.2-02",
    "RFC9000-7.2-13",
    "RFC9000-7.2-14",
)
def initial_arrives_at_server(s: Any, p: Any, source: Source) -> bool:
    """An Initial packet arrives at the server, with the client's Source Connection ID or another one."""
    if not server_opens(s, p) or s.hello == CONFIRMED or not takes_initial(s.to_client, source + 1):
        return False
    note_change(s, s.to_client, source + 1)
    s.to_client = source + 1
    if s.hello == IDLE:
        s.hello = UNDER_WAY
    return True


def note_change(s: Any, before: int, after: int) -> None:
    """For claims: where an end's packets go has been changed by a later long header."""
    if before != 0 and after != before:
        s.took_other = "yes"


@machine.action("environment", "server", "RFC9000-7.2-14", "RFC9000-5.2-02", "RFC9000-5.2-06")
def handshake_packet_arrives_at_server(s: Any, p: Any, source: Source) -> bool:
    """A Handshake packet of the client arrives at the server, whose Source Connection ID may be another."""
    if not server_opens(s, p) or s.hello == IDLE or s.hello == CONFIRMED:
        return False
    if not server_takes_handshake_packet(s, p, source + 1):
        return False
    if source + 1 != s.to_client:
        s.heard_other = "yes"
    s.hello = PROVED
    return True


@machine.action("environment", "client", "RFC9000-7.2-10", "RFC9000-7.2-11", "RFC9000-7.2-12")
def long_header_arrives_at_client(s: Any, p: Any, source: Source) -> bool:
    """An Initial, Retry or Handshake packet of the server arrives at the client, the first or a later one."""
    if not opening_lives(p) or s.client_end != OPEN or s.hello == IDLE:
        return False
    if not client_takes_long_header(s, source + 1):
        return False
    note_change(s, s.to_server, source + 1)
    s.to_server = source + 1
    return True


@machine.action("environment", "server", "RFC9000-5.2.2-01", "RFC9000-5.2.2-03", "RFC9000-5.2.2-04")
def unsupported_version_fills_a_datagram(s: Any, p: Any) -> bool:
    """A packet of a version that the server does not support arrives, in 1200 bytes of its own."""
    return version_arrives(s, p, True, True, "a packet")


@machine.action("environment", "server", "RFC9000-5.2.2-01", "RFC9000-5.2.2-03", "RFC9000-5.2.2-04")
def unsupported_version_comes_behind_another(s: Any, p: Any) -> bool:
    """A short packet of a version that the server does not support arrives behind another, in 1200 bytes."""
    return version_arrives(s, p, True, False, "a datagram")


@machine.action("attacker", "off-path attacker", "RFC9000-5.2.2-03", "RFC9000-5.2.2-12")
def unsupported_version_comes_alone(s: Any, p: Any) -> bool:
    """A short packet of a version that the server does not support arrives in a small datagram."""
    return version_arrives(s, p, False, False, "too little")


def version_arrives(s: Any, p: Any, datagram_is_large: bool, packet_is_large: bool, what: str) -> bool:
    """Version Negotiation answers it, or it is dropped; for claims, what was answered is noted."""
    if not server_opens(s, p) or s.negotiated != "no":
        return False
    if is_large_enough(p, datagram_is_large, packet_is_large):
        s.negotiated = what
    return True


@machine.action(
    "environment",
    "client",
    "RFC9000-7.3-01",
    "RFC9000-7.3-05",
    "RFC9000-7.3-06",
    "RFC9000-7.3-11",
    "RFC9000-18.2-62",
)
def parameters_arrive(s: Any, p: Any) -> bool:
    """The server's transport parameters repeat the connection IDs of its first packets."""
    return stated_at_client(s, p, "as they were")


@machine.action(
    "attacker",
    "server",
    "RFC9000-7.3-06",
    "RFC9000-7.3-08",
    "RFC9000-7.3-11",
    "RFC9000-11-02",
    "RFC9000-11-03",
)
def other_parameters_arrive(s: Any, p: Any) -> bool:
    """The server's transport parameters state another connection ID than its first packets had."""
    return stated_at_client(s, p, "otherwise")


@machine.action(
    "attacker",
    "server",
    "RFC9000-7.3-07",
    "RFC9000-7.3-09",
    "RFC9000-7.3-10",
    "RFC9000-11-02",
    "RFC9000-11-03",
)
def parameters_lack_one(s: Any, p: Any) -> bool:
    """The server's transport parameters lack a connection ID that they have to state, or have one more."""
    return stated_at_client(s, p, "missing")


def stated_at_client(s: Any, p: Any, what: str) -> bool:
    """The client compares what is stated with what it saw, and closes over a difference."""
    if not opening_lives(p) or s.client_end != OPEN or s.to_server == 0 or s.stated != "not yet":
        return False
    s.stated = what
    if not agrees(what):
        note_code(s, p, True)
        s.client_end = begin_closing()
        s.ended_by = "a breach"
    return True


@machine.action("environment", "server", "RFC9001-4.1.2-01", "RFC9001-4.1.2-02")
def handshake_is_confirmed(s: Any, p: Any) -> bool:
    """The client's Finished arrives: for the server the handshake is complete, and so confirmed."""
    if not server_opens(s, p) or s.hello != PROVED:
        return False
    s.hello = CONFIRMED
    return True


@machine.action(
    "protocol",
    "server",
    "RFC9000-10.2.3-01",
    "RFC9000-10.2.3-02",
    "RFC9000-10.2.3-03",
    "RFC9000-10.2.3-04",
    "RFC9000-10.2.3-05",
    "RFC9000-10.2.3-08",
    "RFC9000-10.2.3-09",
)
def server_closes_in_handshake(s: Any, p: Any) -> bool:
    """The server closes, in packets of every type that the client may be able to read."""
    if not server_opens(s, p) or s.hello == IDLE:
        return False
    note_code(s, p, False)
    if closes_in_initial(s, p):
        s.close_in = add(s.close_in, INITIAL)
    if closes_in_handshake(s):
        s.close_in = add(s.close_in, HANDSHAKE)
    if closes_in_one_rtt(s):
        s.close_in = add(s.close_in, ONE_RTT)
    s.server_end = begin_closing()
    return True


@machine.action("attacker", "client", "RFC9000-12.5-07", "RFC9000-12.5-08")
def early_frame_arrives(s: Any, p: Any) -> bool:
    """A 0-RTT packet brings PATH_RESPONSE or RETIRE_CONNECTION_ID, and the server closes over it."""
    if not server_opens(s, p) or s.hello != UNDER_WAY or s.early != "nothing":
        return False
    if belongs_in_zero_rtt("RETIRE_CONNECTION_ID"):
        s.early = "an early frame out of place"
        return True
    note_code(s, p, True)
    s.server_end = begin_closing()
    s.ended_by = "a breach"
    return True
