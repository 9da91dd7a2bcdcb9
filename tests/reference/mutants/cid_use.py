"""Mutants of who uses connection IDs: which packet bears which, and which are given up when (5.1.2, 9.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.reference.mutants.registry import Patch, mutant
from tests.reference.simulation import stories

from pathproof.reference.cid_supply import Consumer, consumer
from pathproof.reference.connection import control
from pathproof.reference.migration import Path, Paths, connection_ids, paths


@mutant("RFC9000-5.1.2-10", "KW-10", "EQ-01", "XQ-01", story=stories.rotation, machine="cid_supply")
def keeps_using(patch: Patch) -> None:
    """What is to be retired is announced, and used on."""

    def retire(self: Consumer, number: int) -> None:
        self.unacknowledged.add(number)
        self.to_send.append(number)

    patch.setattr(Consumer, "retire", retire)


@mutant("RFC9000-19.16-07", "QG-05", "NX-17", "MS-19", story=stories.rotation, machine="cid_supply")
def uses_on_unretired(patch: Patch) -> None:
    """The connection ID that is given up stays on its path, and is retired from within its own packets."""
    keeps_using(patch)

    before = control.Control.frames
    patch.setattr(control.Control, "frames", lambda self, room, bearing: before(self, room, None))


@mutant("RFC9000-9.5-03", "GQ-11", "GM-01", "MS-06", story=stories.migrations, machine="cid_supply")
def client_takes_the_first(patch: Patch) -> None:
    """A new path gets the connection ID of the old one."""
    patch.setattr(Consumer, "spare", lambda self: min(self.active, default=None))


@mutant("RFC9000-9.5-04", "QN-42", "QL-07", "PQ-13", "QG-39", story=stories.migrations, machine="migration")
def server_takes_any(patch: Patch) -> None:
    """Whatever the client uses, the server goes on with what it has."""

    def unmoved(path: Path, paths: list[Path], consumer: Consumer) -> int | None:
        return next(
            (
                one.destination
                for one in paths
                if one.destination in consumer.active and one.local == path.local
            ),
            None,
        )

    patch.setattr(connection_ids, "_unmoved", unmoved)


@mutant("RFC9000-5.1.2-11", "PQ-22", "PQ-08", story=stories.many_migrations, machine="cid_supply")
def many_retirements(patch: Patch) -> None:
    """What is retired is never off the books."""
    patch.setattr(Consumer, "acknowledged", lambda self, number: None)
    patch.setattr(consumer, "most_unacknowledged", lambda limit: 1 << 20)


@mutant("RFC9000-5.1.1-15", "QN-17", "NG-34", seen_as=("RFC9000-11-03",), story=stories.migrations)
def overstrict(patch: Patch) -> None:
    """Every connection ID is one too many."""
    patch.setattr(consumer, "exceeds_limit", lambda active, limit: active > 7)


@mutant("RFC9000-5.1.2-10", "NG-36", story=stories.rotation, machine="cid_supply")
def what_is_in_use_is_exempt(patch: Patch) -> None:
    """The first connection ID in use stays, whatever Retire Prior To says."""
    before = Consumer.receive

    def receive(self: Consumer, frame: Any) -> None:
        number, first = next(((at, one) for at, one in self.active.items() if one.used), (-1, None))
        before(self, frame)
        if first is not None and number not in self.active:
            self.active[number] = first
            self.unacknowledged.discard(number)
            self.to_send.remove(number)

    patch.setattr(Consumer, "receive", receive)


@mutant("RFC9000-5.1.2-11", "QL-19", story=stories.rotation, machine="cid_supply")
def retirements_are_off_the_books(patch: Patch) -> None:
    """What RETIRE_CONNECTION_ID has left for is forgotten before it is acknowledged."""
    before = control.Control.frames

    def frames(self: control.Control, room: int, bearing: int | None) -> Iterator[Any]:
        for frame, data in before(self, room, bearing):
            self.consumer.unacknowledged.discard(getattr(frame, "sequence_number", -1))
            yield frame, data

    patch.setattr(control.Control, "frames", frames)


@mutant("RFC9000-5.1.2-06", "CQ-18", "QL-08", "MS-24", "KW-18", "NG-44", "GQ-12", story=stories.migrations)
def ids_of_old_paths_are_kept(patch: Patch) -> None:
    """The connection ID of a path that is given up is not retired."""
    patch.setattr(paths, "leave", lambda path, others, consumer: None)


@mutant("RFC9000-5.1.2-04", "NG-22", "NG-01", story=stories.busy_rebinding, machine="cid_supply")
def shared_ids_are_retired(patch: Patch) -> None:
    """The connection ID of a path that is given up is retired, though another path uses it."""

    def leave(path: Path, others: Any, consumer: Consumer) -> None:
        number, path.destination = path.destination, None
        if number is not None and number in consumer.active:
            consumer.unacknowledged.add(number)
            consumer.to_send.append(number)

    patch.setattr(paths, "leave", leave)


@mutant(
    "RFC9000-9.5-05",
    "AT-01",
    "S2-02",
    "NX-18",
    "NX-14",
    story=stories.busy_rebinding,
    client={"connection_ids": 1},
    seen_as=("RFC 9000 10",),
)
def rebinding_takes_a_new_id(patch: Patch) -> None:
    """A peer that moved unaware is answered under a connection ID of its own, and not at all without one."""
    patch.setattr(connection_ids, "_unmoved", lambda path, paths, consumer: None)


@mutant("RFC9000-19.16-07", "MS-19", story=stories.migrations, machine="cid_supply")
def what_is_in_use_is_given_up(patch: Patch) -> None:
    """After a move the connection ID that is in use is retired."""
    before = Paths._use

    def use(self: Paths, path: Path) -> None:
        before(self, path)
        number = path.destination
        if self.is_client and number is not None:
            self.consumer.unacknowledged.add(number)
            self.consumer.to_send.append(number)

    patch.setattr(Paths, "_use", use)
    before_frames = control.Control.frames
    patch.setattr(control.Control, "frames", lambda self, room, bearing: before_frames(self, room, None))
