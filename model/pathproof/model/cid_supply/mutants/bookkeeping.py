"""Bugs in the order of processing, in queues, and in what one end thinks the other knows."""

from __future__ import annotations

from pathproof.model.cid_supply import consumer, issuer
from pathproof.model.cid_supply.consumer import (
    contradiction_is_fatal,
    contradicts,
    frame_error,
    leave_retired,
    must_retire,
    retire_all,
    retire_one,
    supply_error,
    take_in,
)
from pathproof.model.cid_supply.issuer import counted
from pathproof.model.cid_supply.state import (
    CONNECTION_ID_LIMIT_ERROR,
    OPEN,
    PROTOCOL_VIOLATION,
    CidSupply,
    Parameters,
    is_open,
)
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import (
    Numbers,
    add,
    count,
    discard,
    has,
    is_empty,
    larger,
    lowest,
    minus,
    missing,
    union,
)

recreates = Recreated()
RULE_RETIREMENT_ERROR = issuer.retirement_error  # these are kept from before any mutant is in place
RULE_RETIRE_ONE = consumer.retire_one
RULE_RECEIVE = consumer.receive_new_connection_id


@recreates("CQ-08", replaces="retirement_error", cites=("RFC9000-19.16-06",), at="issuer")
def repeated_retirement_is_an_error(s: CidSupply, p: Parameters, number: int, destination: int) -> str:
    """The issuer takes a second copy of RETIRE_CONNECTION_ID for the retirement of what it never issued."""
    if has(s.invalidated, number):
        return PROTOCOL_VIOLATION
    return RULE_RETIREMENT_ERROR(s, p, number, destination)


@recreates("PQ-02", "PQ-26", "HA-01", replaces="retirement_error", cites=("RFC9000-19.16-08",), at="issuer")
def retirement_of_the_oldest_is_an_error(s: CidSupply, p: Parameters, number: int, destination: int) -> str:
    """The issuer compares with what it believes to be in use, not with the destination of the packet."""
    if number == lowest(missing(s.invalidated, 0, s.issued)):
        return PROTOCOL_VIOLATION
    return RULE_RETIREMENT_ERROR(s, p, number, destination)


@recreates("QN-19", replaces="receive_new_connection_id", cites=("RFC9000-5.1.1-15",), at="consumer")
def limit_is_counted_before_retiring(
    s: CidSupply, p: Parameters, number: int, prior: int, length: int, cid: int, token: int
) -> None:
    """The consumer counts before it has applied Retire Prior To."""
    known = has(s.active, number) or has(s.retired, number)
    if not known and count(s.active) >= p.limit:
        s.error = CONNECTION_ID_LIMIT_ERROR
    else:
        RULE_RECEIVE(s, p, number, prior, length, cid, token)


@recreates("NG-35", "PQ-24", replaces="receive_new_connection_id", cites=("RFC9000-5.1.2-10",), at="consumer")
def retires_before_the_replacement(
    s: CidSupply, p: Parameters, number: int, prior: int, length: int, cid: int, token: int
) -> None:
    """The consumer gives up when Retire Prior To leaves nothing, before it takes in what came with it."""
    left = discard(minus(s.active, missing(minus(s.active, s.active), 0, prior)), number)
    if is_empty(left) and prior > s.prior:
        s.error = PROTOCOL_VIOLATION
    else:
        RULE_RECEIVE(s, p, number, prior, length, cid, token)


@recreates(
    "NG-41",
    replaces="receive_new_connection_id",
    cites=("RFC9000-19.15-06", "RFC9000-19.15-07"),
    at="consumer",
)
def copies_and_contradictions_are_swapped(
    s: CidSupply, p: Parameters, number: int, prior: int, length: int, cid: int, token: int
) -> None:
    """The comparison with an earlier frame is inverted: a copy closes, a contradiction passes."""
    if has(s.received, number) and not contradicts(number, cid, token):
        s.error = PROTOCOL_VIOLATION
    else:
        RULE_RECEIVE(s, p, number, prior, length, number, number)


@recreates("KW-04", replaces="receive_new_connection_id", cites=("RFC9000-19.15-11",), at="consumer")
def lower_prior_is_obeyed(
    s: CidSupply, p: Parameters, number: int, prior: int, length: int, cid: int, token: int
) -> None:
    """A Retire Prior To below the largest one takes its place."""
    s.error = frame_error(p, number, prior, length)
    if s.error == OPEN and contradicts(number, cid, token):
        s.error = PROTOCOL_VIOLATION if contradiction_is_fatal(p, number, cid) else OPEN
    elif s.error == OPEN:
        s.received = add(s.received, number)
        s.largest = larger(s.largest, number)
        s.prior = prior
        retire_all(s, must_retire(s, p))
        take_in(s, p, number)
        s.error = supply_error(s, p)
        if s.error == OPEN:
            leave_retired(s)


