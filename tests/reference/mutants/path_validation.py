"""Mutants of an attempt to validate a path: what begins it, what ends it, what answers it (8.2.3, 8.2.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.reference.mutants.registry import Patch, mutant
from tests.reference.simulation import breaches, stories, strangers

from pathproof.reference.connection import Connection, frames_in, sending
from pathproof.reference.frames import PathChallenge, PathResponse
from pathproof.reference.migration import Path, Paths
from pathproof.reference.path_validation import Validation, challenges


@mutant(
    "RFC9000-8.2.3-05", "NG-18", "NX-05", "MS-22", story=stories.silent_rebinding, machine="path_validation"
)
def a_small_exchange_is_enough(patch: Patch) -> None:
    """Any answer shows that datagrams of 1200 bytes get through."""
    before = Validation.answer

    def answer(self: Validation, data: bytes) -> bool:
        found = before(self, data)
        self.is_of_full_size = self.is_of_full_size or found
        return found

    patch.setattr(Validation, "answer", answer)


@mutant("RFC9000-8.2.4-03", story=stories.silence, machine="path_validation")
def gives_up_early(patch: Patch) -> None:
    """An attempt lasts for one PTO."""
    patch.setattr(challenges, "time_to_give_up", lambda pto, initial_pto: pto)


@mutant("RFC9000-8.2.3-01", story=stories.silence, machine="path_validation")
def what_failed_is_validated(patch: Patch) -> None:
    """A path whose validation was given up is in use as a validated one."""
    before = Paths.wake

    def wake(self: Paths, now: float) -> None:
        self.current.is_validated = True
        before(self, now)

    patch.setattr(Paths, "wake", wake)


@mutant(
    "RFC9000-8.2.4-01",
    "MS-10",
    "MS-03",
    "NO-01",
    story=stories.silence,
    machine="path_validation",
    seen_as=("RFC9000-8.2.1-04",),
)
def never_gives_up(patch: Patch) -> None:
    """An attempt has no end."""
    patch.setattr(challenges, "time_to_give_up", lambda pto, initial_pto: 1000.0)


@mutant("RFC9000-8.2.4-03", "NX-12", "QN-39", "S2-13", story=stories.silence, machine="path_validation")
def no_floor(patch: Patch) -> None:
    """An attempt lasts for three round trips of the old path."""
    patch.setattr(challenges, "time_to_give_up", lambda pto, initial_pto: 0.2)


@mutant(
    "RFC9000-8.2.3-02",
    "PQ-11",
    "MV-02",
    story=strangers.answers_from_a_new_port,
    machine="path_validation",
    seen_as=("RFC9000-8.2.4-05",),
)
def a_response_counts_on_its_path_alone(patch: Patch) -> None:
    """A response counts only if it comes from where the challenge went."""
    before = frames_in.process

    def process(c: Connection, state: Any, frame: Any, path: Path, *rest: Any) -> None:
        attempt = path.validation
        if not isinstance(frame, PathResponse) or (attempt and frame.data in attempt.outstanding):
            before(c, state, frame, path, *rest)

    patch.setattr(frames_in, "process", process)


@mutant(
    "RFC9000-8.2.3-01",
    "AT-03",
    story=stories.slow_move,
    machine="path_validation",
    seen_as=("RFC9000-8.2.4-05",),
)
def the_latest_challenge_alone_counts(patch: Patch) -> None:
    """Only the latest challenge of an attempt may be answered."""
    before = Validation.answer

    def answer(self: Validation, data: bytes) -> bool:
        return data == next(reversed(self.outstanding), None) and before(self, data)

    patch.setattr(Validation, "answer", answer)


@mutant(
    "RFC9000-8.2.3-01",
    story=breaches.acknowledges_without_answering,
    machine="anti_amplification",
    seen_as=("RFC9000-8.1-01",),
)
def an_acknowledgment_is_an_answer(patch: Patch) -> None:
    """A challenge that is acknowledged is answered."""
    before = sending.on_acknowledged

    def on_acknowledged(c: Connection, space: Any, frame: Any) -> None:
        if isinstance(frame, PathChallenge):
            c.paths.answered(frame.data, c.now)
        before(c, space, frame)

    patch.setattr(sending, "on_acknowledged", on_acknowledged)


@mutant("RFC9000-8.2.3-01", story=stories.busy_rebinding, machine="path_validation")
def any_response_is_an_answer(patch: Patch) -> None:
    """A response is not compared with what was asked."""

    def answer(self: Validation, data: bytes) -> bool:
        self.is_of_full_size = True
        return bool(self.outstanding)

    patch.setattr(Validation, "answer", answer)


@mutant("RFC9000-9.3-02", "XQ-09", "NX-14", "LS-08", story=stories.busy_rebinding, machine="migration")
def no_address_is_validated(patch: Patch) -> None:
    """A new address of the peer is followed without a question."""
    patch.setattr(Paths, "validate", lambda self, path, now: None)


@mutant(
    "RFC9000-9.3.3-02",
    "QN-53",
    "MS-09",
    story=stories.busy_rebinding,
    machine="migration",
    seen_as=("RFC9000-9.3-02",),
)
def the_former_path_is_not_asked(patch: Patch) -> None:
    """Only the new path is validated."""
    before = Paths.validate

    def validate(self: Paths, path: Path, now: float) -> None:
        if not path.is_validated:
            before(self, path, now)

    patch.setattr(Paths, "validate", validate)


@mutant("RFC9000-8.2.1-01", "MV-07", "AQ-04", story=stories.migrations, seen_as=("RFC 9002 6.2.1",))
def challenges_wait_for_the_data(patch: Patch) -> None:
    """A challenge leaves when there is nothing else to send."""
    before = sending._probe

    def probe(c: Connection, path: Path, now: float) -> Iterator[Any]:
        if c.streams.is_idle:
            yield from before(c, path, now)

    patch.setattr(sending, "_probe", probe)
