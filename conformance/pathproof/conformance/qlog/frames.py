"""Frames: from the decoded JSON of any dialect to the event model."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from pathproof.conformance.events import (
    NOT_LOGGED,
    Ack,
    ConnectionClose,
    Frame,
    Missing,
    NewConnectionId,
    OtherFrame,
    PathChallenge,
    PathResponse,
    RetireConnectionId,
)
from pathproof.conformance.qlog.errors import Malformed
from pathproof.conformance.qlog.records import FrameRecord, bytes_decoder, hex_text
from pathproof.conformance.qlog.values import (
    MAX_VARINT,
    PATH_DATA_LENGTH,
    TOKEN_LENGTH,
    connection_id,
    error_code,
    sized,
)


def frames(records: list[FrameRecord] | None) -> tuple[Frame, ...]:
    """Return the frames of one packet in order. Raises `Malformed` for one that makes no sense.

    >>> frames([FrameRecord("ping"), FrameRecord("retire_connection_id", sequence_number=3)])
    (OtherFrame(name='ping'), RetireConnectionId(sequence_number=3))
    """
    if not records:
        return ()
    return tuple([MAKERS.get(record.frame_type, _rest)(record) for record in records])


def _rest(record: FrameRecord) -> Frame:
    """Return a frame without content of its own, or one whose type is written in capitals."""
    name = record.frame_type
    if name.isupper():
        record.frame_type = name.lower()
        return MAKERS.get(record.frame_type, _rest)(record)
    return _other(name)


@lru_cache(maxsize=256)
def _other(name: str) -> OtherFrame:
    """Return the one value for all frames of this name: they have no content to tell them apart."""
    return OtherFrame(name.lower())


def _new_connection_id(record: FrameRecord) -> NewConnectionId:
    """Return a NEW_CONNECTION_ID frame; dialects disagree on the names of three of its fields."""
    identifier = connection_id(record.connection_id, "connection_id")
    token = hex_text(record.reset_token if record.reset_token is not None else record.stateless_reset_token)
    retire = record.retire_prior_to if record.retire_prior_to is not None else record.retire_before
    return NewConnectionId(
        _sequence_number(record),
        NOT_LOGGED if retire is None else retire,
        _length(record, identifier),
        identifier,
        sized(token, TOKEN_LENGTH, "stateless reset token"),
    )


def _sequence_number(record: FrameRecord) -> int:
    """Return the sequence number, without which the frame says nothing."""
    if record.sequence_number is None:
        raise Malformed(f"sequence_number: missing in {record.frame_type}")
    return record.sequence_number


def _length(record: FrameRecord, identifier: bytes | Missing) -> int | Missing:
    """Return the Length field, from the connection ID itself where only that is logged."""
    logged = record.connection_id_length if record.connection_id_length is not None else record.length
    known = NOT_LOGGED if isinstance(identifier, Missing) else len(identifier)
    if logged is None:
        return known
    if not isinstance(logged, int) or not 0 <= logged <= MAX_VARINT:
        raise Malformed(f"length: {logged} in new_connection_id is no length")
    if not isinstance(known, Missing) and known != logged:
        raise Malformed(f"length: {logged}, but connection_id has {known} bytes")
    return logged


def _retire_connection_id(record: FrameRecord) -> RetireConnectionId:
    """Return a RETIRE_CONNECTION_ID frame."""
    return RetireConnectionId(_sequence_number(record))


def _path_data(record: FrameRecord, special: str | None) -> bytes | Missing:
    """Return the 8 bytes, under their own name (picoquic) or as `data` (all others)."""
    text = special if special is not None else hex_text(bytes_decoder.decode(record.data))
    return sized(text, PATH_DATA_LENGTH, f"data of {record.frame_type}")


def _path_challenge(record: FrameRecord) -> PathChallenge:
    """Return a PATH_CHALLENGE frame."""
    return PathChallenge(_path_data(record, record.path_challenge))


def _path_response(record: FrameRecord) -> PathResponse:
    """Return a PATH_RESPONSE frame."""
    return PathResponse(_path_data(record, record.path_response))


def _ack(record: FrameRecord) -> Ack:
    """Return an ACK frame; a range of one number may be written as `[n]`."""
    ranges = record.acked_ranges or ()
    for pair in ranges:
        if len(pair) != 2 or pair[0] > pair[1]:
            return Ack(tuple([_range(pair) for pair in ranges]))
    return Ack(ranges)  # type: ignore[arg-type]  # the loop is the proof


def _range(pair: tuple[int, ...]) -> tuple[int, int]:
    """Return one range as a pair, or raise `Malformed`."""
    if not 1 <= len(pair) <= 2 or pair[0] > pair[-1]:
        raise Malformed(f"acked_ranges: {list(pair[:3])} is no range")
    return pair[0], pair[-1]


def _connection_close(record: FrameRecord) -> ConnectionClose:
    """Return a CONNECTION_CLOSE frame; the raw number goes before a word for it."""
    spaces: dict[str, Literal["transport", "application"]] = {
        "transport": "transport",
        "application": "application",
    }
    return ConnectionClose(
        error_code(record.raw_error_code, record.error_code, record.error),
        spaces.get(record.error_space or "", NOT_LOGGED),
        NOT_LOGGED if record.reason is None else record.reason,
    )


MAKERS: dict[str, Callable[[FrameRecord], Frame]] = {
    "new_connection_id": _new_connection_id,
    "retire_connection_id": _retire_connection_id,
    "path_challenge": _path_challenge,
    "path_response": _path_response,
    "ack": _ack,
    "connection_close": _connection_close,
}
"""How the frames are made that have content of their own; all others are `OtherFrame`."""
