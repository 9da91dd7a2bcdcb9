"""The receiving part of a stream (RFC 9000 3.2): what has arrived, its final size, and its end."""

from __future__ import annotations

from typing import Final

from pathproof.reference.errors import ProtocolError, code_of
from pathproof.reference.flow_control import Window
from pathproof.reference.frames import ResetStream, Stream
from pathproof.reference.reassembly import Reassembly

STREAM: Final = 0x08
RESET_STREAM: Final = 0x04


class ReceivingPart:
    """One direction of a stream, seen from its receiver.

    `highest` is how far what has arrived reaches, which is what flow control counts (RFC 9000 19.10), and
    `final` the final size once it is known.

    Examples
    --------
    >>> part = ReceivingPart(4, window=100)
    >>> part.receive(Stream(4, 3, b"def", fin=True))  # counts six bytes, though three are not here yet
    6
    >>> part.receive(Stream(4, 0, b"abcd")), part.take()
    (0, (b'abcdef', True))
    >>> part.is_done
    True
    """

    __slots__ = ("_buffer", "_is_read", "final", "highest", "id", "reset_code", "stop_code", "window")

    def __init__(self, number: int, window: int) -> None:
        self.id = number
        self.window = Window(window)
        self.highest = 0
        self.final: int | None = None
        self.reset_code: int | None = None
        self.stop_code: int | None = None  # with which the application wants nothing more of it
        self._buffer = Reassembly()
        self._is_read = False

    @property
    def is_done(self) -> bool:
        """Whether the part is in a terminal state, and its end was told: Data Read or Reset Read."""
        return self._is_read

    @property
    def is_complete(self) -> bool:
        """Whether all bytes up to the final size have arrived: Data Recvd."""
        return self.final == self._buffer.next

    @property
    def is_readable(self) -> bool:
        """Whether the application has something to hear of."""
        return not self._is_read and (bool(self._buffer) or self.is_complete or self.reset_code is not None)

    def receive(self, frame: Stream) -> int:
        """Process a STREAM frame, and return by how many bytes it reaches further than any before.

        Raises
        ------
        ProtocolError
            FINAL_SIZE_ERROR or FLOW_CONTROL_ERROR.
        """
        end = frame.offset + len(frame.data)
        self._check(end, frame.fin, STREAM)
        further = max(end - self.highest, 0)
        self.highest += further
        if frame.fin:
            self.final = end
        if self.stop_code is None and self.reset_code is None:
            self._buffer.receive(frame.offset, frame.data)
        return further

    def reset(self, frame: ResetStream) -> int:
        """Process RESET_STREAM, and return by how many bytes its final size exceeds what has arrived.

        If all has arrived, the reset takes nothing of it back (RFC 9000 3.2).

        Raises
        ------
        ProtocolError
            FINAL_SIZE_ERROR or FLOW_CONTROL_ERROR.
        """
        self._check(frame.final_size, True, RESET_STREAM)
        further = frame.final_size - self.highest
        has_all = self.is_complete  # by an end that was known before
        self.highest = self.final = frame.final_size
        if not has_all and self.reset_code is None:
            self.reset_code = frame.error_code
            self._buffer.clear()
        return further

    def _check(self, end: int, is_final: bool, frame_type: int) -> None:
        """Hold the end of a frame against the final size (RFC 9000 4.5) and the limit (RFC 9000 4.1)."""
        if self.final is not None and end > self.final:
            raise ProtocolError(code_of("FINAL_SIZE_ERROR"), "data beyond the final size", frame_type)
        if is_final and end < self.highest:  # which is the final size, once that is known
            raise ProtocolError(code_of("FINAL_SIZE_ERROR"), "a final size below what has come", frame_type)
        if not self.window.allows(end):
            raise ProtocolError(
                code_of("FLOW_CONTROL_ERROR"), "more data on a stream than allowed", frame_type
            )

    def take(self) -> tuple[bytes, bool]:
        """Return the bytes that are in order, and whether they are the last."""
        data = self._buffer.take()
        self._is_read |= self.is_complete
        return data, self.is_complete

    def stop(self, error_code: int) -> None:
        """The application wants nothing more: what is held is forgotten, and what comes is only counted."""
        self.stop_code = error_code
        self._buffer.clear()

    def release(self) -> int:
        """Return how many bytes nobody will read, which were received and not yet given back as credit.

        All are counted that were sent, also those that never arrived (RFC 9000 4.5).
        """
        unread = self.highest - self.window.consumed
        self.window.consumed = self.highest
        return unread

    def end(self) -> None:
        """The application knows that nothing more will come."""
        self._is_read = True
