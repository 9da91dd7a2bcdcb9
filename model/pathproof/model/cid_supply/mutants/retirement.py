"""Bugs in giving connection IDs up and in going on without them."""

from __future__ import annotations

from pathproof.model.cid_supply import consumer
from pathproof.model.cid_supply.consumer import contradicts, frame_error, retire_one, usable, use
from pathproof.model.cid_supply.state import OPEN, CidSupply, Parameters, is_open
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import Numbers, add, below, discard, discard_below, has, minus, union

recreates = Recreated()
RULE_RECEIVE = consumer.receive_new_connection_id  # kept from before any mutant is in place


@recreates("QL-12", replaces="must_retire", cites=("RFC9000-5.1.2-10",), at="consumer")
def wrong_ones_are_retired(s: CidSupply, p: Parameters) -> Numbers:
    """Retire Prior To retires what is not below it."""
    return discard_below(s.active, s.prior)


@recreates("NG-36", replaces="must_retire", cites=("RFC9000-5.1.2-10",), at="consumer")
def what_is_in_use_is_exempt(s: CidSupply, p: Parameters) -> Numbers:
    """The connection ID that the consumer is using stays, whatever Retire Prior To says."""
    return discard(below(s.active, s.prior), s.current)


@recreates("KW-03", "AQ-06", replaces="retire_all", cites=("RFC9000-5.1.2-13",), at="consumer")
def retirement_is_not_sent(s: CidSupply, leaving: Numbers) -> None:
    """What Retire Prior To takes away is dropped without RETIRE_CONNECTION_ID."""
    s.active = minus(s.active, leaving)


@recreates(
    "NG-16",
    replaces="retire_all",
    cites=("RFC9000-5.1.2-11",),
    at="consumer",
    retire_overflow="close",
    retirements=1,
)
def retirements_are_not_counted(s: CidSupply, leaving: Numbers) -> None:
    """What Retire Prior To takes away is not counted as unacknowledged, so that the bound never bites."""
    s.active = minus(s.active, leaving)
    s.retired = union(s.retired, leaving)


@recreates("KW-10", "EQ-01", "XQ-01", replaces="leave_retired", cites=("RFC9000-5.1.2-10",), at="consumer")
def retired_one_stays_in_use(s: CidSupply) -> None:
    """The consumer goes on sending under a connection ID that it has retired."""


@recreates("QG-05", "NX-17", "MS-19", replaces="retire", cites=("RFC9000-19.16-07",), at="consumer")
def consumer_retires_its_destination(s: CidSupply, p: Parameters, number: int) -> bool:
    """The consumer retires the connection ID that is in its packets."""
    if not is_open(s) or p.zero_length == "yes" or not has(s.active, number):
        return False
    s.active = discard(s.active, number)
    retire_one(s, number)
    return True


@recreates(replaces="move", cites=("RFC9000-9.5-03",), at="consumer", cids=4)
def only_the_last_address_is_remembered(s: CidSupply, p: Parameters, number: int) -> bool:
    """On a move, only the connection ID in use is noted as used elsewhere."""
    if not is_open(s) or p.zero_length == "yes" or has(s.used, number) or not has(s.active, number):
        return False
    s.elsewhere = add(discard_below(s.elsewhere, p.cids), s.current)
    s.address = 1 - s.address
    use(s, number)
    return True


@recreates("QG-39", "GQ-11", replaces="move", cites=("RFC9000-9.5-03",), at="consumer")
def moves_under_the_same_connection_id(s: CidSupply, p: Parameters, number: int) -> bool:
    """The consumer goes on from a new local address without changing the connection ID."""
    if not is_open(s) or p.zero_length == "yes" or not has(usable(s), number):
        return False
    s.elsewhere = s.used
    s.address = 1 - s.address
    use(s, number)
    return True


@recreates(replaces="receive_new_connection_id", cites=("RFC9000-5.1.2-10",), at="consumer", rogue="issuer")
def overtaken_prior_is_ignored(
    s: CidSupply, p: Parameters, number: int, prior: int, length: int, cid: int, token: int
) -> None:
    """Retire Prior To is not read in a frame that one with a larger number has overtaken."""
    heeded = 0 if number < s.largest and prior <= number else prior
    RULE_RECEIVE(s, p, number, heeded, length, cid, token)


@recreates(
    replaces="receive_new_connection_id",
    cites=("RFC9000-5.1.2-10",),
    at="consumer",
    cids=4,
    retransmission="updated",
)
def known_frames_are_dropped_whole(
    s: CidSupply, p: Parameters, number: int, prior: int, length: int, cid: int, token: int
) -> None:
    """A frame whose number is known is dropped, although a copy may carry a larger Retire Prior To."""
    is_wrong = contradicts(number, cid, token) or frame_error(p, number, prior, length) != OPEN
    if is_wrong or not has(s.received, number):
        RULE_RECEIVE(s, p, number, prior, length, cid, token)
