"""What has really reached the consumer; read by claims, and by neither end.

Kept by the actions in which a frame arrives and not by the consumer's rules, so that a consumer that passes
over a frame, or over a field of it, is found out.
"""

from __future__ import annotations

from pathproof.model.cid_supply.state import CidSupply
from pathproof.model.vocabulary import add, larger


def note_arrival(s: CidSupply, number: int, prior: int) -> None:
    """NEW_CONNECTION_ID has arrived, well-formed and at odds with no frame before it."""
    s.received = add(s.received, number)
    s.asked = larger(s.asked, prior)
