"""The end that gives tokens out and may lose its state: RFC 9000 10.3, 10.3.2 and 11."""

from __future__ import annotations

from pathproof.model.stateless_reset.state import (
    CLOSING,
    HOLDS,
    LONG,
    RESTARTED,
    Parameters,
    StatelessReset,
)
from pathproof.model.vocabulary import Numbers, has, missing


def handshake_token_is_given(p: Parameters) -> bool:
    """The handshake gives a token out: a server's choice alone, and none for an empty connection ID.

    A client must not (18.2-08). Who derives tokens from connection IDs has none for an empty one (10.3.2-03).
    """
    return p.issuer == "server" and p.handshake_token == "sent" and p.zero_length == "no"


def preferred_address_is_given(p: Parameters) -> bool:
    """The handshake supplies a second connection ID with its token, for the preferred address."""
    return p.preferred_address == "yes" and p.issuer == "server" and p.zero_length == "no" and p.cids > 1


def holds(s: StatelessReset) -> bool:
    """It can send frames on the connection, were it only CONNECTION_CLOSE."""
    return s.holder == HOLDS or s.holder == CLOSING


def may_issue(s: StatelessReset, p: Parameters) -> bool:
    """It has the connection, and chose no empty connection ID."""
    return s.holder == HOLDS and p.zero_length == "no" and s.issued < p.cids


def next_connection_id(s: StatelessReset) -> int:
    """The connection ID for a new connection: one that was never in use under this static key (10.3.2-05)."""
    return s.issued


def token_of(p: Parameters, number: int) -> int:
    """The token that goes with a connection ID, and with no other (10.3.2-07)."""
    return number


def recovered(p: Parameters, number: int) -> int:
    """The connection ID that an end without state reads from a packet: all are of one length (10.3.2-02)."""
    return number


def has_key(s: StatelessReset, p: Parameters) -> bool:
    """It can compute tokens: a restart may have cost the static key."""
    return p.zero_length == "no" and (s.holder != RESTARTED or p.static_key == "kept")


def accepted(s: StatelessReset) -> Numbers:
    """The connection IDs of the connection that it holds: issued on it, and not retired by its peer."""
    return missing(s.invalidated, s.first, s.issued)


def is_attributed(s: StatelessReset, p: Parameters, number: int) -> bool:
    """A packet to this connection ID belongs to a connection that it holds (5.2)."""
    return number != p.cids and holds(s) and has(accepted(s), number)


def is_late(s: StatelessReset, p: Parameters, number: int) -> bool:
    """The packet is for the connection it holds, under a connection ID that was retired."""
    return number != p.cids and holds(s) and number >= s.first and has(s.invalidated, number)


def may_reset(s: StatelessReset, p: Parameters, number: int, form: str) -> bool:
    """It may answer a packet to this connection ID with a reset (10.3-01, 11-05)."""
    if not has_key(s, p) or (form == LONG and p.long_headers == "dropped"):
        return False
    if p.late_packets == "dropped" and is_late(s, p, number):
        return False
    return not is_attributed(s, p, number)
