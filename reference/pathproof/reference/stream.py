"""A stream: its number, its one or two parts, and what an application hears of it (RFC 9000 2.1, 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pathproof.reference.receiving_part import ReceivingPart
from pathproof.reference.sending_part import SendingPart

SERVER_INITIATED: Final = 0x01
UNIDIRECTIONAL: Final = 0x02


@dataclass(slots=True, eq=False)
class StreamState:
    """The parts of one stream; a unidirectional stream has only one."""

    id: int
    sending: SendingPart | None
    receiving: ReceivingPart | None

    @property
    def is_done(self) -> bool:
        """Whether all its parts are in a terminal state (RFC 9000 3.4)."""
        sending, receiving = self.sending, self.receiving
        return (sending is None or sending.is_done) and (receiving is None or receiving.is_done)


@dataclass(slots=True, frozen=True)
class StreamData:
    """Bytes of a stream, in order, and whether they are its last."""

    stream: int
    data: bytes
    fin: bool = False


@dataclass(slots=True, frozen=True)
class StreamReset:
    """The peer has given up sending on a stream."""

    stream: int
    error_code: int


@dataclass(slots=True, frozen=True)
class SendingStopped:
    """The peer wants nothing more of a stream, and sending on it was given up (RFC 9000 3.5)."""

    stream: int
    error_code: int


StreamEvent = StreamData | StreamReset | SendingStopped


def is_unidirectional(stream: int) -> bool:
    """Whether a stream has only one direction (RFC 9000 2.1).

    >>> [is_unidirectional(stream) for stream in (0, 1, 2, 3)]
    [False, False, True, True]
    """
    return bool(stream & UNIDIRECTIONAL)


def is_opened_by(stream: int, is_client: bool) -> bool:
    """Whether a stream is one that the client opens, or that the server opens (RFC 9000 2.1).

    >>> [is_opened_by(stream, is_client=True) for stream in (0, 1, 2, 3)]
    [True, False, True, False]
    """
    return bool(stream & SERVER_INITIATED) != is_client
