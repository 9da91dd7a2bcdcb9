"""The frames of QUIC version 1 (RFC 9000 19) as values: one class each, with the fields of the wire.

Nothing is checked here: `read` refuses what is malformed, and whoever acts on a frame knows what it may say.
They are written to by nobody after they are made; they are not frozen because that makes each one slower.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Padding:
    """So many bytes of zeros in a row (19.1)."""

    length: int = 1


@dataclass(slots=True)
class Ping:
    """Asks for an acknowledgment (19.2)."""


@dataclass(slots=True)
class Ack:
    """Packets that have arrived (19.3): ranges of (smallest, largest), the largest first.

    `delay` is the field as it is on the wire, before the exponent of its sender is applied; `ecn` counts
    packets with ECT(0), ECT(1) and CE.
    """

    ranges: tuple[tuple[int, int], ...]
    delay: int = 0
    ecn: tuple[int, int, int] | None = None

    @property
    def largest(self) -> int:
        """The largest packet number that is acknowledged.

        >>> Ack(((7, 9), (0, 4))).largest
        9
        """
        return self.ranges[0][1]


@dataclass(slots=True)
class ResetStream:
    """The sending part of a stream ends here (19.4)."""

    stream: int
    error_code: int
    final_size: int


@dataclass(slots=True)
class StopSending:
    """Nothing more of a stream is wanted (19.5)."""

    stream: int
    error_code: int


@dataclass(slots=True)
class Crypto:
    """Bytes of the cryptographic handshake (19.6)."""

    offset: int
    data: bytes


@dataclass(slots=True)
class NewToken:
    """A token for the Initial of a later connection (19.7)."""

    token: bytes


@dataclass(slots=True)
class Stream:
    """Bytes of a stream, and whether they are its last (19.8)."""

    stream: int
    offset: int
    data: bytes
    fin: bool = False


@dataclass(slots=True)
class MaxData:
    """How much may be sent on all streams together (19.9)."""

    limit: int


@dataclass(slots=True)
class MaxStreamData:
    """How much may be sent on one stream (19.10)."""

    stream: int
    limit: int


@dataclass(slots=True)
class MaxStreams:
    """How many streams of one kind may be opened in all (19.11)."""

    limit: int
    bidirectional: bool = True


@dataclass(slots=True)
class DataBlocked:
    """More would be sent if the connection's limit were higher (19.12)."""

    limit: int


@dataclass(slots=True)
class StreamDataBlocked:
    """More would be sent if the stream's limit were higher (19.13)."""

    stream: int
    limit: int


@dataclass(slots=True)
class StreamsBlocked:
    """A stream would be opened if the limit were higher (19.14)."""

    limit: int
    bidirectional: bool = True


@dataclass(slots=True)
class NewConnectionId:
    """A connection ID for the peer to use, and up to where to retire others (19.15)."""

    sequence_number: int
    retire_prior_to: int
    connection_id: bytes
    stateless_reset_token: bytes


@dataclass(slots=True)
class RetireConnectionId:
    """The sender will use this connection ID no more (19.16)."""

    sequence_number: int


@dataclass(slots=True)
class PathChallenge:
    """Asks whether the peer is on this path (19.17)."""

    data: bytes


@dataclass(slots=True)
class PathResponse:
    """What a PATH_CHALLENGE held (19.18)."""

    data: bytes


@dataclass(slots=True)
class ConnectionClose:
    """The connection ends (19.19): by an error of the transport, or of the application.

    `frame_type` is of the frame that the error is about, 0 if there is none, and None in a close by the
    application (type 0x1d).
    """

    error_code: int
    frame_type: int | None = 0
    reason: str = ""


@dataclass(slots=True)
class HandshakeDone:
    """The server confirms the handshake (19.20)."""


Frame = (
    Padding
    | Ping
    | Ack
    | ResetStream
    | StopSending
    | Crypto
    | NewToken
    | Stream
    | MaxData
    | MaxStreamData
    | MaxStreams
    | DataBlocked
    | StreamDataBlocked
    | StreamsBlocked
    | NewConnectionId
    | RetireConnectionId
    | PathChallenge
    | PathResponse
    | ConnectionClose
    | HandshakeDone
)


_UNANSWERED = (Ack, Padding, ConnectionClose)


def is_ack_eliciting(frame: Frame) -> bool:
    """Whether the packet that holds this frame is to be acknowledged (RFC 9000 13.2, RFC 9002 2).

    >>> is_ack_eliciting(Ping()), is_ack_eliciting(Padding(3)), is_ack_eliciting(ConnectionClose(0))
    (True, False, False)
    """
    return not isinstance(frame, _UNANSWERED)
