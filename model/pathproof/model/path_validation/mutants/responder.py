"""Bugs of the responder: where its answers go, what they hold, how often they leave, and how many wait."""

from __future__ import annotations

from pathproof.model.mutant import Recreated
from pathproof.model.path_validation import responder
from pathproof.model.path_validation.responder import challenge_came_in, owes_a_limit, response_path
from pathproof.model.path_validation.state import FACTOR, Parameters, PathValidation
from pathproof.model.vocabulary import discard

recreates = Recreated()
RULE_RECEIVE = responder.receive_challenge  # kept from before any mutant is in place


@recreates(
    "QG-30",
    "GQ-22",
    "NG-28",
    "QN-02",
    "LX-22",
    replaces="response_path",
    cites=("RFC9000-8.2.2-03",),
    at="responder",
)
def answers_take_the_path_in_use(s: PathValidation, p: Parameters, frame: int) -> int:
    """A response leaves on the path in use, whatever path brought its challenge."""
    return s.current


@recreates("GQ-06", replaces="receive_challenge", cites=("RFC9000-8.2.2-01",), at="responder")
def challenges_elsewhere_are_ignored(s: PathValidation, p: Parameters, frame: int, path: int) -> None:
    """A challenge on another path than the one in use is not answered."""
    if path == s.current:
        RULE_RECEIVE(s, p, frame, path)


@recreates("AN-01", replaces="response_data", cites=("RFC9000-8.2.2-01", "RFC9000-19.17-03"), at="responder")
def answers_hold_zeros(s: PathValidation, p: Parameters, frame: int) -> int:
    """The data of the challenge is not written into its response."""
    return p.challenges


@recreates(
    "QG-03",
    "QN-40",
    "XQ-07",
    "KW-11",
    "MS-12",
    "MV-01",
    replaces="settle",
    cites=("RFC9000-8.2.2-07", "RFC9000-13.3-28"),
    at="responder",
)
def answers_are_repeated(s: PathValidation, frame: int) -> None:
    """A response that may be lost leaves once more."""


@recreates("NX-21", "XQ-10", "QL-20", replaces="response_size", cites=("RFC9000-8.2.2-05",), at="responder")
def answers_are_not_expanded(s: PathValidation, p: Parameters, frame: int) -> int:
    """A datagram with PATH_RESPONSE is as small as it can be."""
    return p.small


@recreates(
    "KW-08",
    replaces="response_size",
    cites=("RFC9000-8.2.2-06", "RFC9000-8-01"),
    at="responder",
    limited="responder",
    rogue="validator",
)
def answers_pass_the_limit(s: PathValidation, p: Parameters, frame: int) -> int:
    """A datagram with PATH_RESPONSE is expanded to 1200 bytes although the limit forbids it."""
    return p.padded


@recreates(
    replaces="response_size",
    cites=("RFC9000-8.2.2-05", "RFC9000-8-01"),
    at="responder",
    limited="responder",
    rogue="validator",
)
def each_datagram_has_a_limit_of_its_own(s: PathValidation, p: Parameters, frame: int) -> int:
    """The responder holds a response against the datagram that asked, and forgets what came before it."""
    if owes_a_limit(p, response_path(s, p, frame)) and p.padded > FACTOR * challenge_came_in(s, p, frame):
        return p.small
    return p.padded


@recreates(
    "NX-06",
    "GQ-17",
    "TQ-03",
    replaces="there_is_space",
    cites=("RFC9000-8.2.2-01", "RFC9000-13.3-29"),
    at="responder",
    challenge_answers="bounded",
    rogue="validator",
)
def every_answer_is_queued(s: PathValidation, p: Parameters) -> bool:
    """Each challenge of a flood, or of one packet, has its response queued."""
    return True


@recreates("CQ-15", "AQ-05", replaces="hold", cites=("RFC9000-8.2.2-01",), at="responder", congestion="yes")
def answers_that_do_not_fit_are_lost(s: PathValidation, frame: int) -> None:
    """A response for which there is no room counts as sent all the same."""
    s.owed = discard(s.owed, frame)


@recreates(replaces="must_answer_now", cites=("RFC9000-8.2.2-02",), at="responder")
def answers_wait(s: PathValidation, p: Parameters) -> bool:
    """A response waits for other data, although congestion control lets it out."""
    return False


@recreates(
    "NX-28",
    "MS-06",
    replaces="equip",
    cites=("RFC9000-5.1.2-10", "RFC9000-5.1.2-04"),
    at="responder",
    supply="scarce",
)
def answers_leave_under_a_retired_id(s: PathValidation, path: int) -> None:
    """A path whose connection ID was retired is used as if it had one."""


@recreates(
    "MS-02",
    replaces="take_up",
    cites=("RFC9000-5.1.2-10", "RFC9000-9.5-09"),
    at="responder",
    supply="scarce",
    spares=1,
)
def a_removed_path_is_promoted(s: PathValidation, path: int) -> None:
    """The packet that took a path away makes it the path in use."""
    s.current = path
