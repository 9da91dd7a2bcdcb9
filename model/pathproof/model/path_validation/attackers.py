"""Third parties without keys, and a responder that breaks the rules.

A third party copies datagrams: one that it saw on some path it may pass on from any address it owns or
spoofs, faster than the network or as late as it likes. It can neither read nor make a frame. A responder that
breaks the rules has the keys, and makes any frame; but it knows the data of no challenge that it did not get.
"""

from __future__ import annotations

from pathproof.model.path_validation.actions import machine, validator_acts
from pathproof.model.path_validation.network import bring_bytes, bring_response, can_arrive, note_arrival
from pathproof.model.path_validation.responder import receive_challenge
from pathproof.model.path_validation.state import Frame, Parameters, Path, PathValidation
from pathproof.model.path_validation.verdicts import receive_acknowledgment, receive_response
from pathproof.model.vocabulary import get, has


@machine.action("attacker", "third party", "RFC9000-8.2.2-03", "RFC9000-8.2.2-04")
def relay_challenge(s: PathValidation, p: Parameters, frame: Frame, path: Path) -> bool:
    """An attacker has a copy of the challenge arrive first, from another source address."""
    # GUARD
    if p.relay == "no" or not can_arrive(s, frame) or path == get(s.sent_on, frame):
        return False
    # EFFECT
    note_arrival(s, frame)
    bring_bytes(s, p, frame, path)
    receive_challenge(s, p, frame, path)
    return True


@machine.action("attacker", "third party", "RFC9000-8.2.2-04", "RFC9000-8.2.3-02")
def relay_response(s: PathValidation, p: Parameters, frame: Frame, path: Path) -> bool:
    """An attacker, or a NAT that rebinds, has the response arrive from another address."""
    # GUARD
    if p.relay == "no" or not validator_acts(s, p) or not has(s.responses, frame) or has(s.heard, frame):
        return False
    if path == get(s.came_on, frame):
        return False
    # EFFECT
    bring_response(s, p, frame, path)
    return True


def responder_may_break(s: PathValidation, p: Parameters) -> bool:
    """The connection is open and its responder is one that breaks rules."""
    return validator_acts(s, p) and p.rogue == "responder"


@machine.action("attacker", "responder", "RFC9000-19.18-04")
def guess_response(s: PathValidation, p: Parameters, path: Path) -> bool:
    """The responder guesses the data of a challenge that it did not get: no challenge had it."""
    # GUARD
    if not responder_may_break(s, p):
        return False
    # EFFECT
    s.rogue = "yes"
    receive_response(s, p, p.challenges, path)
    return True


@machine.action("attacker", "responder", "RFC9000-8.2.2-04", "RFC9000-8.2.2-07", "RFC9000-8.2.3-02")
def answer_anywhere(s: PathValidation, p: Parameters, frame: Frame, path: Path) -> bool:
    """The responder answers a challenge that it got on any path, and once more if it likes."""
    # GUARD
    if not responder_may_break(s, p) or not has(s.reached, frame):
        return False
    # EFFECT
    s.rogue = "yes"
    bring_response(s, p, frame, path)
    return True


@machine.action("attacker", "responder", "RFC9000-8.2-01", "RFC9000-8.2.3-06")
def forge_acknowledgment(s: PathValidation, p: Parameters, frame: Frame) -> bool:
    """The responder acknowledges the packet of a challenge that it did not get."""
    # GUARD
    if not responder_may_break(s, p) or frame >= s.drawn or has(s.reached, frame):
        return False
    # EFFECT
    s.rogue = "yes"
    receive_acknowledgment(s, get(s.sent_on, frame))
    return True