@recreates("NG-01", "NG-22", "QN-24", replaces="retire", cites=("RFC9000-5.1.2-04",), at="consumer")
def what_is_in_use_is_retired(s: CidSupply, p: Parameters, number: int) -> bool:
    """The consumer retires the connection ID that is in its packets, and goes on under it."""
    if not is_open(s) or p.zero_length == "yes" or number != s.current or not has(s.active, number):
        return False
    s.active = discard(s.active, number)
    retire_one(s, number)
    return True


@recreates("S2-14", replaces="retire", cites=("RFC9000-5.1.2-04",), at="consumer")
def all_are_retired_at_once(s: CidSupply, p: Parameters, number: int) -> bool:
    """The consumer retires all that it holds, where only the oldest was to go."""
    if not is_open(s) or p.zero_length == "yes" or not has(s.active, number) or number == s.current:
        return False
    retire_all(s, s.active)
    return True


@recreates("PQ-23", replaces="retire", cites=("RFC9000-19.16-06",), at="consumer")
def one_more_is_retired(s: CidSupply, p: Parameters, number: int) -> bool:
    """With a connection ID, the consumer retires the next number, which it may never have received."""
    if not is_open(s) or p.zero_length == "yes" or not has(s.active, number) or number == s.current:
        return False
    s.active = discard(s.active, number)
    retire_one(s, number)
    if number + 1 < p.cids:
        retire_one(s, number + 1)
    return True


@recreates("QL-23", replaces="retire_all", cites=("RFC9000-5.1.2-13",), at="consumer")
def queue_of_retirements_is_shifted(s: CidSupply, leaving: Numbers) -> None:
    """Where several are to be retired, the frame for the first of them never goes out."""
    told = leaving if count(leaving) < 2 else discard(leaving, lowest(leaving))
    s.active = minus(s.active, leaving)
    s.retired = union(s.retired, told)
    s.unacknowledged = union(s.unacknowledged, told)


@recreates("QL-19", replaces="retire_one", cites=("RFC9000-5.1.2-11",), at="consumer")
def full_queue_drops_retirements(s: CidSupply, number: int) -> None:
    """A retirement that finds another one waiting is sent once and then forgotten."""
    if is_empty(s.unacknowledged):
        RULE_RETIRE_ONE(s, number)
    else:
        s.retired = add(s.retired, number)


@recreates("PQ-22", "PQ-08", replaces="deliver_acknowledgment", cites=("RFC9000-5.1.2-11",), at="consumer")
def acknowledgment_is_misread(s: CidSupply, p: Parameters, number: int) -> bool:
    """The consumer does not find the retirement in what is acknowledged, and repeats it for ever."""
    return bool(is_open(s) and has(s.unacknowledged, number) and has(s.invalidated, number))


@recreates("GQ-26", replaces="deliver_new_connection_id", cites=("RFC9000-13.3-30",), at="issuer")
def lost_frame_is_not_repeated(s: CidSupply, p: Parameters, number: int, prior: int) -> bool:
    """NEW_CONNECTION_ID is sent once, and the channel loses it."""
    return False


@recreates("QL-18", "XQ-12", replaces="limit_is_respected", cites=("RFC9000-5.1.1-16",), at="issuer")
def retired_ones_are_not_replaced(s: CidSupply, p: Parameters, prior: int) -> bool:
    """The issuer counts what its peer has retired, and supplies no other one."""
    return s.issued < p.limit and count(counted(s, p, prior)) < p.limit


@recreates(
    "QG-14",
    "QN-22",
    "AQ-14",
    replaces="limit_is_respected",
    cites=("RFC9000-5.1.1-16", "RFC9000-18.2-56"),
    at="issuer",
)
def absent_limit_is_zero(s: CidSupply, p: Parameters, prior: int) -> bool:
    """The issuer takes a limit that its peer left at the default for none at all, and issues nothing."""
    return False


@recreates(
    "MV-10",
    "LX-21",
    replaces="limit_is_respected",
    cites=("RFC9000-5.1.1-13",),
    at="issuer",
)
def absent_limit_is_large(s: CidSupply, p: Parameters, prior: int) -> bool:
    """The issuer takes a limit that its peer left at the default for a larger one."""
    return count(counted(s, p, prior)) < p.limit + 2
