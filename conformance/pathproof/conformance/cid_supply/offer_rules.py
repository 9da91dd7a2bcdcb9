"""Rules for NEW_CONNECTION_ID on the side that sends it: RFC 9000 5.1, 5.1.1, 10.3.2, 13.3 and 19.15."""

from __future__ import annotations

from dataclasses import replace

from pathproof.conformance.cid_supply.direction import members
from pathproof.conformance.cid_supply.ledger import STRANGER
from pathproof.conformance.cid_supply.moments import (
    CONNECTION_ID,
    FIRST_ID,
    LENGTH,
    LIMIT,
    PREFERRED,
    PRIOR,
    TOKEN,
    Offer,
)
from pathproof.conformance.events import Missing
from pathproof.conformance.judge.notes import Notes
from pathproof.conformance.judge.obligations import GAP, Debt
from pathproof.conformance.judge.registry import rule
from pathproof.model.cid_supply.actions import was_sent
from pathproof.model.cid_supply.consumer import frame_error
from pathproof.model.cid_supply.issuer import limit_is_respected, may_issue, prior_is_below_number
from pathproof.model.cid_supply.state import OPEN, CidSupply
from pathproof.model.vocabulary import discard, get, has, is_empty, missing, union

REMEMBERED = "limit remembered for 0-RTT"


@rule("offer", "issuer", "RFC9000-19.15-04", "RFC9000-5.1.1-21")
def zero_length_issuer_offers_nothing(offer: Offer, notes: Notes) -> None:
    """An issuer whose connection ID is empty sends no NEW_CONNECTION_ID."""
    d = offer.direction
    for clause in ("RFC9000-19.15-04", "RFC9000-5.1.1-21"):
        if not may_issue(d.p):
            done = f"sent NEW_CONNECTION_ID {offer.number} although it has chosen an empty connection ID"
            notes.broken(clause, d.issuer, done, offer.sight)
        elif d.length_known:
            notes.kept(clause, d.issuer)
        else:
            notes.blind(clause, d.issuer, FIRST_ID)


@rule("offer", "issuer", "RFC9000-19.15-09")
def prior_is_at_most_the_number(offer: Offer, notes: Notes) -> None:
    """Retire Prior To does not exceed the frame's own number."""
    clause, issuer = "RFC9000-19.15-09", offer.direction.issuer
    if isinstance(offer.frame.retire_prior_to, Missing):
        notes.blind(clause, issuer, PRIOR)
    elif prior_is_below_number(offer.number, offer.prior):
        notes.kept(clause, issuer)
    else:
        done = f"sent NEW_CONNECTION_ID {offer.number} with the larger Retire Prior To {offer.prior}"
        notes.broken(clause, issuer, done, offer.sight)


@rule("offer", "issuer", "RFC9000-19.15-03")
def length_is_one_to_twenty(offer: Offer, notes: Notes) -> None:
    """The connection ID of a frame has 1 to 20 bytes."""
    clause, issuer = "RFC9000-19.15-03", offer.direction.issuer
    if isinstance(offer.frame.length, Missing):
        notes.blind(clause, issuer, LENGTH)
    elif frame_error(replace(offer.direction.p, zero_length="no"), offer.number, 0, offer.length) == OPEN:
        notes.kept(clause, issuer)
    else:
        done = f"sent NEW_CONNECTION_ID {offer.number} with a connection ID of {offer.length} bytes"
        notes.broken(clause, issuer, done, offer.sight)


@rule("offer", "issuer", "RFC9000-5.1-04", "RFC9000-5.1.1-06")
def connection_ids_and_numbers_match(offer: Offer, notes: Notes) -> None:
    """No connection ID comes under two numbers, and no number with two connection IDs."""
    issuer = offer.direction.issuer
    if isinstance(offer.frame.connection_id, Missing):
        notes.blind("RFC9000-5.1-04", issuer, CONNECTION_ID)
    elif offer.cid == STRANGER:
        done = f"sent a new connection ID under number {offer.number}, which another one has"
        notes.broken("RFC9000-5.1.1-06", issuer, done, offer.sight)
    elif offer.cid != offer.number:
        done = f"sent the connection ID of number {offer.cid} again under number {offer.number}"
        notes.broken("RFC9000-5.1-04", issuer, done, offer.sight)
    else:
        notes.kept("RFC9000-5.1-04", issuer)


@rule("offer", "issuer", "RFC9000-10.3.2-07", "RFC9000-19.15-07")
def every_connection_id_has_its_own_token(offer: Offer, notes: Notes) -> None:
    """No token comes with two connection IDs, and no connection ID with two tokens."""
    issuer = offer.direction.issuer
    if isinstance(offer.frame.token, Missing):
        notes.blind("RFC9000-10.3.2-07", issuer, TOKEN)
    elif offer.cid != offer.number:
        return  # the breach is the connection ID's
    elif offer.token == STRANGER:
        done = f"sent NEW_CONNECTION_ID {offer.number} again with another stateless reset token"
        notes.broken("RFC9000-19.15-07", issuer, done, offer.sight)
    elif offer.token != offer.number:
        done = f"sent the stateless reset token of number {offer.token} again with number {offer.number}"
        notes.broken("RFC9000-10.3.2-07", issuer, done, offer.sight)
    else:
        notes.kept("RFC9000-10.3.2-07", issuer)


