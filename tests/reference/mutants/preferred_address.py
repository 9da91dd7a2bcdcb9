"""Mutants of what both ends do about the server's preferred address (9.6)."""

from __future__ import annotations

from typing import Any

from tests.reference.mutants.registry import Patch, mutant
from tests.reference.simulation import stories
from tests.reference.simulation.world import PREFERRED

from pathproof.reference.connection import Connection, frames_in
from pathproof.reference.migration import Address, Path, Paths

DECLARED = {"server": {"preferred_ipv4": PREFERRED}}


@mutant("RFC9000-9.6.2-01", story=stories.again, early=True, **DECLARED)
def goes_there_at_once(patch: Patch) -> None:
    """A client uses the preferred address before it has validated it."""

    def prefer(self: Paths, local: Address, remote: Address, now: float) -> None:
        self._use(self.probe(local, remote, now))

    patch.setattr(Paths, "prefer", prefer)


@mutant(
    "RFC9000-5.1.1-04",
    "QL-25",
    "CQ-12",
    story=stories.again,
    machine="cid_supply",
    early=True,
    seen_as=("RFC9000-5.1.2-10",),
    **DECLARED,
)
def its_id_is_unknown(patch: Patch) -> None:
    """The connection ID of the parameter is passed over."""
    before = frames_in._take_parameters

    def take_parameters(c: Connection, declared: bytes) -> None:
        before(c, declared)
        c.consumer.active.pop(1, None)

    patch.setattr(frames_in, "_take_parameters", take_parameters)
    patch.setattr(frames_in, "take_preferred_address", lambda c, now: None)


@mutant(
    "RFC9000-5.1.1-10",
    "NG-38",
    story=stories.again,
    machine="cid_supply",
    early=True,
    seen_as=("RFC9000-5.1.2-10",),
    **DECLARED,
)
def its_id_has_number_two(patch: Patch) -> None:
    """The connection ID of the parameter is kept under another number."""
    before = frames_in._take_parameters

    def take_parameters(c: Connection, declared: bytes) -> None:
        before(c, declared)
        if 1 in c.consumer.active:
            c.consumer.active[2] = c.consumer.active.pop(1)

    patch.setattr(frames_in, "_take_parameters", take_parameters)


@mutant("RFC9000-9.5-03", story=stories.again, early=True, **DECLARED)
def the_first_id_goes_there(patch: Patch) -> None:
    """The connection ID of the handshake is used at the preferred address, too."""
    before = Paths.prefer

    def prefer(self: Paths, local: Address, remote: Address, now: float) -> None:
        before(self, local, remote, now)
        if self.preferred is not None:
            self.preferred.destination = self.current.destination

    patch.setattr(Paths, "prefer", prefer)


@mutant("RFC9000-9.6.1-03", "QL-25", story=stories.again, early=True, **DECLARED)
def it_is_not_taken_up(patch: Patch) -> None:
    """A client stays where it is."""
    patch.setattr(frames_in, "take_preferred_address", lambda c, now: None)


@mutant("RFC9000-9.6.2-03", story=stories.again, early=True, **DECLARED)
def answers_from_the_old_address(patch: Patch) -> None:
    """A server goes on to send from its first address."""
    before = Paths.follow

    def follow(self: Paths, path: Path, now: float) -> None:
        if path.local == self.first.local:
            before(self, path, now)

    patch.setattr(Paths, "follow", follow)
    patch.setattr(Paths, "_confirm", _without_use(Paths._confirm))


def _without_use(before: Any) -> Any:
    def confirm(self: Paths, path: Path, attempt: Any, now: float) -> None:
        if not self.is_client and path is self.awaited:
            self.awaited = None
        before(self, path, attempt, now)

    return confirm


@mutant("RFC9000-9.6.2-03", "NG-10", story=stories.again, early=True, **DECLARED)
def comes_from_there_at_once(patch: Patch) -> None:
    """A server sends from its preferred address before it has validated the way."""

    def follow(self: Paths, path: Path, now: float) -> None:
        if path.validation is None and not path.is_validated:
            self.validate(path, now)
        self._use(path)

    patch.setattr(Paths, "follow", follow)
