"""What meets a peer that breaks a rule: the error that RFC 9000 names for it."""

from __future__ import annotations

from pathproof.model.cid_supply.actions import machine
from pathproof.model.cid_supply.state import (
    CONNECTION_ID_LIMIT_ERROR,
    FRAME_ENCODING_ERROR,
    PROTOCOL_VIOLATION,
    CidSupply,
    Parameters,
)


@machine.always("RFC9000-5.1.1-15")
def limit_breach_meets_its_error(s: CidSupply, p: Parameters) -> bool:
    """One connection ID too many is met by CONNECTION_ID_LIMIT_ERROR."""
    return s.breach != "limit exceeded" or s.error == CONNECTION_ID_LIMIT_ERROR


@machine.always("RFC9000-19.15-10")
def prior_breach_meets_its_error(s: CidSupply, p: Parameters) -> bool:
    """Retire Prior To above the sequence number is met by FRAME_ENCODING_ERROR."""
    return s.breach != "prior above number" or s.error == FRAME_ENCODING_ERROR


@machine.always("RFC9000-19.15-03")
def length_breach_meets_its_error(s: CidSupply, p: Parameters) -> bool:
    """A connection ID of 0 or more than 20 bytes is met by FRAME_ENCODING_ERROR."""
    return s.breach != "length out of range" or s.error == FRAME_ENCODING_ERROR


@machine.always("RFC9000-19.15-07", fails_under={"conflict": "ignore"})
def contradiction_meets_its_error(s: CidSupply, p: Parameters) -> bool:
    """A number with two connection IDs, or a connection ID with two numbers, is met by PROTOCOL_VIOLATION."""
    if s.breach == "number for two connection IDs" or s.breach == "connection ID with two numbers":
        return s.error == PROTOCOL_VIOLATION
    return True


@machine.always("RFC9000-10.3.2-08", "RFC9000-19.15-07", fails_under={"token_reuse": "ignore"})
def token_breach_meets_its_error(s: CidSupply, p: Parameters) -> bool:
    """A connection ID with two tokens, or a token for two connection IDs, is met by PROTOCOL_VIOLATION."""
    if s.breach == "connection ID with two tokens" or s.breach == "token for two connection IDs":
        return s.error == PROTOCOL_VIOLATION
    return True


@machine.always("RFC9000-19.15-05", "RFC9000-19.16-10")
def zero_length_breach_meets_its_error(s: CidSupply, p: Parameters) -> bool:
    """Either frame about a zero-length connection ID is met by PROTOCOL_VIOLATION."""
    if s.breach == "frame despite zero length" or s.breach == "retirement despite zero length":
        return s.error == PROTOCOL_VIOLATION
    return True


@machine.always("RFC9000-19.16-06")
def unissued_retirement_meets_its_error(s: CidSupply, p: Parameters) -> bool:
    """The retirement of a number never issued is met by PROTOCOL_VIOLATION."""
    return s.breach != "retirement of a number never issued" or s.error == PROTOCOL_VIOLATION


@machine.always("RFC9000-19.16-08", fails_under={"self_retire": "accept"})
def own_destination_breach_meets_its_error(s: CidSupply, p: Parameters) -> bool:
    """A retirement of the destination of its own packet is met by PROTOCOL_VIOLATION."""
    return s.breach != "retirement of its own destination" or s.error == PROTOCOL_VIOLATION
