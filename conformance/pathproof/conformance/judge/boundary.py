"""What passes the endpoint's boundary, followed: datagrams, the packets in them, and the paths they take.

This is the one place that looks at every event for the rules on path validation, on the limit of three times,
on migration and on stateless resets. It hands on what concerns them, and costs little for what does not.
"""

from __future__ import annotations

from pathproof.conformance.anti_amplification.follow import Limits
from pathproof.conformance.events import (
    NOT_LOGGED,
    Ack,
    ConnectionClose,
    ConnectionClosed,
    Datagram,
    Dropped,
    Event,
    Gap,
    Missing,
    OtherFrame,
    Packet,
    Parameters,
    PathChallenge,
    PathResponse,
    Vantage,
)
from pathproof.conformance.judge.early import Early
from pathproof.conformance.judge.notes import Notes
from pathproof.conformance.judge.registry import apply
from pathproof.conformance.judge.scene import MOST_PLACES, Carried, Place, Scene, place_of
from pathproof.conformance.judge.settings import Settings
from pathproof.conformance.judge.verdicts import Subject
from pathproof.conformance.migration.follow import Moves
from pathproof.conformance.path_validation.follow import Validations
from pathproof.conformance.preferred_address import follow as _preferred  # noqa: F401  (registers rules)
from pathproof.conformance.stateless_reset.follow import Resets
from pathproof.spec.names import ErrorCode

LONG = ("initial", "handshake")
CONFIRMS = OtherFrame("handshake_done")
CROWDED = f"more than {MOST_PLACES} paths were used: what went on further ones was not followed"


