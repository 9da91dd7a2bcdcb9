"""Mutants of the two frames of path validation: their size, their data, where they go and how often (8.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.mutants.registry import Patch, mutant
from tests.reference.simulation import breaches, stories

from pathproof.reference.connection import Connection, frames_in, sending
from pathproof.reference.connection.packets import Draft
from pathproof.reference.frames import Ack, PathChallenge, PathResponse, Ping
from pathproof.reference.migration import Path, Paths
from pathproof.reference.path_validation import Responses, Validation, challenges, responses


@mutant("RFC9000-8.2.1-06", "XQ-10", "QL-20", "LX-09", story=stories.migrations, machine="path_validation")
def small_challenges(patch: Patch) -> None:
    """Probes of half the size."""
    patch.setattr(sending, "FULL_SIZE", 600)


@mutant("RFC9000-8.2.1-05", story=stories.migrations, machine="path_validation")
def predictable_challenges(patch: Patch) -> None:
    """Every challenge is the same."""
    before = Validation.challenge
    patch.setattr(
        Validation, "challenge", lambda self, now, random: before(self, now, lambda count: bytes(count))
    )


@mutant(
    "RFC9000-8.2.2-03",
    "QG-30",
    "GQ-22",
    "NG-28",
    "QN-02",
    "LX-22",
    story=stories.probing,
    machine="path_validation",
)
def answers_elsewhere(patch: Patch) -> None:
    """What is owed on one path goes out on the path in use."""
    before = frames_in.process

    def process(c: Connection, state: Any, frame: Any, path: Path, *rest: Any) -> None:
        before(c, state, frame, c.paths.current if isinstance(frame, PathChallenge) else path, *rest)

    patch.setattr(frames_in, "process", process)


@mutant("RFC9000-8.2.1-04", "LX-23", "NX-12", story=stories.silence, machine="path_validation")
def many_challenges(patch: Patch) -> None:
    """They go out without a pause, and none is forgotten."""
    patch.setattr(challenges, "MOST_OUTSTANDING", 1 << 20)
    before = Validation.challenge

    def challenge(self: Validation, now: float, random: Callable[[int], bytes]) -> PathChallenge:
        made = before(self, now, random)
        self.next_at = now + 0.01
        return made

    patch.setattr(Validation, "challenge", challenge)


@mutant("RFC9000-8.2.2-01", "GQ-17", "TQ-03", story=stories.flood)
def many_responses(patch: Patch) -> None:
    """All that is asked will be answered."""
    patch.setattr(responses, "MOST_OWED", 1 << 20)
    assert Responses().owed.maxlen == 1 << 20


@mutant("RFC9000-8.2.2-07", story=stories.probing, machine="path_validation")
def answers_twice(patch: Patch) -> None:
    """A response that has left is owed once more."""
    before = Responses.take

    def take(self: Responses) -> Any:
        response = before(self)
        if response is not None and not self.owed:
            self.owed.append(response.data)
        return response

    patch.setattr(Responses, "take", take)


@mutant(
    "RFC9000-8.2.2-07",
    "QG-03",
    "XQ-07",
    "QN-40",
    "MS-12",
    "KW-11",
    "MV-01",
    story=stories.lossy_moves,
    machine="path_validation",
)
def lost_responses_are_repeated(patch: Patch) -> None:
    """PATH_RESPONSE is sent again when it was lost."""
    before = sending.on_lost

    def on_lost(c: Connection, space: Any, frame: Any) -> None:
        if isinstance(frame, PathResponse):
            c.paths.current.responses.challenged(frame.data)
        before(c, space, frame)

    patch.setattr(sending, "on_lost", on_lost)


@mutant("RFC9000-8.2.1-05", "MS-23", "MV-23", "GM-02", story=stories.silence, machine="path_validation")
def challenges_are_repeated_as_they_are(patch: Patch) -> None:
    """All challenges of an attempt have the same data."""
    before = Validation.challenge

    def challenge(self: Validation, now: float, random: Callable[[int], bytes]) -> PathChallenge:
        known = next(iter(self.outstanding), None)
        return before(self, now, lambda count: known or random(count))

    patch.setattr(Validation, "challenge", challenge)


@mutant(
    "RFC9000-8.2.1-02",
    "QG-31",
    story=stories.silence,
    machine="path_validation",
    seen_as=("RFC9000-8.2.4-02",),
)
def one_challenge_has_to_do(patch: Patch) -> None:
    """A challenge that is not answered is not repeated."""
    patch.setattr(Validation, "_wait", lambda self, repeats: 1000.0)


@mutant("RFC9000-8.2.2-05", "NX-21", story=stories.probing, machine="anti_amplification")
def small_responses(patch: Patch) -> None:
    """A response is not padded."""
    before = Draft.pad

    def pad(self: Draft, more: int) -> None:
        if not any(isinstance(frame, PathResponse) for frame in self.frames):
            before(self, more)

    patch.setattr(Draft, "pad", pad)


@mutant("RFC9000-8.2.2-05", "NX-08", "LX-09", story=stories.migrations, machine="path_validation")
def not_quite_full(patch: Patch) -> None:
    """Datagrams of path validation lack one byte."""
    before = Draft.pad
    patch.setattr(Draft, "pad", lambda self, more: before(self, more - 1))


@mutant("RFC9000-8.2.2-01", "AN-01", story=stories.probing, machine="path_validation")
def responses_of_zeros(patch: Patch) -> None:
    """A response has eight zeros in it."""
    before = Responses.take

    def take(self: Responses) -> Any:
        return PathResponse(bytes(8)) if before(self) else None

    patch.setattr(Responses, "take", take)


@mutant("RFC9000-8.2.2-01", "QG-29", story=breaches.asks_in_an_old_packet, machine="path_validation")
def overtaken_challenges_are_ignored(patch: Patch) -> None:
    """A challenge counts only in the packet with the highest number."""
    before, overtaken = Paths.receive, set[int]()

    def receive(self: Paths, path: Path, number: int, *rest: Any) -> None:
        (overtaken.add if number < self.highest else overtaken.discard)(id(path))
        before(self, path, number, *rest)

    patch.setattr(Paths, "receive", receive)
    process = frames_in.process

    def processed(c: Connection, state: Any, frame: Any, path: Path, *rest: Any) -> None:
        if not isinstance(frame, PathChallenge) or id(path) not in overtaken:
            process(c, state, frame, path, *rest)

    patch.setattr(frames_in, "process", processed)


@mutant("RFC9000-8.2.2-01", "CQ-15", "AQ-05", story=stories.asked_by_the_client, machine="path_validation")
def challenges_are_not_answered(patch: Patch) -> None:
    """What is owed for a challenge is lost before it is sent."""
    patch.setattr(Responses, "challenged", lambda self, data: None)


@mutant("RFC9000-9.3.3-03", "S2-11", story=stories.busy_rebinding)
def nothing_beside_a_response(patch: Patch) -> None:
    """A challenge on the path in use is answered by a probing packet."""
    before = Draft.add

    def add(self: Draft, frame: Any, data: bytes | None = None) -> None:
        has_response = any(isinstance(one, PathResponse) for one in self.frames)
        if not (isinstance(frame, Ping | Ack) and has_response):
            before(self, frame, data)

    patch.setattr(Draft, "add", add)
