"""Mutants of what is below connection IDs and paths: streams, loss, timers."""

from __future__ import annotations

from collections.abc import Iterator

from tests.reference.mutants.registry import Patch, mutant
from tests.reference.simulation import stories

from pathproof.reference.congestion import NewReno
from pathproof.reference.connection import Connection, sending
from pathproof.reference.pacing import Pacer
from pathproof.reference.streams import Streams


@mutant("RFC9002-6.2.1-01", story=stories.migrations)
def impatient(patch: Patch) -> None:
    """It is always time to wake up."""
    patch.setattr(Connection, "deadline", lambda self: self.now)


@mutant("RFC9000-2.2", story=stories.asks)
def other_bytes(patch: Patch) -> None:
    """What is written goes out in another order."""
    before = Streams.write
    patch.setattr(
        Streams, "write", lambda self, stream, data, fin=False: before(self, stream, data[::-1], fin)
    )


@mutant("RFC9000-13.3-03", "GQ-26", seen_as=("RFC 9000 2.2",), story=stories.losses)
def never_again(patch: Patch) -> None:
    """Nothing that was lost is sent again."""
    patch.setattr(sending, "on_lost", lambda c, space, frame: None)


@mutant("RFC9002-7", story=stories.migrations)
def sends_without_end(patch: Patch) -> None:
    """There is always one more thing to ask, whatever the window."""
    patch.setattr(NewReno, "room", property(lambda self: 1 << 20))
    patch.setattr(Pacer, "when", lambda self, size, now, window, smoothed: now)
    before = sending.datagrams

    def datagrams(c: Connection, now: float) -> Iterator[sending.Outgoing]:
        while True:
            c.control.ping()
            yield from before(c, now)

    patch.setattr(sending, "datagrams", datagrams)
