"""How a connection ends: closing, draining, and nothing (RFC 9000 10.2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pathproof.reference.frames import ConnectionClose
from pathproof.spec.names import ErrorCode

PTOS = 3  # that closing and draining last (10.2-08)


class Phase(Enum):
    """What is left of a connection."""

    OPEN = "open"
    CLOSING = "closing"
    DRAINING = "draining"
    OVER = "over"


@dataclass(slots=True)
class Ending:
    """Where a connection is on its way to the end.

    Examples
    --------
    >>> ending = Ending()
    >>> ending.close(ConnectionClose(0, None, "done"), now=1.0, pto=0.1)
    >>> ending.phase, ending.is_due, round(ending.ends_at, 3)
    (<Phase.CLOSING: 'closing'>, True, 1.3)
    >>> ending.wake(2.0)
    >>> ending.phase
    <Phase.OVER: 'over'>
    """

    phase: Phase = Phase.OPEN
    frame: ConnectionClose | None = None  # what we say
    ends_at: float | None = None
    is_due: bool = False  # CONNECTION_CLOSE is to be sent
    unanswered: int = 0
    answer_after: int = 1  # packets that come in before the next answer (10.2.1-04)

    @property
    def is_open(self) -> bool:
        """Neither end has closed."""
        return self.phase is Phase.OPEN

    def close(self, frame: ConnectionClose, now: float, pto: float) -> None:
        """Begin to close: CONNECTION_CLOSE goes to the peer (10.2-03)."""
        if self.is_open:
            self.phase, self.frame, self.is_due = Phase.CLOSING, frame, True
            self.ends_at = now + PTOS * pto

    def drain(self, now: float, pto: float) -> None:
        """The peer has closed, or a reset has come: nothing is sent any more (10.2.2-01, 10.2.2-02).

        Who closed before keeps the time at which that ends (10.2.2-07).
        """
        if self.phase in (Phase.OPEN, Phase.CLOSING):
            self.phase, self.is_due = Phase.DRAINING, False
            self.ends_at = now + PTOS * pto if self.ends_at is None else self.ends_at

    def discard(self) -> None:
        """Nothing is left, and nobody is told (10.1, 9.3.2-04)."""
        self.phase, self.is_due, self.ends_at = Phase.OVER, False, None

    def heard(self) -> None:
        """A packet of the connection came while it closes: it is answered, ever more rarely (10.2.1-03)."""
        self.unanswered += 1
        if self.phase is Phase.CLOSING and self.unanswered >= self.answer_after:
            self.is_due, self.unanswered, self.answer_after = True, 0, 2 * self.answer_after

    def wake(self, now: float) -> None:
        """The time is over (10.2-11)."""
        if self.ends_at is not None and now >= self.ends_at:
            self.discard()


def in_early_packets(frame: ConnectionClose) -> ConnectionClose:
    """What goes into Initial and Handshake packets: nothing of the application's (10.2.3-06, 10.2.3-07).

    >>> in_early_packets(ConnectionClose(7, None, "secret")).error_code.name
    'APPLICATION_ERROR'
    """
    return ConnectionClose(ErrorCode.APPLICATION_ERROR, 0, "") if frame.frame_type is None else frame
