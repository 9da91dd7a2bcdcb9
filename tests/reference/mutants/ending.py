"""Mutants of how a connection ends: idle, closing, draining (10.1, 10.2)."""

from __future__ import annotations

from typing import Any

from tests.reference.mutants.registry import Patch, mutant
from tests.reference.simulation import stories

from pathproof.reference.connection.ending import Ending, Phase
from pathproof.reference.connection.idle import Idle
from pathproof.reference.frames import ConnectionClose


@mutant("RFC9000-10.1-01", seen_as=("RFC 9000 10",), story=stories.waits)
def hasty(patch: Patch) -> None:
    """A second of silence ends a connection."""
    patch.setattr(Idle, "deadline", lambda self, pto: self.since + 1.0)


@mutant("RFC9000-10.2-04", story=stories.farewell, machine="connection")
def a_close_is_not_heard(patch: Patch) -> None:
    """CONNECTION_CLOSE of the peer changes nothing."""
    patch.setattr(Ending, "drain", lambda self, now, pto: None)


@mutant("RFC9000-10.2-08", story=stories.farewell, machine="connection")
def is_over_at_once(patch: Patch) -> None:
    """An end that has closed keeps nothing to answer by."""
    before = Ending.close

    def close(self: Ending, frame: Any, now: float, pto: float) -> None:
        before(self, frame, now, pto / 3)

    patch.setattr(Ending, "close", close)


@mutant("RFC9000-10.2.1-04", story=stories.talks_to_the_closed, seen_as=("RFC9000-10.2.1-03",))
def every_packet_is_answered(patch: Patch) -> None:
    """Each packet that comes while an end closes is answered."""

    def heard(self: Ending) -> None:
        self.is_due = self.phase is Phase.CLOSING

    patch.setattr(Ending, "heard", heard)


@mutant("RFC9000-10.2.2-02", story=stories.farewell, machine="connection", seen_as=("RFC9000-10.2-04",))
def the_dead_speak(patch: Patch) -> None:
    """An end whose peer has closed closes, too."""

    def drain(self: Ending, now: float, pto: float) -> None:
        self.close(ConnectionClose(0, 0, ""), now, pto)

    patch.setattr(Ending, "drain", drain)


@mutant("RFC9000-10.2-07", story=stories.farewell, seen_as=("RFC9000-10.2-04",))
def closes_without_a_word(patch: Patch) -> None:
    """Who closes says nothing."""
    before = Ending.close

    def close(self: Ending, frame: Any, now: float, pto: float) -> None:
        before(self, frame, now, pto)
        self.is_due = False

    patch.setattr(Ending, "close", close)
