"""What the validator makes of what comes back: responses, acknowledgments, and what pretends to be one."""

from __future__ import annotations

from pathproof.model.path_validation.attempts import end_attempt, want
from pathproof.model.path_validation.state import PROTOCOL_VIOLATION, Parameters, PathValidation
from pathproof.model.vocabulary import add, discard, get, has, put


def was_sent(s: PathValidation, data: int) -> bool:
    """A challenge had this data (8.2.3-01, 19.18-04)."""
    return data < s.drawn


def is_current(s: PathValidation, challenge: int) -> bool:
    """The challenge belongs to an attempt that is still running."""
    path = get(s.sent_on, challenge)
    return has(s.validating, path) and challenge >= get(s.first, path)


def counts(s: PathValidation, p: Parameters, data: int) -> bool:
    """The answer comes in time, or the reading lets it come at any time (8.2.3-01, 8.2.4-05)."""
    return p.late_response == "validates" or is_current(s, data)


def validated_path(s: PathValidation, data: int, arrived_on: int) -> int:
    """The path of the challenge, whatever path its response arrived on (8.2.2-04, 8.2.3-02)."""
    return get(s.sent_on, data)


def receive_response(s: PathValidation, p: Parameters, data: int, arrived_on: int) -> None:
    """PATH_RESPONSE with this data, in a packet that is no copy of an earlier one (8.2.3-01)."""
    if not was_sent(s, data):
        if p.unmatched == "close":
            s.error = PROTOCOL_VIOLATION
    elif has(s.answered, data):
        if p.second_response == "close":
            s.error = PROTOCOL_VIOLATION
    elif counts(s, p, data):
        s.answered = add(s.answered, data)
        succeed(s, validated_path(s, data, arrived_on), has(s.expanded, data))


def succeed(s: PathValidation, path: int, is_full: bool) -> None:
    """The path is validated, and its MTU too if the challenge came in 1200 bytes (8.2.3-03)."""
    s.reachable = add(s.reachable, path)
    s.failed = discard(s.failed, path)
    s.abandoned = discard(s.abandoned, path)
    s.budget = put(s.budget, path, 0)
    if is_full:
        s.fits = add(s.fits, path)
    if has(s.fits, path):
        end_attempt(s, path)
        s.wanted = discard(s.wanted, path)
    elif not has(s.validating, path) or has(s.small_only, path):
        end_attempt(s, path)
        validate_mtu(s, path)


def validate_mtu(s: PathValidation, path: int) -> None:
    """A second validation follows, with 1200 bytes, which nothing limits any more (8.2.1-08, 8.2.3-05)."""
    want(s, path)


def receive_acknowledgment(s: PathValidation, path: int) -> None:
    """An acknowledgment of a challenge proves nothing, and stops no timer (8.2-01, 8.2.3-06)."""


def receive_other_frames(s: PathValidation, path: int) -> None:
    """Packets with other frames on the path do not validate it (8.2.4-04)."""
