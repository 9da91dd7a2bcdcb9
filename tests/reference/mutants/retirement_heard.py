"""Mutants of who hears RETIRE_CONNECTION_ID: what is refused, and what is no error (19.16)."""

from __future__ import annotations

from tests.reference.mutants.registry import Patch, mutant
from tests.reference.simulation import breaches, stories

from pathproof.reference.cid_supply import Issuer
from pathproof.reference.errors import ProtocolError
from pathproof.reference.frames import RetireConnectionId
from pathproof.spec.names import ErrorCode, FrameType


def _retire(self: Issuer, number: int, bearing: int | None) -> bytes | None:
    """Whatever is retired goes, and nothing is an error."""
    gone = self.active.pop(number, None)
    return gone.connection_id if gone else None


def _refused(number: int) -> ProtocolError:
    return ProtocolError(
        ErrorCode.PROTOCOL_VIOLATION, f"retires connection ID {number}", FrameType.RETIRE_CONNECTION_ID
    )


@mutant(
    "RFC9000-19.16-06",
    "MS-18",
    "NX-20",
    "NQ-02",
    story=breaches.says(RetireConnectionId(99)),
    machine="cid_supply",
    seen_as=("RFC9000-11-03",),
)
def unissued_numbers_are_ignored(patch: Patch) -> None:
    """A number that was never issued is no error."""
    patch.setattr(Issuer, "retire", _retire)


@mutant(
    "RFC9000-19.16-08",
    "QG-05",
    "NG-29",
    "PQ-14",
    story=breaches.says(RetireConnectionId(0)),
    machine="cid_supply",
    seen_as=("RFC9000-11-03",),
)
def its_own_destination_is_retired(patch: Patch) -> None:
    """The destination of the packet itself may be retired."""
    patch.setattr(Issuer, "retire", _retire)


@mutant(
    "RFC9000-19.16-10",
    "LX-07",
    story=breaches.says(RetireConnectionId(0)),
    machine="cid_supply",
    seen_as=("RFC9000-11-03",),
    server={"empty_connection_id": True},
)
def an_empty_id_is_retired(patch: Patch) -> None:
    """A peer that has an empty connection ID of ours may retire it."""

    def retire(self: Issuer, number: int, bearing: int | None) -> bytes | None:
        return None

    patch.setattr(Issuer, "retire", retire)


@mutant("RFC9000-19.16-08", "HA-01", "PQ-02", "PQ-26", story=stories.migrations, seen_as=("RFC9000-11-03",))
def the_oldest_counts_as_its_destination(patch: Patch) -> None:
    """What is refused is the oldest connection ID, whatever the packet bears."""
    before = Issuer.retire

    def retire(self: Issuer, number: int, bearing: int | None) -> bytes | None:
        return before(self, number, min(self.active))

    patch.setattr(Issuer, "retire", retire)


@mutant("RFC9000-19.16-06", "CQ-08", "NG-13", story=breaches.retires_twice, seen_as=("RFC9000-11-03",))
def a_second_retirement_is_an_error(patch: Patch) -> None:
    """What is retired already must not be retired again."""
    before = Issuer.retire

    def retire(self: Issuer, number: int, bearing: int | None) -> bytes | None:
        if number not in self.active:
            raise _refused(number)
        return before(self, number, bearing)

    patch.setattr(Issuer, "retire", retire)
