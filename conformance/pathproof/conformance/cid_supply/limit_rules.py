"""Rules for how many connection IDs an issuer provides: RFC 9000 5.1.1."""

from __future__ import annotations

from pathproof.conformance.cid_supply.moments_of_supply import Offer
from pathproof.conformance.cid_supply.sets import members
from pathproof.conformance.cid_supply.unseen import LIMIT, REMEMBERED
from pathproof.conformance.judge.debts import GAP
from pathproof.conformance.judge.notes import Notes
from pathproof.conformance.judge.registry import rule
from pathproof.model.cid_supply.issuer import limit_is_respected, may_issue
from pathproof.model.cid_supply.state import CidSupply
from pathproof.model.vocabulary import get, missing, union


@rule("offer", "issuer", "RFC9000-5.1.1-13", "RFC9000-5.1.1-14", readings=("excess", "self_retire"))
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
