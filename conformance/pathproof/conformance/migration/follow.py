"""The paths that an endpoint's packets take, followed beside a trace: RFC 9000 9 to 9.6.

Only 1-RTT packets are looked at, once both addresses of their datagrams are logged. While everything goes by
one path, that costs a look into a dictionary and, for packets of a client, one at their first frame.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pathproof.conformance.anti_amplification.follow import Limits
from pathproof.conformance.events import Ack, Missing, Packet, PathChallenge
from pathproof.conformance.judge.debts import Ranges, covers
from pathproof.conformance.judge.registry import apply
from pathproof.conformance.judge.scene import MOST_PLACES, Place, Scene, is_probing
from pathproof.conformance.migration import (  # noqa: F401  (each registers its rules)
    connection_id_rules,
    move_rules,
    stay_rules,
)
from pathproof.conformance.migration.moments import Bearing, Departure, NewPath, Stranger
from pathproof.conformance.migration.stays import Stays

MOST_IDS = 4096
"""How many connection IDs are remembered on each side; of more, the oldest are forgotten."""
MOST_STRANGERS = 64
"""How many packets from unknown addresses wait for an acknowledgment."""


@dataclass(slots=True, eq=False)
class Moves:
    """Where packets went and came from.

    `uses` has the paths on which each of the peer's connection IDs was in packets of the endpoint, `borne`
    the endpoint's own that came from each address of the peer. `current` is where its non-probing packets
    go, `since` the order of the packet with which that began. `heard` are paths on which non-probing
    packets came, `winners` addresses from which one came that was the highest-numbered then. `went` are
    paths on which the endpoint sent anything, `in_use` addresses of the peer to which it did.
    """

    scene: Scene
    limits: Limits
    uses: dict[bytes, list[Place]] = field(default_factory=dict)
    borne: dict[str, dict[bytes, None]] = field(default_factory=dict)
    current: Place | None = None
    since: int = -1
    heard: set[Place] = field(default_factory=set)
    winner: str = ""
    winners: set[str] = field(default_factory=set)
    went: set[Place] = field(default_factory=set)
    in_use: set[str] = field(default_factory=set)
    highest: int = -1
    numbered: bool = True
    strangers: dict[int, Stranger] = field(default_factory=dict)
    stays: Stays = field(init=False)
    counts_probes: bool = field(init=False)
    is_client: bool = field(init=False)
    is_barred: bool = field(init=False)

    def __post_init__(self) -> None:
        """Take the readings of this pass."""
        self.stays = Stays(self.scene)
        self.counts_probes = self.scene.settings["probes_counted"] == "all_packets"
        self.is_barred = self.scene.settings["zero_length_move"] == "barred"
        self.is_client = self.scene.role("local") == "client"

    def begin(self, home: Place) -> None:
        """The path of the handshake is known: whatever travels in the handshake is no probe."""
        self.heard.add(home)
        self.current, self.since = home, 0
        self.winner = home[1]
        self.winners.add(home[1])
        self.in_use.add(home[1])

    # Packets that came.

    def came(self, packet: Packet, place: Place) -> None:
        """A 1-RTT packet has come on a path."""
        destination, number = packet.destination, packet.number
        known = self.borne.get(place[1])
        if known is None and len(self.borne) < MOST_PLACES:
            known = self.borne[place[1]] = {}
        if known is not None and destination not in known and isinstance(destination, bytes):
            if len(known) >= MOST_IDS:
                del known[next(iter(known))]
            known[destination] = None
        if self.is_client:
            if place not in self.went and place[1] not in self.in_use and isinstance(number, int):
                self._stranger(packet, number, place)
            if self.stays.stay is not None:
                self.stays.acknowledged(packet)
        else:
            self._wins(packet, number, place)

    def _wins(self, packet: Packet, number: int | Missing, place: Place) -> None:
        """A packet of the client's: it shows where the server's packets are to go (9.3-04)."""
        if self.stays.stay is not None:
            self.stays.acknowledged(packet)
        if isinstance(number, Missing):
            self.numbered = False
        elif number > self.highest:
            probing = is_probing(packet.frames)
            if not probing or self.counts_probes:
                self.highest = number
            if not probing:
                self.winner = place[1]
                self.winners.add(place[1])
        if place not in self.heard and not is_probing(packet.frames):
            self.heard.add(place)

    def _stranger(self, packet: Packet, number: int, place: Place) -> None:
        """A packet comes to a client from where it has sent nothing."""
        if self.current is not None and len(self.strangers) < MOST_STRANGERS:
            self.strangers[number] = Stranger(self.scene, packet, place[1], False)

    # Packets that go.

    def sent(self, packet: Packet, place: Place) -> None:
        """A 1-RTT packet leaves by a path."""
        destination = packet.destination
        places = self.uses.get(destination) if isinstance(destination, bytes) else None
        if places is None or place not in places:
            self._bears(packet, place, places)
        if place not in self.went:
            self._first(packet, place)
        if self.strangers:
            self._knows(packet)
        if place is not self.current and place != self.current and not is_probing(packet.frames):
            self._departs(packet, place)
        stay = self.stays.stay
        if stay is not None and not stay.had_room:
            stay.had_room = self.is_client or self.limits.had_room(0, place) or self.scene.knows(place)

    def _bears(self, packet: Packet, place: Place, places: list[Place] | None) -> None:
        """A connection ID is on a path where it was not before."""
        destination = packet.destination
        if isinstance(destination, Missing):
            return
        if destination or self.is_barred:
            probes = any(isinstance(frame, PathChallenge) for frame in packet.frames)
            same = any(self._same_peer(one[1], place[1]) for one in places or ())
            earlier = tuple(places or ())
            bearing = Bearing(self.scene, packet, place, earlier, same, probes, place not in self.went)
            apply("bearing", bearing, self.scene.notes)
        if places is None:
            if len(self.uses) >= MOST_IDS:
                del self.uses[next(iter(self.uses))]
            self.uses[destination] = [place]
        elif len(places) < MOST_PLACES:
            places.append(place)

    def _same_peer(self, one: str, other: str) -> bool:
        """Whether the peer has used one connection ID at both addresses (9.5-05)."""
        return one == other or not self.borne.get(one, {}).keys().isdisjoint(self.borne.get(other, {}))

    def _first(self, packet: Packet, place: Place) -> None:
        """The first packet leaves by a path."""
        home = self.scene.home
        acted = home is not None and any(remote != home[1] for remote in self.in_use)
        apply("path", NewPath(self.scene, packet, place, acted), self.scene.notes)
        self.went.add(place)
        self.in_use.add(place[1])

    def _knows(self, packet: Packet) -> None:
        """A client may acknowledge what came from an address that it does not know."""
        for frame in packet.frames:
            if isinstance(frame, Ack):
                self._takes_in(frame.ranges)

    def _takes_in(self, ranges: Ranges) -> None:
        for number in [number for number in self.strangers if covers(ranges, number)]:
            stranger = self.strangers.pop(number)
            stranger.is_acknowledged = True
            apply("stranger", stranger, self.scene.notes)

    def _departs(self, packet: Packet, place: Place) -> None:
        """The endpoint's non-probing packets take another path."""
        former, order, scene = self.current, packet.position.event, self.scene
        if former is not None:
            own = {one[0] for one in self.stays.challenged}
            departure = Departure(
                scene,
                packet,
                former,
                place,
                was_heard=any(one[1] == place[1] for one in self.heard),
                was_heard_here=any(one[0] == place[0] for one in self.heard),
                has_won=place[1] in self.winners,
                numbered=self.numbered,
                was_probed=place[0] in own,
                is_empty=packet.destination == b"",
                may_fall_back=self._may_fall_back(former, place, packet.time),
            )
            apply("departure", departure, scene.notes)
            self.stays.leave(True)
            self.stays.begin(packet, former, place, self.since, self.borne)
            self.winners = {self.winner}
        self.current, self.since = place, order

    def _may_fall_back(self, former: Place, place: Place, time: float) -> bool:
        """Whether this may be a return to an address validated before, since a validation has failed."""
        scene = self.scene
        is_known = scene.knows(place) or (scene.home is not None and place[1] == scene.home[1])
        is_asked = scene.pending.get(former, time) < time
        return is_known and (former not in scene.validated or is_asked)

    def challenges(self, packet: Packet, place: Place | None) -> None:
        """The endpoint sends PATH_CHALLENGE by a path."""
        if place is not None:
            self.stays.challenges(packet, place)

    def finish(self) -> None:
        """The trace is over."""
        self.stays.leave(False)
        for stranger in self.strangers.values():
            apply("stranger", stranger, self.scene.notes)
