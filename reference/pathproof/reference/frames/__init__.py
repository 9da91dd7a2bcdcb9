"""Frames (RFC 9000 12.4, 19): their values, and the way to and from the payload of a packet.

`kinds` has a class for each frame, `read` takes a payload apart with `readers`, `write` puts a frame down,
`places` says which frame may stand in which packet, and `supply` goes through the wire image of the four
frames that connection IDs and paths are managed with.
"""

from pathproof.reference.frames.kinds import (
    Ack,
    ConnectionClose,
    Crypto,
    DataBlocked,
    Frame,
    HandshakeDone,
    MaxData,
    MaxStreamData,
    MaxStreams,
    NewConnectionId,
    NewToken,
    Padding,
    PathChallenge,
    PathResponse,
    Ping,
    ResetStream,
    RetireConnectionId,
    StopSending,
    Stream,
    StreamDataBlocked,
    StreamsBlocked,
    is_ack_eliciting,
)
from pathproof.reference.frames.read import read_frames
from pathproof.reference.frames.write import write_frame

__all__ = [
    "Ack",
    "ConnectionClose",
    "Crypto",
    "DataBlocked",
    "Frame",
    "HandshakeDone",
    "MaxData",
    "MaxStreamData",
    "MaxStreams",
    "NewConnectionId",
    "NewToken",
    "Padding",
    "PathChallenge",
    "PathResponse",
    "Ping",
    "ResetStream",
    "RetireConnectionId",
    "StopSending",
    "Stream",
    "StreamDataBlocked",
    "StreamsBlocked",
    "is_ack_eliciting",
    "read_frames",
    "write_frame",
]
