"""What really happened, noted for claims: no end reads it, and no rule of an end is used to judge it."""

from __future__ import annotations

from pathproof.model.stateless_reset.state import (
    CLOSING,
    HOLDS,
    LEAST,
    LONG,
    OPEN,
    SHORT,
    TO_ISSUER,
    Parameters,
    StatelessReset,
)
from pathproof.model.vocabulary import add, has


def what_the_issuer_had(s: StatelessReset) -> str:
    """What had become of the connection at its issuer when a reset ended it."""
    if s.holder != HOLDS and s.holder != CLOSING:
        return "gone"
    return "held" if s.routed == TO_ISSUER else "unreachable"


def comes_from_where_it_was_used(s: StatelessReset, number: int, address: int) -> bool:
    """The datagram comes from the remote address to which packets under this connection ID went."""
    return has(s.second, number) == (address == 1)


def must_be_recognized(s: StatelessReset, p: Parameters) -> bool:
    """Under every reading, what arrives is a reset of the connection.

    It has the size of a packet, is one packet that cannot be decrypted, ends in the token of a connection ID
    that was used and not retired, and comes from where packets under it went.
    """
    if s.end != OPEN or s.size < LEAST + p.expansion or s.names >= p.cids:
        return False
    if s.form != SHORT and s.form != LONG:
        return False
    if has(s.copied, s.names) or not was_given_with_token(s, p, s.names):
        return False
    if not has(s.used, s.names) or has(s.retired, s.names):
        return False
    return comes_from_where_it_was_used(s, s.names, s.address)


def was_given_with_token(s: StatelessReset, p: Parameters, number: int) -> bool:
    """The connection ID was received with its token: in a frame, or in a handshake that gives one out."""
    if not has(s.received, number):
        return False
    if p.zero_length == "yes":
        return False
    return number != s.first or (p.issuer == "server" and p.handshake_token == "sent")


def note_arrival(s: StatelessReset, before_end: str, due: bool) -> None:
    """Note how a connection that was open has fared: a reset that was due has ended it, or was ignored."""
    if before_end != OPEN:
        return
    if s.end != OPEN:
        s.fate = what_the_issuer_had(s)
    elif due:
        s.ignored = "yes"


def note_packet(s: StatelessReset) -> None:
    """Note a packet that the consumer sends after the connection has ended."""
    if s.end != OPEN:
        s.spoke = "yes"


def note_revealed(s: StatelessReset, p: Parameters, token: int) -> None:
    """Note that a token has left in a reset, where others may read it."""
    if token < p.cids:
        s.revealed = add(s.revealed, token)
