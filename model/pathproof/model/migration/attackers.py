"""Who acts against the rules, and what each can do.

- off path: sees the client's packets and sends copies of them from an address of its own, before the original
  or instead of it. It cannot drop, delay or change packets, but the network may lose any. A copier on the
  path can do no more to the server, since what it drops is lost.
- off path, and `relay`: also sees what the server sends to that address, and hands it to the client (a
  limited on-path attacker, RFC 9000 21.1.3.3).
- client: a client that sends from a victim's address, or that moves though it is barred from it.
"""

from __future__ import annotations

from pathproof.model.migration import client_moves as client
from pathproof.model.migration.actions import machine
from pathproof.model.migration.client_answers import answer_challenge, knows
from pathproof.model.migration.state import ELSEWHERE, Address, Migration, PacketNumber, Parameters, is_open
from pathproof.model.migration.truth import arrives
from pathproof.model.vocabulary import add, get, has, is_empty, put


def is_a_strangers(s: Migration, address: int) -> bool:
    """The address may be the attacker's, or a victim's."""
    return not has(s.own, address)


@machine.action("attacker", "server", "RFC9000-9.3-01", "RFC9000-9.3-04", "RFC9000-9.3.2-02")
def copy_packet(s: Migration, p: Parameters, number: PacketNumber, address: Address) -> bool:
    """The attacker sends a copy of a packet from an address new to the server, and the copy arrives first."""
    if not is_open(s) or p.attacker != "off path" or number >= s.sent or has(s.paths, address):
        return False
    if p.copier == "stays" and not is_empty(s.strangers) and not has(s.strangers, address):
        return False
    if not is_a_strangers(s, address) or not arrives(s, p, number, address):
        return False
    s.strangers = add(s.strangers, address)
    return True


@machine.action("attacker", "server", "RFC9000-9.3-01", "RFC9000-9.3-04", "RFC9000-9.3.2-02")
def copy_another(s: Migration, p: Parameters, number: PacketNumber, address: Address) -> bool:
    """The attacker sends a copy of a packet from the address it used before, and the copy arrives first."""
    if not is_open(s) or p.attacker != "off path" or number >= s.sent:
        return False
    return has(s.strangers, address) and has(s.paths, address) and arrives(s, p, number, address)


@machine.action("attacker", "client", "RFC9000-9.3.3-03", "RFC9000-8.2.3-02")
def relay_challenge(s: Migration, p: Parameters, address: Address) -> bool:
    """The attacker hands the client what the server sent to the attacker, and the client answers."""
    if not is_open(s) or p.relay == "no" or not has(s.strangers, address):
        return False
    if not has(s.validating, address) or has(s.answered, address):
        return False
    answer_challenge(s, p, address, True)
    return True


@machine.action("attacker", "client", "RFC9000-9-10")
def speak_as_server(s: Migration, p: Parameters) -> bool:
    """A packet of the server reaches the client from an address that the client does not know."""
    if not is_open(s) or p.attacker == "nobody" or s.heeded == "yes":
        return False
    if knows(ELSEWHERE):
        s.heeded = "yes"
    return True


@machine.action("attacker", "server", "RFC9000-9.3-05", "RFC9000-21.5-02")
def spoof(s: Migration, p: Parameters, address: Address) -> bool:
    """The client sends a packet from the address of a victim, under a connection ID of its choice."""
    if not is_open(s) or p.attacker != "client" or not client.may_send(s, p):
        return False
    if not is_a_strangers(s, address):
        return False
    if not has(s.strangers, address):
        s.peer_cid = put(s.peer_cid, address, get(s.peer_cid, s.outer))
    s.strangers = add(s.strangers, address)
    client.send_packet(s, address)
    return True


@machine.action("attacker", "server", "RFC9000-9-03")
def move_despite_the_ban(s: Migration, p: Parameters, address: Address) -> bool:
    """The client moves although the server has barred it from moving."""
    if not is_open(s) or p.attacker != "client" or not client.is_barred(p) or not client.may_send(s, p):
        return False
    if not client.is_free(s, address) or not client.has_unused(s, p):
        return False
    client.take_unused(s, p, address)
    client.go_to(s, address)
    client.send_packet(s, address)
    return True
