"""Mutants of the limit on what goes to an address that is not validated: what counts, how much (8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.reference.mutants.registry import Patch, mutant
from tests.reference.simulation import stories

from pathproof.reference import anti_amplification, initials
from pathproof.reference.anti_amplification import Ledger
from pathproof.reference.connection import Connection, sending
from pathproof.reference.connection.packets import Draft
from pathproof.reference.migration import Path, Paths


@mutant("RFC9000-8-01", "QN-09", "TQ-02", "LS-03", story=stories.spoofed, machine="anti_amplification")
def unlimited(patch: Patch) -> None:
    """Every address may get any amount."""
    patch.setattr(anti_amplification.Ledger, "room", lambda self: 1 << 62)


@mutant("RFC9000-8.1-05", "KW-12", story=stories.spoofed, machine="anti_amplification")
def bytes_count_twice(patch: Patch) -> None:
    """Each datagram that comes counts once more."""

    def came(self: anti_amplification.Ledger, size: int) -> None:
        self.received += 2 * size

    patch.setattr(anti_amplification.Ledger, "came", came)


@mutant("RFC9000-8.1-04", "LX-04", story=stories.spoofed, machine="anti_amplification")
def the_tag_is_not_counted(patch: Patch) -> None:
    """What goes out is counted without the 16 bytes of the AEAD."""

    def went(self: anti_amplification.Ledger, size: int) -> None:
        self.sent += size - 16

    patch.setattr(anti_amplification.Ledger, "went", went)


@mutant("RFC9000-8.1-01", "QN-37", "NQ-07", story=stories.spoofed, machine="anti_amplification")
def a_new_address_is_valid(patch: Patch) -> None:
    """An address counts as validated from its first packet on."""
    before = Paths.open

    def opened(self: Paths, local: Any, remote: Any) -> Path:
        path = before(self, local, remote)
        path.ledger.validated = True
        return path

    patch.setattr(Paths, "open", opened)


@mutant("RFC9000-8-01", "CQ-19", "GQ-08", story=stories.spoofed, machine="anti_amplification")
def four_times(patch: Patch) -> None:
    """The factor is four."""
    patch.setattr(anti_amplification, "FACTOR", 4)


@mutant(
    "RFC9000-8-01", "PQ-06", "KW-08", "LS-04", "MS-15", story=stories.spoofed, machine="anti_amplification"
)
def padding_goes_beyond(patch: Patch) -> None:
    """Where anything may go, 1200 bytes may."""
    before = Ledger.room
    patch.setattr(Ledger, "room", lambda self: max(before(self), 1200) if before(self) else 0)


@mutant("RFC9000-8.1-04", "NG-19", story=stories.spoofed, machine="anti_amplification")
def small_ones_do_not_count(patch: Patch) -> None:
    """Datagrams with an acknowledgment alone are not counted."""
    before = Ledger.went
    patch.setattr(Ledger, "went", lambda self, size: before(self, size if size > 100 else 0))


@mutant("RFC9000-8.1-04", "QN-38", "AQ-07", "GM-03", story=stories.spoofed, machine="anti_amplification")
def payload_alone_counts(patch: Patch) -> None:
    """Of what comes, header and tag are not counted."""
    before = Ledger.came
    patch.setattr(Ledger, "came", lambda self, size: before(self, size - 29))


@mutant(
    "RFC9000-8-01",
    "QN-11",
    "QG-36",
    story=stories.busy_rebinding,
    machine="anti_amplification",
    seen_as=("RFC9000-8.1-04",),
)
def twice_is_enough(patch: Patch) -> None:
    """The factor is two."""
    patch.setattr(anti_amplification, "FACTOR", 2)


@mutant("RFC9000-8.1-01", "NQ-12", "LS-03", story=stories.unanswered_handshake, machine="anti_amplification")
def the_first_address_is_valid(patch: Patch) -> None:
    """The address of a client's first packet counts as validated."""
    before = initials._begin

    def begin(endpoint: Any, datagram: bytes, header: Any, local: Any, remote: Any, *rest: Any) -> None:
        before(endpoint, datagram, header, local, remote, *rest)
        for connection in endpoint.index:
            connection.paths.first.ledger.validated = True

    patch.setattr(initials, "_begin", begin)


@mutant("RFC9000-8.1-01", "PQ-21", story=stories.unanswered_handshake, machine="anti_amplification")
def what_is_repeated_does_not_count(patch: Patch) -> None:
    """What goes to an address counts for the first half second."""
    before = sending._sent

    def sent(c: Connection, path: Path, drafts: Any, now: float) -> Any:
        already = path.ledger.sent
        out = before(c, path, drafts, now)
        if not c.is_client and not path.ledger.validated and now - c.idle.since > 0.5:
            path.ledger.sent = already
        return out

    patch.setattr(sending, "_sent", sent)


@mutant("RFC9000-8-01", story=stories.closes_at_a_victim, machine="anti_amplification")
def a_close_is_exempt(patch: Patch) -> None:
    """CONNECTION_CLOSE goes whatever the limit says, and is padded."""
    before = sending._close

    def close(c: Connection, now: float) -> Iterator[Any]:
        ledger = c.paths.current.ledger
        was, ledger.validated = ledger.validated, True
        yield from before(c, now)
        ledger.validated = was

    patch.setattr(sending, "_close", close)
    patch.setattr(Draft, "add_close", lambda self, frame: (self.add(frame), self.pad(900)))


@mutant(
    "RFC9000-8-01",
    "S2-04",
    story=stories.talks_to_the_closed,
    machine="anti_amplification",
    seen_as=("RFC9000-8.1-01",),
)
def closing_forgets_validation(patch: Patch) -> None:
    """An address is limited again when the connection is closed."""
    before = Connection.abandon

    def abandon(self: Connection, frame: Any, cause: str) -> None:
        before(self, frame, cause)
        self.paths.current.ledger.validated = False

    patch.setattr(Connection, "abandon", abandon)
