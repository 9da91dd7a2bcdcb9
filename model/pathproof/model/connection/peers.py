"""A peer that breaks rules: it sends or retires what it likes, holds back, or keeps its ID when it moves.

An end that holds back needs no action: nothing has to be sent. Against the other end's promises its breaches
are delivered as they are sent. Floods of frames are these actions over and over.
"""

from __future__ import annotations

from typing import Any

from pathproof.model.compose import together
from pathproof.model.connection.actions import can_send, client_acts, comes_from, goes_on_from, machine
from pathproof.model.connection.connection_ids import client_may_speak
from pathproof.model.connection.parts import CLIENT_IDS, MOVING, SERVER_IDS, moving_lives, supply_lives
from pathproof.model.connection.server_actions import server_acts
from pathproof.model.connection.state import Address, SequenceNumber
from pathproof.model.connection.supplying import at_client, at_server, retirement_at_client
from pathproof.model.migration import client_moves as moves
from pathproof.model.vocabulary import put


def server_may_break(s: Any, p: Any) -> bool:
    """The server breaks rules, and the client listens to it."""
    return p.peer == "rogue server" and supply_lives(p) and client_acts(s, p)


def client_may_break(s: Any, p: Any) -> bool:
    """The client breaks rules, and the server listens to it."""
    return p.peer == "rogue client" and supply_lives(p) and moving_lives(p) and server_acts(s, p)


@machine.action("attacker", "client", "RFC9000-9.5-03", "RFC9000-9.5-05", "RFC9000-5.1.2-05")
def linking_client_moves_to(s: Any, p: Any, address: Address) -> bool:
    """The client goes on from a new local address under the connection ID that its packets bear already.

    No client may. The server cannot tell it from a NAT, and may go on with its own connection ID, too.
    """
    paths = MOVING.state(s)
    if p.peer != "linking client" or not can_send(s, p) or not moves.is_free(paths, address):
        return False
    if not client_may_speak(s):
        return False
    s.under = put(s.under, address, s.server_ids_current + 1)
    comes_from(paths, address)
    goes_on_from(s, p, address)
    return True


@machine.action("attacker", "server", "RFC9000-5.1.1-13", "RFC9000-5.1.1-15", "RFC9000-5.1.2-13")
def rogue_server_sends_any_id(s: Any, p: Any, number: SequenceNumber, prior: SequenceNumber) -> bool:
    """The server sends NEW_CONNECTION_ID with numbers as it pleases."""
    if not server_may_break(s, p):
        return False
    return at_client(s, p, SERVER_IDS, "send_any_frame", number=number, prior=prior)


@machine.action("attacker", "server", "RFC9000-19.15-07", "RFC9000-10.2-05", "RFC9000-11-02", "RFC9000-11-03")
def rogue_server_reuses_an_id(s: Any, p: Any, number: SequenceNumber, first: SequenceNumber) -> bool:
    """The server sends a connection ID again under another number, so that two paths would share it."""
    if not server_may_break(s, p):
        return False
    return at_client(s, p, SERVER_IDS, "reuse_connection_id", number=number, first=first)


@machine.action("attacker", "server", "RFC9000-5.1.2-04")
def rogue_server_retires_anything(s: Any, p: Any, number: SequenceNumber) -> bool:
    """The server retires an issued connection ID of the client and goes on using what it likes."""
    if not server_may_break(s, p) or not moving_lives(p):
        return False
    if not together(s, p, (CLIENT_IDS, "retire_anything", {"number": number})):
        return False
    retirement_at_client(s, p)
    return True


@machine.action("attacker", "client", "RFC9000-5.1.1-13", "RFC9000-5.1.1-15", "RFC9000-5.1.2-13")
def rogue_client_sends_any_id(s: Any, p: Any, number: SequenceNumber, prior: SequenceNumber) -> bool:
    """The client sends NEW_CONNECTION_ID with numbers as it pleases."""
    if not client_may_break(s, p):
        return False
    return at_server(s, p, "send_any_frame", number=number, prior=prior)


@machine.action("attacker", "client", "RFC9000-19.15-07", "RFC9000-10.2-05", "RFC9000-11-02", "RFC9000-11-03")
def rogue_client_reuses_an_id(s: Any, p: Any, number: SequenceNumber, first: SequenceNumber) -> bool:
    """The client sends a connection ID again under another number, so that two paths would share it."""
    if not client_may_break(s, p):
        return False
    return at_server(s, p, "reuse_connection_id", number=number, first=first)


@machine.action("attacker", "client", "RFC9000-5.1.2-04")
def rogue_client_retires_anything(s: Any, p: Any, number: SequenceNumber) -> bool:
    """The client retires an issued connection ID of the server and goes on using what it likes."""
    if not client_may_break(s, p):
        return False
    return together(s, p, (SERVER_IDS, "retire_anything", {"number": number}))
