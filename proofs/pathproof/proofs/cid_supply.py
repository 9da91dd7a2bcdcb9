"""Lemmas of the CID supply: what has to be said besides its claims to make them inductive.

The hardest claim is that honest peers are never closed on. It rests on windows: whatever the consumer holds
lies between the largest number it has received and the Retire Prior To which that number was sent with, and
each such window was within the limit when the number was issued and has only shrunk since.
"""

from __future__ import annotations

from collections.abc import Callable

from pathproof.model.cid_supply.state import CidSupply, Parameters
from pathproof.model.machine import Claim
from pathproof.model.vocabulary import get, has
from pathproof.proofs.ranges import ANY

lemmas: list[Claim] = []


def lemma(function: Callable[..., bool]) -> Callable[..., bool]:
    """Add the function to the lemmas; an argument beyond state and parameters is any number."""
    names = function.__code__.co_varnames[2 : function.__code__.co_argcount]
    lemmas.append(Claim(function.__name__, function, "always", (), dict.fromkeys(names, ANY)))
    return function


@lemma
def prior_received_was_sent(s: CidSupply, p: Parameters) -> bool:
    """The consumer knows no larger Retire Prior To than its honest peer sent."""
    return s.rogue_issuer == "yes" or s.prior <= s.retire_prior_to


@lemma
def asked_is_prior(s: CidSupply, p: Parameters) -> bool:
    """The consumer knows the largest Retire Prior To that has arrived, and no larger one."""
    return s.asked == s.prior


@lemma
def prior_sent_is_issued(s: CidSupply, p: Parameters) -> bool:
    """Retire Prior To never asks for more than has been issued."""
    return s.retire_prior_to < s.issued


@lemma
def largest_was_issued(s: CidSupply, p: Parameters) -> bool:
    """The consumer has received no larger number than its honest peer issued."""
    return s.rogue_issuer == "yes" or s.largest < s.issued


@lemma
def frames_carry_a_sent_prior(s: CidSupply, p: Parameters, number: int) -> bool:
    """No frame carries a larger Retire Prior To than the largest that was sent."""
    return number >= s.issued or get(s.sent_prior, number) <= s.retire_prior_to


@lemma
def prior_covers_the_largest(s: CidSupply, p: Parameters) -> bool:
    """The consumer has applied the Retire Prior To with which the largest number came."""
    return s.rogue_issuer == "yes" or s.prior >= get(s.sent_prior, s.largest)


@lemma
def active_is_at_most_the_largest(s: CidSupply, p: Parameters, number: int) -> bool:
    """Nothing above the largest received number is active."""
    return not has(s.active, number) or number <= s.largest


@lemma
def retired_was_received_or_below_prior(s: CidSupply, p: Parameters, number: int) -> bool:
    """Nothing above the largest received number is retired, unless Retire Prior To covers it."""
    return not has(s.retired, number) or number <= s.largest or number < s.prior


@lemma
def prior_is_applied_with_its_number(s: CidSupply, p: Parameters, number: int) -> bool:
    """Where frames are repeated as they were, a known number has brought its Retire Prior To."""
    if s.rogue_issuer == "yes" or p.retransmission == "updated":
        return True
    return not (has(s.active, number) or has(s.retired, number)) or get(s.sent_prior, number) <= s.prior


@lemma
def used_is_known(s: CidSupply, p: Parameters, number: int) -> bool:
    """What was in a packet was received."""
    return not has(s.used, number) or has(s.active, number) or has(s.retired, number)


@lemma
def elsewhere_was_used(s: CidSupply, p: Parameters, number: int) -> bool:
    """What was in a packet from a former address was in a packet."""
    return not has(s.elsewhere, number) or has(s.used, number)


@lemma
def zero_length_has_one_connection_id(s: CidSupply, p: Parameters) -> bool:
    """A zero-length connection ID is the only one."""
    return p.zero_length == "no" or (s.issued == 1 and has(s.active, 0))
