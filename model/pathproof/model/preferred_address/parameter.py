"""The transport parameter itself: what each end makes of a value it may not have (RFC 9000 7.4 and 18.2)."""

from __future__ import annotations

from pathproof.model.preferred_address.state import (
    OPEN,
    PROTOCOL_VIOLATION,
    TRANSPORT_PARAMETER_ERROR,
    Parameters,
    PreferredAddress,
)
from pathproof.spec.names import MAX_CONNECTION_ID_LENGTH, MIN_CONNECTION_ID_LENGTH


def parameter_error(p: Parameters, length: int, whole: bool) -> str:
    """The error that preferred_address meets at a client, by the length of its connection ID (18.2-55).

    A value that ends too soon is malformed, and one whose connection ID is too long is invalid (7.4).
    """
    if p.zero_length == "yes" or not whole:
        return TRANSPORT_PARAMETER_ERROR
    if length < MIN_CONNECTION_ID_LENGTH or length > MAX_CONNECTION_ID_LENGTH:
        return TRANSPORT_PARAMETER_ERROR
    return OPEN


def error_of_clients_parameter() -> str:
    """The error that preferred_address meets at a server (18.2-68)."""
    return TRANSPORT_PARAMETER_ERROR


def contradicts(s: PreferredAddress, p: Parameters) -> str:
    """The error that a second number 1 meets, with another content (19.15-07 leaves the choice)."""
    if s.number_one == "parameter" and p.conflict == "close":
        return PROTOCOL_VIOLATION
    return OPEN
