"""Rules for the sizes of the first datagrams: RFC 9000 14.1 and 8.1."""

from __future__ import annotations

from pathproof.conformance.anti_amplification.moments import EarlyDatagram, Undersized
from pathproof.conformance.judge.notes import Notes
from pathproof.conformance.judge.registry import rule
from pathproof.conformance.judge.scene import FULL_SIZE, SIZES

CLIENTS = ("RFC9000-14.1-01", "RFC9000-8.1-07")
SERVERS = ("RFC9000-14.1-03",)


@rule("initial", "endpoint", *CLIENTS, *SERVERS)
def initial_packets_fill_their_datagrams(early: EarlyDatagram, notes: Notes) -> None:
    """A datagram with an Initial packet has 1200 bytes, a server's if the packet asks for an answer."""
    role = early.scene.role(early.subject)
    clauses = CLIENTS if role == "client" else SERVERS if role == "server" and early.eliciting else ()
    size = early.carried.size
    for clause in clauses:
        if size is None:
            notes.blind(clause, early.subject, SIZES)
        elif size >= FULL_SIZE:
            notes.kept(clause, early.subject)
        else:
            notes.broken(clause, early.subject, f"sent an Initial packet in {size} bytes", early.sight)


@rule("initial_answered", "server", "RFC9000-14.1-05")
def small_initials_are_dropped(answer: Undersized, notes: Notes) -> None:
    """An Initial packet from a datagram below 1200 bytes is dropped, so that no acknowledgment covers it."""
    if answer.acknowledged_by is None:
        notes.kept("RFC9000-14.1-05", "local")
    else:
        done = f"acknowledged an Initial packet that came in {answer.size} bytes"
        notes.broken("RFC9000-14.1-05", "local", done, answer.acknowledged_by)
