"""Mutants of who issues connection IDs: how many, how numbered, which accepted (5.1.1)."""

from __future__ import annotations

from typing import Any

from tests.reference.mutants.registry import Patch, mutant
from tests.reference.simulation import stories
from tests.reference.simulation.world import PREFERRED

from pathproof.reference import endpoint
from pathproof.reference.cid_supply import Issuer, issuer
from pathproof.reference.connection import Connection, control, frames_in
from pathproof.reference.frames import NewConnectionId
from pathproof.reference.transport_parameters import TransportParameters


@mutant(
    "RFC9000-5.1.1-13",
    "QN-14",
    story=stories.migrations,
    machine="cid_supply",
    client={"active_connection_id_limit": 3},
)
def one_more_than_the_limit(patch: Patch) -> None:
    """The issuer goes one beyond its peer's limit."""

    def may_issue(issued: int, retired: int, below: int, limit: int) -> bool:
        return issued - retired - below <= limit

    patch.setattr(issuer, "may_issue", may_issue)


@mutant(
    "RFC9000-5.1.1-13",
    "QN-15",
    "QG-12",
    story=stories.migrations,
    machine="cid_supply",
    early=True,
    client={"active_connection_id_limit": 3},
    server={"preferred_ipv4": PREFERRED},
)
def preferred_is_not_counted(patch: Patch) -> None:
    """The connection ID of preferred_address does not count."""

    def has_room(self: Issuer) -> bool:
        retired = self.issued - len(self.active)
        return not self.is_empty and issuer.may_issue(self.issued - 1, retired, self._below(), self.limit)

    patch.setattr(Issuer, "_has_room", has_room)


@mutant(
    "RFC9000-5.1.1-13",
    "MV-10",
    "LX-21",
    story=stories.migrations,
    machine="cid_supply",
    early=True,
    client={"active_connection_id_limit": 2},
    server={"connection_ids": 8},
)
def the_default_is_eight(patch: Patch) -> None:
    """A peer that declares no limit is given eight."""
    before = frames_in.read

    def read(data: bytes, sender_is_server: bool) -> TransportParameters:
        found = before(data, sender_is_server)
        if found.active_connection_id_limit == 2:
            found.active_connection_id_limit = 8
        return found

    patch.setattr(frames_in, "read", read)


@mutant(
    "RFC9000-5.1.1-16",
    "QG-14",
    "QN-22",
    story=stories.again,
    machine="cid_supply",
    early=True,
    client={"active_connection_id_limit": 2},
)
def the_default_is_none(patch: Patch) -> None:
    """A peer that declares no limit is given no connection ID."""
    before = Issuer._has_room
    patch.setattr(Issuer, "_has_room", lambda self: self.limit > 2 and before(self))


@mutant("RFC9000-5.1.1-06", "NQ-08", story=stories.again, machine="cid_supply", early=True)
def number_one_is_left_out(patch: Patch) -> None:
    """The first connection ID that is issued has number 2."""

    before = Issuer.__post_init__

    def post_init(self: Issuer) -> None:
        before(self)
        self.issued = 2

    patch.setattr(Issuer, "__post_init__", post_init)


@mutant("RFC9000-5.1.1-16", "XQ-12", "HA-03", "NX-19", story=stories.migrations)
def no_replacement(patch: Patch) -> None:
    """What is retired is not replaced."""

    def retired(c: Connection, number: int, bearing: int | None) -> None:
        gone = c.issuer.retire(number, bearing)
        if gone is not None:
            c.forget(gone)

    patch.setattr(frames_in, "_retired", retired)


@mutant(
    "RFC9000-13.3-31", "GQ-26", story=stories.lossy_supply, machine="cid_supply", seen_as=("RFC9000-5.1-04",)
)
def what_is_lost_gets_another_number(patch: Patch) -> None:
    """NEW_CONNECTION_ID that was lost is sent again under the next sequence number."""
    before = control.Control.lost

    def lost(self: control.Control, frame: Any) -> None:
        if isinstance(frame, NewConnectionId) and frame.sequence_number in self.issuer.active:
            issued = self.issuer._add(self.issuer.active[frame.sequence_number])
            number = self.issuer.issued - 1
            frame = NewConnectionId(number, 0, issued.connection_id, issued.token)
        before(self, frame)

    patch.setattr(control.Control, "lost", lost)


@mutant("RFC9000-10.3.2-07", "LS-12", "QL-15", story=stories.again, early=True)
def one_token_for_all(patch: Patch) -> None:
    """Every connection ID has the same token."""
    patch.setattr(endpoint, "token_of", lambda key, connection_id: bytes(16))


@mutant("RFC9000-5.1.1-21", "QN-49", story=stories.again, early=True, client={"empty_connection_id": True})
def issues_despite_an_empty_id(patch: Patch) -> None:
    """A client with an empty connection ID issues others."""
    patch.setattr(Issuer, "is_empty", False)


@mutant("RFC9000-5.1.1-08", "QN-46", story=stories.many_migrations)
def its_own_leak(patch: Patch) -> None:
    """What the peer has retired is accepted for ever."""

    def retired(c: Connection, number: int, bearing: int | None) -> None:
        if c.issuer.retire(number, bearing) is not None:
            c.supply()

    patch.setattr(frames_in, "_retired", retired)


@mutant("RFC9000-5.1.1-08", story=stories.rotation, machine="cid_supply")
def what_is_to_be_retired_is_dropped(patch: Patch) -> None:
    """What the peer is asked to retire is not accepted any more, before it could."""
    before = Connection.rotate_connection_ids

    def rotate(self: Connection) -> None:
        before(self)
        for number in [one for one in self.issuer.active if one < self.issuer.retire_prior_to]:
            self.forget(self.issuer.active.pop(number).connection_id)

    patch.setattr(Connection, "rotate_connection_ids", rotate)


@mutant("RFC9000-5.1.2-14", story=stories.impatient_rotation, machine="cid_supply")
def asks_again_at_once(patch: Patch) -> None:
    """More is to be retired while what was asked before is not."""

    def rotate(self: Issuer) -> None:
        self.retire_prior_to = self.issued

    patch.setattr(Issuer, "rotate", rotate)
