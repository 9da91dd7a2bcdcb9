"""Rules for what goes to an address that is not validated: RFC 9000 8, 8.1, 9.3.1 and 9.6.3."""

from __future__ import annotations

from pathproof.conformance.anti_amplification.moments import Limited
from pathproof.conformance.judge.notes import Notes
from pathproof.conformance.judge.registry import rule
from pathproof.conformance.judge.scene import SIZES, THEIR_SIGHT, Scene

EARLY = ("RFC9000-8-01", "RFC9000-8.1-04", "RFC9000-14.1-07")
LATER = ("RFC9000-8-01", "RFC9000-9.3.1-01", "RFC9000-21.1.1.1-02")
AWAY = "RFC9000-9.6.3-04"
READINGS = ("amplification_scope", "rebinding_validation")


@rule("limited", "server", *dict.fromkeys((*EARLY, *LATER, AWAY)), readings=READINGS)
def three_times_is_the_limit(limited: Limited, notes: Notes) -> None:
    """To an address that is not validated goes at most three times what came from there."""
    clauses = EARLY if limited.early else (*LATER, AWAY) if limited.elsewhere else LATER
    size, remote = limited.at.size, limited.at.remote
    to = f" to {remote}" if isinstance(remote, str) else ""
    done = f"sent {size} bytes{to} where the limit had room for {limited.left}"
    for clause in clauses:
        if limited.allowed:
            notes.kept(clause, "local")
        elif limited.unseen:
            notes.blind(clause, "local", limited.unseen)
        else:
            notes.broken(clause, "local", done, limited.sight)


@rule("over", "server", *dict.fromkeys((*EARLY, *LATER, AWAY)))
def only_a_server_knows_what_it_sent(scene: Scene, notes: Notes) -> None:
    """What a client has not received may still have been sent: its trace does not decide."""
    if scene.role("peer") == "server":
        for clause in dict.fromkeys((*EARLY, *LATER, AWAY)):
            notes.blind(clause, "peer", THEIR_SIGHT)
    elif not scene.sized:
        for clause in dict.fromkeys((*EARLY, *LATER, AWAY)):
            notes.blind(clause, "local", SIZES)
