"""Frames beside streams and acknowledgments: what is owed, what was lost and is sent again (13.3)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pathproof.reference.cid_supply import Consumer, Issuer
from pathproof.reference.frames import (
    Frame,
    HandshakeDone,
    NewConnectionId,
    NewToken,
    Ping,
    RetireConnectionId,
    write_frame,
)


@dataclass(slots=True)
class Control:
    """The control frames of one connection; `touched` hears that there is one to send.

    Examples
    --------
    >>> control = Control(Issuer(b"a" * 8, bytes(16), lambda: (b"", b"")), Consumer(b"b" * 8, 2))
    >>> control.owe(HandshakeDone())
    >>> control.lost(HandshakeDone())
    >>> [frame for frame, _ in control.frames(1200, bearing=0)]
    [HandshakeDone()]
    """

    issuer: Issuer
    consumer: Consumer
    touched: Callable[[], None] = lambda: None
    owed: deque[Frame] = field(default_factory=deque)

    def owe(self, frame: Frame) -> None:
        """Send this frame; one that waits already is not sent twice.

        Connection IDs that the peer has retired before it heard of them do not pile up.
        """
        for old in [old for old in self.owed if isinstance(old, NewConnectionId) and not self.is_wanted(old)]:
            self.owed.remove(old)
        if frame not in self.owed:
            self.owed.append(frame)
            self.touched()

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits."""
        return not self.owed and not self.consumer.to_send

    def frames(self, room: int, bearing: int | None) -> Iterator[tuple[Frame, bytes]]:
        """Yield frames of at most `room` bytes, for a packet to the peer's connection ID number `bearing`.

        None retires that very connection ID (19.16-07).
        """
        for _ in range(len(self.consumer.to_send)):
            number = self.consumer.to_send.pop(0)
            if number == bearing or room < 9:
                self.consumer.to_send.append(number)
            else:
                room -= 9
                frame = RetireConnectionId(number)
                yield frame, write_frame(frame)
        while self.owed:
            if isinstance(self.owed[0], NewConnectionId) and not self.is_wanted(self.owed[0]):
                self.owed.popleft()
                continue
            data = write_frame(self.owed[0])
            if len(data) > room:
                return
            room -= len(data)
            yield self.owed.popleft(), data

    def is_wanted(self, frame: NewConnectionId) -> bool:
        """Whether the connection ID was not retired meanwhile."""
        return frame.sequence_number in self.issuer.active

    def acknowledged(self, frame: Frame) -> None:
        """A packet with this frame was acknowledged."""
        if isinstance(frame, RetireConnectionId):
            self.consumer.acknowledged(frame.sequence_number)

    def lost(self, frame: Frame) -> None:
        """A packet with this frame was lost: it is sent again if it is still of use (13.3)."""
        if isinstance(frame, RetireConnectionId):
            self.consumer.lost(frame.sequence_number)
        elif isinstance(frame, HandshakeDone | NewConnectionId | NewToken):
            self.owe(frame)

    def ping(self) -> None:
        """Ask the peer for an acknowledgment."""
        self.owe(Ping())
