"""Who acts without keys, and what an end does that has lost its state.

- off path: sees packets of both ends and sends copies of the client's from an address of its own; sends
  datagrams that belong to no connection, to a closing end; sends resets that it has seen, and resets with
  tokens of its own making. It cannot drop or change packets, but the network may lose any.
- a server that restarts without the connection, and knows its static key still.
"""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.actions import client_acts, machine
from pathproof.model.connection.ending import answers_while_closing, server_can_close_to, server_close_leaves
from pathproof.model.connection.network import can_arrive
from pathproof.model.connection.parts import moving_lives, reset_lives
from pathproof.model.connection.reception import arrives
from pathproof.model.connection.server_actions import server_acts
from pathproof.model.connection.state import CLOSING, DRAINING, LOST, Address, PacketNumber, SequenceNumber
from pathproof.model.connection.tokens import is_recognized, may_be_reset
from pathproof.model.vocabulary import add, discard, has


@machine.action("attacker", "off-path attacker", "RFC9000-9.3-01", "RFC9000-9.3-04", "RFC9000-5.2-02")
def copy_arrives(s: Any, p: Any, number: PacketNumber, address: Address) -> bool:
    """A copy of a packet of the client arrives from an address of the attacker, before the original."""
    if p.attacker == "nobody" or has(s.moving_own, address) or not can_arrive(s, p, number, address):
        return False
    if p.attacker == "off path" and has(s.moving_paths, address):
        return False
    if not arrives(s, p, number, address):
        return False
    s.moving_strangers = add(s.moving_strangers, address)
    return True


@machine.action("attacker", "off-path attacker", "RFC9000-10.2.1-08", "RFC9000-10.2.1-12")
def stray_datagram_meets_closing_server(s: Any, p: Any, address: Address) -> bool:
    """A datagram that belongs to no connection arrives at a closing server, from wherever."""
    if p.attacker == "nobody" or not moving_lives(p) or s.server_end != CLOSING:
        return False
    if s.answered_unattributed == "yes" or not answers_while_closing(s, p, False):
        return False
    if not server_can_close_to(s, p, address):
        return False
    server_close_leaves(s, p, address)
    s.answered_unattributed = "yes"
    return True


# Stateless reset.


@machine.action("environment", "server", "RFC9000-10.3-01")
def server_loses_its_state(s: Any, p: Any) -> bool:
    """The server restarts, and knows nothing of the connection any more."""
    if not reset_lives(p) or not server_acts(s, p):
        return False
    s.server_end = LOST
    return True


@machine.action("protocol", "server", "RFC9000-10.3-01", "RFC9000-5.2-05", "RFC9000-10.3.1-03")
def server_resets(s: Any, p: Any, number: SequenceNumber) -> bool:
    """The server answers a packet that belongs to no connection with a reset, whose token others may read."""
    if not reset_lives(p) or not has(s.under_way, number) or not may_be_reset(s, number):
        return False
    s.under_way = discard(s.under_way, number)
    s.revealed = add(s.revealed, number)
    return True


@machine.action("environment", "server", "RFC9000-10.3-01")
def packet_comes_to_nothing(s: Any, p: Any, number: SequenceNumber) -> bool:
    """A packet to a server without state is lost, or what it triggered is lost on the way back."""
    if not reset_lives(p) or s.server_end != LOST or not has(s.under_way, number):
        return False
    s.under_way = discard(s.under_way, number)
    return True


@machine.action(
    "environment", "client", "RFC9000-10.3.1-03", "RFC9000-10.3.1-08", "RFC9000-10.3.1-11", "MULTIPATH-3.4-19"
)
def reset_arrives(s: Any, p: Any, number: SequenceNumber) -> bool:
    """A reset that was sent arrives, once or again, from whomever."""
    if not reset_lives(p) or not client_acts(s, p) or not has(s.revealed, number):
        return False
    if is_recognized(s, p, number):
        end_by_reset(s, number)
    return True


@machine.action("attacker", "off-path attacker", "RFC9000-10.3.1-03", "RFC9000-10.3.1-08")
def forged_reset_arrives(s: Any, p: Any) -> bool:
    """Something that ends in 16 bytes of the attacker's own making arrives at the client."""
    if p.attacker == "nobody" or not reset_lives(p) or not client_acts(s, p):
        return False
    if is_recognized(s, p, p.cids):
        s.client_end = DRAINING
        s.ended_by = "a forged reset"
    return True


def end_by_reset(s: Any, number: int) -> None:
    """The client drains; for claims, whether the server had lost the connection, and the ID was in use."""
    s.client_end = DRAINING
    in_use = has(s.server_ids_used, number) and not has(s.server_ids_retired, number)
    s.ended_by = "a reset" if s.server_end == LOST and in_use else "a forged reset"
