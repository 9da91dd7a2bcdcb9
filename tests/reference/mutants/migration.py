"""Mutants of what moves a connection, where it goes back to, and who may move when (9, 9.1, 9.3)."""

from __future__ import annotations

from typing import Any

from tests.reference.mutants.registry import Patch, mutant
from tests.reference.simulation import breaches, stories, strangers
from tests.reference.simulation.world import PREFERRED

from pathproof.reference.connection import Connection, receiving
from pathproof.reference.errors import ProtocolError
from pathproof.reference.frames import NewConnectionId, Ping
from pathproof.reference.migration import Path, Paths, fall_back, highest_packet, paths
from pathproof.spec.names import ErrorCode


@mutant("RFC9000-9.3.1-01", "GQ-31", "S2-10", "MS-06", story=stories.storm_of_sources)
def many_paths(patch: Patch) -> None:
    """Every address has its state for ever."""
    patch.setattr(Paths, "_stay_bounded", lambda self, newest: None)


@mutant("RFC9000-9.3-04", "QN-03", story=stories.reordering, machine="migration")
def any_packet_moves(patch: Patch) -> None:
    """A packet moves the connection whatever its number."""
    patch.setattr(paths, "moves", lambda number, highest: True)


@mutant(
    "RFC9000-9.1-01",
    "PQ-12",
    "S2-09",
    seen_as=(
        "RFC9000-9-09",
        "RFC9000-9.3-04",
    ),
    story=stories.probing,
    machine="migration",
)
def probes_move(patch: Patch) -> None:
    """A probing packet moves the connection."""
    patch.setattr(receiving, "is_probing", lambda frames: False)


@mutant(
    "RFC9000-9.3.2-01", "MV-08", seen_as=("RFC9000-9.3-02",), story=stories.dead_address, machine="migration"
)
def falls_back_nowhere(patch: Patch) -> None:
    """A server whose new path has failed stays on it."""
    patch.setattr(fall_back, "go_back", lambda paths, failed: None)


@mutant(
    "RFC9000-9.1-01",
    "NX-25",
    story=breaches.probes_with_an_id,
    machine="migration",
    seen_as=("RFC9000-9-09", "RFC9000-9.3-02"),
)
def an_id_makes_no_probe(patch: Patch) -> None:
    """NEW_CONNECTION_ID is no probing frame."""
    probing = tuple(kind for kind in highest_packet.PROBING if kind is not NewConnectionId)
    patch.setattr(highest_packet, "PROBING", probing)


@mutant(
    "RFC9000-9.1-01",
    "GQ-24",
    story=stories.silent_rebinding,
    machine="migration",
    seen_as=("RFC9000-9-09", "RFC9000-9.3-02"),
)
def a_ping_is_a_probe(patch: Patch) -> None:
    """PING is a probing frame."""
    patch.setattr(highest_packet, "PROBING", (*highest_packet.PROBING, Ping))


@mutant(
    "RFC9000-9-01",
    "CQ-11",
    story=breaches.moves_in_the_handshake,
    early=True,
    server={"preferred_ipv4": PREFERRED},
)
def moves_before_it_is_confirmed(patch: Patch) -> None:
    """A client moves whenever it wants to."""
    patch.setattr(Connection, "_refuse_to_move", lambda self, local: None)


@mutant(
    "RFC9000-9-02",
    "NQ-06",
    "GQ-28",
    "S2-20",
    story=breaches.moves_if_it_may,
    server={"disable_active_migration": True},
)
def moves_though_it_should_not(patch: Patch) -> None:
    """A client moves although the server has asked it to stay."""
    patch.setattr(Connection, "_refuse_to_move", lambda self, local: None)


@mutant(
    "RFC9000-9-03",
    "QN-41",
    "PQ-27",
    "NG-12",
    "HA-14",
    story=stories.busy_rebinding,
    seen_as=("RFC9000-11-03",),
    server={"disable_active_migration": True},
)
def closes_what_was_rebound(patch: Patch) -> None:
    """A server that asked its client to stay closes the connection when another address comes up."""
    before = receiving._new_path

    def new_path(c: Connection, arrival: Any) -> Path | None:
        if c.configuration.disable_active_migration:
            raise ProtocolError(ErrorCode.PROTOCOL_VIOLATION, "moves", 0)
        return before(c, arrival)

    patch.setattr(receiving, "_new_path", new_path)


@mutant("RFC9000-9-10", "GQ-18", story=strangers.server_from_elsewhere)
def follows_a_server(patch: Patch) -> None:
    """A client hears a server from whatever address."""

    def new_path(c: Connection, arrival: Any) -> Path | None:
        path = c.paths.open(arrival.local, arrival.remote)
        path.ledger.came(arrival.size)
        return path

    patch.setattr(receiving, "_new_path", new_path)


@mutant("RFC9000-9.3.2-01", "QN-05", story=stories.spoofed, machine="migration")
def what_is_in_use_counts_as_validated(patch: Patch) -> None:
    """The path to go back to is the one that was in use last, validated or not."""
    before = Paths._use

    def use(self: Paths, path: Path) -> None:
        self._note_validated(self.current)
        before(self, path)
        self._note_validated(path)

    patch.setattr(Paths, "_use", use)


@mutant(
    "RFC9000-9.3-01",
    "MV-20",
    story=stories.migrations,
    machine="migration",
    seen_as=("RFC9000-9.3-02", "RFC9000-9-09"),
)
def stays_after_the_first_move(patch: Patch) -> None:
    """A server follows its client once."""
    before = Paths.follow

    def follow(self: Paths, path: Path, now: float) -> None:
        if self.current is self.first:
            before(self, path, now)

    patch.setattr(Paths, "follow", follow)


@mutant("RFC9000-9.3-02", "GQ-23", story=stories.busy_rebinding, machine="migration")
def validates_before_it_follows(patch: Patch) -> None:
    """A server goes on to send to the old address until the new one is validated."""
    before = Paths.follow

    def follow(self: Paths, path: Path, now: float) -> None:
        if path.is_validated:
            before(self, path, now)
        elif path.validation is None:
            self.validate(path, now)

    patch.setattr(Paths, "follow", follow)
