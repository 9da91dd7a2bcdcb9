"""One reader a frame type (RFC 9000 19), and what is checked that needs no state of a connection.

Each has the payload, the offset behind the frame type, and the type; it returns the frame and the offset
behind it. One that the payload cuts off raises `Truncated`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pathproof.reference.errors import ProtocolError, code_of
from pathproof.reference.frames import kinds
from pathproof.reference.frames.supply import read_supply
from pathproof.reference.varint import Truncated, read
from pathproof.spec.names import MAX_VARINT, FrameType

Found = tuple[kinds.Frame, int]
Reader = Callable[[bytes, int, int], Found]

MAX_STREAMS = 1 << 60
"""More streams of a kind than this have no identifier (RFC 9000 4.6, 19.11)."""
_ZEROS = re.compile(b"\0+")


def malformed(frame_type: int, says: str) -> ProtocolError:
    """Return the error of a frame that is not as RFC 9000 19 lays it out.

    >>> malformed(0x07, "the token is empty")
    ProtocolError('frame of type 0x7: the token is empty (FRAME_ENCODING_ERROR)')
    """
    says = f"frame of type {frame_type:#x}: {says}"
    return ProtocolError(code_of("FRAME_ENCODING_ERROR"), says, frame_type)


def _bytes(payload: bytes, offset: int, length: int) -> tuple[bytes, int]:
    """So many bytes, and the offset behind them."""
    end = offset + length
    if end > len(payload):
        raise Truncated
    return payload[offset:end], end


def _padding(payload: bytes, offset: int, frame_type: int) -> Found:
    """All PADDING in a row as one."""
    run = _ZEROS.match(payload, offset)
    end = run.end() if run else offset
    return kinds.Padding(end - offset + 1), end


def _ping(payload: bytes, offset: int, frame_type: int) -> Found:
    return kinds.Ping(), offset


def _ack(payload: bytes, offset: int, frame_type: int) -> Found:
    """Ranges follow one another downward, with a gap between them (RFC 9000 19.3.1)."""
    largest, offset = read(payload, offset)
    delay, offset = read(payload, offset)
    count, offset = read(payload, offset)
    length, offset = read(payload, offset)
    ranges = [(largest - length, largest)]
    for _ in range(count):
        gap, offset = read(payload, offset)
        length, offset = read(payload, offset)
        last = ranges[-1][0] - gap - 2
        ranges.append((last - length, last))
    if ranges[-1][0] < 0:
        raise malformed(frame_type, "acknowledges a negative packet number")
    ecn = None
    if frame_type == 0x03:
        ect0, offset = read(payload, offset)
        ect1, offset = read(payload, offset)
        ce, offset = read(payload, offset)
        ecn = (ect0, ect1, ce)
    return kinds.Ack(tuple(ranges), delay, ecn), offset


def _reset_stream(payload: bytes, offset: int, frame_type: int) -> Found:
    stream, offset = read(payload, offset)
    error_code, offset = read(payload, offset)
    final_size, offset = read(payload, offset)
    return kinds.ResetStream(stream, error_code, final_size), offset


def _stop_sending(payload: bytes, offset: int, frame_type: int) -> Found:
    stream, offset = read(payload, offset)
    error_code, offset = read(payload, offset)
    return kinds.StopSending(stream, error_code), offset


def _crypto(payload: bytes, offset: int, frame_type: int) -> Found:
    first, offset = read(payload, offset)
    length, offset = read(payload, offset)
    if first + length > MAX_VARINT:  # RFC 9000 19.6
        raise malformed(frame_type, "ends beyond the largest offset")
    data, offset = _bytes(payload, offset, length)
    return kinds.Crypto(first, data), offset


def _new_token(payload: bytes, offset: int, frame_type: int) -> Found:
    length, offset = read(payload, offset)
    if not length:  # RFC 9000 19.7
        raise malformed(frame_type, "the token is empty")
    token, offset = _bytes(payload, offset, length)
    return kinds.NewToken(token), offset


def _stream(payload: bytes, offset: int, frame_type: int) -> Found:
    """The bits of the type: 0x04 an offset, 0x02 a length, 0x01 the end of the stream (RFC 9000 19.8)."""
    stream, offset = read(payload, offset)
    first = 0
    if frame_type & 0x04:
        first, offset = read(payload, offset)
    length = len(payload) - offset
    if frame_type & 0x02:
        length, offset = read(payload, offset)
    if first + length > MAX_VARINT:
        raise malformed(frame_type, "ends beyond the largest offset")
    data, offset = _bytes(payload, offset, length)
    return kinds.Stream(stream, first, data, bool(frame_type & 0x01)), offset


def _max_data(payload: bytes, offset: int, frame_type: int) -> Found:
    limit, offset = read(payload, offset)
    return kinds.MaxData(limit), offset


def _max_stream_data(payload: bytes, offset: int, frame_type: int) -> Found:
    stream, offset = read(payload, offset)
    limit, offset = read(payload, offset)
    return kinds.MaxStreamData(stream, limit), offset


def _max_streams(payload: bytes, offset: int, frame_type: int) -> Found:
    limit, offset = _streams(payload, offset, frame_type)
    return kinds.MaxStreams(limit, frame_type == 0x12), offset


def _streams(payload: bytes, offset: int, frame_type: int) -> tuple[int, int]:
    """A number of streams, for which there have to be identifiers (RFC 9000 19.11, 19.14)."""
    limit, offset = read(payload, offset)
    if limit > MAX_STREAMS:
        raise malformed(frame_type, "no identifiers are there for so many streams")
    return limit, offset


def _data_blocked(payload: bytes, offset: int, frame_type: int) -> Found:
    limit, offset = read(payload, offset)
    return kinds.DataBlocked(limit), offset


def _stream_data_blocked(payload: bytes, offset: int, frame_type: int) -> Found:
    stream, offset = read(payload, offset)
    limit, offset = read(payload, offset)
    return kinds.StreamDataBlocked(stream, limit), offset


def _streams_blocked(payload: bytes, offset: int, frame_type: int) -> Found:
    limit, offset = _streams(payload, offset, frame_type)
    return kinds.StreamsBlocked(limit, frame_type == 0x16), offset


def _supply(payload: bytes, offset: int, frame_type: int) -> Found:
    return read_supply(payload, offset - 1, frame_type)


def _connection_close(payload: bytes, offset: int, frame_type: int) -> Found:
    error_code, offset = read(payload, offset)
    about = None
    if frame_type == 0x1C:
        about, offset = read(payload, offset)
    length, offset = read(payload, offset)
    reason, offset = _bytes(payload, offset, length)
    return kinds.ConnectionClose(error_code, about, reason.decode("utf-8", "replace")), offset


def _handshake_done(payload: bytes, offset: int, frame_type: int) -> Found:
    return kinds.HandshakeDone(), offset


READERS: dict[int, Reader] = {
    0x00: _padding,
    0x01: _ping,
    0x02: _ack,
    0x03: _ack,
    0x04: _reset_stream,
    0x05: _stop_sending,
    0x06: _crypto,
    0x07: _new_token,
    **dict.fromkeys(range(0x08, 0x10), _stream),
    0x10: _max_data,
    0x11: _max_stream_data,
    0x12: _max_streams,
    0x13: _max_streams,
    0x14: _data_blocked,
    0x15: _stream_data_blocked,
    0x16: _streams_blocked,
    0x17: _streams_blocked,
    **dict.fromkeys(FrameType, _supply),
    0x1C: _connection_close,
    0x1D: _connection_close,
    0x1E: _handshake_done,
}
