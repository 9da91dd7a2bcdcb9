"""What no step undoes, and what a step must do."""

from __future__ import annotations

from pathproof.model.cid_supply.actions import machine
from pathproof.model.cid_supply.issuer import retirement_is_outstanding
from pathproof.model.cid_supply.state import CidSupply, Parameters, SequenceNumber
from pathproof.model.vocabulary import has


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


@machine.step("RFC9000-5.1.2-11")
def every_retirement_is_tracked(
    s: CidSupply, after: CidSupply, p: Parameters, number: SequenceNumber
) -> bool:
    """What a step retires waits for its acknowledgment."""
    return has(s.retired, number) or not has(after.retired, number) or has(after.unacknowledged, number)


@machine.step("RFC9000-9.5-03", "RFC9000-5.1.2-05")
def a_move_leaves_everything_behind(
    s: CidSupply, after: CidSupply, p: Parameters, number: SequenceNumber
) -> bool:
    """After a move all that was used is used elsewhere; without one, nothing becomes or ceases to be so."""
    if after.address == s.address:
        return has(after.elsewhere, number) == has(s.elsewhere, number)
    return p.zero_length == "yes" or not has(s.used, number) or has(after.elsewhere, number)


@machine.step("RFC9000-9.5-03")
def used_stays_used(s: CidSupply, after: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """That a connection ID was in a packet is never forgotten."""
    return not has(s.used, number) or has(after.used, number)


@machine.step("RFC9000-5.1.2-14")
def an_issuer_that_waits_waits(s: CidSupply, after: CidSupply, p: Parameters) -> bool:
    """With `raises=waits`, Retire Prior To rises only when all that it asked for is retired."""
    if p.raises == "freely" or after.retire_prior_to == s.retire_prior_to:
        return True
    return not retirement_is_outstanding(s)


@machine.step("RFC9000-19.15-07")
def a_contradiction_changes_nothing(
    s: CidSupply, after: CidSupply, p: Parameters, number: SequenceNumber
) -> bool:
    """A frame that contradicts an earlier one is not taken in, whether the consumer closes or ignores it."""
    if s.breach != "none" or not is_contradiction(after):
        return True
    if after.prior != s.prior:
        return False
    return has(s.received, number) or not has(after.received, number)


def is_contradiction(s: CidSupply) -> bool:
    """The last breach is a frame that contradicts an earlier one."""
    if s.breach == "number for two connection IDs" or s.breach == "connection ID with two numbers":
        return True
    return s.breach == "connection ID with two tokens" or s.breach == "token for two connection IDs"
