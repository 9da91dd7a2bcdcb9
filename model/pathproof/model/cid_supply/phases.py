"""The abstract states of this machine, as a picture shows them."""

from __future__ import annotations

from pathproof.model.cid_supply.consumer import usable
from pathproof.model.cid_supply.state import CidSupply, Parameters, is_open
from pathproof.model.vocabulary import count, is_empty


def phase(s: CidSupply, p: Parameters) -> str:
    """What the consumer has, and whether it may be asked for some of it, in a few words."""
    if not is_open(s):
        return f"closed: {s.error}"
    supply = "full" if count(s.active) >= p.limit else "short"
    if is_empty(usable(s)):
        supply = "none usable"
    waiting = "" if is_empty(s.unacknowledged) else ", retirement unacknowledged"
    moved = ", moved" if s.address == 1 else ""
    return supply + waiting + moved
