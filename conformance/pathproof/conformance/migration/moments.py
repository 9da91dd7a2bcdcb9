"""What the rules on migration look at: which way the endpoint's packets take, and what they bear."""

from __future__ import annotations

from dataclasses import dataclass

from pathproof.conformance.events import Packet
from pathproof.conformance.judge.notes import Sight
from pathproof.conformance.judge.scene import Place, Scene


@dataclass(slots=True)
class Use:
    """One of the peer's connection IDs in packets of the endpoint, and the paths on which it was used."""

    places: list[Place]


@dataclass(slots=True)
class Bearing:
    """The endpoint sends a packet under a connection ID that was not on this path before.

    `earlier` are the other paths on which it was, none for a new connection ID. `is_same_peer` says that the
    peer, too, has used one connection ID at both addresses, so that it need not have moved (9.5-05). `probes`
    says that the packet holds a PATH_CHALLENGE. `is_first` says that nothing left by this path before.
    """

    scene: Scene
    packet: Packet
    place: Place
    earlier: tuple[Place, ...]
    is_same_peer: bool
    probes: bool
    is_first: bool

    @property
    def sight(self) -> Sight:
        """The evidence."""
        return Sight(self.packet)


@dataclass(slots=True)
class NewPath:
    """The endpoint sends its first packet on a path; `acted`: it has used another address of its peer."""

    scene: Scene
    packet: Packet
    place: Place
    acted: bool

    @property
    def sight(self) -> Sight:
        """The evidence."""
        return Sight(self.packet)


@dataclass(slots=True)
class Departure:
    """The non-probing packets of the endpoint leave by another path than before.

    `was_heard` says that a non-probing packet has come from the peer's address there, `has_won` that one came
    which was the highest-numbered then, `was_heard_here` that one came to the endpoint's own address there.
    `numbered` says that the numbers of all packets are known. `was_probed` says that the endpoint has sent
    PATH_CHALLENGE from its own address there, `is_empty` that the packet bears an empty connection ID,
    `may_fall_back` that a validation which has failed may have led back to an address validated before.
    """

    scene: Scene
    packet: Packet
    former: Place
    place: Place
    was_heard: bool
    was_heard_here: bool
    has_won: bool
    numbered: bool
    was_probed: bool
    is_empty: bool
    may_fall_back: bool

    @property
    def sight(self) -> Sight:
        """The evidence."""
        return Sight(self.packet)

    @property
    def is_validated(self) -> bool:
        """Whether the path, or with another address of the endpoint the peer's address, was validated."""
        return self.scene.knows(self.place)


@dataclass(slots=True)
class Stay:
    """The time that the endpoint's non-probing packets went by one path, from the move there on.

    `number` is that of its first packet there, `waited` says that the peer has acknowledged it.
    `challenged` and `former_challenged` say that the path, and the one before it, were challenged.
    `is_known` says that the path was validated before, `is_seen` that its address was in use before,
    `was_borne` that the packets from there bear a connection ID that the peer used before. `had_room` says
    that the limit had room for a challenge, `is_free` that nothing forbids to send to the former path, and
    no validation is under way there. `is_over` says that the endpoint went elsewhere.
    """

    scene: Scene
    packet: Packet
    former: Place
    place: Place
    number: int | None
    is_known: bool
    is_seen: bool
    was_borne: bool
    is_free: bool
    challenged: bool
    former_challenged: bool
    waited: bool = False
    had_room: bool = False
    is_over: bool = False

    @property
    def sight(self) -> Sight:
        """The evidence."""
        return Sight(self.packet)


@dataclass(slots=True)
class Stranger:
    """A packet has come to a client from an address to which it has sent nothing; was it acknowledged?"""

    scene: Scene
    packet: Packet
    remote: str
    is_acknowledged: bool

    @property
    def sight(self) -> Sight:
        """The evidence."""
        return Sight(self.packet)
