"""Bugs in sending challenges: their size, their data, and whether they leave at all."""

from __future__ import annotations

from pathproof.model.mutant import Recreated
from pathproof.model.path_validation import challenges
from pathproof.model.path_validation.state import Parameters, PathValidation
from pathproof.model.vocabulary import discard, get, has

recreates = Recreated()
RULE_SIZE = challenges.challenge_size  # kept from before any mutant is in place


@recreates(
    "MS-23", "MV-23", "QG-03", "GM-02", replaces="fresh_data", cites=("RFC9000-13.3-27",), at="validator"
)
def repeated_challenges_share_data(s: PathValidation, path: int) -> int:
    """A repeated challenge has the data of the first one of its attempt."""
    return get(s.first, path) if has(s.validating, path) else s.drawn


@recreates(
    "MV-18", replaces="fresh_data", cites=("RFC9000-8.2.1-05",), at="validator", challenge_payload="copied"
)
def pending_challenge_goes_elsewhere(s: PathValidation, path: int) -> int:
    """The challenge of a former address is sent to the new one."""
    return 0


@recreates("XQ-10", "QL-20", "LX-09", replaces="challenge_size", cites=("RFC9000-8.2.1-06",), at="validator")
def challenges_are_not_expanded(s: PathValidation, p: Parameters, path: int) -> int:
    """A datagram with PATH_CHALLENGE is as small as it can be."""
    return p.small


@recreates(
    "PQ-06",
    "LS-04",
    "KW-08",
    replaces="is_limited",
    cites=("RFC9000-8.2.1-06", "RFC9000-8-01"),
    at="validator",
    limited="validator",
)
def challenges_pass_the_limit(s: PathValidation, p: Parameters, path: int) -> bool:
    """A datagram with PATH_CHALLENGE is expanded to 1200 bytes although the limit forbids it."""
    return False


@recreates("AQ-04", "MV-07", replaces="challenge_size", cites=("RFC9000-8.2.1-01",), at="validator")
def challenges_starve(s: PathValidation, p: Parameters, path: int) -> int:
    """As long as there is data for the path in use, no challenge leaves on another."""
    return RULE_SIZE(s, p, path) if path == s.current else 0


@recreates("AQ-05", replaces="keep_wanted", cites=("RFC9000-8.2.1-01",), at="validator", limited="validator")
def challenges_count_as_sent_unwritten(s: PathValidation, path: int) -> None:
    """A challenge for which there is no room counts as sent all the same."""
    s.wanted = discard(s.wanted, path)
