"""What the rules on stateless resets look at."""

from __future__ import annotations

from dataclasses import dataclass

from pathproof.conformance.events import Packet, Parameters
from pathproof.conformance.judge.notes import Sight
from pathproof.conformance.judge.scene import Scene
from pathproof.conformance.judge.verdicts import Subject


@dataclass(slots=True)
class Reset:
    """A stateless reset, sent or received: its `size` and that of what it answers, None where not known.

    What a reset of the peer answers is one of the datagrams that the endpoint sent: `trigger` is then the
    size of the largest.
    """

    scene: Scene
    packet: Packet
    size: int | None
    trigger: int | None

    @property
    def subject(self) -> Subject:
        """Who sent it."""
        return "local" if self.packet.sent else "peer"

    @property
    def sight(self) -> Sight:
        """The evidence."""
        return Sight(self.packet)


@dataclass(slots=True)
class Silence:
    """What follows after a stateless reset has come: a packet of the endpoint, or None at the trace's end."""

    packet: Packet | None


@dataclass(slots=True)
class Declared:
    """Transport parameters, and the side that states them: `role` is `client` or `server`, "" if unknown."""

    scene: Scene
    stated: Parameters
    owner: Subject
    role: str

    @property
    def sight(self) -> Sight:
        """The evidence."""
        return Sight(self.stated)
