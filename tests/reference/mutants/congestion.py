"""Mutants of congestion control and round-trip estimates where paths change (9.4)."""

from __future__ import annotations

from typing import Any

from tests.reference.mutants.registry import Patch, mutant
from tests.reference.simulation import stories

from pathproof.reference.loss import Recovery
from pathproof.reference.migration import Path, Paths, paths
from pathproof.reference.sent_packet import SentPacket


@mutant("RFC9000-9.4-02", "MV-04", "GQ-20", "NG-43", story=stories.busy_rebinding)
def the_old_window_goes_on(patch: Patch) -> None:
    """A new path has the window and the estimate of the old one."""
    patch.setattr(paths, "keeps_context", lambda former, path: True)


@mutant("RFC9000-9.4-01", "S2-16", story=stories.migrations)
def all_samples_are_of_the_path_in_use(patch: Patch) -> None:
    """An acknowledgment is a sample for the path in use, whatever path its packet took."""

    def sample(self: Recovery, acked: list[SentPacket], ack: Any, delay: float, now: float) -> None:
        largest = max(acked, key=lambda packet: packet.number)
        if largest.number == ack.largest:
            self.path.round_trip.sample(now - largest.time, delay, now)

    patch.setattr(Recovery, "_sample", sample)


@mutant("RFC9000-9.4-01", "NQ-10", "QN-48", story=stories.migrations)
def in_flight_on_another_path(patch: Patch) -> None:
    """What is in flight when a path changes counts for the new one."""
    before = Recovery.path_changed

    def path_changed(self: Recovery, new: Path, now: float) -> None:
        for space in self.spaces:
            for packet in space.packets.values():
                packet.congestion = new.congestion
        before(self, new, now)

    patch.setattr(Recovery, "path_changed", path_changed)


@mutant("RFC9000-9.4-02", "QN-04", story=stories.dead_address)
def going_back_begins_anew(patch: Patch) -> None:
    """The path that is gone back to has the window of the one that failed."""
    before = Paths.wake

    def wake(self: Paths, now: float) -> None:
        failed = self.current
        before(self, now)
        if self.current is not failed:
            self.current.congestion, self.current.round_trip = failed.congestion, failed.round_trip

    patch.setattr(Paths, "wake", wake)
