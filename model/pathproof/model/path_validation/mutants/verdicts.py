"""Bugs in judging what comes back: what counts as an answer, and what the answer shows."""

from __future__ import annotations

from pathproof.model.mutant import Recreated
from pathproof.model.path_validation import verdicts
from pathproof.model.path_validation.state import Parameters, PathValidation
from pathproof.model.vocabulary import add, get, has

recreates = Recreated()
RULE_RECEIVE = verdicts.receive_response  # kept from before any mutant is in place
RULE_SUCCEED = verdicts.succeed


@recreates(
    "PQ-11",
    "MV-02",
    replaces="receive_response",
    cites=("RFC9000-8.2.2-04", "RFC9000-8.2.3-02"),
    at="validator",
    relay="yes",
)
def answers_count_on_their_path_only(s: PathValidation, p: Parameters, data: int, arrived_on: int) -> None:
    """A response that comes in on another path than the challenged one is refused."""
    if data >= s.drawn or get(s.sent_on, data) == arrived_on:
        RULE_RECEIVE(s, p, data, arrived_on)


@recreates("AT-03", replaces="was_sent", cites=("RFC9000-8.2.3-01",), at="validator")
def only_the_last_challenge_is_remembered(s: PathValidation, data: int) -> bool:
    """A response to an earlier challenge is met as one to none."""
    return data + 1 == s.drawn


@recreates(
    "NG-18",
    replaces="succeed",
    cites=("RFC9000-8.2.1-07", "RFC9000-8.2.3-03"),
    at="validator",
    limited="validator",
)
def small_challenges_validate_the_mtu(s: PathValidation, path: int, is_full: bool) -> None:
    """A path that answered in small datagrams counts as one that carries 1200 bytes."""
    RULE_SUCCEED(s, path, True)


@recreates(
    "NX-05",
    "MS-22",
    replaces="validate_mtu",
    cites=("RFC9000-8.2.1-08", "RFC9000-8.2.3-05"),
    at="validator",
    limited="validator",
)
def no_second_validation_follows(s: PathValidation, path: int) -> None:
    """After a validation in small datagrams nothing validates the path MTU."""


@recreates(replaces="succeed", cites=("RFC9000-8.2.3-01", "RFC9000-8.2.4-05"), at="validator")
def a_late_answer_leaves_the_path_failed(s: PathValidation, path: int, is_full: bool) -> None:
    """An answer after the attempt has ended validates the path, which stays out of use all the same."""
    given_up = s.failed
    RULE_SUCCEED(s, path, is_full)
    if not has(s.validating, path):
        s.failed = given_up


@recreates(
    "MS-22", replaces="receive_acknowledgment", cites=("RFC9000-8.2.3-06",), at="validator", rogue="responder"
)
def acknowledgments_validate_the_mtu(s: PathValidation, path: int) -> None:
    """The acknowledgment of a packet of 1200 bytes counts as proof of the path and its MTU."""
    s.reachable = add(s.reachable, path)
    s.fits = add(s.fits, path)
