"""Mutants of who hears NEW_CONNECTION_ID: what is taken in, refused, and retired at once (19.15)."""

from __future__ import annotations

from tests.reference.mutants.registry import Patch, mutant
from tests.reference.simulation import breaches, stories

from pathproof.reference.cid_supply import Consumer, Supplied, consumer
from pathproof.reference.errors import ProtocolError
from pathproof.reference.frames import NewConnectionId
from pathproof.spec.names import ErrorCode, FrameType


def _refused(code: ErrorCode) -> ProtocolError:
    return ProtocolError(code, "refused", FrameType.NEW_CONNECTION_ID)


@mutant(
    "RFC9000-19.15-11",
    "KW-04",
    story=breaches.turns_back,
    seen_as=("RFC9000-5.1.2-10",),
    machine="cid_supply",
)
def the_latest_wish_counts(patch: Patch) -> None:
    """A smaller Retire Prior To takes back a larger one."""
    patch.setattr(consumer, "takes_effect", lambda prior, largest: prior != largest)


@mutant(
    "RFC9000-19.15-13",
    "QG-06",
    "CQ-02",
    "NG-31",
    "GO-01",
    story=breaches.turns_back,
    seen_as=("RFC9000-5.1.2-10",),
    machine="cid_supply",
)
def late_ones_are_kept(patch: Patch) -> None:
    """A connection ID below Retire Prior To is taken in like any other."""

    def take_in(self: Consumer, frame: NewConnectionId) -> None:
        if frame.sequence_number not in self.active:
            self.active[frame.sequence_number] = Supplied(frame.connection_id, frame.stateless_reset_token)

    patch.setattr(Consumer, "_take_in", take_in)


@mutant(
    "RFC9000-19.15-13",
    "QN-01",
    story=breaches.turns_back,
    seen_as=("RFC9000-5.1.2-10",),
    machine="cid_supply",
)
def late_ones_are_passed_over(patch: Patch) -> None:
    """A connection ID below Retire Prior To is not retired, as it never was in use."""
    before = Consumer._take_in

    def take_in(self: Consumer, frame: NewConnectionId) -> None:
        if frame.sequence_number >= self.prior:
            before(self, frame)

    patch.setattr(Consumer, "_take_in", take_in)


@mutant("RFC9000-5.1.2-10", "KW-03", story=stories.rotation, machine="cid_supply")
def nothing_is_announced(patch: Patch) -> None:
    """What is to be retired is given up, and the peer does not hear of it."""

    def retire(self: Consumer, number: int) -> None:
        self.active.pop(number, None)
        self.retired.add(number, number)

    patch.setattr(Consumer, "retire", retire)


@mutant("RFC9000-5.1.2-10", story=stories.rotation, machine="cid_supply")
def wishes_are_ignored(patch: Patch) -> None:
    """Retire Prior To changes nothing."""
    patch.setattr(consumer, "takes_effect", lambda prior, largest: False)


@mutant("RFC9000-13.3-32", "AQ-06", story=stories.lossy_rotation)
def lost_retirements_are_forgotten(patch: Patch) -> None:
    """RETIRE_CONNECTION_ID is sent once."""
    patch.setattr(Consumer, "lost", lambda self, number: None)


@mutant(
    "RFC9000-19.15-06",
    "QN-13",
    "QG-04",
    "NG-41",
    story=breaches.repeats,
    machine="cid_supply",
    seen_as=("RFC9000-5.1.2-11",),
)
def a_second_copy_retires(patch: Patch) -> None:
    """What comes again counts as retired."""
    before = Consumer._take_in

    def take_in(self: Consumer, frame: NewConnectionId) -> None:
        if frame.sequence_number in self.active:
            self.unacknowledged.add(frame.sequence_number)
            self.to_send.append(frame.sequence_number)
        else:
            before(self, frame)

    patch.setattr(Consumer, "_take_in", take_in)


@mutant(
    "RFC9000-19.15-06", "LX-20", "NG-34", "QN-17", "NG-40", story=breaches.repeats, seen_as=("RFC9000-11-03",)
)
def a_second_copy_is_an_error(patch: Patch) -> None:
    """What comes again is refused."""
    before = Consumer._take_in

    def take_in(self: Consumer, frame: NewConnectionId) -> None:
        if frame.sequence_number in self.active:
            raise _refused(ErrorCode.PROTOCOL_VIOLATION)
        before(self, frame)

    patch.setattr(Consumer, "_take_in", take_in)


@mutant(
    "RFC9000-19.16-06",
    "QN-01",
    "PQ-23",
    story=breaches.jumps,
    machine="cid_supply",
    seen_as=("RFC9000-5.1.2-11",),
)
def retires_what_never_came(patch: Patch) -> None:
    """Every number below Retire Prior To is retired, whether it was issued or not."""
    before = Consumer.receive

    def receive(self: Consumer, frame: NewConnectionId) -> None:
        old = self.prior
        before(self, frame)
        for number in range(old, self.prior):
            if number not in self.retired:
                self.retire(number)

    patch.setattr(Consumer, "receive", receive)
    patch.setattr(consumer, "most_unacknowledged", lambda limit: 1 << 20)


@mutant(
    "RFC9000-5.1.2-11",
    "NQ-01",
    "PQ-01",
    "CQ-01",
    "LS-01",
    "MS-01",
    "NG-16",
    "QL-19",
    story=breaches.stuffs,
    machine="cid_supply",
)
def retirements_without_bound(patch: Patch) -> None:
    """However many retirements wait, there may be one more."""
    patch.setattr(consumer, "most_unacknowledged", lambda limit: 1 << 20)
