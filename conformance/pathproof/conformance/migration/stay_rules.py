"""Rules for what has to follow when a connection has moved: RFC 9000 9, 9.2, 9.3 and 9.3.3.

They are asked when the endpoint leaves the path again, or at the end of the trace. What it left undone counts
only if a packet that it sent there was acknowledged, so that it had a round trip to do it.
"""

from __future__ import annotations

from pathproof.conformance.judge.debts import GAP, REST
from pathproof.conformance.judge.notes import Notes
from pathproof.conformance.judge.registry import rule
from pathproof.conformance.judge.scene import Scene
from pathproof.conformance.migration.moments import Stay

DETECTED = ("RFC9000-9-04", "RFC9000-9.3-02")
OWN = "RFC9000-9.2-03"
FORMER = "RFC9000-9.3.3-02"
ROOM = "what the anti-amplification limit had room for"


@rule("stay", "server", *DETECTED, readings=("rebinding_validation",))
def new_addresses_of_the_peer_are_validated(stay: Stay, notes: Notes) -> None:
    """A server that goes on at a new address of its client challenges it, unless it was validated before."""
    scene = stay.scene
    if scene.role("local") != "server" or stay.former[1] == stay.place[1] or stay.is_known:
        return
    if stay.is_seen and scene.settings["rebinding_validation"] == "seen":
        return
    for clause in DETECTED:
        if stay.challenged:
            notes.kept(clause, "local")
        elif _is_settled(clause, stay, notes):
            done = f"went on at {stay.place[1]} without a PATH_CHALLENGE there"
            notes.broken(clause, "local", done, stay.sight)


def _is_settled(clause: str, stay: Stay, notes: Notes) -> bool:
    """Whether what was left undone counts; if not, note why."""
    if not (stay.scene.whole and stay.scene.placed):
        notes.blind(clause, "local", GAP)
    elif not stay.had_room:
        notes.blind(clause, "local", ROOM)
    elif not stay.waited or not (stay.is_over or stay.scene.over):
        notes.blind(clause, "local", REST)
    else:
        return True
    return False


@rule("stay", "client", OWN)
def own_new_paths_are_validated(stay: Stay, notes: Notes) -> None:
    """A client that moves challenges its new path: no MUST says so, and leaving it out is a warning."""
    if stay.scene.role("local") != "client" or stay.former[0] == stay.place[0]:
        return
    if stay.challenged:
        notes.kept(OWN, "local")
    elif _is_settled(OWN, stay, notes):
        done = f"went on from {stay.place[0]} without a PATH_CHALLENGE on that path"
        notes.warn(OWN, "local", done, stay.sight)


@rule("stay", "server", FORMER, readings=("apparent_migration",))
def the_former_path_is_validated(stay: Stay, notes: Notes) -> None:
    """A server whose client seems to have moved challenges the path that was in use before."""
    scene, reading = stay.scene, stay.scene.settings["apparent_migration"]
    if scene.role("local") != "server" or stay.former[1] == stay.place[1]:
        return
    if stay.former_challenged:
        notes.kept(FORMER, "local")
        return
    counts = reading == "all" or not (stay.is_known or stay.is_seen)
    if reading == "rebinding":
        counts = counts and stay.was_borne
    if not counts or stay.is_over or not stay.is_free:
        return
    if _is_settled(FORMER, stay, notes):
        done = f"followed its peer to {stay.place[1]} without a PATH_CHALLENGE to {stay.former[1]}"
        notes.broken(FORMER, "local", done, stay.sight)


@rule("over", "endpoint", *DETECTED, OWN, FORMER)
def addresses_show_what_follows_a_move(scene: Scene, notes: Notes) -> None:
    """Without addresses no move is seen, and of the peer's none for sure."""
    scene.cannot_tell((OWN,), "client")
    scene.cannot_tell((*DETECTED, FORMER), "server")
