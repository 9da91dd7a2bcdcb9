"""What must be true of every state and of every step, by name, with the clauses that ask for it."""

from __future__ import annotations

from pathproof.model.cid_supply.actions import machine
from pathproof.model.cid_supply.consumer import usable
from pathproof.model.cid_supply.issuer import retirement_is_outstanding
from pathproof.model.cid_supply.state import (
    CONNECTION_ID_LIMIT_ERROR,
    UNNAMED,
    CidSupply,
    Parameters,
    SequenceNumber,
    is_open,
)
from pathproof.model.vocabulary import count, get, has, is_empty, missing

# What the consumer keeps, whatever its peer does.


@machine.always("RFC9000-5.1.1-15", "RFC9000-18.2-56", "RFC9000-18.2-57")
def limit_is_kept(s: CidSupply, p: Parameters) -> bool:
    """The consumer holds no more connection IDs than its limit, or has closed."""
    return not is_open(s) or count(s.active) <= p.limit


@machine.always("RFC9000-5.1.2-10")
def nothing_active_is_below_prior(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """What the largest Retire Prior To that arrived asked to retire is in use no longer."""
    return not is_open(s) or not has(s.active, number) or number >= s.asked


@machine.always("RFC9000-5.1.2-04", "RFC9000-5.1.2-10")
def current_is_active_while_any_is_usable(s: CidSupply, p: Parameters) -> bool:
    """No packet leaves under a retired connection ID."""
    return not is_open(s) or has(s.active, s.current) or is_empty(usable(s))


@machine.always("RFC9000-9.5-03", "RFC9000-5.1.2-05")
def one_connection_id_serves_one_address(s: CidSupply, p: Parameters) -> bool:
    """No connection ID is in packets from two local addresses, but for the zero-length one."""
    return p.zero_length == "yes" or not has(s.elsewhere, s.current)


@machine.always("RFC9000-5.1.2-02")
def what_is_active_was_received(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """The consumer uses nothing that its peer has not supplied."""
    return not has(s.active, number) or has(s.received, number)


@machine.always("RFC9000-5.1.1-22", "RFC9000-9.5-07")
def barred_is_barred(s: CidSupply, p: Parameters) -> bool:
    """A consumer that is barred from moving under a zero-length connection ID stays where it is."""
    return p.zero_length == "no" or p.zero_length_move == "may" or s.address == 0


@machine.always("RFC9000-9.5-03")
def current_is_noted_as_used(s: CidSupply, p: Parameters) -> bool:
    """What is in packets now is noted as used, so that no other address will use it."""
    return has(s.used, s.current)


@machine.always("RFC9000-5.1.2-04")
def active_and_retired_are_apart(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """A connection ID that was retired is not available."""
    return not (has(s.active, number) and has(s.retired, number))


@machine.always("RFC9000-5.1.2-11")
def only_retirements_wait_for_acknowledgment(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """What waits for an acknowledgment was retired."""
    return not has(s.unacknowledged, number) or has(s.retired, number)


@machine.always("RFC9000-19.15-13", "RFC9000-5.1.2-13")
def every_received_number_is_active_or_retired(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """A number that came late is retired like any other, and none is dropped in silence."""
    return not is_open(s) or not has(s.received, number) or has(s.active, number) or has(s.retired, number)


@machine.always("RFC9000-5.1.2-10", "RFC9000-19.15-08", fails_under={"unseen_below": "on_arrival"})
def everything_below_prior_is_retired(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """The largest Retire Prior To that arrived retires also the numbers that never did."""
    return not is_open(s) or number >= s.asked or has(s.retired, number)


@machine.always(
    "RFC9000-5.1.2-11", "RFC9000-5.1.2-12", "RFC9000-5.1.2-13", fails_under={"retire_overflow": "keep"}
)
def pending_retirements_are_bounded(s: CidSupply, p: Parameters) -> bool:
    """No more retirements wait for acknowledgment than the consumer is ready to track, or it has closed."""
    return not is_open(s) or count(s.unacknowledged) <= p.retirements


# What holds between ends that keep the rules.


@machine.always(
    "RFC9000-5.1.1-13",
    "RFC9000-5.1.1-14",
    "RFC9000-19.15-06",
    fails_under={"retire_overflow": "close", "unserved": "closes"},
)
def honest_peers_are_never_closed_on(s: CidSupply, p: Parameters) -> bool:
    """Whatever the channel loses, reorders or duplicates, no end closes on a peer that keeps the rules."""
    return s.rogue_issuer == "yes" or s.rogue_consumer == "yes" or is_open(s)


@machine.always("RFC9000-5.1.2-09", "RFC9000-5.1.2-13")
def honest_peers_are_closed_on_only_where_the_text_allows(s: CidSupply, p: Parameters) -> bool:
    """A peer that keeps the rules is closed on only for one of two reasons that the text names.

    Either too many retirements are unacknowledged, with the error that 5.1.2-13 names, or the issuer can
    serve no longer what it asked to have retired.
    """
    if is_open(s) or s.rogue_issuer == "yes" or s.rogue_consumer == "yes":
        return True
    if s.error == CONNECTION_ID_LIMIT_ERROR:
        return p.retire_overflow == "close" and count(s.unacknowledged) > p.retirements
    return s.error == UNNAMED and p.unserved == "closes" and retirement_is_outstanding(s)


@machine.always("RFC9000-5.1.1-13", "RFC9000-5.1.1-14")
def every_window_is_within_the_limit(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """Live numbers between an issued one and the Retire Prior To of its frame are within the limit."""
    if s.rogue_issuer == "yes" or number >= s.issued:
        return True
    return count(missing(s.invalidated, get(s.sent_prior, number), number + 1)) <= p.limit


@machine.always("RFC9000-5.1.1-08", "RFC9000-5.1.1-09", "RFC9000-5.1.1-10", "RFC9000-5.1.2-08")
def every_active_connection_id_is_accepted(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """The issuer accepts packets under every connection ID that the consumer holds."""
    if s.rogue_issuer == "yes" or s.rogue_consumer == "yes" or not has(s.active, number):
        return True
    return number < s.issued and not has(s.invalidated, number)


@machine.always("RFC9000-5.1.2-10", "RFC9000-9.5-03", fails_under={"retransmission": "updated"})
def some_connection_id_is_left(s: CidSupply, p: Parameters) -> bool:
    """An issuer that keeps the rules never leaves its peer without a usable connection ID."""
    if not is_open(s) or s.rogue_issuer == "yes" or p.zero_length == "yes":
        return True
    return has(usable(s), s.current)


@machine.always("RFC9000-19.16-06")
def only_issued_numbers_are_retired(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """A consumer retires nothing that its peer, if it keeps the rules, has not issued."""
    return s.rogue_issuer == "yes" or not has(s.retired, number) or number < s.issued


@machine.always("RFC9000-5.1.1-08")
def only_retired_numbers_are_invalidated(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """An issuer stops accepting a connection ID only after its peer, if it keeps the rules, retired it."""
    return s.rogue_consumer == "yes" or not has(s.invalidated, number) or has(s.retired, number)


@machine.always("RFC9000-19.15-09")
def prior_is_at_most_the_number(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """No frame that an issuer sends by the rules asks for its own retirement."""
    return number >= s.issued or get(s.sent_prior, number) <= number


@machine.always("RFC9000-5.1.1-03", "RFC9000-5.1.1-04")
def the_handshake_supplies_the_first_numbers(s: CidSupply, p: Parameters) -> bool:
    """Number 0 is the handshake's, and number 1 is the preferred address's where there is one."""
    if p.preferred_address == "no" or p.zero_length == "yes":
        return has(s.received, 0)
    return has(s.received, 0) and has(s.received, 1) and s.issued > 1
