"""Mutants of who hears NEW_CONNECTION_ID that breaks a rule (5.1.1, 19.15)."""

from __future__ import annotations

from tests.reference.mutants.registry import Patch, mutant
from tests.reference.simulation import breaches, stories

from pathproof.reference.cid_supply import Consumer, consumer
from pathproof.reference.errors import ProtocolError
from pathproof.reference.frames import NewConnectionId
from pathproof.spec.names import ErrorCode, FrameType


def _refused(code: ErrorCode) -> ProtocolError:
    return ProtocolError(code, "refused", FrameType.NEW_CONNECTION_ID)


def _believes(patch: Patch) -> None:
    before = Consumer._check

    def check(self: Consumer, frame: NewConnectionId) -> None:
        if self.is_empty:
            before(self, frame)

    patch.setattr(Consumer, "_check", check)


@mutant(
    "RFC9000-19.15-07",
    "LX-01",
    "QL-10",
    "CQ-12",
    story=breaches.contradicts,
    machine="cid_supply",
    seen_as=("RFC9000-11-03",),
)
def another_id_under_a_number(patch: Patch) -> None:
    """A number that is known may come with another connection ID."""
    _believes(patch)


@mutant(
    "RFC9000-19.15-07", "NG-40", story=breaches.reuses_an_id, machine="cid_supply", seen_as=("RFC9000-11-03",)
)
def an_id_under_two_numbers(patch: Patch) -> None:
    """A connection ID that is known may come under another number."""
    _believes(patch)


@mutant("RFC9000-10.3.2-08", story=breaches.reuses_a_token, machine="cid_supply", seen_as=("RFC9000-11-03",))
def a_token_of_two_ids(patch: Patch) -> None:
    """A token that is known may come with another connection ID."""
    _believes(patch)


@mutant(
    "RFC9000-5.1.1-15",
    "PP-01",
    "ZQ-01",
    story=breaches.supplies_too_many,
    machine="cid_supply",
    seen_as=("RFC9000-11-03",),
)
def any_number_is_taken_in(patch: Patch) -> None:
    """The limit that was declared is not held."""
    patch.setattr(consumer, "exceeds_limit", lambda active, limit: False)


@mutant(
    "RFC9000-5.1.1-15",
    "QN-23",
    "QG-11",
    story=breaches.supplies_too_many,
    machine="cid_supply",
    seen_as=("RFC9000-11-03",),
)
def what_is_too_many_is_dropped(patch: Patch) -> None:
    """Connection IDs beyond the limit are passed over."""
    before = Consumer._take_in

    def take_in(self: Consumer, frame: NewConnectionId) -> None:
        if len(self.active) < self.limit:
            before(self, frame)

    patch.setattr(Consumer, "_take_in", take_in)


@mutant(
    "RFC9000-5.1.1-15",
    "QN-19",
    "XQ-01",
    "PQ-24",
    story=stories.rotation,
    machine="cid_supply",
    seen_as=("RFC9000-11-03",),
    client={"active_connection_id_limit": 4},
)
def counts_before_it_retires(patch: Patch) -> None:
    """The limit is held before Retire Prior To makes room."""
    before = Consumer.receive

    def receive(self: Consumer, frame: NewConnectionId) -> None:
        if frame.sequence_number not in self.active and len(self.active) >= self.limit:
            raise _refused(ErrorCode.CONNECTION_ID_LIMIT_ERROR)
        before(self, frame)

    patch.setattr(Consumer, "receive", receive)


@mutant(
    "RFC9000-5.1.1-15",
    "XQ-02",
    story=stories.migrations,
    seen_as=("RFC9000-11-03",),
    client={"active_connection_id_limit": 4},
)
def one_less_than_it_declares(patch: Patch) -> None:
    """One connection ID less than was declared is the limit."""
    patch.setattr(consumer, "exceeds_limit", lambda active, limit: active >= limit)
    before = Consumer.receive

    def receive(self: Consumer, frame: NewConnectionId) -> None:
        before(self, frame)
        if len(self.active) >= self.limit:
            raise _refused(ErrorCode.CONNECTION_ID_LIMIT_ERROR)

    patch.setattr(Consumer, "receive", receive)


@mutant(
    "RFC9000-19.15-05",
    "QG-10",
    "MS-17",
    story=breaches.says(NewConnectionId(1, 0, b"n" * 8, b"t" * 16)),
    machine="cid_supply",
    seen_as=("RFC9000-11-03",),
    client={"empty_connection_id": True},
)
def an_id_beside_an_empty_one(patch: Patch) -> None:
    """A peer with an empty connection ID may issue others."""
    patch.setattr(Consumer, "_check", lambda self, frame: None)
