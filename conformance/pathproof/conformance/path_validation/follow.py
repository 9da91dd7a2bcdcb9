"""Path validation, followed: which challenges are out, and which of them were answered (RFC 9000 8.2).

What an endpoint owes for a challenge, or for a validation by a small datagram, is a duty as in
`pathproof.conformance.judge.obligations`: it is broken only if the endpoint acknowledged what brought it,
went on, and left it undone to the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pathproof.conformance.anti_amplification.follow import Limits
from pathproof.conformance.events import Ack, Missing, PathChallenge, PathResponse
from pathproof.conformance.judge.obligations import Obligations
from pathproof.conformance.judge.registry import apply
from pathproof.conformance.judge.scene import FULL_SIZE, Carried, Place, Scene
from pathproof.conformance.judge.verdicts import Subject, other
from pathproof.conformance.path_validation import (  # noqa: F401  (each registers its rules)
    challenge_rules,
    response_rules,
)
from pathproof.conformance.path_validation.duty_rules import OTHER_PATHS
from pathproof.conformance.path_validation.moments import Asked, Challenge, Response

MOST_ASKED = 1024
"""How many challenges of each side are remembered; of more, the oldest are forgotten."""
MOST_PATHS = 8
"""How many paths are remembered on which one value was sent."""


@dataclass(slots=True, eq=False)
class Validations:
    """The challenges of both sides, and what the endpoint owes for them.

    `answers` are the responses that it owes, `seconds` its further challenges on paths that were validated
    by a small datagram. `full` are paths that it has challenged in 1200 bytes, `small` those that only a
    small datagram has validated. `current` is where the endpoint's non-probing packets go. `forgot` has the
    sides of which some challenge is not known.
    """

    scene: Scene
    limits: Limits
    asked: dict[Subject, dict[bytes, Asked]] = field(default_factory=lambda: {"local": {}, "peer": {}})
    forgot: set[Subject] = field(default_factory=set)
    full: set[Place] = field(default_factory=set)
    small: dict[Place, int] = field(default_factory=dict)
    count: int = 0
    current: Place | None = None
    answers: Obligations = field(init=False)
    seconds: Obligations = field(init=False)

    def __post_init__(self) -> None:
        """Begin without duties."""
        self.answers = Obligations("local", self.scene.notes, self.scene.settings)
        self.seconds = Obligations("local", self.scene.notes, self.scene.settings)

    # Frames.

    def challenge(self, carried: Carried, frame: PathChallenge, first: bool) -> None:
        """A side sends PATH_CHALLENGE."""
        subject, number = carried.subject, carried.packet.number
        asked = earlier = None if isinstance(frame.data, Missing) else self.asked[subject].get(frame.data)
        if earlier is not None and subject == "peer" and earlier.packet in (number, Missing.NOT_LOGGED):
            return  # a packet that is logged twice, or may be
        if isinstance(frame.data, Missing):
            self.forgot.add(subject)
        elif asked is None:
            asked = self._new(subject, frame.data)
        index, room = 0 if asked is None else asked.index, self._had_room(carried)
        seen = Challenge(self.scene, carried, frame, earlier, first, room, index, self.answers)
        apply("challenge", seen, self.scene.notes)
        if asked is not None:
            self._asks(asked, carried)

    def _new(self, subject: Subject, data: bytes) -> Asked:
        known = self.asked[subject]
        if len(known) >= MOST_ASKED:
            del known[next(iter(known))]
            self.forgot.add(subject)
        self.count += 1
        known[data] = Asked(self.count)
        return known[data]

    def _asks(self, asked: Asked, carried: Carried) -> None:
        """A challenge is out: one of the endpoint's in 1200 bytes may be what it owed on a path."""
        place, size = carried.place, carried.size
        asked.times, asked.packet = asked.times + 1, carried.packet.number
        asked.small = size is not None and size < FULL_SIZE
        if len(asked.places) < MOST_PATHS:
            asked.places.append(place)
        if not carried.packet.sent:
            return
        if place is None:
            self.scene.placed = False
            return
        self.scene.pending.setdefault(place, carried.packet.time)
        if size is not None and not asked.small:
            self.full.add(place)
            if place in self.small:
                self.seconds.answered(self.small.pop(place))

    def response(self, carried: Carried, frame: PathResponse) -> None:
        """A side sends PATH_RESPONSE."""
        subject, number = carried.subject, carried.packet.number
        asked = None if isinstance(frame.data, Missing) else self.asked[other(subject)].get(frame.data)
        if asked is not None:
            if subject == "peer" and asked.answers and asked.answered_in in (number, Missing.NOT_LOGGED):
                return  # a packet that is logged twice, or may be
            asked.answers, asked.answered_in = asked.answers + 1, number
        is_due = subject == "peer" and asked is not None and self._validates(asked)
        home = self.scene.home
        allowed = self.limits.verdict if subject == "local" else None
        seen = Response(
            self.scene,
            carried,
            frame,
            asked,
            other(subject) in self.forgot,
            self._had_room(carried),
            None if allowed is None else not allowed,
            self.current is not None and home is not None and self.current[1] != home[1],
            is_due,
            self.seconds,
        )
        apply("answer_to_challenge", seen, self.scene.notes)
        if asked is not None and subject == "local":
            self.answers.answered(asked.index)

    def _validates(self, asked: Asked) -> bool:
        """The challenged paths are validated (8.2.3-02); tell whether one was so by a small datagram."""
        is_due = False
        for place in asked.places:
            if place is None:
                self.limits.validate_any()
                continue
            self.limits.validate(place)
            self.scene.validated.add(place)
            self.scene.pending.pop(place, None)
            if asked.small and place == self.current and place not in (*self.full, *self.small):
                self.small[place] = asked.index
                is_due = True
        return is_due

    def _had_room(self, carried: Carried) -> bool:
        """Whether the limit surely allowed a datagram of 1200 bytes.

        A client has no limit toward the address that it began with (21.1.1.1-04), nor toward one from which
        nothing has come.
        """
        scene, place, size = self.scene, carried.place, carried.size
        role = scene.role(carried.subject)
        if place is None or size is None or scene.home is None:
            return False
        if role == "client":
            server = 1 if carried.packet.sent else 0
            return place[server] == scene.home[server] or (
                carried.packet.sent and place[1] not in scene.heard
            )
        if role != "server" or not carried.packet.sent:
            return False
        return (scene.is_lone and scene.proved) or self.limits.had_room(size, place)

    # Packets.

    def sent(self, carried: Carried) -> None:
        """The endpoint has sent a packet: it may acknowledge what brought a duty, or go on without it."""
        order = carried.packet.position.event
        self._leaves()
        for duties in (self.answers, self.seconds):
            if not duties.debts:
                continue
            for frame in carried.packet.frames:
                if isinstance(frame, Ack):
                    duties.acknowledged(frame.ranges, order)
            if any(frame.ack_eliciting for frame in carried.packet.frames):
                duties.went_on(order)

    def interrupted(self) -> None:
        """Events are missing: what is owed may have been done in the gap."""
        self.answers.interrupted()
        self.seconds.interrupted()

    def _leaves(self) -> None:
        """Nobody has to look at a path that was left."""
        if any(place != self.current for place in self.small):
            for debt in self.seconds.debts:
                debt.hidden = debt.hidden or OTHER_PATHS

    def finish(self) -> None:
        """The trace is over: settle what is owed."""
        self._leaves()
        for duties in (self.answers, self.seconds):
            duties.settle(self.scene.over, self.scene.whole, self.scene.failed)
