"""Following one trace: every event goes to the direction, the moment and the rules it belongs to.

Memory is bounded by what the two issuers issued (`ledger`, `Direction`) and by fixed caps: on duties
(`obligations`), on frames in flight (`Direction.remember`) and on findings (`notes`).
"""

from __future__ import annotations

from pathproof.conformance.cid_supply import (  # noqa: F401  (each registers its rules)
    limit_rules,
    number_rules,
    offer_rules,
    parameter_rules,
    receipt_rules,
    retirement_rules,
    supply_rules,
    use_rules,
)
from pathproof.conformance.cid_supply.direction import MOST_ACTIVE, Direction
from pathproof.conformance.cid_supply.frames import Frames
from pathproof.conformance.cid_supply.handshake import Handshake
from pathproof.conformance.events import (
    ConnectionClose,
    ConnectionClosed,
    Event,
    Gap,
    Packet,
    Parameters,
    Trace,
)
from pathproof.conformance.judge.notes import Notes
from pathproof.conformance.judge.obligations import Obligations
from pathproof.conformance.judge.registry import apply
from pathproof.conformance.judge.settings import Settings
from pathproof.model.vocabulary import discard_below
from pathproof.spec.names import ErrorCode

CROWDED = f"more than {MOST_ACTIVE} connection IDs were active at once: further ones were not followed"
BEGINNING = "the beginning of the connection is not in the trace"
HANDSHAKE = ("initial", "handshake")
PROTECTED = ("1RTT", "0RTT")


class Follower:
    """One pass over the events of one trace, under one choice of readings."""

    def __init__(self, trace: Trace, settings: Settings, notes: Notes) -> None:
        """Begin before the first event."""
        self.notes = notes
        self.own = Direction("local", settings)
        self.theirs = Direction("peer", settings)
        self.duties = {
            "local": Obligations("local", notes, settings),
            "peer": Obligations("peer", notes, settings),
        }
        self.partial: list[str] = []
        self.packets = 0
        self.frames = Frames(self.own, self.theirs, self.duties["local"], self.duties["peer"], notes)
        self.handshake = Handshake(trace, self.own, self.theirs, self.duties["local"], self.duties["peer"])
        self._begun = False
        self._over = False
        self._excused = False

    def event(self, event: Event) -> None:
        """Take in the next event."""
        if isinstance(event, Packet):
            self._packet(event)
        elif isinstance(event, Parameters):
            self._begun = True
            self.handshake.parameters(event, self.frames.sent, self.notes)
        elif isinstance(event, ConnectionClosed):
            self._closed(event)
        elif isinstance(event, Gap):
            self._gap(event)

    def _packet(self, packet: Packet) -> None:
        """Take in a packet; once the connection is closed, only what it is closed with still counts."""
        if self._over:
            self._close(packet)
        elif packet.type in HANDSHAKE:
            self._begun = True
            self.handshake.packet(packet)
            self._close(packet)
        elif packet.type in PROTECTED:
            self._begin()
            self.packets += 1
            self.frames.packet(packet)
            self._close(packet)
        elif packet.type == "stateless_reset" and not packet.sent:
            self._over = True

    def _begin(self) -> None:
        """The first packet under 1-RTT or 0-RTT keys: what the handshake has said is known by now."""
        if not self._begun:
            self._begun = True
            self.partial.append(BEGINNING)
            self._interrupt()
        self.own.start()
        self.theirs.start()

    def _close(self, packet: Packet) -> None:
        """Look for CONNECTION_CLOSE."""
        for frame in packet.frames:
            if isinstance(frame, ConnectionClose):
                self.duties["local" if packet.sent else "peer"].closed(frame)
                self._over = True

    def _closed(self, event: ConnectionClosed) -> None:
        """The endpoint says that it is over; it may log the packet with CONNECTION_CLOSE after this."""
        if event.owner != "remote" and event.error_code != ErrorCode.NO_ERROR:
            self._excused = True
        self._over = True

    def _gap(self, gap: Gap) -> None:
        """Events are missing from here on."""
        self.partial.append(f"{gap.position}: {gap.reason}")
        if not self._over:
            self._interrupt()

    def _interrupt(self) -> None:
        """Neither direction is whole any more, and what is owed may have been done unseen."""
        for direction in (self.own, self.theirs):
            direction.whole = False
        for duties in (*self.duties.values(), self.frames.skips, self.frames.advice):
            duties.interrupted()

    def finish(self) -> None:
        """The trace is over: settle what is owed."""
        if self.own.crowded or self.theirs.crowded:
            self.partial.append(CROWDED)
        skips, whole = self.frames.skips, self.own.whole and self.theirs.whole
        for debt in skips.debts:
            if debt.numbers is not None:
                # Whoever was to retire these at once has no use for their frames.
                debt.numbers = discard_below(debt.numbers, self.own.s.retire_prior_to)
        skips.drop_done()
        for duties in (*self.duties.values(), skips):
            duties.settle(self._over, whole, self._excused)
        for direction in (self.own, self.theirs):
            apply("end", direction, self.frames.advice, self.notes)
