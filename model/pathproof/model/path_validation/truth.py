"""What three times the bytes that really came leaves for an address: the measure of claims, read by no end.

A validator that is limited counts in `budget`, a responder in `allowance`. Both are counted here once more,
from the datagrams themselves, and up to the same number; so a rule that counts wrongly is found out.
"""

from __future__ import annotations

from pathproof.model.path_validation.state import FACTOR, Parameters, PathValidation
from pathproof.model.vocabulary import get, has, larger, put


def is_bound(s: PathValidation, p: Parameters, path: int) -> bool:
    """Nothing has shown the validator yet that its peer is at the other end of the path."""
    return p.limited == "validator" and not has(s.reachable, path)


def is_bound_to_answer(p: Parameters, path: int) -> bool:
    """Nothing ever shows the responder that its peer is there: only the handshake has, on path 0."""
    return p.limited == "responder" and path != 0


def bytes_with(s: PathValidation, p: Parameters, frame: int) -> int:
    """The bytes of the datagram with this challenge."""
    return p.padded if has(s.expanded, frame) else p.small


def datagram_came(s: PathValidation, p: Parameters, path: int) -> None:
    """A small datagram has come to the validator."""
    left = get(s.true_budget, path) + FACTOR * p.small
    s.true_budget = put(s.true_budget, path, left if left <= p.room else p.room)


def challenge_left(s: PathValidation, p: Parameters, path: int) -> None:
    """The newest challenge has gone to an address that may be limited."""
    if is_bound(s, p, path):
        left, size = get(s.true_budget, path), bytes_with(s, p, s.drawn - 1)
        s.true_budget = put(s.true_budget, path, larger(left, size) - size)


def forget_limit(s: PathValidation, path: int) -> None:
    """An address that has been validated has no limit, and what was counted matters no more."""
    if has(s.reachable, path):
        s.true_budget = put(s.true_budget, path, 0)


def challenge_came(s: PathValidation, p: Parameters, frame: int, path: int) -> None:
    """The datagram with this challenge has come to the responder, over whatever path."""
    if is_bound_to_answer(p, path):
        left = get(s.true_allowance, path) + FACTOR * bytes_with(s, p, frame)
        s.true_allowance = put(s.true_allowance, path, left if left <= p.allowed else p.allowed)


def response_left(s: PathValidation, p: Parameters, frame: int, path: int) -> None:
    """The response to this challenge has gone there."""
    if is_bound_to_answer(p, path):
        left, size = get(s.true_allowance, path), p.padded if has(s.full, frame) else p.small
        s.true_allowance = put(s.true_allowance, path, larger(left, size) - size)


def may_answer(s: PathValidation, p: Parameters, path: int, size: int) -> bool:
    """A response of this size is within three times what really came from there."""
    return not is_bound_to_answer(p, path) or size <= get(s.true_allowance, path)
