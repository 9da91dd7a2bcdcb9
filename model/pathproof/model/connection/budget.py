"""The limit on what goes to an address that is not validated, kept once for packets of every kind.

The rules of counting are those of `anti_amplification.ledger`, called on what the whole holds of that part;
the address counts as validated there when the paths say so.
"""

from __future__ import annotations

from typing import Any

from pathproof.model.anti_amplification.ledger import may_send, spend, take_in, validate
from pathproof.model.connection.parts import LIMIT, limit_lives
from pathproof.model.vocabulary import get, has, minus, put

SMALL = 1  # the smallest datagram, and one with CONNECTION_CLOSE, in the unit of all sizes


def may_come(s: Any, p: Any, address: int) -> bool:
    """The bounds leave room for one more datagram from this address, which counts while not validated."""
    return not limit_lives(p) or has(s.limit_valid, address) or get(s.limit_came_on, address) < p.most


def note_receipt(s: Any, p: Any, address: int) -> None:
    """A datagram of the smallest size has come from this address."""
    if limit_lives(p) and not has(s.limit_valid, address) and get(s.limit_came_on, address) < p.most:
        s.limit_came_on = put(s.limit_came_on, address, get(s.limit_came_on, address) + SMALL)
        take_in(LIMIT.state(s), LIMIT.parameters(p), address, SMALL, SMALL)


def has_room(s: Any, p: Any, address: int, size: int, kind: str) -> bool:
    """A datagram of this size may go to this address, whatever is in it."""
    return not limit_lives(p) or may_send(LIMIT.state(s), LIMIT.parameters(p), address, size, kind)


def departs(s: Any, p: Any, address: int, size: int) -> None:
    """A datagram of this size goes to this address: what has gone is noted, and paid for."""
    note_departure(s, p, address, size)
    pay(s, p, address, size)


def pay(s: Any, p: Any, address: int, size: int) -> None:
    """A datagram of this size goes to this address; as long as that is not validated it counts."""
    if limit_lives(p) and not has(s.limit_valid, address):
        spend(LIMIT.state(s), LIMIT.parameters(p), address, size)


def note_departure(s: Any, p: Any, address: int, size: int) -> None:
    """For claims: what really goes to an address that is not validated, whether it was paid for or not."""
    if limit_lives(p) and not has(s.limit_valid, address):
        went = get(s.limit_went_on, address)
        s.limit_went_on = put(s.limit_went_on, address, went + size if went + size <= p.volume else p.volume)


def challenge_size(s: Any, p: Any, address: int) -> int:
    """The size of a datagram with PATH_CHALLENGE: 1200 bytes, or as the limit has it (8.2.1-06)."""
    return p.padded if has_room(s, p, address, p.padded, "challenge") else SMALL


def lift_limit(s: Any, p: Any, address: int) -> None:
    """The peer owns the address: nothing is counted there any more."""
    if limit_lives(p) and not has(s.limit_valid, address):
        validate(LIMIT.state(s), LIMIT.parameters(p), address)


def keep_to_validated(s: Any, p: Any) -> None:
    """What the paths have forgotten is limited again; what came from there and went there stays counted."""
    if limit_lives(p):
        s.limit_valid = minus(s.limit_valid, minus(s.limit_valid, s.moving_validated))


def size_of_answer(s: Any, p: Any, address: int) -> int:
    """The size of a datagram with PATH_RESPONSE, which is padded where the limit allows (8.2.2-06)."""
    return p.padded if has_room(s, p, address, p.padded, "response") else SMALL
