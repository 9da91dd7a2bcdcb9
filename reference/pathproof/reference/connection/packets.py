"""A packet in the making: frames as far as they fit, padding, a header, and protection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathproof.reference.connection.ending import in_early_packets
from pathproof.reference.connection.space_state import SpaceState
from pathproof.reference.frames import (
    Ack,
    ConnectionClose,
    Frame,
    Padding,
    is_ack_eliciting,
    write_frame,
)
from pathproof.reference.key_update import PhasedProtection
from pathproof.reference.migration import Path
from pathproof.reference.observer import PacketSeen
from pathproof.reference.packet import (
    TAG_LENGTH,
    length_of,
    long_header_length,
    write_long_header,
    write_short_header,
)
from pathproof.reference.sent_packet import SentPacket
from pathproof.reference.spaces import PacketType, Space

if TYPE_CHECKING:
    from pathproof.reference.connection.connection import Connection

LEAST_PAYLOAD = 5  # bytes, so that a reset in answer to the packet looks like it (10.3-15)


class Draft:
    """A packet that is not sealed yet, of at most so many bytes."""

    __slots__ = (
        "c",
        "eliciting",
        "frames",
        "in_flight",
        "kept",
        "number",
        "number_length",
        "overhead",
        "path",
        "payload",
        "state",
        "total",
    )

    def __init__(self, c: Connection, state: SpaceState, path: Path, total: int) -> None:
        """Begin a packet of a space for a path."""
        self.c, self.state, self.path, self.total = c, state, path, total
        acknowledged = c.recovery.spaces[state.space].largest_acked
        self.number = state.next_number
        self.number_length = length_of(self.number, acknowledged if acknowledged >= 0 else None)
        self.overhead = self._header_length() + self.number_length + TAG_LENGTH
        self.payload = bytearray()
        self.frames: list[Frame] = []
        self.kept: list[Frame] = []  # of which something is to be done when they are acknowledged, or lost
        self.eliciting = self.in_flight = False

    @property
    def room(self) -> int:
        """Bytes that are left for frames."""
        return self.total - self.overhead - len(self.payload)

    @property
    def size(self) -> int:
        """Bytes that the packet has when it is sealed, as it is now."""
        return self.overhead + max(len(self.payload), LEAST_PAYLOAD)

    @property
    def destination(self) -> bytes:
        """The peer's connection ID for this path."""
        assert self.path.destination is not None
        return self.c.consumer.active[self.path.destination].connection_id

    def add(self, frame: Frame, data: bytes | None = None) -> None:
        """Put a frame into the packet."""
        self.payload += write_frame(frame) if data is None else data
        self.frames.append(frame)
        if is_ack_eliciting(frame):
            self.eliciting = self.in_flight = True
            self.kept.append(frame)
        elif isinstance(frame, Ack):
            self.kept.append(frame)

    def add_close(self, frame: ConnectionClose) -> None:
        """Put CONNECTION_CLOSE into the packet, without what early packets must not show (10.2.3-06)."""
        if self.state.space != Space.APPLICATION:
            frame = in_early_packets(frame)
        data = write_frame(frame)
        if len(data) > self.room:
            frame = ConnectionClose(frame.error_code, frame.frame_type, "")
            data = write_frame(frame)
        self.add(frame, data)

    def pad(self, more: int) -> None:
        """Make the packet larger by so many bytes."""
        if more > 0:
            short = max(LEAST_PAYLOAD - len(self.payload), 0)
            self.fill_up(short + more)

    def fill_up(self, length: int) -> None:
        """PADDING: with it a packet counts as in flight (RFC 9002 2)."""
        self.payload += bytes(length)
        self.frames.append(Padding(length))
        self.in_flight = True

    def seen(self, datagram: int, size: int, now: float) -> PacketSeen:
        """The packet as whoever watches sees it, once it is sealed."""
        is_short = self.state.space == Space.APPLICATION
        return PacketSeen(
            self.c,
            now,
            True,
            datagram,
            PacketType.of(self.state.space),
            self.number,
            self.destination,
            None if is_short else self.c.issuer.first,
            tuple(self.frames),
            size,
        )

    def _header_length(self) -> int:
        if self.state.space == Space.APPLICATION:
            return 1 + len(self.destination)
        kind = PacketType.of(self.state.space)
        return long_header_length(kind, self.destination, self.c.issuer.first, self._token())

    def _token(self) -> bytes:
        return self.c.token if self.state.space == Space.INITIAL and self.c.is_client else b""

    def header(self, number: int) -> bytes:
        """The header, up to and with the packet number."""
        if self.state.space == Space.APPLICATION:
            return write_short_header(self.destination, number, self.number_length, self.c.phased.phase)
        return write_long_header(
            PacketType.of(self.state.space),
            self.destination,
            self.c.issuer.first,
            number,
            self.number_length,
            len(self.payload),
            self._token(),
        )


def seal(draft: Draft, now: float) -> bytes:
    """The packet as it is sent; from now on it waits for its acknowledgment."""
    if len(draft.payload) < LEAST_PAYLOAD:
        draft.fill_up(LEAST_PAYLOAD - len(draft.payload))
    state, c = draft.state, draft.c
    if isinstance(state.protection, PhasedProtection):
        state.protection.initiate_if_due(now)
    number = draft.number = state.take_number()
    data = state.protection.seal(draft.header(number), bytes(draft.payload), number)
    kept = tuple(draft.kept)
    c.recovery.sent(
        SentPacket(number, state.space, now, len(data), draft.eliciting, draft.in_flight, draft.path, kept)
    )
    return data
