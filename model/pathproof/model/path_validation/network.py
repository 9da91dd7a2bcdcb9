"""What the network and time do: packets arrive or do not, on a channel that loses, reorders and duplicates.

A packet that was sent may arrive at any later time or never. A copy of a packet that was processed is
dropped, so each is processed once at most. Time passes in ticks, for each path; the ends act before it does.
"""

from __future__ import annotations

from pathproof.model.path_validation.actions import machine, validator_acts
from pathproof.model.path_validation.attempts import clock_runs, timer_is_due
from pathproof.model.path_validation.challenges import a_challenge_can_leave
from pathproof.model.path_validation.responder import (
    must_answer_now,
    receive_bytes,
    receive_challenge,
    receive_retirement,
    take_up,
)
from pathproof.model.path_validation.state import FACTOR, Frame, Parameters, Path, PathValidation, is_open
from pathproof.model.path_validation.truth import challenge_came, datagram_came, forget_limit
from pathproof.model.path_validation.verdicts import (
    receive_acknowledgment,
    receive_other_frames,
    receive_response,
)
from pathproof.model.vocabulary import add, get, has, is_empty, put


def can_arrive(s: PathValidation, frame: int) -> bool:
    """The packet with this challenge was sent, and the responder has not processed it yet."""
    return is_open(s) and frame < s.drawn and not has(s.reached, frame)


def note_arrival(s: PathValidation, frame: int) -> None:
    """The peer holds a challenge that was sent on some path, wherever it got it."""
    s.reached = add(s.reached, frame)
    s.proved = add(s.proved, get(s.sent_on, frame))
    if has(s.expanded, frame):
        s.proved_full = add(s.proved_full, get(s.sent_on, frame))


def bring_bytes(s: PathValidation, p: Parameters, frame: int, path: int) -> None:
    """The datagram with this challenge comes over the path: the responder and `truth` count its bytes."""
    challenge_came(s, p, frame, path)
    receive_bytes(s, p, frame, path)


@machine.action(
    "environment",
    "responder",
    "RFC9000-8.2.1-10",
    "RFC9000-8.2.2-01",
    "RFC9000-19.17-03",
)
def deliver_challenge(s: PathValidation, p: Parameters, frame: Frame) -> bool:
    """PATH_CHALLENGE arrives on the path that it was sent on, in a datagram of any size."""
    # GUARD
    if not can_arrive(s, frame):
        return False
    # EFFECT
    note_arrival(s, frame)
    bring_bytes(s, p, frame, get(s.sent_on, frame))
    receive_challenge(s, p, frame, get(s.sent_on, frame))
    return True


@machine.action("environment", "responder", "RFC9000-8.2-04", "RFC9000-5.1.2-10", "RFC9000-9.5-09")
def deliver_challenge_after_retirement(s: PathValidation, p: Parameters, frame: Frame) -> bool:
    """One packet brings NEW_CONNECTION_ID that retires the path's own ID, then PATH_CHALLENGE, then PING."""
    # GUARD
    if not can_arrive(s, frame) or p.supply == "ample" or not has(s.equipped, get(s.sent_on, frame)):
        return False
    # EFFECT
    note_arrival(s, frame)
    bring_bytes(s, p, frame, get(s.sent_on, frame))
    receive_retirement(s, get(s.sent_on, frame))
    receive_challenge(s, p, frame, get(s.sent_on, frame))
    take_up(s, get(s.sent_on, frame))
    return True


@machine.action("environment", "responder", "RFC9000-9.5-09", "MULTIPATH-3.1-11")
def supply(s: PathValidation, p: Parameters) -> bool:
    """NEW_CONNECTION_ID brings the responder a connection ID."""
    # GUARD
    if not is_open(s) or p.supply == "ample" or s.spare >= p.spares:
        return False
    # EFFECT
    s.spare = s.spare + 1
    return True


@machine.action(
    "environment",
    "validator",
    "RFC9000-8.2.1-10",
    "RFC9000-8.2.3-01",
    "RFC9000-8.2.3-02",
    "RFC9000-8.2.3-03",
    "MULTIPATH-3.1-13",
)
def deliver_response(s: PathValidation, p: Parameters, frame: Frame) -> bool:
    """PATH_RESPONSE arrives on the path that it was sent on."""
    # GUARD
    if not validator_acts(s, p) or not has(s.responses, frame) or has(s.heard, frame):
        return False
    # EFFECT
    bring_response(s, p, frame, get(s.came_on, frame))
    return True


def bring_response(s: PathValidation, p: Parameters, frame: int, path: int) -> None:
    """A response to this challenge comes to the validator over the path."""
    note_return(s, frame, path)
    receive_response(s, p, get(s.data, frame), path)
    forget_limit(s, get(s.sent_on, frame))


def note_return(s: PathValidation, frame: int, path: int) -> None:
    """The validator processes the response; the path works both ways if it came back where it was asked."""
    s.heard = add(s.heard, frame)
    if path == get(s.sent_on, frame):
        s.both_ways = add(s.both_ways, path)


@machine.action("environment", "validator", "RFC9000-8.2-01", "RFC9000-8.2-02", "RFC9000-8.2.3-06")
def deliver_acknowledgment(s: PathValidation, p: Parameters, frame: Frame) -> bool:
    """An acknowledgment of the packet with this challenge arrives."""
    # GUARD
    if not validator_acts(s, p) or not has(s.reached, frame):
        return False
    # EFFECT
    receive_acknowledgment(s, get(s.sent_on, frame))
    return True


@machine.action("environment", "validator", "RFC9000-8.2.4-04", "RFC9000-8.2.1-09")
def hear(s: PathValidation, p: Parameters, path: Path) -> bool:
    """A small datagram comes from an address that is not validated: three times as much may go there."""
    # GUARD
    if not validator_acts(s, p) or p.limited != "validator" or has(s.reachable, path):
        return False
    if get(s.budget, path) + FACTOR * p.small > p.room:
        return False
    # EFFECT
    s.budget = put(s.budget, path, get(s.budget, path) + FACTOR * p.small)
    datagram_came(s, p, path)
    receive_other_frames(s, path)
    return True


@machine.action("environment", "validator", "RFC9000-8.2.4-02", "RFC9000-9.4-07")
def tick(s: PathValidation, p: Parameters, path: Path) -> bool:
    """Time passes for an attempt: neither end has anything to do first."""
    # GUARD
    if not validator_acts(s, p) or not clock_runs(s, path) or get(s.elapsed, path) >= p.horizon:
        return False
    if timer_is_due(s, p, path) or a_challenge_can_leave(s, p, path) or must_answer_now(s, p):
        return False
    # EFFECT
    if not is_empty(s.owed) and s.congested == "no":
        s.misdeed = "response late"
    s.elapsed = put(s.elapsed, path, get(s.elapsed, path) + 1)
    return True


@machine.action("environment", "responder", "RFC9000-8.2.2-02")
def congest(s: PathValidation, p: Parameters) -> bool:
    """The responder's congestion window is full."""
    # GUARD
    if not is_open(s) or p.congestion == "no" or s.congested == "yes":
        return False
    # EFFECT
    s.congested = "yes"
    return True


@machine.action("environment", "responder", "RFC9000-8.2.2-02")
def relieve(s: PathValidation, p: Parameters) -> bool:
    """The responder's congestion window has room again."""
    # GUARD
    if not is_open(s) or s.congested == "no":
        return False
    # EFFECT
    s.congested = "no"
    return True
