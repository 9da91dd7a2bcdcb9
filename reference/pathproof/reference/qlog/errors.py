"""Error codes in the words of qlog, and the number beside `unknown` where it has no word."""

from __future__ import annotations

from typing import Any

from pathproof.spec.names import CRYPTO_ERROR, ErrorCode

UNKNOWN = "unknown"


def transport_error(member: str, code: int) -> dict[str, Any]:
    """The members that tell a transport error code (RFC 9000 20.1).

    >>> transport_error("error", 9), transport_error("connection_error", 0x12A)
    ({'error': 'connection_id_limit_error'}, {'connection_error': 'crypto_error_0x12a'})
    >>> transport_error("error", 0x4711)
    {'error': 'unknown', 'error_code': 18193}
    """
    if code in CRYPTO_ERROR:
        return {member: f"crypto_error_{code:#x}"}
    if code in ErrorCode._value2member_map_:
        return {member: ErrorCode(code).name.lower()}
    return {member: UNKNOWN, "error_code": code}


def application_error(member: str, code: int) -> dict[str, Any]:
    """The members that tell an error code of the application, for which qlog has no words.

    >>> application_error("error", 0)
    {'error': 'unknown', 'error_code': 0}
    """
    return {member: UNKNOWN, "error_code": code}
