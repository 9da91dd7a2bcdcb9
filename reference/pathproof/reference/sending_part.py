"""The sending part of a stream (RFC 9000 3.1): what is written, flow control by the peer, and its end."""

from __future__ import annotations

from pathproof.reference.flow_control import Allowance
from pathproof.reference.frames import ResetStream, Stream
from pathproof.reference.send_buffer import SendBuffer
from pathproof.reference.varint import size_of


class SendingPart:
    """One direction of a stream, seen from its sender.

    Examples
    --------
    >>> part, connection = SendingPart(4, allowed=10), Allowance(limit=100)
    >>> part.write(b"0123456789abcdef", fin=True)
    >>> part.frame(1200, connection), part.can_send(connection)
    (Stream(stream=4, offset=0, data=b'0123456789', fin=False), False)
    >>> part.allowance.raise_to(16), part.frame(1200, connection)
    (True, Stream(stream=4, offset=10, data=b'abcdef', fin=True))
    >>> connection.room
    84
    """

    __slots__ = ("_is_reset_known", "allowance", "buffer", "id", "is_queued", "reset")

    def __init__(self, number: int, allowed: int) -> None:
        self.id = number
        self.allowance = Allowance(allowed)
        self.buffer = SendBuffer()
        self.reset: ResetStream | None = None
        self.is_queued = False  # among those that have something to send
        self._is_reset_known = False

    @property
    def is_done(self) -> bool:
        """Whether the part is in a terminal state: Data Recvd or Reset Recvd (RFC 9000 3.1)."""
        return self._is_reset_known or self.buffer.is_done

    def write(self, data: bytes, fin: bool) -> None:
        """Send these bytes; after a reset they go nowhere.

        Raises
        ------
        ValueError
            If the end of the stream has been written before.
        """
        if self.buffer.final is not None:
            raise ValueError(f"stream {self.id} has ended: nothing more can be written")
        if self.reset is None:
            self.buffer.write(data, fin)

    def can_send(self, connection: Allowance) -> bool:
        """Whether a STREAM frame could go now, as far as flow control is concerned (RFC 9000 4.1)."""
        buffer = self.buffer
        if self.reset is not None:
            return False
        if buffer.unsent > 0 and self.allowance.room > 0 and connection.room > 0:  # mostly
            return True
        return buffer.has_lost or buffer.owes_fin

    def frame(self, room: int, connection: Allowance) -> Stream | None:
        """Return a STREAM frame of at most `room` bytes, lost data first, or None if not even a byte fits.

        What was never sent before counts toward both limits; what is sent again does not.
        """
        buffer = self.buffer
        offset = buffer.next_offset
        size = room - 1 - size_of(self.id) - (size_of(offset) if offset else 0) - size_of(max(room, 0))
        if size < 1:
            return None
        before = buffer.next
        taken = buffer.take(size, min(self.allowance.room, connection.room))
        if taken is None:
            return None
        self.allowance.used += buffer.next - before
        connection.used += buffer.next - before
        return Stream(self.id, *taken)

    def abort(self, error_code: int) -> bool:
        """Give up sending: return whether RESET_STREAM is now to be sent (RFC 9000 3.1, 3.5).

        Its final size is what was sent so far, and what it says never changes again (RFC 9000 13.3).
        """
        if self.is_done or self.reset is not None:
            return False
        self.reset = ResetStream(self.id, error_code, self.buffer.next)
        return True

    def acked(self, frame: Stream) -> None:
        """A packet with this frame was acknowledged."""
        self.buffer.acked(frame.offset, len(frame.data), frame.fin)

    def lost(self, frame: Stream) -> None:
        """A packet with this frame was lost: after a reset, nothing is sent again (RFC 9000 13.3)."""
        if self.reset is None:
            self.buffer.lost(frame.offset, len(frame.data), frame.fin)

    def reset_acked(self) -> None:
        """A packet with RESET_STREAM was acknowledged."""
        self._is_reset_known = True


def size_of_stream(frame: Stream) -> int:
    """Return the bytes that a STREAM frame takes (RFC 9000 19.8).

    >>> size_of_stream(Stream(4, 64, b"end", fin=True))
    8
    """
    length = len(frame.data)
    return (
        1 + size_of(frame.stream) + (size_of(frame.offset) if frame.offset else 0) + size_of(length) + length
    )
