"""Bytes to be sent in order, kept until they are acknowledged: of a stream, or of the handshake (13.3)."""

from __future__ import annotations

from pathproof.reference.ranges import Ranges


class SendBuffer:
    """What was written, which parts of it are lost, and how far it was sent and acknowledged.

    The end counts as one more byte, at `final`, so that it is sent, lost and acknowledged like the others.

    Examples
    --------
    >>> buffer = SendBuffer()
    >>> buffer.write(b"migration", fin=True)
    >>> buffer.take(5, allowed=100), buffer.take(100, allowed=100)
    ((0, b'migra', False), (5, b'tion', True))
    >>> buffer.lost(0, 5, fin=False)
    >>> buffer.take(3, allowed=0)  # what was sent before needs no further credit
    (0, b'mig', False)
    >>> buffer.acked(0, 5, fin=False); buffer.acked(5, 4, fin=True)
    >>> buffer.is_done
    True
    """

    __slots__ = ("_acked", "_base", "_data", "_fin_sent", "_lost", "final", "next")

    def __init__(self) -> None:
        self._data = bytearray()  # from _base on; taking from its front and adding to its end cost little
        self._base = 0  # all before is acknowledged
        self._lost = Ranges()
        self._acked = Ranges()
        self._fin_sent = False
        self.next = 0  # all before was sent at least once
        self.final: int | None = None

    @property
    def end(self) -> int:
        """How many bytes were written."""
        return self._base + len(self._data) if self.final is None else self.final

    @property
    def unsent(self) -> int:
        """How many bytes were never sent."""
        return self.end - self.next

    @property
    def unacknowledged(self) -> int:
        """How many bytes are held: written, and not all acknowledged that came before."""
        return len(self._data)

    @property
    def is_done(self) -> bool:
        """Whether all has been acknowledged, the end included."""
        return self.final is not None and self._base > self.final

    @property
    def is_idle(self) -> bool:
        """Whether no byte waits, to be sent for the first time or again."""
        return not self._lost and self.next == self.end

    @property
    def has_lost(self) -> bool:
        """Whether something is to be sent again."""
        return bool(self._lost)

    @property
    def next_offset(self) -> int:
        """Where what is sent next begins."""
        least = self._lost.least
        return self.next if least is None else least

    @property
    def owes_fin(self) -> bool:
        """Whether the end could be sent with nothing before it."""
        return self.final == self.next and not self._fin_sent

    def write(self, data: bytes, fin: bool = False) -> None:
        """Add to what is to be sent; with `fin`, nothing more will come."""
        self._data += data
        if fin:
            self.final = self._base + len(self._data)

    def take(self, size: int, allowed: int) -> tuple[int, bytes, bool] | None:
        """Return the offset, the bytes, at most `size`, and whether they are the last, of what to send next.

        What was lost goes first. At most `allowed` bytes are sent that never were before.
        """
        if self._lost:
            return self._take_lost(size)
        offset = self.next
        count = max(min(size, allowed, self.end - offset), 0)
        fin = self.final == offset + count and not self._fin_sent
        if not count and not fin:
            return None
        self.next += count
        self._fin_sent |= fin
        return offset, self._bytes(offset, offset + count), fin

    def _take_lost(self, size: int) -> tuple[int, bytes, bool] | None:
        first, last = self._lost.take(size + 1)  # the end needs no room
        if last != self.final and last - first == size:
            self._lost.add(last, last)
            last -= 1
        if last < first:
            return None
        fin = last == self.final
        return first, self._bytes(first, last + 1 - fin), fin

    def _bytes(self, first: int, behind: int) -> bytes:
        with memoryview(self._data) as view:
            return bytes(view[first - self._base : behind - self._base])

    def acked(self, offset: int, length: int, fin: bool) -> None:
        """These bytes have arrived: they are not sent again, and forgotten with all before them."""
        last = offset + length - 1 + fin
        if last < max(offset, self._base):
            return
        if self._lost:
            self._lost.remove(offset, last)
        if offset > self._base or self._acked:
            self._acked.add(offset, last)
            offset, last = next(iter(self._acked))
        if offset <= self._base:
            self._acked.discard_below(last + 1)
            del self._data[: last + 1 - self._base]
            self._base = last + 1

    def lost(self, offset: int, length: int, fin: bool) -> None:
        """These bytes were lost in some packet: they are sent again, except where they have arrived since."""
        offset, last = max(offset, self._base), offset + length - 1 + fin
        for first, behind in self._acked.missing(offset, last):
            self._lost.add(first, behind)

    def repeat(self) -> None:
        """Send all again that was sent and is not acknowledged, as a probe may (RFC 9002 6.2.4)."""
        self.lost(self._base, self.next - self._base, self._fin_sent)
