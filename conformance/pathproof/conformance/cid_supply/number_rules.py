"""Rules for the sequence numbers that an issuer gives to new connection IDs: RFC 9000 5.1.1."""

from __future__ import annotations

from pathproof.conformance.cid_supply.moments_of_supply import Offer
from pathproof.conformance.cid_supply.sets import EMPTY
from pathproof.conformance.cid_supply.unseen import PREFERRED
from pathproof.conformance.events import Missing
from pathproof.conformance.judge.debts import Debt
from pathproof.conformance.judge.notes import Notes
from pathproof.conformance.judge.registry import rule
from pathproof.model.vocabulary import add, discard, has, is_empty


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
    owe_passed(offer)


def owe_passed(offer: Offer) -> None:
    """The numbers that a frame passes over are still to be sent, but for one that came otherwise."""
    d, passed = offer.direction, offer.passed
    carrier = None if isinstance(offer.packet.number, Missing) else offer.packet.number
    done = f"sent NEW_CONNECTION_ID {offer.number} and never any for {passed}"
    if has(passed, 1) and not d.preferred_known:
        passed = discard(passed, 1)
        one = Debt("RFC9000-5.1.1-06", offer.sight, done, carrier, add(EMPTY, 1), hidden=PREFERRED)
        offer.skips.owe(one)
    if not is_empty(passed):
        offer.skips.owe(Debt("RFC9000-5.1.1-06", offer.sight, done, carrier, passed))
