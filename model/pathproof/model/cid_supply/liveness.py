"""What comes back for ever between ends that keep the rules, given that the channel does not lose all copies.

A frame that was sent stays deliverable, so weak fairness of its delivery says: of all its copies some arrive.
Numbers are bounded by `cids`, so that issuing ends by itself. What does not end by itself is the channel: it
may repeat every frame for ever, and `exchange_comes_to_rest` says that such copies call nothing forth.
"""

from __future__ import annotations

from pathproof.model.cid_supply.actions import machine
from pathproof.model.cid_supply.issuer import may_issue, retirement_is_outstanding
from pathproof.model.cid_supply.state import CidSupply, Parameters, SequenceNumber
from pathproof.model.cid_supply.witnesses import is_honest
from pathproof.model.vocabulary import count, has, is_empty, missing

# What the claims below may be given.


@machine.fair("weak", "issue")
def issuer_supplies() -> None:
    """An issuer that is never kept from sending a frame with some Retire Prior To sends it at last."""


@machine.fair("weak", "deliver_new_connection_id")
def new_connection_ids_arrive() -> None:
    """Some copy of every NEW_CONNECTION_ID arrives, however many are lost before."""


@machine.fair("weak", "deliver_retire_connection_id")
def retirements_arrive() -> None:
    """Some copy of every RETIRE_CONNECTION_ID arrives, however many are lost before."""


@machine.fair("weak", "deliver_acknowledgment")
def acknowledgments_arrive() -> None:
    """Some acknowledgment of every RETIRE_CONNECTION_ID arrives, however many are lost before."""


# What they make of it.


def all_has_arrived(s: CidSupply) -> bool:
    """Every connection ID that was issued has reached the consumer."""
    return is_empty(missing(s.received, 0, s.issued))


@machine.eventually(
    "RFC9000-5.1.1-11",
    "RFC9000-5.1.1-16",
    "RFC9000-5.1.2-04",
    given=("issuer_supplies", "new_connection_ids_arrive", "retirements_arrive"),
)
def supply_returns(s: CidSupply, p: Parameters) -> bool:
    """The consumer is brought back to as many connection IDs as its limit, until the issuer is at its cap.

    At the cap it has received all that was issued.
    """
    if not is_honest(s) or not may_issue(p) or count(s.active) == p.limit:
        return True
    return s.issued == p.cids and all_has_arrived(s)


@machine.eventually("RFC9000-13.3-30", "RFC9000-5.1.1-05", given=("new_connection_ids_arrive",))
def every_connection_id_arrives(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """What was issued arrives at last, and the consumer takes it in: it is active, or retired."""
    taken_in = has(s.active, number) or has(s.retired, number)
    return not is_honest(s) or number >= s.issued or (has(s.received, number) and taken_in)


@machine.eventually(
    "RFC9000-13.3-32", "RFC9000-5.1.1-08", given=("new_connection_ids_arrive", "retirements_arrive")
)
def every_retirement_arrives(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """What was retired is accepted no longer at last.

    A consumer whose last usable connection ID was retired has to wait for another one, so that new ones have
    to arrive, too (this can happen with `retransmission=updated`).
    """
    return not is_honest(s) or not has(s.retired, number) or has(s.invalidated, number)


@machine.eventually(
    "RFC9000-5.1.2-11",
    given=("new_connection_ids_arrive", "retirements_arrive", "acknowledgments_arrive"),
)
def every_retirement_is_acknowledged(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """No retirement waits for its acknowledgment for ever."""
    return not is_honest(s) or not has(s.unacknowledged, number)


@machine.eventually(
    "RFC9000-5.1.2-07",
    "RFC9000-5.1.2-10",
    "RFC9000-19.15-13",
    given=("new_connection_ids_arrive", "retirements_arrive"),
)
def what_is_to_be_retired_is_retired(s: CidSupply, p: Parameters) -> bool:
    """The issuer learns at last that all it asked to have retired is retired, and may stop serving it."""
    return not is_honest(s) or not retirement_is_outstanding(s)


def is_at_rest(s: CidSupply, p: Parameters) -> bool:
    """Everything has arrived, nothing is outstanding, and nothing waits for an acknowledgment."""
    if p.zero_length == "no" and not all_has_arrived(s):
        return False
    return not retirement_is_outstanding(s) and is_empty(s.unacknowledged)


@machine.eventually(
    "RFC9000-19.15-13",
    given=("new_connection_ids_arrive", "retirements_arrive", "acknowledgments_arrive"),
    fails_under={"late_frame": "again"},
)
def exchange_comes_to_rest(s: CidSupply, p: Parameters) -> bool:
    """Frames and acknowledgments call each other forth only so often, whatever the channel repeats.

    Not so with `late_frame=again`: there every late copy of a frame below Retire Prior To calls forth one
    more RETIRE_CONNECTION_ID, and with two such frames one may be unacknowledged at any time.
    """
    return not is_honest(s) or is_at_rest(s, p)