class Boundary:
    """One pass over the datagrams and packets of a trace, under one choice of readings."""

    def __init__(self, vantage: Vantage, settings: Settings, notes: Notes) -> None:
        """Begin before the first event."""
        self.scene = Scene(notes, settings, vantage)
        self.limits = Limits(self.scene)
        self.validations = Validations(self.scene, self.limits)
        self.moves = Moves(self.scene, self.limits)
        self.resets = Resets(self.scene)
        self._at: dict[bool, Datagram | None] = {True: None, False: None}
        self._place: dict[bool, Place | None] = {True: None, False: None}
        self.early = Early(self.scene, self.limits, self.moves)

    @property
    def partial(self) -> list[str]:
        """What of the trace was not followed."""
        return [CROWDED] if self.scene.crowded else []

    def event(self, event: Event) -> None:
        """Take in the next event."""
        if type(event) is Packet:
            self._packet(event)
        elif type(event) is Datagram:
            self._datagram(event)
        elif type(event) is Dropped:
            self.early.dropped(event, self._at[False])
        elif type(event) is Parameters:
            self._parameters(event)
        elif type(event) is ConnectionClosed:
            self._closed(event)
        elif type(event) is Gap:
            self._interrupt()

    # Datagrams.

    def _datagram(self, at: Datagram) -> None:
        """A datagram went or came; its path is most often that of the one before."""
        sent, scene = at.sent, self.scene
        before, place = self._at[sent], self._place[sent]
        if before is None or at.local != before.local or at.remote != before.remote:
            place = place_of(at)
            if place is not None:
                place = scene.enter(place, sent)
        self._at[sent], self._place[sent] = at, place
        size = at.size
        if not isinstance(size, Missing):
            scene.sized = True
            if sent and (self.resets.largest is None or size > self.resets.largest):
                self.resets.largest = size
            elif not sent:
                self.resets.came = at
        if self.limits.is_server:
            self.limits.datagram(at, place)

    def _carried(self, packet: Packet) -> Carried:
        """The packet with the datagram around it."""
        at = self._at[packet.sent]
        if at is None or isinstance(packet.datagram, Missing) or at.number != packet.datagram:
            return Carried(packet, None, None)
        return Carried(packet, at, self._place[packet.sent])

    # Packets.

    def _packet(self, packet: Packet) -> None:
        """Take in a packet."""
        sent, kind = packet.sent, packet.type
        if sent and self.resets.has_come:
            self.resets.sent(packet)
        if kind == "1RTT":
            self._data(packet, sent)
        elif kind in LONG:
            self.early.packet(self._carried(packet))
            self._frames(packet)
        elif kind == "0RTT":
            self.early.begin(self._carried(packet))
            self._frames(packet)
        elif kind == "stateless_reset":
            self.resets.reset(packet, self._carried(packet).at)

    def _data(self, packet: Packet, sent: bool) -> None:
        """A 1-RTT packet: its frames first, so that what they prove counts for the packet."""
        scene = self.scene
        if not self.early.begun:
            self.early.begun = True
            self._interrupt()
        if scene.home is None and packet.datagram is not NOT_LOGGED:
            self.early.begin(self._carried(packet))
        frames = packet.frames
        if not frames:
            self._interrupt()
        for frame in frames:
            kind = type(frame)
            if kind is PathChallenge or kind is PathResponse or kind is ConnectionClose:
                self._frames(packet)
                break
        if not scene.confirmed and not sent:
            self._confirm(packet)
        at, place = self._at[sent], self._place[sent]
        if at is None or at.number != packet.datagram or isinstance(at.number, Missing):
            scene.addressed = False
            scene.linked = scene.linked and sent
            return
        scene.addressed = place is not None
        if place is not None:
            if sent:
                self.moves.sent(packet, place)
            else:
                self.moves.came(packet, place)
                if len(scene.places) > 1 and self.limits.is_server:
                    self.limits.opened(at, place)
        if sent and (self.validations.answers.debts or self.validations.seconds.debts):
            self.validations.current = self.moves.current
            self.validations.sent(Carried(packet, at, place))

    def _confirm(self, packet: Packet) -> None:
        """A client's handshake is confirmed, at the latest by what tells so (RFC 9001 4.1.2)."""
        if self.limits.is_server:
            self.scene.confirmed = True
            self.limits.prove(self._carried(packet).place)
            return
        for frame in packet.frames:
            if frame == CONFIRMS or type(frame) is Ack:
                self.scene.confirmed = True

    def _frames(self, packet: Packet) -> None:
        """Challenges, responses and closes."""
        carried, first = self._carried(packet), True
        self.validations.current = self.moves.current
        for frame in packet.frames:
            if isinstance(frame, PathChallenge):
                if packet.sent:
                    self.moves.challenges(packet, carried.place)
                self.validations.challenge(carried, frame, first)
                first = False
            elif isinstance(frame, PathResponse):
                self.validations.response(carried, frame)
            elif isinstance(frame, ConnectionClose):
                self.scene.over = True
                self.scene.failed |= frame.space != "application" and frame.error_code != ErrorCode.NO_ERROR

    # The rest.

    def _parameters(self, stated: Parameters) -> None:
        """A side states its transport parameters."""
        self.early.begun, scene = True, self.scene
        self.resets.parameters(stated)
        self.limits.retried(stated)
        owner: Subject = "local" if stated.owner == "local" else "peer"
        if stated.preferred_address_connection_id is not Missing.NOT_LOGGED:
            scene.preferred[owner] = stated.preferred_address_connection_id is not Missing.ABSENT
        if stated.disable_active_migration is not Missing.NOT_LOGGED:
            scene.disabled[owner] = stated.disable_active_migration is True

    def _closed(self, event: ConnectionClosed) -> None:
        """The endpoint says that it is over."""
        self.scene.over = True
        self.scene.failed |= event.owner != "remote" and event.error_code != ErrorCode.NO_ERROR

    def _interrupt(self) -> None:
        """Something is missing from here on."""
        self.scene.whole = False
        self.validations.interrupted()

    def finish(self) -> None:
        """The trace is over."""
        self.limits.settle()
        self.moves.finish()
        self.validations.finish()
        self.resets.finish()
        apply("over", self.scene, self.scene.notes)
