"""What really happened, noted for claims: no end reads it, and no rule of an end is used to judge it."""

from __future__ import annotations

from pathproof.model.stateless_reset.state import (
    CLOSING,
    HOLDS,
    LEAST,
    LONG,
    OPEN,
    SHORT,
    TO_CONSUMER,
    TO_ISSUER,
    VALID_LATER,
    Parameters,
    StatelessReset,
)
from pathproof.model.vocabulary import Numbers, add, has, is_empty, minus


def what_the_issuer_had(s: StatelessReset) -> str:
    """What had become of the connection at its issuer when a reset ended it."""
    if s.holder != HOLDS and s.holder != CLOSING:
        return "gone"
    return "held" if s.routed == TO_ISSUER else "unreachable"


def comes_from_where_it_was_used(s: StatelessReset, number: int, address: int) -> bool:
    """The datagram comes from the remote address to which packets under this connection ID went."""
    return has(s.second, number) == (address == 1)


def must_be_recognized(s: StatelessReset, p: Parameters) -> bool:
    """What arrives is a reset of the connection, whatever the readings but `undecryptable_first` say.

    It has the size of a packet, has to be compared, ends in the token of a connection ID that was used and
    not retired, and comes from where packets under it went.
    """
    if s.end != OPEN or s.size < LEAST + p.expansion or s.names >= p.cids or not must_be_compared(s, p):
        return False
    if s.names == s.first and not is_empty(copies_in_use(s, s.address)):
        return True
    if not was_its_own_token_given(s, p, s.names) or not has(s.used, s.names) or has(s.retired, s.names):
        return False
    return comes_from_where_it_was_used(s, s.names, s.address)


def must_be_compared(s: StatelessReset, p: Parameters) -> bool:
    """The end of the datagram has to be compared, and the consumer may not leave that out.

    It is so where no packet in it can be processed (10.3.1-07), and where the first one cannot though a later
    one can, unless `undecryptable_first=skip` lets the later one count (10.3.1-06). A consumer that has
    settled to compare everything (10.3.1-05) has to act on what it finds, too (10.3.1-11).
    """
    if s.form == SHORT or s.form == LONG or p.compares == "always":
        return True
    return s.form == VALID_LATER and p.undecryptable_first == "check"


def copies_in_use(s: StatelessReset, address: int) -> Numbers:
    """Connection IDs in use toward this address that came with the token of `first`."""
    unused = minus(s.copied, s.used)
    used = minus(minus(s.copied, s.retired), unused)
    elsewhere = minus(used, s.second)
    return elsewhere if address == 0 else minus(used, elsewhere)


def was_given_with_token(s: StatelessReset, p: Parameters, number: int) -> bool:
    """The connection ID was received with its token: in a frame, or in a handshake that gives one out."""
    if not has(s.received, number):
        return False
    if p.zero_length == "yes":
        return False
    return number != s.first or (p.issuer == "server" and p.handshake_token == "sent")


def was_its_own_token_given(s: StatelessReset, p: Parameters, number: int) -> bool:
    """The connection ID was received, and not with the token of another one."""
    return was_given_with_token(s, p, number) and not has(s.copied, number)


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


def note_reset(s: StatelessReset, p: Parameters) -> None:
    """Note that a reset has left, by the way it heads, as far as resets are counted."""
    if s.heading == TO_CONSUMER:
        s.sent = s.sent + 1 if s.sent < p.counted else s.sent
    else:
        s.sent_back = s.sent_back + 1 if s.sent_back < p.counted else s.sent_back
