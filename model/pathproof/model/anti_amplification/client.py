"""The client in the handshake: its Initial datagrams, and the probes that unblock a server.

No anti-amplification limit binds a client that opens a connection or moves (8.1-11, 21.1.1.1-04): nothing
here asks for one.
"""

from __future__ import annotations

from pathproof.model.anti_amplification.state import AntiAmplification, Parameters
from pathproof.model.vocabulary import add, count, has


def initial_size(p: Parameters) -> int:
    """The size of a datagram with an Initial packet (8.1-07)."""
    return p.padded


def has_handshake_keys(s: AntiAmplification) -> bool:
    """The server's Initial packet, in part 0 of its flight, brought the keys for Handshake packets."""
    return has(s.parts_held, 0)


def is_complete(s: AntiAmplification, p: Parameters) -> bool:
    """The client has the server's whole flight."""
    return count(s.parts_held) == p.parts


def timer_runs(s: AntiAmplification) -> bool:
    """The client's PTO timer is set until the server is sure to have validated it (9002 6.2.2.1-06).

    That is so even with nothing in flight. No acknowledgment of a Handshake packet is modelled before the
    handshake is complete: a server that has one to send needs nothing to unblock it.
    """
    return s.stage == "handshake"


def probe_kind(s: AntiAmplification) -> str:
    """What a client sends when its PTO expires (8.1-09, 9002 6.2.2.1-07)."""
    return "handshake" if has_handshake_keys(s) else "initial"


def knows_server_id(s: AntiAmplification) -> bool:
    """A packet of the server has brought the client a connection ID of the server's choice."""
    return s.unacknowledged == "no" or has_handshake_keys(s)


def receive_part(s: AntiAmplification, part: int) -> None:
    """A datagram of the server's flight has come; part 0 also acknowledges the client's Initial packet."""
    s.parts_held = add(s.parts_held, part)
    if part == 0:
        s.unacknowledged = "no"
