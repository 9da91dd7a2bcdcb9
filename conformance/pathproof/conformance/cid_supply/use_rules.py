"""Rules for the connection IDs in packets: RFC 9000 5.1.1 and 5.1.2."""

from __future__ import annotations

from pathproof.conformance.cid_supply.moments_of_use import Retirement, Use
from pathproof.conformance.judge.notes import Notes, Sight
from pathproof.conformance.judge.registry import rule
from pathproof.model.cid_supply.consumer import may_bear


@rule("use", "consumer", "RFC9000-5.1.2-04")
def retired_is_not_used(use: Use, notes: Notes) -> None:
    """No packet leaves under a connection ID that an earlier packet has retired."""
    d, clause = use.direction, "RFC9000-5.1.2-04"
    announced = d.announced.get(use.number)
    if announced is not None and announced < use.order and not may_bear(d.s, use.number):
        done = f"sent a packet under number {use.number} after it had sent RETIRE_CONNECTION_ID for it"
        notes.broken(clause, d.consumer, done, use.sight)
    elif d.announced:
        notes.kept(clause, d.consumer)


@rule("retirement", "consumer", "RFC9000-5.1.2-04")
def used_later_than_retired(retirement: Retirement, notes: Notes) -> None:
    """The packets of a peer may arrive in any order: one sent later may have come before the retirement."""
    d, order = retirement.direction, retirement.order
    later = d.latest.get(retirement.number)
    if retirement.number in d.announced or order is None or later is None:
        return
    if order < later[0]:
        done = f"sent a packet under number {retirement.number} after it had sent RETIRE_CONNECTION_ID for it"
        notes.broken("RFC9000-5.1.2-04", d.consumer, done, Sight(later[1]))


@rule("use", "consumer", "RFC9000-5.1.2-10")
def below_prior_is_not_used(use: Use, notes: Notes) -> None:
    """No packet leaves under a connection ID that Retire Prior To takes away, once that was acknowledged."""
    d, clause = use.direction, "RFC9000-5.1.2-10"
    debt = use.duties.due(use.number, use.order)
    if debt is not None and not may_bear(d.s, use.number):
        done = (
            f"sent a packet under number {use.number} after it had acknowledged the NEW_CONNECTION_ID frame "
            f"that raised Retire Prior To to {d.s.prior}"
        )
        notes.broken(clause, d.consumer, done, use.sight)
    elif d.s.prior > 0 and may_bear(d.s, use.number):
        notes.kept(clause, d.consumer)
