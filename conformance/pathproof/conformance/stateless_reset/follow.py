"""Stateless resets, followed: RFC 9000 10.3 to 10.3.3, and what parameters say that goes with them.

A trace of one connection shows those that came. One of everything that an endpoint sends shows those that it
sent, too, each after the datagram that it answers.
"""

from __future__ import annotations

from dataclasses import dataclass

from pathproof.conformance.events import Datagram, Missing, Packet, Parameters
from pathproof.conformance.judge.registry import apply
from pathproof.conformance.judge.scene import Scene
from pathproof.conformance.judge.verdicts import Subject
from pathproof.conformance.stateless_reset import reset_rules  # noqa: F401  (registers its rules)
from pathproof.conformance.stateless_reset.moments import Declared, Reset, Silence


@dataclass(slots=True, eq=False)
class Resets:
    """The resets of one trace.

    `largest` is the size of the largest datagram that the endpoint has sent, `came` the latest that came.
    """

    scene: Scene
    largest: int | None = None
    came: Datagram | None = None
    has_come: bool = False
    is_broken: bool = False

    def reset(self, packet: Packet, at: Datagram | None) -> None:
        """A stateless reset was sent, or has come."""
        size = packet.size if isinstance(packet.size, int) else None if at is None else at.size
        trigger: int | Missing | None = self.largest
        if packet.sent:
            trigger = None if self.came is None or at is None else self.came.size
            trigger = trigger if at is None or self.came is None or self.came.remote == at.remote else None
        known = [None if isinstance(one, Missing) else one for one in (size, trigger)]
        apply("reset", Reset(self.scene, packet, known[0], known[1]), self.scene.notes)
        self.has_come = self.has_come or not packet.sent

    def sent(self, packet: Packet) -> None:
        """The endpoint sends a packet after a reset has come."""
        if not self.is_broken:
            self.is_broken = True
            apply("silence", Silence(packet), self.scene.notes)

    def parameters(self, stated: Parameters) -> None:
        """A side states its transport parameters."""
        owner: Subject = "local" if stated.owner == "local" else "peer"
        apply("declared", Declared(self.scene, stated, owner, self.scene.role(owner)), self.scene.notes)

    def finish(self) -> None:
        """The trace is over."""
        if self.has_come and not self.is_broken:
            apply("silence", Silence(None), self.scene.notes)
