"""A packet that was sent and may still be acknowledged (RFC 9002 A.1), and the path that it went on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from pathproof.reference.congestion import NewReno
from pathproof.reference.frames import Frame
from pathproof.reference.rtt import RoundTrip
from pathproof.reference.spaces import Space


class MeasuredPath(Protocol):
    """A path, as far as loss recovery is concerned: it has an estimate and a window of its own (9.4-01)."""

    @property
    def round_trip(self) -> RoundTrip:
        """The estimate of its round-trip time."""

    @property
    def congestion(self) -> NewReno:
        """Its congestion control."""


@dataclass(slots=True, eq=False)
class Measured:
    """A path of which nothing else is known: initial values (9.4-02).

    Examples
    --------
    >>> path = Measured()
    >>> path.congestion.window, path.round_trip.first_sample
    (12000, None)
    """

    round_trip: RoundTrip = field(default_factory=RoundTrip)
    congestion: NewReno = field(default_factory=NewReno)


@dataclass(slots=True, eq=False)
class SentPacket:
    """A packet with its frames, whose information is sent anew if it is lost (13.3-03).

    `in_flight` is whether it counts for congestion control: all do but those with nothing but ACK and
    CONNECTION_CLOSE frames. What becomes of it feeds the estimate and the window that its path had when it
    was sent, also if the path has been put back to initial values since (9.4-01, 9.4-02). `ordinal` is its
    place among the packets that this window is for.

    Examples
    --------
    >>> packet = SentPacket(7, Space.APPLICATION, 1.5, 1200, True, True, Measured(), ())
    >>> packet.congestion is packet.path.congestion, packet.ordinal
    (True, 0)
    """

    number: int
    space: Space
    time: float
    size: int
    eliciting: bool
    in_flight: bool
    path: MeasuredPath
    frames: tuple[Frame, ...]
    round_trip: RoundTrip = field(init=False)
    congestion: NewReno = field(init=False)
    ordinal: int = field(init=False)

    def __post_init__(self) -> None:
        self.round_trip = self.path.round_trip
        self.congestion = self.path.congestion
        self.ordinal = self.congestion.packets
