"""From a frame to its bytes (RFC 9000 19), each in its shortest form; lengths are always written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pathproof.reference.frames import kinds
from pathproof.reference.frames.supply import write_supply
from pathproof.reference.varint import write


def write_frame(frame: kinds.Frame) -> bytes:
    """Return the bytes of a frame.

    Raises
    ------
    ValueError
        If a number does not fit its field, or no frame of the four of supply may have these values.

    Examples
    --------
    >>> write_frame(kinds.Stream(4, 64, b"end", fin=True)).hex()
    '0f04404003656e64'
    >>> write_frame(kinds.Ack(((7, 9), (0, 4)))).hex()
    '02090001020104'
    """
    return _WRITERS[type(frame)](frame)


def _padding(frame: kinds.Padding) -> bytes:
    return bytes(frame.length)


def _ping(frame: kinds.Ping) -> bytes:
    return b"\x01"


def _ack(frame: kinds.Ack) -> bytes:
    smallest, largest = frame.ranges[0]
    parts = [
        b"\x02" if frame.ecn is None else b"\x03",
        write(largest),
        write(frame.delay),
        write(len(frame.ranges) - 1),
        write(largest - smallest),
    ]
    for first, last in frame.ranges[1:]:
        parts += (write(smallest - last - 2), write(last - first))
        smallest = first
    parts += (write(count) for count in frame.ecn or ())
    return b"".join(parts)


def _reset_stream(frame: kinds.ResetStream) -> bytes:
    return b"\x04" + write(frame.stream) + write(frame.error_code) + write(frame.final_size)


def _stop_sending(frame: kinds.StopSending) -> bytes:
    return b"\x05" + write(frame.stream) + write(frame.error_code)


def _crypto(frame: kinds.Crypto) -> bytes:
    return b"\x06" + write(frame.offset) + write(len(frame.data)) + frame.data


def _new_token(frame: kinds.NewToken) -> bytes:
    return b"\x07" + write(len(frame.token)) + frame.token


def _stream(frame: kinds.Stream) -> bytes:
    length = write(len(frame.data))
    if frame.offset:
        head = b"\x0f" if frame.fin else b"\x0e"
        return b"".join((head, write(frame.stream), write(frame.offset), length, frame.data))
    return b"".join((b"\x0b" if frame.fin else b"\x0a", write(frame.stream), length, frame.data))


def _max_data(frame: kinds.MaxData) -> bytes:
    return b"\x10" + write(frame.limit)


def _max_stream_data(frame: kinds.MaxStreamData) -> bytes:
    return b"\x11" + write(frame.stream) + write(frame.limit)


def _max_streams(frame: kinds.MaxStreams) -> bytes:
    return (b"\x12" if frame.bidirectional else b"\x13") + write(frame.limit)


def _data_blocked(frame: kinds.DataBlocked) -> bytes:
    return b"\x14" + write(frame.limit)


def _stream_data_blocked(frame: kinds.StreamDataBlocked) -> bytes:
    return b"\x15" + write(frame.stream) + write(frame.limit)


def _streams_blocked(frame: kinds.StreamsBlocked) -> bytes:
    return (b"\x16" if frame.bidirectional else b"\x17") + write(frame.limit)


def _connection_close(frame: kinds.ConnectionClose) -> bytes:
    head = b"\x1d" + write(frame.error_code)
    if frame.frame_type is not None:
        head = b"\x1c" + write(frame.error_code) + write(frame.frame_type)
    reason = frame.reason.encode("utf-8", "replace")
    return head + write(len(reason)) + reason


def _handshake_done(frame: kinds.HandshakeDone) -> bytes:
    return b"\x1e"


_WRITERS: dict[type, Callable[[Any], bytes]] = {
    kinds.Padding: _padding,
    kinds.Ping: _ping,
    kinds.Ack: _ack,
    kinds.ResetStream: _reset_stream,
    kinds.StopSending: _stop_sending,
    kinds.Crypto: _crypto,
    kinds.NewToken: _new_token,
    kinds.Stream: _stream,
    kinds.MaxData: _max_data,
    kinds.MaxStreamData: _max_stream_data,
    kinds.MaxStreams: _max_streams,
    kinds.DataBlocked: _data_blocked,
    kinds.StreamDataBlocked: _stream_data_blocked,
    kinds.StreamsBlocked: _streams_blocked,
    kinds.NewConnectionId: write_supply,
    kinds.RetireConnectionId: write_supply,
    kinds.PathChallenge: write_supply,
    kinds.PathResponse: write_supply,
    kinds.ConnectionClose: _connection_close,
    kinds.HandshakeDone: _handshake_done,
}
