"""Rules for what an issuer keeps in stock and accepts: RFC 9000 5.1.1. Most of it is advice."""

from __future__ import annotations

from pathproof.conformance.cid_supply.direction import Direction
from pathproof.conformance.cid_supply.moments_of_supply import Offer
from pathproof.conformance.cid_supply.moments_of_use import Notice
from pathproof.conformance.cid_supply.sets import EMPTY
from pathproof.conformance.cid_supply.unseen import ACCEPTANCE
from pathproof.conformance.judge.debts import Debt
from pathproof.conformance.judge.notes import Notes
from pathproof.conformance.judge.obligations import Obligations
from pathproof.conformance.judge.registry import rule
from pathproof.model.cid_supply.issuer import may_issue
from pathproof.model.cid_supply.state import OPEN
from pathproof.model.vocabulary import add, larger, lowest

REPLACEMENT = "RFC9000-5.1.1-16"


@rule("notice", "issuer", REPLACEMENT)
def retired_is_to_be_replaced(notice: Notice, notes: Notes) -> None:
    """A retirement that leaves the peer with fewer connection IDs than it had asks for a new one (advice)."""
    d, number = notice.retirement.direction, notice.retirement.number
    if notice.error == OPEN and notice.fresh and d.supply < d.high_water:
        done = f"left its peer with fewer connection IDs after number {number} was retired"
        sight = notice.retirement.sight
        notice.advice.owe(Debt(REPLACEMENT, sight, done, notice.carrier, add(EMPTY, number)))


@rule("offer", "issuer", REPLACEMENT)
def new_one_replaces_the_oldest(offer: Offer, notes: Notes) -> None:
    """A new connection ID takes the place of the one that was retired first."""
    d = offer.direction
    if not d.local_issues or not offer.first:
        return
    d.high_water = larger(d.high_water, d.supply)
    for debt in offer.advice.debts[:1]:
        if debt.numbers is not None:
            offer.advice.answered(lowest(debt.numbers))


@rule("end", "issuer", REPLACEMENT)
def replacement_had_time(direction: Direction, advice: Obligations, notes: Notes) -> None:
    """Who went on without replacing a retired connection ID is told so, and breaks nothing."""
    for debt in advice.debts if direction.local_issues else ():
        if debt.waited and not debt.hidden:
            notes.warn(debt.clause, direction.issuer, debt.done, debt.sight)


@rule("end", "issuer", "RFC9000-5.1.1-08")
def issued_is_accepted(direction: Direction, advice: Obligations, notes: Notes) -> None:
    """Packets to an issued connection ID are accepted, which only a log of dropped packets can show."""
    notes.blind("RFC9000-5.1.1-08", direction.issuer, ACCEPTANCE)


@rule("end", "issuer", "RFC9000-19.15-04", "RFC9000-5.1.1-21", "RFC9000-19.16-09")
def empty_stayed_alone(direction: Direction, advice: Obligations, notes: Notes) -> None:
    """Under an empty connection ID, a whole connection without either frame has kept the rules about them."""
    if not may_issue(direction.p) and direction.length_known and direction.whole:
        notes.kept("RFC9000-19.15-04", direction.issuer)
        notes.kept("RFC9000-5.1.1-21", direction.issuer)
        notes.kept("RFC9000-19.16-09", direction.consumer)
