"""What an endpoint does on the path to which it has moved, until it leaves it or the trace is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pathproof.conformance.events import Ack, Missing, NewConnectionId, Packet
from pathproof.conformance.judge.debts import covers
from pathproof.conformance.judge.registry import apply
from pathproof.conformance.judge.scene import Place, Scene
from pathproof.conformance.migration.moments import Stay

Borne = Mapping[str, dict[bytes, None]]
"""The endpoint's connection IDs in packets from each address of the peer."""


@dataclass(slots=True, eq=False)
class Stays:
    """The present stay, if the endpoint has moved at all.

    `challenged` has the order of its latest PATH_CHALLENGE on each path, `stayed` are paths that it left
    again. `raised` says that the peer had connection IDs retired during a stay.
    """

    scene: Scene
    stay: Stay | None = None
    challenged: dict[Place, int] = field(default_factory=dict)
    stayed: set[Place] = field(default_factory=set)
    raised: bool = False

    def begin(self, packet: Packet, former: Place, place: Place, since: int, borne: Borne) -> None:
        """The endpoint has left a path, where it was since the packet of this order, for another."""
        scene = self.scene
        home, under_way = scene.home, former in scene.pending
        here = borne.get(place[1], {}).keys()
        self.stay = Stay(
            scene,
            packet,
            former,
            place,
            None if isinstance(packet.number, Missing) else packet.number,
            is_known=scene.knows(place) or (home is not None and place[1] == home[1]),
            is_seen=place in self.stayed,
            was_borne=not here or not here.isdisjoint(borne.get(former[1], {})),
            is_free=(former == home or scene.knows(former)) and not self.raised and not under_way,
            challenged=place in self.challenged,
            former_challenged=self.challenged.get(former, -1) >= since >= 0,
        )
        self.stayed.add(former)

    def challenges(self, packet: Packet, place: Place) -> None:
        """The endpoint sends PATH_CHALLENGE by a path."""
        self.challenged[place] = packet.position.event
        stay = self.stay
        if stay is not None and place == stay.place:
            stay.challenged = True
        elif stay is not None and place == stay.former:
            stay.former_challenged = True

    def acknowledged(self, packet: Packet) -> None:
        """A packet of the peer's: it may acknowledge what went by the present path."""
        stay = self.stay
        if stay is None or stay.waited or stay.number is None:
            return
        for frame in packet.frames:
            if isinstance(frame, NewConnectionId) and frame.retire_prior_to:
                self.raised = True
                stay.is_free = False
            elif isinstance(frame, Ack) and covers(frame.ranges, stay.number):
                stay.waited = True

    def leave(self, is_over: bool) -> None:
        """The endpoint leaves the path to which it had moved, or the trace is over."""
        if self.stay is not None:
            self.stay.is_over = is_over
            apply("stay", self.stay, self.scene.notes)
            self.stay = None
