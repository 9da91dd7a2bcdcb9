"""Tokens of stateless reset: how they are made, and how a datagram is compared with them (10.3.1, 10.3.2)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from pathproof.spec.names import STATELESS_RESET_TOKEN_LENGTH

TOKEN_SIZE = STATELESS_RESET_TOKEN_LENGTH


def token_of(key: bytes, connection_id: bytes) -> bytes:
    """The token of a connection ID, which a node with the same key knows without any state (10.3.2-01).

    Connection IDs of one endpoint all have one length, so that the ID can be told without state (10.3.2-02).

    Parameters
    ----------
    key
        Secret of the endpoint, 32 bytes, shared by nodes that are to reset each other's connections.
    connection_id
        Not empty: an empty connection ID has no token (10.3.2-03).

    Examples
    --------
    >>> len(token_of(bytes(32), b"12345678")), token_of(bytes(32), b"1") == token_of(bytes(32), b"2")
    (16, False)
    """
    if not connection_id:
        raise ValueError("an empty connection ID has no token")
    return hmac.new(key, b"stateless reset" + connection_id, hashlib.sha256).digest()[:TOKEN_SIZE]


def is_reset(datagram: bytes, tokens: Iterable[bytes]) -> bool:
    """Whether a datagram ends in one of the tokens, whatever the form of its header (10.3-21, 10.3.1-04).

    Every token is compared, in constant time, and none is passed over for an earlier match (10.3.1-09).

    >>> is_reset(b"@" + bytes(20) + b"t" * 16, [b"s" * 16, b"t" * 16]), is_reset(b"t" * 16, [b"t" * 16])
    (True, False)
    """
    if len(datagram) < TOKEN_SIZE + 5:
        return False
    ending, found = datagram[-TOKEN_SIZE:], False
    for token in tokens:
        found |= hmac.compare_digest(ending, token)
    return found
