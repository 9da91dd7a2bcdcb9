"""Bugs in taking connection IDs in: copies, late numbers, gaps, the limit."""

from __future__ import annotations

from pathproof.model.cid_supply import consumer
from pathproof.model.cid_supply.consumer import retire_one
from pathproof.model.cid_supply.state import (
    CONNECTION_ID_LIMIT_ERROR,
    OPEN,
    PROTOCOL_VIOLATION,
    CidSupply,
    Parameters,
)
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import add, count, discard, has

recreates = Recreated()
RULE_TAKE_IN = consumer.take_in  # kept from before any mutant is in place
RULE_SUPPLY_ERROR = consumer.supply_error  # kept from before any mutant is in place


@recreates(
    "QG-04",
    "QN-13",
    replaces="take_in",
    cites=(
        "RFC9000-5.1.2-04",
        "RFC9000-19.15-06",
    ),
    at="consumer",
)
def duplicate_retires_it(s: CidSupply, p: Parameters, number: int) -> None:
    """A second copy of the frame of an active connection ID retires it, and it stays in use."""
    if has(s.active, number):
        retire_one(s, number)
    else:
        RULE_TAKE_IN(s, p, number)


@recreates("QN-17", "NG-34", replaces="supply_error", cites=("RFC9000-19.15-06",), at="consumer")
def duplicate_counts_twice(s: CidSupply, p: Parameters) -> str:
    """The consumer closes when its set is full, even though the frame was a second copy."""
    return CONNECTION_ID_LIMIT_ERROR if count(s.active) >= p.limit and s.largest > 1 else OPEN


@recreates("GO-01", "NG-31", replaces="take_in", cites=("RFC9000-5.1.2-04",), at="consumer")
def retired_comes_back(s: CidSupply, p: Parameters, number: int) -> None:
    """The consumer forgets what it retired, and a late copy brings it back."""
    if number >= s.prior:
        s.active = add(s.active, number)


@recreates("QG-06", replaces="take_in", cites=("RFC9000-19.15-13",), at="consumer")
def late_number_is_stored(s: CidSupply, p: Parameters, number: int) -> None:
    """A number below Retire Prior To that comes late is stored as usable."""
    if not has(s.active, number) and not has(s.retired, number):
        s.active = add(s.active, number)


@recreates("CQ-02", replaces="take_in", cites=("RFC9000-5.1.2-04", "RFC9000-19.15-13"), at="consumer")
def a_queued_one_is_taken_for_new(s: CidSupply, p: Parameters, number: int) -> None:
    """A number whose RETIRE_CONNECTION_ID is still to be acknowledged is stored when a copy of it comes."""
    RULE_TAKE_IN(s, p, number)
    if has(s.unacknowledged, number):
        s.active = add(s.active, number)


@recreates("QG-06", replaces="take_in", cites=("RFC9000-19.15-13",), at="consumer")
def late_number_is_dropped(s: CidSupply, p: Parameters, number: int) -> None:
    """A number below Retire Prior To that comes late is dropped, and no RETIRE_CONNECTION_ID is sent."""
    if number >= s.prior:
        RULE_TAKE_IN(s, p, number)


@recreates(
    "QG-11",
    "QN-23",
    "ZQ-01",
    "PP-01",
    replaces="supply_error",
    cites=("RFC9000-5.1.1-15",),
    at="consumer",
    rogue="issuer",
)
def limit_is_not_enforced(s: CidSupply, p: Parameters) -> str:
    """The consumer stores whatever it is sent."""
    return OPEN


@recreates("XQ-02", replaces="supply_error", cites=("RFC9000-5.1.1-15",), at="consumer", rogue="issuer")
def limit_excludes_one(s: CidSupply, p: Parameters) -> str:
    """The consumer is off by one: it does not count the connection ID in use."""
    return CONNECTION_ID_LIMIT_ERROR if count(discard(s.active, s.current)) > p.limit else OPEN


@recreates(
    "CQ-01",
    "NG-16",
    "NQ-01",
    "PQ-01",
    "MS-01",
    "LS-01",
    replaces="supply_error",
    cites=("RFC9000-5.1.2-11",),
    at="consumer",
    retire_overflow="close",
    retirements=1,
)
def retirements_are_unbounded(s: CidSupply, p: Parameters) -> str:
    """The consumer tracks any number of unacknowledged retirements, although it means to close."""
    return CONNECTION_ID_LIMIT_ERROR if count(s.active) > p.limit else OPEN


@recreates(
    "QN-01",
    replaces="supply_error",
    cites=("RFC9000-5.1.2-11",),
    at="consumer",
    retire_overflow="close",
    retirements=1,
    unseen_below="at_once",
)
def unseen_ones_are_retired_without_bound(s: CidSupply, p: Parameters) -> str:
    """All below Retire Prior To are retired at once, and however many that is, they are queued."""
    return CONNECTION_ID_LIMIT_ERROR if count(s.active) > p.limit else OPEN


@recreates("OS-02", "QL-09", "QL-11", replaces="supply_error", cites=("RFC9000-5.1.1-06",), at="consumer")
def gap_is_an_error(s: CidSupply, p: Parameters) -> str:
    """The consumer takes numbers that arrive out of order for an error."""
    if not has(s.received, s.largest - 1 if s.largest > 0 else 0):
        return PROTOCOL_VIOLATION
    return RULE_SUPPLY_ERROR(s, p)