@rule("offer", "issuer", "RFC9000-5.1.1-13", "RFC9000-5.1.1-14", readings=("excess",))
def limit_is_kept(offer: Offer, notes: Notes) -> None:
    """The supply stays within the consumer's limit, but for what the frame itself has retired."""
    d, clause = offer.direction, "RFC9000-5.1.1-13"
    if not d.local_issues or not offer.first or not may_issue(d.p):
        return  # what a peer provides shows when it is received
    unseen = unseen_for_limit(offer)
    if unseen:
        notes.blind(clause, d.issuer, unseen)
    elif fits(offer, d.as_of(d.s.issued - 1), 0):
        notes.kept(clause, d.issuer)
    elif d.limit_broken:
        return  # said once
    elif covered(offer):
        notes.kept(clause, d.issuer)
        notes.kept("RFC9000-5.1.1-14", d.issuer)
    else:
        d.limit_broken = True
        done = f"provided number {offer.number} beyond the peer's active_connection_id_limit of {d.p.limit}"
        notes.broken(clause, d.issuer, done, offer.sight)


def unseen_for_limit(offer: Offer) -> str:
    """Return what the trace does not show of the limit or of the retirements so far; "" if nothing."""
    if offer.packet.type == "0RTT":
        return REMEMBERED
    if not offer.direction.limit_known:
        return LIMIT
    return "" if offer.direction.whole else GAP


def fits(offer: Offer, view: CidSupply, prior: int) -> bool:
    """Whether one more connection ID, with this Retire Prior To, was within the limit in this state."""
    return limit_is_respected(view, offer.direction.p, prior)


def covered(offer: Offer) -> bool:
    """Whether every frame that left, from this number up, has what exceeds the limit retired.

    Frames may leave in any order, so a number counts toward the frames of all numbers above it.
    """
    d = offer.direction
    gone = union(d.s.invalidated, d.unsent)
    return all(
        fits(offer, d.as_of(number), get(d.s.sent_prior, number))
        for number in members(missing(gone, offer.number, d.s.issued))
    )


@rule("offer", "issuer", "RFC9000-5.1.1-06", readings=("number_order",))
def numbers_rise_by_one(offer: Offer, notes: Notes) -> None:
    """New connection IDs take the numbers one after the other, and none is left out."""
    d, clause = offer.direction, "RFC9000-5.1.1-06"
    if not d.local_issues or not offer.first:
        return  # a gap in what was received can be loss
    offer.skips.answered(offer.number)
    if offer.in_turn:
        notes.kept(clause, d.issuer)
    elif d.settings["number_order"] == "sent":
        notes.broken(clause, d.issuer, f"sent number {offer.number} out of its turn", offer.sight)
    owe_passed(offer, notes)


def owe_passed(offer: Offer, notes: Notes) -> None:
    """The numbers that a frame passes over are still to be sent."""
    d, clause, passed = offer.direction, "RFC9000-5.1.1-06", offer.passed
    if has(passed, 1) and not d.preferred_known:
        notes.blind(clause, d.issuer, PREFERRED)
        passed = discard(passed, 1)
    if not is_empty(passed):
        done = f"sent NEW_CONNECTION_ID {offer.number} and never any for {passed}"
        carrier = None if isinstance(offer.packet.number, Missing) else offer.packet.number
        offer.skips.owe(Debt(clause, offer.sight, done, carrier, passed))


@rule("offer", "issuer", "RFC9000-13.3-31", readings=("retransmission",))
def repeats_are_identical(offer: Offer, notes: Notes) -> None:
    """A repeated frame has the Retire Prior To of its first copy, or by the other reading a larger one."""
    d, clause = offer.direction, "RFC9000-13.3-31"
    if not d.local_issues or offer.first or not offer.agrees or has(d.s.invalidated, offer.number):
        return
    if isinstance(offer.frame.retire_prior_to, Missing):
        notes.blind(clause, d.issuer, PRIOR)
    elif was_sent(d.s, d.p, offer.number, offer.prior):
        notes.kept(clause, d.issuer)
    elif d.settings["retransmission"] == "identical":
        done = f"sent NEW_CONNECTION_ID {offer.number} again with another Retire Prior To, {offer.prior}"
        notes.broken(clause, d.issuer, done, offer.sight)
    else:
        notes.warn(
            clause, d.issuer, f"took Retire Prior To of number {offer.number} to {offer.prior}", offer.sight
        )


@rule("offer", "issuer", "RFC9000-5.1.2-14")
def prior_waits_for_retirements(offer: Offer, notes: Notes) -> None:
    """Retire Prior To is not raised before the peer has retired what it asked for last (advice)."""
    d, clause = offer.direction, "RFC9000-5.1.2-14"
    if not d.local_issues or not offer.first or offer.prior <= offer.prior_before or not d.whole:
        return
    outstanding = missing(union(d.s.invalidated, d.unsent), 0, offer.prior_before)
    if is_empty(outstanding):
        notes.kept(clause, d.issuer)
    else:
        done = f"raised Retire Prior To to {offer.prior} while {outstanding} were still to be retired"
        notes.warn(clause, d.issuer, done, offer.sight)
