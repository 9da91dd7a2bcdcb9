"""Bugs in reading one NEW_CONNECTION_ID frame: lengths, Retire Prior To, contradictions."""

from __future__ import annotations

from pathproof.model.cid_supply import consumer
from pathproof.model.cid_supply.state import FRAME_ENCODING_ERROR, OPEN, PROTOCOL_VIOLATION, Parameters
from pathproof.model.mutant import Recreated

recreates = Recreated()
RULE_FRAME_ERROR = consumer.frame_error  # kept from before any mutant is in place


@recreates(
    "QG-07", "LX-16", replaces="frame_error", cites=("RFC9000-19.15-10",), at="consumer", rogue="issuer"
)
def prior_is_not_checked(p: Parameters, number: int, prior: int, length: int) -> str:
    """Retire Prior To above the sequence number is accepted."""
    return RULE_FRAME_ERROR(p, number, 0, length)


@recreates("AQ-12", replaces="frame_error", cites=("RFC9000-19.15-10",), at="consumer", rogue="issuer")
def prior_meets_the_wrong_error(p: Parameters, number: int, prior: int, length: int) -> str:
    """Retire Prior To above the sequence number is met by PROTOCOL_VIOLATION."""
    return PROTOCOL_VIOLATION if prior > number else RULE_FRAME_ERROR(p, number, prior, length)


@recreates(
    "QG-09",
    "CQ-07",
    "AQ-09",
    "KW-06",
    replaces="frame_error",
    cites=("RFC9000-19.15-03",),
    at="consumer",
    rogue="issuer",
)
def length_is_not_checked(p: Parameters, number: int, prior: int, length: int) -> str:
    """A connection ID of 0 or 21 bytes is accepted."""
    return RULE_FRAME_ERROR(p, number, prior, 8)


@recreates("QG-08", replaces="frame_error", cites=("RFC9000-19.15-03",), at="consumer", length=20)
def length_is_checked_as_in_a_draft(p: Parameters, number: int, prior: int, length: int) -> str:
    """Only lengths of 4 to 18 bytes are accepted."""
    return FRAME_ENCODING_ERROR if length < 4 or length > 18 else RULE_FRAME_ERROR(p, number, prior, length)


@recreates(
    "QG-10",
    "MS-17",
    replaces="frame_error",
    cites=("RFC9000-19.15-05",),
    at="consumer",
    rogue="issuer",
    zero_length="yes",
)
def frame_is_accepted_under_zero_length(p: Parameters, number: int, prior: int, length: int) -> str:
    """A consumer that sends to a zero-length connection ID accepts another one."""
    return FRAME_ENCODING_ERROR if prior > number or length < 1 or length > 20 else OPEN


@recreates(
    "LX-01",
    "NG-40",
    "QL-10",
    replaces="contradicts",
    cites=("RFC9000-19.15-07",),
    at="consumer",
    rogue="issuer",
)
def contradictions_are_taken_for_copies(number: int, cid: int, token: int) -> bool:
    """A known number with another connection ID or token passes as a second copy."""
    return False
