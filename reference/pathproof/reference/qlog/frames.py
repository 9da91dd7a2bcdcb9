"""Frames in the words of qlog: all fields of the wire, and of data only how long it is."""

from __future__ import annotations

from typing import Any

from pathproof.reference import frames as wire
from pathproof.reference.qlog.errors import application_error, transport_error

Words = dict[str, Any]


def frame(one: wire.Frame, exponent: int = 3) -> Words:
    """A frame; `exponent` is its sender's ack_delay_exponent (18.2).

    Examples
    --------
    >>> frame(wire.RetireConnectionId(3))
    {'frame_type': 'retire_connection_id', 'sequence_number': 3}
    >>> frame(wire.Ack(((7, 9), (4, 4)), 125))
    {'frame_type': 'ack', 'ack_delay': 1.0, 'acked_ranges': [[7, 9], [4]]}
    >>> frame(wire.Stream(0, 10, b"abc", True))
    {'frame_type': 'stream', 'stream_id': 0, 'offset': 10, 'fin': True, 'raw': {'length': 3}}
    """
    match one:
        case wire.Padding(length):
            return _named("padding", raw={"length": length, "payload_length": length})
        case wire.Ping():
            return _named("ping")
        case wire.Ack():
            return _ack(one, exponent)
        case wire.Crypto(offset, data):
            return _named("crypto", offset=offset, raw={"length": len(data)})
        case wire.NewToken(token):
            return _named("new_token", token={"raw": {"length": len(token), "data": token.hex()}})
        case wire.ConnectionClose():
            return _close(one)
        case wire.HandshakeDone():
            return _named("handshake_done")
        case _:
            return _of_a_stream(one) or _of_a_path(one) or _of_a_limit(one)


def _named(frame_type: str, **fields: Any) -> Words:
    return {"frame_type": frame_type, **fields}


def _ack(one: wire.Ack, exponent: int) -> Words:
    ranges = [[low] if low == high else [low, high] for low, high in one.ranges]
    words = _named("ack", ack_delay=(one.delay << exponent) / 1000, acked_ranges=ranges)
    if one.ecn is not None:
        words |= dict(zip(("ect0", "ect1", "ce"), one.ecn, strict=True))
    return words


def _close(one: wire.ConnectionClose) -> Words:
    if one.frame_type is None:
        known = {"error_space": "application", **application_error("error", one.error_code)}
        return _named("connection_close", **known, reason=one.reason)
    known = {"error_space": "transport", **transport_error("error", one.error_code)}
    return _named("connection_close", **known, reason=one.reason, trigger_frame_type=one.frame_type)


def _of_a_stream(one: wire.Frame) -> Words:
    match one:
        case wire.Stream(stream, offset, data, fin):
            return _named("stream", stream_id=stream, offset=offset, fin=fin, raw={"length": len(data)})
        case wire.ResetStream(stream, code, size):
            error = application_error("error", code)
            return _named("reset_stream", stream_id=stream, **error, final_size=size)
        case wire.StopSending(stream, code):
            return _named("stop_sending", stream_id=stream, **application_error("error", code))
        case wire.MaxStreamData(stream, limit):
            return _named("max_stream_data", stream_id=stream, maximum=limit)
        case wire.StreamDataBlocked(stream, limit):
            return _named("stream_data_blocked", stream_id=stream, limit=limit)
    return {}


def _of_a_path(one: wire.Frame) -> Words:
    match one:
        case wire.NewConnectionId(number, prior, connection_id, token):
            return _named(
                "new_connection_id",
                sequence_number=number,
                retire_prior_to=prior,
                connection_id_length=len(connection_id),
                connection_id=connection_id.hex(),
                stateless_reset_token=token.hex(),
            )
        case wire.RetireConnectionId(number):
            return _named("retire_connection_id", sequence_number=number)
        case wire.PathChallenge(data):
            return _named("path_challenge", data=data.hex())
        case wire.PathResponse(data):
            return _named("path_response", data=data.hex())
    return {}


def _of_a_limit(one: wire.Frame) -> Words:
    match one:
        case wire.MaxData(limit):
            return _named("max_data", maximum=limit)
        case wire.MaxStreams(limit, bidirectional):
            return _named("max_streams", stream_type=_kind(bidirectional), maximum=limit)
        case wire.DataBlocked(limit):
            return _named("data_blocked", limit=limit)
        case wire.StreamsBlocked(limit, bidirectional):
            return _named("streams_blocked", stream_type=_kind(bidirectional), limit=limit)
    raise TypeError(f"{type(one).__name__} is no frame")


def _kind(bidirectional: bool) -> str:
    return "bidirectional" if bidirectional else "unidirectional"
