"""Mutants of key updates where packets of two phases change places (RFC 9001 6)."""

from __future__ import annotations

from typing import Any

from tests.reference.mutants.registry import Patch, mutant
from tests.reference.simulation import stories

from pathproof.reference.key_update import PhasedProtection


@mutant("RFC9001-6.5-02", "S2-22", "MS-21", story=stories.updates_keys)
def late_packets_are_an_update(patch: Patch) -> None:
    """A packet with the other Key Phase bit is under the next keys, whatever its number."""

    def choose(self: PhasedProtection, phase: int, number: int) -> Any:
        return self._current if phase == self.phase else None

    patch.setattr(PhasedProtection, "_choose", choose)


@mutant("RFC9001-6.1-10", story=stories.updates_keys, seen_as=("RFC 9000 10",))
def updates_without_an_acknowledgment(patch: Patch) -> None:
    """Keys are updated whenever an application wants it, and twice at a time."""

    def initiate(self: PhasedProtection, now: float) -> bool:
        self._move()
        self._move()
        return True

    patch.setattr(PhasedProtection, "initiate", initiate)
