"""What the responder does: it answers, on the path of the challenge, at once, and never twice."""

from __future__ import annotations

from pathproof.model.path_validation.actions import machine
from pathproof.model.path_validation.responder import (
    equip,
    hold,
    is_reachable,
    owes_a_limit,
    response_data,
    response_path,
    response_size,
    settle,
)
from pathproof.model.path_validation.state import Frame, Parameters, PathValidation, is_open
from pathproof.model.path_validation.truth import may_answer, response_left
from pathproof.model.vocabulary import add, get, has, put


def can_leave(s: PathValidation, p: Parameters, frame: int) -> bool:
    """Nothing holds the response back: neither congestion control nor the want of a connection ID."""
    return s.congested == "no" and is_reachable(s, response_path(s, p, frame))


@machine.action(
    "protocol",
    "responder",
    "RFC9000-8.2.2-01",
    "RFC9000-8.2.2-02",
    "RFC9000-8.2.2-03",
    "RFC9000-8.2.2-05",
    "RFC9000-8.2.2-06",
    "RFC9000-8.2.2-07",
    "RFC9000-13.3-28",
    "RFC9000-19.17-03",
    "RFC9000-19.18-01",
    "MULTIPATH-3.1-06",
)
def send_response(s: PathValidation, p: Parameters, frame: Frame) -> bool:
    """PATH_RESPONSE leaves, with the data of the challenge and on its path."""
    # GUARD
    if not is_open(s) or not has(s.owed, frame) or not can_leave(s, p, frame):
        return False
    # EFFECT
    equip(s, response_path(s, p, frame))
    s.misdeed = misdeed_of(s, p, frame, response_size(s, p, frame))
    leave(s, p, frame)
    response_left(s, p, frame, response_path(s, p, frame))
    settle(s, frame)
    return True


def leave(s: PathValidation, p: Parameters, frame: int) -> None:
    """The network has the response, and its bytes are off the limit of the path."""
    size, path = response_size(s, p, frame), response_path(s, p, frame)
    s.responses = add(s.responses, frame)
    if size == p.padded:
        s.full = add(s.full, frame)
    if owes_a_limit(p, path):
        left = get(s.allowance, path)
        s.allowance = put(s.allowance, path, left - size if size <= left else 0)


def misdeed_of(s: PathValidation, p: Parameters, frame: int, size: int) -> str:
    """What the datagram that leaves breaks, or what an earlier one broke."""
    if response_path(s, p, frame) != get(s.came_on, frame):
        return "response on another path"
    if response_data(s, p, frame) != get(s.data, frame):
        return "response with other data"
    if has(s.responses, frame):
        return "second response"
    if not has(s.equipped, response_path(s, p, frame)):
        return "retired connection ID"
    return misdeed_in_size(s, p, response_path(s, p, frame), size)


def misdeed_in_size(s: PathValidation, p: Parameters, path: int, size: int) -> str:
    """By what really came and went, the datagram is larger than the limit permits, or needlessly small.

    Where 1200 bytes are past the limit, any size within it will do (8.2.2-06 forbids no smaller expansion).
    """
    if not may_answer(s, p, path, size):
        return "response beyond the limit"
    if size < p.padded and may_answer(s, p, path, p.padded):
        return "response too small"
    return s.misdeed


@machine.action("protocol", "responder", "RFC9000-8.2.2-02", "MULTIPATH-3.1-11")
def hold_response(s: PathValidation, p: Parameters, frame: Frame) -> bool:
    """Congestion control, or the want of a connection ID, lets no PATH_RESPONSE out: it waits."""
    # GUARD
    if not is_open(s) or not has(s.owed, frame) or can_leave(s, p, frame):
        return False
    # EFFECT
    hold(s, frame)
    return True
