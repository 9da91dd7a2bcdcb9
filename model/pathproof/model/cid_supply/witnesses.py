"""States that some run must reach: without them, a claim could hold because nothing ever happens."""

from __future__ import annotations

from pathproof.model.cid_supply.actions import machine
from pathproof.model.cid_supply.consumer import usable
from pathproof.model.cid_supply.state import (
    CONNECTION_ID_LIMIT_ERROR,
    FRAME_ENCODING_ERROR,
    PROTOCOL_VIOLATION,
    UNNAMED,
    CidSupply,
    Parameters,
    is_open,
)
from pathproof.model.vocabulary import count, has, is_empty, missing


def is_honest(s: CidSupply) -> bool:
    """The connection is open and neither end has broken a rule: what is reached is reached by the rules."""
    return is_open(s) and s.rogue_issuer == "no" and s.rogue_consumer == "no"


@machine.sometimes("RFC9000-5.1.1-12")
def supply_is_full(s: CidSupply, p: Parameters) -> bool:
    """The consumer holds as many connection IDs as its limit."""
    return is_honest(s) and count(s.active) == p.limit


@machine.sometimes("RFC9000-5.1.1-16")
def supply_is_refilled(s: CidSupply, p: Parameters) -> bool:
    """The handshake's connection ID was retired, and the consumer holds as many as before."""
    return is_honest(s) and has(s.retired, 0) and count(s.active) == p.limit


@machine.sometimes("RFC9000-5.1.2-09")
def issuer_gave_up(s: CidSupply, p: Parameters) -> bool:
    """The issuer has closed because it could serve old connection IDs no longer."""
    return s.error == UNNAMED


@machine.sometimes("RFC9000-5.1.1-18")
def issuer_reached_its_cap(s: CidSupply, p: Parameters) -> bool:
    """The issuer has issued all that it may issue in all."""
    return is_honest(s) and s.issued == p.cids


@machine.sometimes("RFC9000-5.1.2-10")
def handshake_id_is_replaced(s: CidSupply, p: Parameters) -> bool:
    """Retire Prior To has taken number 0 away and the consumer goes on under another one."""
    return is_honest(s) and s.prior > 0 and s.current > 0


@machine.sometimes("RFC9000-5.1.1-14")
def limit_is_exceeded_for_a_moment(s: CidSupply, p: Parameters) -> bool:
    """More connection IDs are issued and not retired than the limit, covered by Retire Prior To."""
    return is_open(s) and s.rogue_issuer == "no" and count(missing(s.invalidated, 0, s.issued)) > p.limit


@machine.sometimes("RFC9000-19.15-13")
def late_number_is_retired(s: CidSupply, p: Parameters) -> bool:
    """A number was retired that never was in use, and that came with no larger Retire Prior To."""
    return is_honest(s) and has(s.retired, 1) and not has(s.used, 1) and s.prior > 1


@machine.sometimes("RFC9000-5.1.1-13")
def gap_in_numbers(s: CidSupply, p: Parameters) -> bool:
    """The consumer holds a number while a smaller one is still on its way."""
    return (
        is_open(s) and s.largest == 2 and has(s.active, 2) and not has(s.active, 1) and not has(s.retired, 1)
    )


@machine.sometimes("RFC9000-5.1.2-03")
def retirement_awaits_acknowledgment(s: CidSupply, p: Parameters) -> bool:
    """The issuer knows of a retirement whose acknowledgment has not arrived."""
    return is_honest(s) and has(s.unacknowledged, 0) and has(s.invalidated, 0)


@machine.sometimes("RFC9000-5.1.2-06")
def old_address_is_left(s: CidSupply, p: Parameters) -> bool:
    """The consumer has moved, and retired what it used before."""
    return is_honest(s) and s.address == 1 and has(s.elsewhere, 0) and has(s.retired, 0)


@machine.sometimes("RFC9000-5.1.1-22")
def moved_under_zero_length(s: CidSupply, p: Parameters) -> bool:
    """The consumer has moved while its peer uses a zero-length connection ID."""
    return is_honest(s) and s.address == 1 and p.zero_length == "yes"


@machine.sometimes("RFC9000-5.1.2-10")
def nothing_is_usable(s: CidSupply, p: Parameters) -> bool:
    """The connection is open and the consumer has no connection ID left for its present address."""
    return is_open(s) and is_empty(usable(s))


@machine.sometimes("RFC9000-5.1.2-13")
def retirements_pass_the_bound(s: CidSupply, p: Parameters) -> bool:
    """More retirements are unacknowledged than the consumer is ready to track."""
    return count(s.unacknowledged) > p.retirements


@machine.sometimes("RFC9000-19.15-10")
def closed_with_frame_encoding_error(s: CidSupply, p: Parameters) -> bool:
    """An end has closed with FRAME_ENCODING_ERROR."""
    return s.error == FRAME_ENCODING_ERROR


@machine.sometimes("RFC9000-5.1.1-15")
def closed_with_connection_id_limit_error(s: CidSupply, p: Parameters) -> bool:
    """An end has closed with CONNECTION_ID_LIMIT_ERROR."""
    return s.error == CONNECTION_ID_LIMIT_ERROR


@machine.sometimes("RFC9000-19.16-06")
def closed_with_protocol_violation(s: CidSupply, p: Parameters) -> bool:
    """An end has closed with PROTOCOL_VIOLATION."""
    return s.error == PROTOCOL_VIOLATION
