"""The end that consumes connection IDs: RFC 9000 5.1.2, and 19.15 for what it receives."""

from __future__ import annotations

from pathproof.model.cid_supply.state import (
    CONNECTION_ID_LIMIT_ERROR,
    FRAME_ENCODING_ERROR,
    OPEN,
    PROTOCOL_VIOLATION,
    CidSupply,
    Parameters,
)
from pathproof.model.vocabulary import (
    Numbers,
    add,
    below,
    count,
    has,
    is_empty,
    larger,
    lowest,
    minus,
    missing,
    union,
)
from pathproof.spec.names import MAX_CONNECTION_ID_LENGTH, MIN_CONNECTION_ID_LENGTH


def frame_error(p: Parameters, number: int, prior: int, length: int) -> str:
    """The error that NEW_CONNECTION_ID meets by its fields alone."""
    if p.zero_length == "yes":
        return PROTOCOL_VIOLATION  # 19.15-05
    if length < MIN_CONNECTION_ID_LENGTH or length > MAX_CONNECTION_ID_LENGTH:
        return FRAME_ENCODING_ERROR  # 19.15-03
    if prior > number:
        return FRAME_ENCODING_ERROR  # 19.15-10
    return OPEN


def contradicts(number: int, cid: int, token: int) -> bool:
    """The frame contradicts an earlier one (19.15-07).

    A connection ID, and a token, go by the sequence number that first came with them: a frame that agrees
    with all before it has both equal to its own number.
    """
    return cid != number or token != number


def contradiction_is_fatal(p: Parameters, number: int, cid: int) -> bool:
    """Whether the consumer closes: both 19.15-07 and, for a token alone, 10.3.2-08 leave it the choice."""
    if cid == number:
        return p.token_reuse == "close"
    return p.conflict == "close"


def must_retire(s: CidSupply, p: Parameters) -> Numbers:
    """What Retire Prior To takes away (5.1.2-10), never-received numbers included by `unseen_below`."""
    if p.unseen_below == "at_once":
        return missing(s.retired, 0, s.prior)
    return below(s.active, s.prior)


def retire_all(s: CidSupply, leaving: Numbers) -> None:
    """RETIRE_CONNECTION_ID goes out for each of these (5.1.2-03)."""
    s.active = minus(s.active, leaving)
    s.retired = union(s.retired, leaving)
    s.unacknowledged = union(s.unacknowledged, leaving)


def retire_one(s: CidSupply, number: int) -> None:
    """RETIRE_CONNECTION_ID goes out for this one."""
    s.retired = add(s.retired, number)
    s.unacknowledged = add(s.unacknowledged, number)


def take_in(s: CidSupply, p: Parameters, number: int) -> None:
    """The new connection ID becomes active, or is retired at once where it comes late (19.15-13)."""
    if has(s.active, number):
        return  # 19.15-06: a second copy is no error
    if not has(s.retired, number):
        if number < s.prior:
            retire_one(s, number)
        else:
            s.active = add(s.active, number)
    elif number < s.prior and p.late_frame == "again":
        retire_one(s, number)


def supply_error(s: CidSupply, p: Parameters) -> str:
    """The error that a frame meets once it was applied in full (5.1.1-15, 5.1.2-13)."""
    if count(s.active) > p.limit:
        return CONNECTION_ID_LIMIT_ERROR
    if p.retire_overflow == "close" and count(s.unacknowledged) > p.retirements:
        return CONNECTION_ID_LIMIT_ERROR
    return OPEN


def usable(s: CidSupply) -> Numbers:
    """What may be in a packet from the present local address (9.5-03)."""
    return minus(s.active, s.elsewhere)


def may_bear(s: CidSupply, number: int) -> bool:
    """A packet may bear this connection ID: it was received and not retired (5.1.2-04, 5.1.2-10)."""
    return has(s.active, number)


def use(s: CidSupply, number: int) -> None:
    """Packets bear this connection ID from now on."""
    s.current = number
    s.used = add(s.used, number)


def leave_retired(s: CidSupply) -> None:
    """Another usable connection ID takes the place of one that was retired (5.1.2-10)."""
    if not may_bear(s, s.current) and not is_empty(usable(s)):
        use(s, lowest(usable(s)))


def receive_new_connection_id(
    s: CidSupply, p: Parameters, number: int, prior: int, length: int, cid: int, token: int
) -> None:
    """The consumer processes NEW_CONNECTION_ID: retires, then adds, then counts (5.1.2-10, 5.1.1-15)."""
    s.error = frame_error(p, number, prior, length)
    if s.error != OPEN:
        return
    if contradicts(number, cid, token):
        s.error = PROTOCOL_VIOLATION if contradiction_is_fatal(p, number, cid) else OPEN
        return
    s.received = add(s.received, number)
    s.largest = larger(s.largest, number)
    s.prior = larger(s.prior, prior)
    retire_all(s, must_retire(s, p))
    take_in(s, p, number)
    s.error = supply_error(s, p)
    if s.error == OPEN:
        leave_retired(s)
