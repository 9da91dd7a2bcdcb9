"""What the rules about datagrams and addresses know of a connection: its paths, and how far it has come.

A path is a pair of addresses as the endpoint that wrote the trace sees them: its own, and its peer's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from pathproof.conformance.events import (
    Datagram,
    Frame,
    Missing,
    NewConnectionId,
    OtherFrame,
    Packet,
    Vantage,
)
from pathproof.conformance.events import PathChallenge as Challenge
from pathproof.conformance.events import PathResponse as Response
from pathproof.conformance.judge.notes import Notes
from pathproof.conformance.judge.settings import Settings
from pathproof.conformance.judge.verdicts import Subject
from pathproof.spec.names import SMALLEST_MAXIMUM_DATAGRAM_SIZE

Place: TypeAlias = tuple[str, str]
"""A path: the endpoint's own address, and its peer's."""

FULL_SIZE = SMALLEST_MAXIMUM_DATAGRAM_SIZE
"""Bytes of UDP payload that every path carries (8.2.1-06, 14.1)."""
MOST_PLACES = 256
"""How many paths of one trace are followed; what goes on others is not judged."""
PROBING = (Challenge, Response, NewConnectionId)

ADDRESSES = "addresses of datagrams"
SIZES = "sizes of datagrams"
CARRIERS = "which datagram a packet was in"
THEIR_SIGHT = "what happened at the other end"


def is_probing(frames: tuple[Frame, ...]) -> bool:
    """Whether a packet with these frames is a probing packet (9.1).

    >>> is_probing((Challenge(bytes(8)), OtherFrame("padding"))), is_probing((OtherFrame("ping"),))
    (True, False)
    """
    for frame in frames:
        if type(frame) not in PROBING and not (type(frame) is OtherFrame and frame.name == "padding"):
            return False
    return True


def place_of(at: Datagram | None) -> Place | None:
    """Return the path of a datagram, None where an address is not logged."""
    if at is None or isinstance(at.local, Missing) or isinstance(at.remote, Missing):
        return None
    return at.local, at.remote


@dataclass(slots=True, eq=False)
class Scene:
    """What is known at one moment of the trace.

    `whole` turns False where events or frames are missing: what was not seen may have happened there.
    `sized` says that datagrams have sizes, `addressed` that the latest 1-RTT packet was on a known path,
    `placed` that every PATH_CHALLENGE of the endpoint was, `linked` that every packet that came was in a
    known datagram. `home` is the path of the handshake, `places` are all paths on which anything went or
    came, `came` those on which anything came, `heard` the addresses of the peer from which it did,
    `validated` the paths of which a PATH_RESPONSE has told the endpoint that they work, `pending`, for
    those that it has challenged without answer so far, the time of the first challenge. `proved` says that
    the handshake has shown a server that its client is where it says. `preferred` says of each side whether
    its parameters hold a preferred address, `disabled` whether they hold disable_active_migration; a side
    of which that is not known is left out. `over` says that the connection was closed, `failed` that the
    endpoint did so for an error.
    """

    notes: Notes
    settings: Settings
    vantage: Vantage
    whole: bool = True
    sized: bool = False
    addressed: bool = False
    placed: bool = True
    linked: bool = True
    confirmed: bool = False
    proved: bool = False
    over: bool = False
    failed: bool = False
    home: Place | None = None
    places: dict[Place, Place] = field(default_factory=dict)
    crowded: bool = False
    came: set[Place] = field(default_factory=set)
    heard: set[str] = field(default_factory=set)
    validated: set[Place] = field(default_factory=set)
    pending: dict[Place, float] = field(default_factory=dict)
    preferred: dict[Subject, bool] = field(default_factory=dict)
    disabled: dict[Subject, bool] = field(default_factory=dict)

    @property
    def is_lone(self) -> bool:
        """Whether everything so far went by one path."""
        return len(self.places) <= 1

    def role(self, subject: Subject) -> str:
        """Return `client` or `server`, or "" where the trace does not say which side wrote it."""
        if self.vantage == "unknown":
            return ""
        return "client" if (self.vantage == "client") == (subject == "local") else "server"

    def of_server(self, stated: Mapping[Subject, bool]) -> bool | None:
        """Return what the server's parameters say, None where that, or which side it is, is not known."""
        return next((value for side, value in stated.items() if self.role(side) == "server"), None)

    def cannot_tell(self, clauses: Iterable[str], role: str = "") -> None:
        """Note of clauses that bind this role, or both, what the addresses of this trace do not show.

        Between an endpoint and its peer anything may change addresses, so that the peer's own are not seen.
        As long as there is but one path, nothing is said of them.
        """
        for clause in clauses:
            if not self.addressed and self.role("local") in ("", role or self.role("local")):
                self.notes.blind(clause, "local", ADDRESSES)
            if self.role("peer") in ("", role or self.role("peer")) and not (self.addressed and self.is_lone):
                self.notes.blind(clause, "peer", THEIR_SIGHT if self.addressed else ADDRESSES)

    def knows(self, place: Place) -> bool:
        """Whether the peer's address of a path was validated, on this path or on another one."""
        return any(one[1] == place[1] for one in self.validated)

    def enter(self, place: Place, sent: bool) -> Place:
        """Something went or came on this path; return the one object that stands for it."""
        if place not in self.places:
            if len(self.places) >= MOST_PLACES:
                self.crowded, self.whole = True, False
                return place
            self.places[place] = place
        place = self.places[place]
        if not sent:
            self.came.add(place)
            self.heard.add(place[1])
        return place


@dataclass(slots=True)
class Carried:
    """A packet, and the datagram around it: `at` and `place` are None where the trace does not tell."""

    packet: Packet
    at: Datagram | None
    place: Place | None

    @property
    def size(self) -> int | None:
        """The size of the datagram in bytes, None where it is not logged."""
        return None if self.at is None or isinstance(self.at.size, Missing) else self.at.size

    @property
    def subject(self) -> Subject:
        """Who sent it."""
        return "local" if self.packet.sent else "peer"
