"""The server in the handshake: what proves the client's address (8.1), its first flight and its PTO timer.

A server sends to the address from which the first Initial packet came, and a proof is a proof of that
address. By `establishment=follows` it sends to whichever address the last packet came from, and takes the
proofs of 8.1 for proofs of that one: the section does not say which address "the peer address" is.
"""

from __future__ import annotations

from pathproof.model.anti_amplification.ledger import is_blocked, spend, take_in, validate
from pathproof.model.anti_amplification.state import AntiAmplification, Parameters
from pathproof.model.vocabulary import add, get, minus


def answers_statelessly(p: Parameters, size: int) -> bool:
    """A datagram large enough for an Initial packet is answered by Retry or Version Negotiation."""
    return size >= p.padded


def token_validates(s: AntiAmplification, path: int, origin: int) -> bool:
    """A token proves the address that it was given to, and no other (8.1.4-06)."""
    return get(s.leads, path) == origin


def initial_validates(p: Parameters, knows_long_id: bool) -> bool:
    """An Initial packet proves nothing, but for a connection ID of the server's choice (8.1-02)."""
    return knows_long_id and p.long_ids == "validate"


def handshake_packet_validates(s: AntiAmplification, p: Parameters, path: int) -> bool:
    """A Handshake packet proves the address that the server's Initial packets went to (8.1-01)."""
    return s.stage == "handshake" and (path == s.current or p.establishment == "follows")


def open_handshake(s: AntiAmplification, p: Parameters, path: int, processed: int) -> None:
    """The first Initial packet has come: the server answers to where it came from."""
    s.stage = "handshake"
    s.current = path
    s.home = path
    s.seen = add(s.seen, path)
    s.ack_due = "yes"
    take_in(s, p, path, p.padded, processed)


def datagram_came(s: AntiAmplification, p: Parameters, path: int, size: int, processed: int) -> None:
    """One more datagram in the handshake raises the limit, and with it the PTO timer is reset."""
    take_in(s, p, path, size, processed)
    if path == s.current and s.sent_parts > 0 and s.timer == "unarmed":
        s.timer = timer_after_datagram(s)
        s.overdue = "no"


def timer_after_datagram(s: AntiAmplification) -> str:
    """A PTO that has passed while the timer was off takes effect at once (9002 6.2.2.1-04)."""
    return "expired" if s.overdue == "yes" else "armed"


def timer_after_sending(s: AntiAmplification, p: Parameters) -> str:
    """The PTO timer is off while nothing more may be sent (9002 6.2.2.1-02)."""
    return "unarmed" if is_blocked(s, p, s.current) else "armed"


def probe_is_due(s: AntiAmplification) -> bool:
    """The PTO timer has expired: a probe goes out before anything else."""
    return s.timer == "expired"


def send(s: AntiAmplification, p: Parameters, size: int) -> None:
    """A datagram of the handshake goes to the client."""
    spend(s, p, s.current, size)
    if s.sent_parts > 0:
        s.timer = timer_after_sending(s, p)
        s.overdue = "no"


def process_handshake_packet(s: AntiAmplification, p: Parameters, path: int, complete: bool) -> None:
    """A Handshake packet has come: it may prove the address, and it may complete the handshake."""
    if handshake_packet_validates(s, p, path):
        s.current = path
        validate(s, p, path)
        if complete:
            establish(s)


def establish(s: AntiAmplification) -> None:
    """The handshake is complete. Its datagrams of 1200 bytes have shown what the path carries."""
    s.stage = "established"
    s.home = s.current
    s.mtu = add(s.mtu, s.current)
    leave_handshake(s)


def leave_handshake(s: AntiAmplification) -> None:
    """What only the handshake needed is dropped, at both ends and on the way."""
    s.sent_parts = 0
    s.ack_due = "no"
    s.timer = "unarmed"
    s.overdue = "no"
    s.flight_out = minus(s.flight_out, s.flight_out)
    s.ack_out = "no"
    s.probe_out = "nothing"
    s.parts_held = minus(s.parts_held, s.parts_held)
    s.unacknowledged = "no"
