"""What the rules on sizes look at: datagrams to addresses that are not validated, and the first datagrams."""

from __future__ import annotations

from dataclasses import dataclass

from pathproof.conformance.events import Datagram
from pathproof.conformance.judge.notes import Sight
from pathproof.conformance.judge.scene import Carried, Place, Scene
from pathproof.conformance.judge.verdicts import Subject


@dataclass(slots=True)
class Limited:
    """A server sends a datagram to an address that is not validated.

    `allowed` is the machine's answer, `left` what the limit had room for before it, in bytes. `early` says
    that the handshake had not shown yet where the client is. `unseen` names what may excuse the server, ""
    if nothing. `elsewhere` says that both ends are elsewhere than in the handshake: it left from the server's
    preferred address to a new one of the client.
    """

    scene: Scene
    at: Datagram
    place: Place | None
    allowed: bool
    left: int
    early: bool
    elsewhere: bool
    unseen: str = ""

    @property
    def sight(self) -> Sight:
        """The evidence."""
        return Sight(self.at)


@dataclass(slots=True)
class EarlyDatagram:
    """A datagram with an Initial packet; `eliciting` says whether this packet asks for an acknowledgment."""

    scene: Scene
    carried: Carried
    eliciting: bool

    @property
    def subject(self) -> Subject:
        """Who sent it."""
        return self.carried.subject

    @property
    def sight(self) -> Sight:
        """The evidence."""
        return Sight(self.carried.packet)


@dataclass(slots=True)
class Undersized:
    """A server's answer to an Initial packet from a datagram that is too small: None if it was dropped."""

    acknowledged_by: Sight | None
    size: int
