"""A validator that breaks the rules: it sends challenges as fast, as small and as densely as it likes."""

from __future__ import annotations

from pathproof.model.path_validation.actions import machine
from pathproof.model.path_validation.network import bring_bytes, can_arrive, note_arrival
from pathproof.model.path_validation.responder import receive_challenge
from pathproof.model.path_validation.state import Frame, Parameters, Path, PathValidation, is_open
from pathproof.model.vocabulary import add, get, put


def validator_may_flood(s: PathValidation, p: Parameters) -> bool:
    """The connection is open, its validator is one that breaks rules, and there is a challenge left."""
    return is_open(s) and p.rogue == "validator" and s.drawn < p.challenges


@machine.action("attacker", "validator", "RFC9000-8.2.1-04")
def flood(s: PathValidation, p: Parameters, path: Path) -> bool:
    """The validator sends one more PATH_CHALLENGE, in a datagram of 1200 bytes, without waiting."""
    # GUARD
    if not validator_may_flood(s, p):
        return False
    # EFFECT
    s.expanded = add(s.expanded, s.drawn)
    note_flood(s, path)
    return True


@machine.action("attacker", "validator", "RFC9000-8.2.1-04", "RFC9000-8.2.1-06")
def flood_with_small_datagrams(s: PathValidation, p: Parameters, path: Path) -> bool:
    """The validator sends one more PATH_CHALLENGE, in a datagram that it does not expand."""
    # GUARD
    if not validator_may_flood(s, p):
        return False
    # EFFECT
    note_flood(s, path)
    return True


def note_flood(s: PathValidation, path: int) -> None:
    """A challenge with data of its own is on its way."""
    s.rogue = "yes"
    s.data = put(s.data, s.drawn, s.drawn)
    s.sent_on = put(s.sent_on, s.drawn, path)
    s.drawn = s.drawn + 1


@machine.action("attacker", "validator", "RFC9000-8.2.1-03", "RFC9000-8.2.2-01")
def deliver_two_challenges(s: PathValidation, p: Parameters, frame: Frame) -> bool:
    """One packet brings two PATH_CHALLENGE frames, which are processed one after the other."""
    # GUARD
    if p.rogue != "validator" or not can_arrive(s, frame) or not can_arrive(s, frame + 1):
        return False
    if get(s.sent_on, frame) != get(s.sent_on, frame + 1):
        return False
    # EFFECT
    note_arrival(s, frame)
    note_arrival(s, frame + 1)
    bring_bytes(s, p, frame, get(s.sent_on, frame))
    receive_challenge(s, p, frame, get(s.sent_on, frame))
    receive_challenge(s, p, frame + 1, get(s.sent_on, frame + 1))
    return True
