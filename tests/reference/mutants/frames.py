"""Mutants of how the frames of connection IDs and paths are read (19.15 to 19.18)."""

from __future__ import annotations

from typing import Any

from tests.reference.mutants.registry import Patch, mutant
from tests.reference.simulation import malformed, stories

from pathproof.reference.cid_supply import Consumer
from pathproof.reference.errors import ProtocolError, code_of
from pathproof.reference.frames import NewConnectionId, PathChallenge, PathResponse, readers
from pathproof.reference.varint import read


def _lax(patch: Patch) -> None:
    """NEW_CONNECTION_ID is read whatever its fields have in them."""
    before = readers.read_supply

    def read_supply(payload: bytes, offset: int, frame_type: int) -> Any:
        if frame_type != 0x18:
            return before(payload, offset, frame_type)
        number, offset = read(payload, offset + 1)
        prior, offset = read(payload, offset)
        length = payload[offset]
        connection_id = payload[offset + 1 : offset + 1 + length]
        end = offset + 1 + length + 16
        return NewConnectionId(number, prior, connection_id, payload[end - 16 : end]), end

    patch.setattr(readers, "read_supply", read_supply)
    patch.setattr(Consumer, "_check", lambda self, frame: None)


@mutant("RFC9000-19.15-03", "QG-09", "CQ-07", "AQ-09", story=malformed.empty_id, seen_as=("RFC9000-11-03",))
def an_empty_id_is_supplied(patch: Patch) -> None:
    """NEW_CONNECTION_ID may have an empty connection ID."""
    _lax(patch)


@mutant("RFC9000-19.15-03", "QG-08", "KW-06", story=malformed.long_id)
def a_long_id_is_supplied(patch: Patch) -> None:
    """NEW_CONNECTION_ID may have a connection ID of 21 bytes."""
    _lax(patch)


@mutant("RFC9000-19.15-10", "QG-07", "LX-16", story=malformed.prior_above_number)
def a_prior_above_the_number(patch: Patch) -> None:
    """Retire Prior To may be above the sequence number."""
    _lax(patch)


@mutant("RFC9000-19.15-10", "AQ-12", story=malformed.prior_above_number)
def another_error(patch: Patch) -> None:
    """What is malformed is called a violation."""
    before = readers.read_supply

    def read_supply(payload: bytes, offset: int, frame_type: int) -> Any:
        try:
            return before(payload, offset, frame_type)
        except ProtocolError as error:
            raise ProtocolError(code_of("PROTOCOL_VIOLATION"), error.says, frame_type) from None

    patch.setattr(readers, "read_supply", read_supply)


@mutant("RFC9000-8.2.2-01", "QL-17", story=stories.migrations, seen_as=("RFC9000-19.18-01",))
def challenges_are_read_as_responses(patch: Patch) -> None:
    """The types of PATH_CHALLENGE and PATH_RESPONSE have changed places where they are read."""
    before = readers.read_supply

    def read_supply(payload: bytes, offset: int, frame_type: int) -> Any:
        frame, end = before(payload, offset, frame_type)
        if isinstance(frame, PathChallenge):
            return PathResponse(frame.data), end
        return (PathChallenge(frame.data) if isinstance(frame, PathResponse) else frame), end

    patch.setattr(readers, "read_supply", read_supply)
