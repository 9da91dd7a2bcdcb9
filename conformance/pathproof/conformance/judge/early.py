"""The handshake, as far as datagrams go: where it takes place, and how large they are."""

from __future__ import annotations

from dataclasses import dataclass, field

from pathproof.conformance.anti_amplification.follow import Limits
from pathproof.conformance.anti_amplification.moments import EarlyDatagram, Undersized
from pathproof.conformance.events import Ack, Datagram, Dropped, Missing, Packet
from pathproof.conformance.judge.debts import covers
from pathproof.conformance.judge.notes import Sight
from pathproof.conformance.judge.registry import apply
from pathproof.conformance.judge.scene import FULL_SIZE, Carried, Scene
from pathproof.conformance.migration.follow import Moves

MOST_SMALL = 64
"""How many Initial packets from small datagrams are remembered until the server acknowledges one."""


@dataclass(slots=True, eq=False)
class Early:
    """The Initial and Handshake packets of a trace.

    `begun` says that the trace shows the beginning of the connection. `small` has the numbers of Initial
    packets that came in datagrams below 1200 bytes, with the sizes of these.
    """

    scene: Scene
    limits: Limits
    moves: Moves
    begun: bool = False
    small: dict[int, int] = field(default_factory=dict)

    def begin(self, carried: Carried) -> None:
        """The first packet in a datagram with addresses: its path is that of the handshake."""
        self.begun = True
        if self.scene.home is None and carried.place is not None:
            self.scene.home = carried.place
            self.moves.begin(carried.place)

    def packet(self, carried: Carried) -> None:
        """An Initial or Handshake packet."""
        packet = carried.packet
        self.begin(carried)
        if carried.at is None and not packet.sent:
            self.scene.linked = False
        if packet.type == "initial":
            self._initial(carried)
        if self.limits.is_server and not self.scene.proved:
            self.limits.long_header(packet, carried.place)

    def _initial(self, carried: Carried) -> None:
        """An Initial packet: how large its datagram is, and what a server acknowledges."""
        packet, size = carried.packet, carried.size
        eliciting = any(frame.ack_eliciting for frame in packet.frames)
        apply("initial", EarlyDatagram(self.scene, carried, eliciting), self.scene.notes)
        if not self.limits.is_server:
            return
        if packet.sent:
            self._acknowledges(packet)
            return
        number = -1 if isinstance(packet.number, Missing) else packet.number
        if number >= 0 and size is not None and size < FULL_SIZE and len(self.small) < MOST_SMALL:
            self.small[number] = size

    def _acknowledges(self, packet: Packet) -> None:
        for frame in packet.frames if self.small else ():
            if isinstance(frame, Ack):
                for number in [number for number in self.small if covers(frame.ranges, number)]:
                    answer = Undersized(Sight(packet, frame), self.small.pop(number))
                    apply("initial_answered", answer, self.scene.notes)

    def dropped(self, dropped: Dropped, at: Datagram | None) -> None:
        """A server may have dropped an Initial packet because its datagram was too small."""
        if dropped.type != "initial" or at is None or at.number != dropped.datagram:
            return
        if self.limits.is_server and isinstance(at.size, int) and at.size < FULL_SIZE:
            apply("initial_answered", Undersized(None, at.size), self.scene.notes)
