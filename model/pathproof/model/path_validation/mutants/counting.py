"""Bugs in counting against the anti-amplification limit: what came, what went, and for whom it is counted."""

from __future__ import annotations

from pathproof.model.mutant import Recreated
from pathproof.model.path_validation import answers, challenges, responder
from pathproof.model.path_validation.state import Parameters, PathValidation

recreates = Recreated()
RULE_SEND = challenges.send  # kept from before any mutant is in place
RULE_LEAVE = answers.leave
RULE_RECEIVE = responder.receive_bytes


@recreates(replaces="send", cites=("RFC9000-8.2.1-06", "RFC9000-8-01"), at="validator", limited="validator")
def challenges_cost_nothing(s: PathValidation, p: Parameters, path: int, size: int, data: int) -> None:
    """A challenge is held against the limit, and not counted once it has left."""
    left = s.budget
    RULE_SEND(s, p, path, size, data)
    s.budget = left


@recreates(
    replaces="leave",
    cites=("RFC9000-8.2.2-06", "RFC9000-8-01"),
    at="responder",
    limited="responder",
    rogue="validator",
)
def answers_cost_nothing(s: PathValidation, p: Parameters, frame: int) -> None:
    """A response is held against the limit, and not counted once it has left."""
    left = s.allowance
    RULE_LEAVE(s, p, frame)
    s.allowance = left


@recreates(
    replaces="receive_bytes",
    cites=("RFC9000-8.2.2-06", "RFC9000-8-01"),
    at="responder",
    limited="responder",
    rogue="validator",
)
def challenges_count_twice(s: PathValidation, p: Parameters, frame: int, path: int) -> None:
    """The frames of a datagram are counted beside the datagram."""
    RULE_RECEIVE(s, p, frame, path)
    RULE_RECEIVE(s, p, frame, path)


@recreates(
    replaces="owes_a_limit",
    cites=("RFC9000-8.2.2-06", "RFC9000-8-01"),
    at="responder",
    limited="responder",
    rogue="validator",
)
def answers_have_no_limit(p: Parameters, path: int) -> bool:
    """The limit holds for an end that validates a path, and not for the one that answers."""
    return False
