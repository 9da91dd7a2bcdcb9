"""What happens between an issuer and a consumer that keep the rules, over a channel that keeps none.

The channel loses, reorders and duplicates: a frame that was sent may be delivered at any later time, any
number of times, or never. So a frame in flight is no state of its own. What was issued may arrive, and what
was retired may arrive; a loss is a delivery that does not happen, a retransmission is a second delivery.
"""

from __future__ import annotations

from pathproof.model.cid_supply.consumer import receive_new_connection_id, retire_one, usable, use
from pathproof.model.cid_supply.issuer import (
    issue_next,
    limit_is_respected,
    may_issue,
    may_raise,
    prior_is_below_number,
    receive_retire_connection_id,
    retirement_is_outstanding,
    was_issued,
)
from pathproof.model.cid_supply.state import UNNAMED, CidSupply, Parameters, SequenceNumber, is_open
from pathproof.model.cid_supply.truth import note_arrival
from pathproof.model.machine import Machine
from pathproof.model.vocabulary import add, count, discard, get, has


def begin(s: CidSupply, p: Parameters) -> None:
    """The handshake has supplied number 0 (5.1.1-03), and a preferred address number 1 (5.1.1-04)."""
    s.issued = 1
    s.received = add(s.received, 0)
    s.active = add(s.active, 0)
    s.used = add(s.used, 0)
    if p.preferred_address == "yes" and p.zero_length == "no":
        s.issued = 2
        s.received = add(s.received, 1)
        s.active = add(s.active, 1)
        s.largest = 1


machine = Machine("cid_supply", CidSupply, Parameters, begin)


@machine.action(
    "protocol",
    "issuer",
    "RFC9000-5.1-10",
    "RFC9000-5.1.1-05",
    "RFC9000-5.1.1-06",
    "RFC9000-5.1.1-13",
    "RFC9000-5.1.1-21",
    "RFC9000-5.1.2-07",
    "RFC9000-5.1.2-14",
    "RFC9000-18.2-61",
    "RFC9000-19.15-01",
)
def issue(s: CidSupply, p: Parameters, prior: SequenceNumber) -> bool:
    """The issuer sends NEW_CONNECTION_ID with the next sequence number."""
    # GUARD
    if not is_open(s) or not may_issue(p) or s.issued >= p.cids:
        return False
    if not may_raise(s, p, prior) or not prior_is_below_number(s.issued, prior):
        return False
    if not limit_is_respected(s, p, prior):
        return False
    # EFFECT
    issue_next(s, prior)
    return True


@machine.action(
    "environment",
    "consumer",
    "RFC9000-19.15-06",
    "RFC9000-5.1.2-10",
    "RFC9000-5.1.1-15",
    "RFC9000-13.3-30",
    "RFC9000-13.3-37",
    "RFC9000-13.3-39",
)
def deliver_new_connection_id(
    s: CidSupply, p: Parameters, number: SequenceNumber, prior: SequenceNumber
) -> bool:
    """NEW_CONNECTION_ID arrives: the first copy, a late one, or one more."""
    # GUARD
    if not is_open(s) or not may_issue(p) or not was_issued(s, number):
        return False
    if number < 1 or (number == 1 and p.preferred_address == "yes"):
        return False
    if not was_sent(s, p, number, prior):
        return False
    # EFFECT
    receive_new_connection_id(s, p, number, prior, p.length, cid=number, token=number)
    note_arrival(s, number, prior)
    return True


def was_sent(s: CidSupply, p: Parameters, number: int, prior: int) -> bool:
    """The frame for `number` left with this Retire Prior To (13.3-31 and 13.3-37 on repeated frames)."""
    if p.retransmission == "identical":
        return prior == get(s.sent_prior, number)
    return get(s.sent_prior, number) <= prior and prior <= s.retire_prior_to and prior <= number


@machine.action("protocol", "issuer", "RFC9000-5.1.2-09")
def stop_serving(s: CidSupply, p: Parameters) -> bool:
    """The issuer can serve what it asked to have retired no longer, and closes."""
    # GUARD
    if not is_open(s) or p.unserved == "waits" or not retirement_is_outstanding(s):
        return False
    # EFFECT
    s.error = UNNAMED
    return True


@machine.action(
    "protocol",
    "consumer",
    "RFC9000-5.1.2-03",
    "RFC9000-5.1.2-11",
    "RFC9000-19.16-01",
    "RFC9000-19.16-02",
    "RFC9000-19.16-07",
    "RFC9000-21.5.6-06",
)
def retire(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """The consumer gives up a connection ID that it is not using, and says so."""
    # GUARD
    if not is_open(s) or p.zero_length == "yes" or not has(s.active, number) or number == s.current:
        return False
    if count(s.unacknowledged) >= p.retirements:
        return False
    # EFFECT
    s.active = discard(s.active, number)
    retire_one(s, number)
    return True


@machine.action(
    "environment", "issuer", "RFC9000-5.1.1-08", "RFC9000-19.16-06", "RFC9000-19.16-08", "RFC9000-13.3-32"
)
def deliver_retire_connection_id(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """RETIRE_CONNECTION_ID arrives, in a packet to the connection ID that the consumer uses."""
    # GUARD
    if not is_open(s) or p.zero_length == "yes" or not has(s.retired, number):
        return False
    if not has(s.active, s.current):
        return False  # a consumer with no connection ID left sends nothing
    # EFFECT
    receive_retire_connection_id(s, p, number, destination=s.current)
    return True


@machine.action("environment", "consumer", "RFC9000-5.1.2-11")
def deliver_acknowledgment(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """The acknowledgment of a RETIRE_CONNECTION_ID arrives."""
    # GUARD
    if not is_open(s) or not has(s.unacknowledged, number) or not has(s.invalidated, number):
        return False
    # EFFECT
    s.unacknowledged = discard(s.unacknowledged, number)
    return True


@machine.action("protocol", "consumer", "RFC9000-5.1.2-01", "RFC8999-5.3-04")
def switch(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """The consumer puts another connection ID into its packets, from the same local address."""
    # GUARD
    if not is_open(s) or number == s.current or not has(usable(s), number):
        return False
    # EFFECT
    use(s, number)
    return True


@machine.action("protocol", "consumer", "RFC9000-9.5-02", "RFC9000-9.5-03", "RFC9000-5.1.2-05")
def move(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """The consumer goes on from a new local address, under a connection ID that no packet has borne."""
    # GUARD
    if not is_open(s) or p.zero_length == "yes" or has(s.used, number) or not has(s.active, number):
        return False
    # EFFECT
    s.elsewhere = s.used
    s.address = 1 - s.address
    use(s, number)
    return True


@machine.action("protocol", "consumer", "RFC9000-5.1.1-22", "RFC9000-9.5-07")
def move_with_zero_length(s: CidSupply, p: Parameters) -> bool:
    """The consumer goes on from a new local address toward a peer that uses a zero-length connection ID."""
    # GUARD
    if not is_open(s) or p.zero_length == "no" or p.zero_length_move == "barred":
        return False
    # EFFECT
    s.address = 1 - s.address
    return True
