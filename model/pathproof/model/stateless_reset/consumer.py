"""The end that remembers tokens and compares what comes in: RFC 9000 10.3, 10.3.1 and 10.3.2."""

from __future__ import annotations

from pathproof.model.stateless_reset.resets import least_size
from pathproof.model.stateless_reset.state import (
    CLOSED,
    DRAINING,
    OPEN,
    OVER,
    RESTARTED,
    VALID_FIRST,
    VALID_LATER,
    Parameters,
    StatelessReset,
)
from pathproof.model.vocabulary import Numbers, add, discard, has, is_empty, minus


def has_state(s: StatelessReset) -> bool:
    """It knows of the connection, if only to drain it."""
    return s.end != OVER and s.end != RESTARTED


def may_send(s: StatelessReset) -> bool:
    """It may send packets on the connection: not after a reset (10.3.1-11)."""
    return s.end == OPEN


def least_own_size(p: Parameters) -> int:
    """The smallest packet that it sends: a reset one byte shorter still passes for a packet (10.3-15)."""
    return least_size(p) + p.length + 1


def common(one: Numbers, other: Numbers) -> Numbers:
    """The members of both sets."""
    return minus(one, minus(one, other))


def void(s: StatelessReset, p: Parameters) -> Numbers:
    """Connection IDs whose tokens ended with their retirement, by `token_lifetime`."""
    return s.retired if p.token_lifetime == "sent" else s.acknowledged


def in_use(s: StatelessReset, p: Parameters) -> Numbers:
    """Connection IDs that were used, are not retired and have a token (10.3.1-03, 10.3.1-08)."""
    return minus(common(s.used, s.tokened), void(s, p))


def compared(s: StatelessReset, p: Parameters, address: int) -> Numbers:
    """Connection IDs with whose tokens a datagram from this remote address is compared (10.3.1-04)."""
    if p.token_scope == "any":
        return in_use(s, p)
    return common(in_use(s, p), s.second) if address == 1 else minus(in_use(s, p), s.second)


def matches(s: StatelessReset, p: Parameters, token: int, address: int) -> bool:
    """The 16 bytes equal a token that is compared."""
    watched = compared(s, p, address)
    if token == s.first and not is_empty(common(watched, s.copied)):
        return True
    return token != p.cids and has(minus(watched, s.copied), token)


def is_compared(p: Parameters, size: int, form: str, attributed: int) -> bool:
    """The end of the datagram is compared with tokens (10.3.1-06, 10.3.1-07).

    Whether its first packet matched the connection and could not be decrypted, or matched none, makes no
    difference, nor does the form of its header (10.3-21).
    """
    if size < least_size(p):
        return False  # too small to be a packet (10.3-19)
    if form == VALID_FIRST:
        return p.compares == "always"
    return form != VALID_LATER or p.compares == "always" or p.undecryptable_first == "check"


def is_reset(s: StatelessReset, p: Parameters, attributed: int) -> bool:
    """The datagram that arrives is a Stateless Reset of the connection."""
    return is_compared(p, s.size, s.form, attributed) and matches(s, p, s.names, s.address)


def end_by_reset(s: StatelessReset, p: Parameters) -> None:
    """The whole connection drains, on whatever path the reset came (10.3.1-11)."""
    s.end = DRAINING


def may_reset_back(s: StatelessReset, p: Parameters) -> bool:
    """It may itself answer the datagram with a reset: it is not of its connection and is no reset of it."""
    if not has_state(s):
        return True
    return p.length > 0 and s.form != VALID_FIRST and s.form != VALID_LATER and not is_reset(s, p, 0)


def attributions(p: Parameters, attributed: int) -> bool:
    """An empty connection ID matches any datagram; with another one, random bytes may match it or not."""
    return attributed == 1 or p.length > 0


def keeps_handshake_token(p: Parameters) -> bool:
    """It remembers the token of the transport parameters like those of frames (10.3.1-03)."""
    return True


def take_in(s: StatelessReset, p: Parameters, number: int) -> None:
    """A connection ID arrives with its token."""
    s.received = add(s.received, number)
    s.tokened = add(s.tokened, number)


def take_in_copy(s: StatelessReset, p: Parameters, number: int) -> None:
    """A connection ID arrives with the token of another one (10.3.2-08)."""
    if p.token_reuse == "close":
        s.end = CLOSED
        return
    take_in(s, p, number)
    s.copied = add(s.copied, number)


def is_available(s: StatelessReset, number: int) -> bool:
    """It was supplied and not retired."""
    return has(s.received, number) and not has(s.retired, number)


def use(s: StatelessReset, number: int) -> None:
    """Its packets bear this connection ID from now on."""
    s.current = number
    s.used = add(s.used, number)
    s.probed = discard(s.probed, number)


def address_of(s: StatelessReset, number: int) -> int:
    """The remote address that packets under this connection ID went to: one for each (9.5-03)."""
    return 1 if has(s.second, number) else 0


def comparison_time(agreeing: int) -> int:
    """How long a comparison with a token takes: as long whatever number of its parts agree (10.3.1-09)."""
    return 1
