"""Bytes that arrive in any order, several times or not yet, put in order again (RFC 9000 2.2, 19.6)."""

from __future__ import annotations

from typing import Final

from pathproof.reference.errors import ProtocolError, code_of
from pathproof.reference.ranges import Ranges

MAX_PIECES: Final = 8192
"""Pieces held out of order at most: bytes that come one by one take many times their number in memory."""


class Reassembly:
    """What has arrived, and what of it is in order.

    How far the data may go is for the caller to check, by flow control or by a bound of its own.

    Examples
    --------
    >>> buffer = Reassembly()
    >>> buffer.receive(4, b"path"); buffer.take()
    b''
    >>> buffer.receive(0, b"new pa"); buffer.take(), buffer.next
    (b'new path', 8)
    """

    __slots__ = ("_held", "_pieces", "_ready", "next")

    def __init__(self) -> None:
        self.next = 0  # all before has arrived
        self._ready: list[bytes] = []  # in order, and not yet taken
        self._pieces: dict[int, bytes] = {}  # by offset, without overlap, all beyond `next`
        self._held = Ranges()  # what the pieces cover

    def __bool__(self) -> bool:
        """Whether there is anything to take."""
        return bool(self._ready)

    def receive(self, offset: int, data: bytes) -> None:
        """Take bytes in; those that are here are not compared with the copies of them that come later.

        Raises
        ------
        ProtocolError
            INTERNAL_ERROR if they come in more pieces than are held (RFC 9000 21.7).
        """
        if offset < self.next:
            data, offset = data[self.next - offset :], self.next
        if not data:
            return
        if offset == self.next and not self._pieces:  # mostly
            self._ready.append(data)
            self.next += len(data)
            return
        for first, last in self._held.missing(offset, offset + len(data) - 1):
            self._pieces[first] = data[first - offset : last + 1 - offset]
        self._held.add(offset, offset + len(data) - 1)
        self._advance()
        if len(self._pieces) > MAX_PIECES:
            raise ProtocolError(code_of("INTERNAL_ERROR"), "data in too many pieces")

    def _advance(self) -> None:
        """Move what is now in order to what can be taken."""
        while (piece := self._pieces.pop(self.next, None)) is not None:
            self._ready.append(piece)
            self.next += len(piece)
        self._held.discard_below(self.next)

    def take(self) -> bytes:
        """Return the bytes that are in order and were not yet taken."""
        data = self._ready[0] if len(self._ready) == 1 else b"".join(self._ready)
        self._ready.clear()
        return data

    def clear(self) -> None:
        """Forget all that is held."""
        self._ready.clear()
        self._pieces.clear()
        self._held = Ranges()
