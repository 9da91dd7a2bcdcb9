"""What the rules on path validation look at: a challenge or a response, with all that was seen before it."""

from __future__ import annotations

from dataclasses import dataclass, field

from pathproof.conformance.events import Missing, PathChallenge, PathResponse
from pathproof.conformance.judge.notes import Sight
from pathproof.conformance.judge.obligations import Obligations
from pathproof.conformance.judge.scene import Carried, Place, Scene
from pathproof.conformance.judge.verdicts import Subject


@dataclass(slots=True)
class Asked:
    """What one side asked with one value: on which paths, in how many frames, and how many answers it got.

    `packet` and `answered_in` are the numbers of the latest packets with the challenge and with an answer, so
    that a packet that is logged twice counts once. `small` says that a datagram with it was below 1200 bytes.
    `index` is its place among all challenges of the trace.
    """

    index: int
    places: list[Place | None] = field(default_factory=list)
    times: int = 0
    answers: int = 0
    packet: int | Missing = Missing.NOT_LOGGED
    answered_in: int | Missing = Missing.NOT_LOGGED
    small: bool = False


@dataclass(slots=True)
class Challenge:
    """PATH_CHALLENGE. `earlier` is what was asked with the same value before, None for a new value.

    `first` says that the packet holds no other challenge before this one. `had_room` says that the limit
    surely had room for a datagram of 1200 bytes. `index` is its place among all challenges of the trace, 0
    for one without data, and `answers` are the responses that the endpoint owes.
    """

    scene: Scene
    carried: Carried
    frame: PathChallenge
    earlier: Asked | None
    first: bool
    had_room: bool
    index: int
    answers: Obligations

    @property
    def subject(self) -> Subject:
        """Who asks."""
        return self.carried.subject

    @property
    def sight(self) -> Sight:
        """The evidence."""
        return Sight(self.carried.packet, self.frame)


@dataclass(slots=True)
class Response:
    """PATH_RESPONSE. `asked` is what it answers, None if the trace shows no such challenge.

    `forgotten` says that some challenge of the other side is unknown or forgotten, which it may answer.
    `excess` says that the limit forbade its datagram, None where no limit was followed. `moved_on` says that
    it comes from a client that uses the preferred address of its server by now. `seconds` are the challenges
    in 1200 bytes that the endpoint owes, and `is_second_due` says that this response makes it owe one.
    """

    scene: Scene
    carried: Carried
    frame: PathResponse
    asked: Asked | None
    forgotten: bool
    had_room: bool
    excess: bool | None
    moved_on: bool
    is_second_due: bool
    seconds: Obligations

    @property
    def subject(self) -> Subject:
        """Who answers."""
        return self.carried.subject

    @property
    def sight(self) -> Sight:
        """The evidence."""
        return Sight(self.carried.packet, self.frame)
