"""What must be true of every state and of every step, by name, with the clauses that ask for it."""

from __future__ import annotations

from pathproof.model.cid_supply.actions import machine
from pathproof.model.cid_supply.consumer import usable
from pathproof.model.cid_supply.state import (
    CONNECTION_ID_LIMIT_ERROR,
    FRAME_ENCODING_ERROR,
    PROTOCOL_VIOLATION,
    CidSupply,
    Parameters,
    SequenceNumber,
    is_open,
)
from pathproof.model.vocabulary import count, get, has, is_empty, missing

# What the consumer keeps, whatever its peer does.


@machine.always("RFC9000-5.1.1-15", "RFC9000-18.2-56")
def limit_is_kept(s: CidSupply, p: Parameters) -> bool:
    """The consumer holds no more connection IDs than its limit, or has closed."""
    return not is_open(s) or count(s.active) <= p.limit


@machine.always("RFC9000-5.1.2-10")
def nothing_active_is_below_prior(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """What the largest Retire Prior To asked to retire is in use no longer."""
    return not has(s.active, number) or number >= s.prior


@machine.always("RFC9000-5.1.2-04", "RFC9000-5.1.2-10")
def current_is_active_while_any_is_usable(s: CidSupply, p: Parameters) -> bool:
    """No packet leaves under a retired connection ID."""
    return not is_open(s) or has(s.active, s.current) or is_empty(usable(s))


@machine.always("RFC9000-9.5-03", "RFC9000-5.1.2-05")
def one_connection_id_serves_one_address(s: CidSupply, p: Parameters) -> bool:
    """No connection ID is in packets from two local addresses, but for the zero-length one."""
    return p.zero_length == "yes" or not has(s.elsewhere, s.current)


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
    return not has(s.received, number) or has(s.active, number) or has(s.retired, number)


@machine.always("RFC9000-5.1.2-10", "RFC9000-19.15-08", fails_under={"unseen_below": "on_arrival"})
def everything_below_prior_is_retired(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """Retire Prior To retires also the numbers that never arrived."""
    return not is_open(s) or number >= s.prior or has(s.retired, number)


@machine.always("RFC9000-5.1.2-11", "RFC9000-5.1.2-13", fails_under={"retire_overflow": "keep"})
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


# What meets a peer that breaks a rule: the error that RFC 9000 names for it.


@machine.always("RFC9000-5.1.1-15")
def limit_breach_meets_its_error(s: CidSupply, p: Parameters) -> bool:
    """One connection ID too many is met by CONNECTION_ID_LIMIT_ERROR."""
    return s.breach != "limit exceeded" or s.error == CONNECTION_ID_LIMIT_ERROR


@machine.always("RFC9000-19.15-10")
def prior_breach_meets_its_error(s: CidSupply, p: Parameters) -> bool:
    """Retire Prior To above the sequence number is met by FRAME_ENCODING_ERROR."""
    return s.breach != "prior above number" or s.error == FRAME_ENCODING_ERROR


@machine.always("RFC9000-19.15-03")
def length_breach_meets_its_error(s: CidSupply, p: Parameters) -> bool:
    """A connection ID of 0 or more than 20 bytes is met by FRAME_ENCODING_ERROR."""
    return s.breach != "length out of range" or s.error == FRAME_ENCODING_ERROR


@machine.always("RFC9000-19.15-07", fails_under={"conflict": "ignore"})
def contradiction_meets_its_error(s: CidSupply, p: Parameters) -> bool:
    """A number with two connection IDs, or a connection ID with two numbers, is met by PROTOCOL_VIOLATION."""
    if s.breach == "number for two connection IDs" or s.breach == "connection ID with two numbers":
        return s.error == PROTOCOL_VIOLATION
    return True


@machine.always("RFC9000-10.3.2-08", "RFC9000-19.15-07", fails_under={"token_reuse": "ignore"})
def token_breach_meets_its_error(s: CidSupply, p: Parameters) -> bool:
    """A connection ID with two tokens, or a token for two connection IDs, is met by PROTOCOL_VIOLATION."""
    if s.breach == "connection ID with two tokens" or s.breach == "token for two connection IDs":
        return s.error == PROTOCOL_VIOLATION
    return True


@machine.always("RFC9000-19.15-05", "RFC9000-19.16-10")
def zero_length_breach_meets_its_error(s: CidSupply, p: Parameters) -> bool:
    """Either frame about a zero-length connection ID is met by PROTOCOL_VIOLATION."""
    if s.breach == "frame despite zero length" or s.breach == "retirement despite zero length":
        return s.error == PROTOCOL_VIOLATION
    return True


@machine.always("RFC9000-19.16-06")
def unissued_retirement_meets_its_error(s: CidSupply, p: Parameters) -> bool:
    """The retirement of a number never issued is met by PROTOCOL_VIOLATION."""
    return s.breach != "retirement of a number never issued" or s.error == PROTOCOL_VIOLATION


@machine.always("RFC9000-19.16-08", fails_under={"self_retire": "accept"})
def own_destination_breach_meets_its_error(s: CidSupply, p: Parameters) -> bool:
    """A retirement of the destination of its own packet is met by PROTOCOL_VIOLATION."""
    return s.breach != "retirement of its own destination" or s.error == PROTOCOL_VIOLATION


# What no step undoes.


@machine.step("RFC9000-5.1.1-06")
def numbers_rise_by_one(s: CidSupply, after: CidSupply, p: Parameters) -> bool:
    """Sequence numbers are assigned one after the other, and none twice."""
    return after.issued == s.issued or after.issued == s.issued + 1


@machine.step("RFC9000-19.15-11", "RFC9000-19.15-12")
def prior_never_decreases(s: CidSupply, after: CidSupply, p: Parameters) -> bool:
    """Neither end takes a Retire Prior To back."""
    return after.prior >= s.prior and after.retire_prior_to >= s.retire_prior_to


@machine.step("RFC9000-5.1.2-04", "RFC9000-19.15-06")
def retired_stays_retired(s: CidSupply, after: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """A retired connection ID never comes back, whatever arrives late or twice."""
    return not has(s.retired, number) or (has(after.retired, number) and not has(after.active, number))


@machine.step("RFC9000-5.1.2-13")
def nothing_is_forgotten(s: CidSupply, after: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """A connection ID leaves the active set only by being retired."""
    return not has(s.active, number) or has(after.active, number) or has(after.retired, number)


@machine.step("RFC9000-5.1.1-08")
def invalidated_stays_invalidated(
    s: CidSupply, after: CidSupply, p: Parameters, number: SequenceNumber
) -> bool:
    """The issuer never accepts a connection ID again that its peer has retired."""
    return not has(s.invalidated, number) or has(after.invalidated, number)
