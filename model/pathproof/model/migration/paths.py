"""The server: the addresses about which it keeps state, and how it forgets them (RFC 9000 9, 5.1.2)."""

from __future__ import annotations

from pathproof.model.migration.connection_ids import give_up_connection_id
from pathproof.model.migration.sending import may_send_to
from pathproof.model.migration.state import DISCARDED, Migration, Parameters
from pathproof.model.vocabulary import add, discard, discard_below, has, put


def open_path(s: Migration, address: int, peer: int) -> None:
    """State about an address begins with the first packet from there; `peer` is what that packet bears."""
    if not has(s.paths, address):
        s.paths = add(s.paths, address)
        s.peer_cid = put(s.peer_cid, address, peer)


def is_idle(s: Migration, p: Parameters, address: int) -> bool:
    """The server uses this address no more, and owes nothing to it that it can send."""
    if not has(s.paths, address) or address == s.current or address == s.fallback:
        return False
    if has(s.validating, address):
        return False
    return not (has(s.due, address) or has(s.asked, address)) or not may_send_to(s, p, address)


def forget(s: Migration, p: Parameters, address: int) -> None:
    """All state about the address goes, and its connection ID is retired."""
    give_up_connection_id(s, p, address)
    s.paths = discard(s.paths, address)
    s.validated = discard(s.validated, address)
    s.due = discard(s.due, address)
    s.asked = discard(s.asked, address)
    s.answered = discard(s.answered, address)
    s.allowance = put(s.allowance, address, 0)
    s.grown = discard(s.grown, address)
    end_validation(s, address)


def end_validation(s: Migration, address: int) -> None:
    """The validation of this address is over, whatever its outcome."""
    s.validating = discard(s.validating, address)
    s.ticks = put(s.ticks, address, 0)


def discard_connection(s: Migration, p: Parameters) -> None:
    """The connection ends silently, and no state of it is left (9.3.2-04)."""
    s.connection = DISCARDED
    s.paths = discard_below(s.paths, p.addresses)
    s.due = discard_below(s.due, p.addresses)
    s.validating = discard_below(s.validating, p.addresses)
    s.asked = discard_below(s.asked, p.addresses)
