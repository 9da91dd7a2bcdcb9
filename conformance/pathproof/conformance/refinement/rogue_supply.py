"""Which breach of the machine `cid_supply` a frame is that no end would send that keeps the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pathproof.model.cid_supply import CidSupply
from pathproof.reference.frames import NewConnectionId, RetireConnectionId

Breach = tuple[str, dict[str, int]]
"""The name of an action, and its arguments."""


def supply(known: Mapping[int, NewConnectionId], p: Any, frame: NewConnectionId) -> Breach:
    """The breach that NEW_CONNECTION_ID is, where `known` is what came before, or was issued.

    >>> from pathproof.model.cid_supply import machine
    >>> one = NewConnectionId(1, 0, b"1" * 8, b"1" * 16)
    >>> supply({1: one}, machine.setting(), NewConnectionId(2, 0, b"1" * 8, b"1" * 16))
    ('reuse_connection_id', {'number': 2, 'first': 1})
    """
    number, prior = frame.sequence_number, frame.retire_prior_to
    if p.zero_length == "yes":
        return "issue_despite_zero_length", {"number": number}
    if prior > number:
        return "raise_prior_above_number", {"number": number, "prior": prior}
    for first, earlier in known.items():
        if first != number and earlier.connection_id == frame.connection_id:
            return "reuse_connection_id", {"number": number, "first": first}
        if first != number and earlier.stateless_reset_token == frame.stateless_reset_token:
            return "reuse_token", {"number": number, "first": first}
    held = known.get(number)
    if held is not None and held.connection_id != frame.connection_id:
        return "change_connection_id", {"number": number, "prior": prior}
    if held is not None and held.stateless_reset_token != frame.stateless_reset_token:
        return "change_token", {"number": number}
    return "send_any_frame", {"number": number, "prior": prior}


def retirement(s: CidSupply, p: Any, frame: RetireConnectionId, bearing: int | None) -> Breach:
    """The breach that RETIRE_CONNECTION_ID is, in a packet to the connection ID number `bearing`."""
    number = {"number": frame.sequence_number}
    if p.zero_length == "yes":
        return "retire_despite_zero_length", number
    if frame.sequence_number >= s.issued:
        return "retire_unissued", number
    if frame.sequence_number == bearing:
        return "retire_own_destination", number
    return "retire_anything", number
