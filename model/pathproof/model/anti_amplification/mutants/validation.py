"""Bugs in validating a path under the limit: sizes of challenges and responses, and what comes first."""

from __future__ import annotations

from pathproof.model.anti_amplification import validation
from pathproof.model.anti_amplification.ledger import is_valid
from pathproof.model.anti_amplification.state import SMALL, AntiAmplification, Parameters
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import get, has

recreates = Recreated()
RULE_CHALLENGE = validation.challenge_size  # kept from before any mutant is in place
RULE_RESPONSE = validation.response_size  # kept from before any mutant is in place
RULE_WAITS = validation.challenge_waits  # kept from before any mutant is in place


@recreates(
    "PQ-06",
    "LS-04",
    "KW-08",
    replaces="challenge_size",
    cites=("RFC9000-8-01", "RFC9000-8.2.1-06"),
    at="server",
)
def challenges_are_padded_past_the_limit(s: AntiAmplification, p: Parameters, path: int) -> int:
    """A challenge is expanded to 1200 bytes whatever came from there."""
    return p.padded


@recreates("XQ-10", "QL-20", "LX-09", replaces="challenge_size", cites=("RFC9000-8.2.1-06",), at="server")
def challenges_are_never_padded(s: AntiAmplification, p: Parameters, path: int) -> int:
    """A challenge leaves in a small datagram although there is room."""
    return SMALL if RULE_CHALLENGE(s, p, path) > 0 else 0


@recreates("NX-21", "QL-20", replaces="response_size", cites=("RFC9000-8.2.2-05",), at="server")
def responses_are_never_padded(s: AntiAmplification, p: Parameters, path: int) -> int:
    """A response leaves in a small datagram, even to a valid address."""
    return SMALL if RULE_RESPONSE(s, p, path) > 0 else 0


@recreates("NX-08", replaces="response_size", cites=("RFC9000-8.2.2-06",), at="server")
def responses_are_padded_up_to_the_limit(s: AntiAmplification, p: Parameters, path: int) -> int:
    """A response is expanded as far as the limit goes: neither 1200 bytes nor not at all."""
    if is_valid(s, p, path) or p.padded <= get(s.allowance, path):
        return RULE_RESPONSE(s, p, path)
    return get(s.allowance, path)


@recreates(replaces="response_size", cites=("RFC9000-8.2.2-06",), at="server")
def responses_are_padded_past_the_limit(s: AntiAmplification, p: Parameters, path: int) -> int:
    """A response is expanded to 1200 bytes whatever came from there."""
    return p.padded


@recreates(
    "NG-18", "MS-22", replaces="settles_mtu", cites=("RFC9000-8.2.1-07", "RFC9000-8.2.3-03"), at="server"
)
def a_small_exchange_validates_the_mtu(expanded: bool) -> bool:
    """The path counts as one for 1200 bytes although no datagram of that size was answered."""
    return True


@recreates(
    "NX-05", "MS-22", replaces="ends_validation", cites=("RFC9000-8.2.1-08", "RFC9000-8.2.3-05"), at="server"
)
def no_second_validation_follows(expanded: bool) -> bool:
    """A small exchange ends the validation."""
    return True


@recreates("AQ-04", "MV-07", replaces="data_waits", cites=("RFC9000-9.3-02",), at="server")
def data_goes_before_the_challenge(s: AntiAmplification, p: Parameters, path: int) -> bool:
    """Data that waits in the queue uses up the limit before the challenge leaves."""
    return has(s.owed, path)


@recreates(replaces="begin_validation", cites=("RFC9000-9-04", "RFC9000-9.3-02"), at="server")
def no_validation_begins(s: AntiAmplification, path: int) -> None:
    """Packets go to a new address, and no challenge does."""


@recreates(
    replaces="challenge_waits",
    cites=("RFC9000-8.2.2-01", "RFC9000-8.2.2-02"),
    at="server",
    attackers="none",
    most=2,
    volume=10,
)
def a_challenge_takes_what_the_response_needs(s: AntiAmplification, path: int) -> bool:
    """An expanded challenge leaves first, and nothing is left for the response that is owed."""
    return has(s.full_out, path)


@recreates(replaces="challenge_size", cites=("RFC9000-9.3-02",), at="server")
def no_challenge_leaves(s: AntiAmplification, p: Parameters, path: int) -> int:
    """The server takes the new path for one to validate, and never finds room for its challenge."""
    return 0


@recreates(replaces="challenge_waits", cites=("RFC9000-9.3-02",), at="server")
def a_lost_challenge_is_not_repeated(s: AntiAmplification, path: int) -> bool:
    """One challenge leaves, and none after it, though it was lost and the limit has room."""
    return has(s.challenged, path) or RULE_WAITS(s, path)


@recreates(replaces="challenge_waits", cites=("RFC9000-8.2.1-08", "RFC9000-8.2.3-05"), at="server")
def the_second_challenge_never_leaves(s: AntiAmplification, path: int) -> bool:
    """After a small exchange the server holds the path MTU open, and sends nothing to settle it."""
    return has(s.valid, path) or RULE_WAITS(s, path)


@recreates(replaces="response_size", cites=("RFC9000-8.2.2-01", "RFC9000-8.2.2-06"), at="server")
def no_response_leaves_below_1200_bytes(s: AntiAmplification, p: Parameters, path: int) -> int:
    """Where the limit forbids 1200 bytes, PATH_RESPONSE waits instead of leaving in a smaller datagram."""
    return p.padded if RULE_RESPONSE(s, p, path) == p.padded else 0
