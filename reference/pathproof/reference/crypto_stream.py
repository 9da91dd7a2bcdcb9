"""The stream of handshake bytes of one packet number space (RFC 9000 7.5, 19.6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pathproof.reference.errors import ProtocolError, code_of
from pathproof.reference.frames import Crypto
from pathproof.reference.reassembly import Reassembly
from pathproof.reference.send_buffer import SendBuffer
from pathproof.reference.varint import size_of

MAX_BUFFERED: Final = 65536
"""How far ahead of what is in order CRYPTO frames may reach, in bytes; at least 4096 (RFC 9000 7.5)."""

CRYPTO: Final = 0x06


class CryptoStream:
    """Handshake bytes to the peer and from it, in one space.

    Examples
    --------
    >>> here, there = CryptoStream(), CryptoStream()
    >>> here.write(b"ClientHello")
    >>> [there.receive(frame) for frame in here.frames(room=10)]
    [b'ClientH']
    >>> here.is_idle
    False
    """

    __slots__ = ("_incoming", "_outgoing", "_used")

    def __init__(self) -> None:
        self._incoming = Reassembly()
        self._outgoing = SendBuffer()

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits to be sent, for the first time or again."""
        return self._outgoing.is_idle

    @property
    def unacknowledged(self) -> int:
        """How many bytes are held in case they are lost."""
        return self._outgoing.unacknowledged

    def receive(self, frame: Crypto) -> bytes:
        """Process a CRYPTO frame, and return the bytes that are now in order.

        Raises
        ------
        ProtocolError
            CRYPTO_BUFFER_EXCEEDED if the frame reaches too far ahead (RFC 9000 7.5).
        """
        if frame.offset + len(frame.data) > self._incoming.next + MAX_BUFFERED:
            raise ProtocolError(code_of("CRYPTO_BUFFER_EXCEEDED"), "CRYPTO data too far ahead", CRYPTO)
        self._incoming.receive(frame.offset, frame.data)
        return self._incoming.take()

    def write(self, data: bytes) -> None:
        """Send these bytes of the handshake."""
        self._outgoing.write(data)

    def frames(self, room: int) -> Iterator[Crypto]:
        """Yield CRYPTO frames that fill so many bytes at most, what was lost first."""
        while not self.is_idle:
            offset = self._outgoing.next_offset
            size = room - 1 - size_of(offset) - size_of(max(room, 0))
            taken = self._outgoing.take(size, allowed=size) if size > 0 else None
            if taken is None:
                return
            frame = Crypto(taken[0], taken[1])
            room -= 1 + size_of(frame.offset) + size_of(len(frame.data)) + len(frame.data)
            yield frame

    def acked(self, frame: Crypto) -> None:
        """A packet with this frame was acknowledged."""
        self._outgoing.acked(frame.offset, len(frame.data), fin=False)

    def lost(self, frame: Crypto) -> None:
        """A packet with this frame was lost: what is still unacknowledged of it is sent again (13.3-05)."""
        self._outgoing.lost(frame.offset, len(frame.data), fin=False)

    def repeat(self) -> None:
        """Send again all that is not acknowledged: after a Retry, or as a probe (RFC 9002 6.2.4, 6.3)."""
        self._outgoing.repeat()
