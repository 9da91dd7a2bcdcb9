"""Rules for NEW_CONNECTION_ID on the side that sends it: RFC 9000 5.1, 5.1.1, 10.3.2, 13.3 and 19.15."""

from __future__ import annotations

from dataclasses import replace

from pathproof.conformance.cid_supply.ledger import STRANGER
from pathproof.conformance.cid_supply.moments_of_supply import Offer
from pathproof.conformance.cid_supply.unseen import CONNECTION_ID, FIRST_ID, LENGTH, PRIOR, TOKEN
from pathproof.conformance.events import Missing
from pathproof.conformance.judge.notes import Notes
from pathproof.conformance.judge.registry import rule
from pathproof.model.cid_supply.actions import was_sent
from pathproof.model.cid_supply.consumer import frame_error
from pathproof.model.cid_supply.issuer import may_issue, prior_is_below_number
from pathproof.model.cid_supply.state import OPEN
from pathproof.model.vocabulary import has, is_empty, missing, union


@rule("offer", "issuer", "RFC9000-19.15-04", "RFC9000-5.1.1-21")
def zero_length_issuer_offers_nothing(offer: Offer, notes: Notes) -> None:
    """An issuer whose connection ID is empty sends no NEW_CONNECTION_ID."""
    d = offer.direction
    for clause in ("RFC9000-19.15-04", "RFC9000-5.1.1-21"):
        if not may_issue(d.p):
            done = f"sent NEW_CONNECTION_ID {offer.number} although it has chosen an empty connection ID"
            notes.broken(clause, d.issuer, done, offer.sight)
        elif not d.length_known:
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


@rule("offer", "issuer", "RFC9000-19.15-02")
def length_is_one_to_twenty(offer: Offer, notes: Notes) -> None:
    """The connection ID of a frame has 1 to 20 bytes, as its layout says."""
    clause, issuer = "RFC9000-19.15-02", offer.direction.issuer
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
