"""What a connection does with a datagram: packets are opened, and what is authentic is processed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathproof.reference.connection import first_packets, frames_in
from pathproof.reference.connection.ending import Phase
from pathproof.reference.connection.events import Ended
from pathproof.reference.connection.space_state import SpaceState
from pathproof.reference.errors import ProtocolError, Undecryptable, Unreadable
from pathproof.reference.frames import ConnectionClose, Frame, is_ack_eliciting, read_frames
from pathproof.reference.key_update import PhasedProtection
from pathproof.reference.migration import Address, Path
from pathproof.reference.migration.highest_packet import is_probing
from pathproof.reference.observer import PacketDropped, PacketSeen
from pathproof.reference.packet import Header, read_header
from pathproof.reference.path_validation import FULL_SIZE
from pathproof.reference.spaces import PacketType, Space
from pathproof.reference.stateless_reset import is_reset

if TYPE_CHECKING:
    from pathproof.reference.connection.connection import Connection


FIXED_BIT = 0x40


@dataclass(slots=True)
class Arrival:
    """A datagram on its way through: where it came from, its size, and the path, once there is one."""

    local: Address
    remote: Address
    size: int
    path: Path | None
    number: int  # of the datagram, as whoever watches knows it


def receive(
    c: Connection, datagram: bytes, local: Address, remote: Address, now: float, header: Header | None = None
) -> None:
    """Process a datagram; all of its bytes count toward the limit of a known address (8.1-04).

    `header` is the first one, if it was read already.
    """
    if c.ending.phase is Phase.OVER:
        return
    number = c.boundary.datagram(c, now, False, local, remote, len(datagram))
    arrival = Arrival(local, remote, len(datagram), c.paths.find(local, remote), number)
    if arrival.path is not None:
        arrival.path.ledger.came(len(datagram))
    if header is not None and not datagram[0] & FIXED_BIT:
        header = None  # whether that is permitted depends on its type
    offset, is_open, first = 0, False, None
    while offset < len(datagram):
        if header is None:
            try:
                header = read_header(datagram, offset, lambda rest: len(c.issuer.first))
            except Unreadable:
                break
        if first is not None and header.destination != first:
            break  # packets of another connection do not share a datagram (12.2)
        first, offset = header.destination, header.end
        is_open |= _packet(c, datagram, header, arrival, now)
        header = None
    if not is_open:
        look_for_reset(c, datagram, local, remote, now, number)


def look_for_reset(
    c: Connection, datagram: bytes, local: Address, remote: Address, now: float, seen: int | None = None
) -> bool:
    """Whether a datagram that nobody can open is a reset of this connection, which then ends (10.3.1).

    `seen` is its number, if whoever watches knows it already as one of this connection.
    """
    numbers = [path.destination for path in c.paths.known if path.remote == remote]
    if not is_reset(datagram, c.consumer.tokens(numbers)):
        return False
    size = len(datagram)
    number = c.boundary.datagram(c, now, False, local, remote, size) if seen is None else seen
    c.boundary.tell(PacketSeen(c, now, False, number, None, None, b"", None, (), size))
    c.ending.drain(now, c.pto())  # 10.3.1-11
    c.end(Ended("reset"))
    return True


def _packet(c: Connection, datagram: bytes, header: Header, arrival: Arrival, now: float) -> bool:
    """Process one packet; the answer says whether it was authentic."""
    if header.kind in (PacketType.RETRY, PacketType.VERSION_NEGOTIATION):
        is_taken = first_packets.take(c, datagram, header)
        _tell(c, header, arrival, None, ()) if is_taken else _drop(c, header, arrival, "unexpected")
        return is_taken
    space = header.kind.space
    if space is None or header.kind is PacketType.ZERO_RTT or c.spaces[space].is_over:
        _drop(c, header, arrival, "unexpected")
        return False
    if header.kind is PacketType.INITIAL and not c.is_client and arrival.size < FULL_SIZE:
        _drop(c, header, arrival, "unexpected")  # 14.1-05
        return False
    state = c.spaces[space]
    try:
        number, payload = _opened(c, state, datagram, header, now)
    except Undecryptable:
        _drop(c, header, arrival, "undecryptable")
        return False
    is_new = state.received.is_new(number)
    if not is_new or not first_packets.agrees(c, header):
        _drop(c, header, arrival, "unexpected" if is_new else "duplicate")
        return True
    try:
        frames = list(read_frames(payload, header.kind))
    except ProtocolError:
        _drop(c, header, arrival, "malformed")
        raise
    _tell(c, header, arrival, number, tuple(frames))
    if c.ending.is_open:
        _process(c, state, header, arrival, number, frames, now)
    else:
        _late(c, frames, now)
    return True


def _tell(
    c: Connection, header: Header, arrival: Arrival, number: int | None, frames: tuple[Frame, ...]
) -> None:
    """Whoever watches sees the packet before it is processed."""
    if c.boundary.is_watched:
        source = None if header.kind is PacketType.ONE_RTT else header.source
        size, to = header.end - header.start, header.destination
        token = header.token if header.kind is PacketType.INITIAL else None
        seen = PacketSeen(
            c, c.now, False, arrival.number, header.kind, number, to, source, frames, size, token
        )
        c.boundary.tell(seen)


def _drop(c: Connection, header: Header, arrival: Arrival, why: str) -> None:
    size = header.end - header.start
    c.boundary.tell(PacketDropped(c, c.now, arrival.number, header.kind, size, why, header.destination))


def _opened(
    c: Connection, state: SpaceState, datagram: bytes, header: Header, now: float
) -> tuple[int, bytes]:
    protection, largest = state.protection, state.received.largest
    if isinstance(protection, PhasedProtection):
        if not c.was_complete:
            raise Undecryptable("1-RTT packets wait for the handshake (RFC 9001 5.7)")
        number, payload, first = protection.open(datagram, header, largest, now, c.pto())
        c.heard_phase = first >> 2 & 1
        return number, payload
    return protection.open(datagram, header, largest)[:2]


def _process(
    c: Connection,
    state: SpaceState,
    header: Header,
    arrival: Arrival,
    number: int,
    frames: list[Frame],
    now: float,
) -> None:
    """The packet moves the connection or not, and then its frames are processed in order (9.3, 12.4)."""
    path = arrival.path or _new_path(c, arrival)
    if path is None:
        return
    arrival.path = path
    c.idle.received(now)
    bearing = frames_in.number_of(c, header.destination)
    if state.space == Space.HANDSHAKE:
        first_packets.peer_has_handshake_keys(c, path)
    if state.space == Space.APPLICATION and bearing is not None:
        c.paths.receive(path, number, bearing, is_probing(frames), now)
    for frame in frames:
        frames_in.process(c, state, frame, path, bearing, now)
    state.received.note(number, any(map(is_ack_eliciting, frames)), now)


def _new_path(c: Connection, arrival: Arrival) -> Path | None:
    """A path for an address from which an authentic packet came, if it may be one (9-01, 9-03, 9-10).

    A client knows the server's address of the handshake also when it has left it: until the server has
    validated the path from its preferred address, its packets come from there (9.6.2-03).

    Packets from ever new addresses are dropped after some: each path is validated, which costs datagrams to
    whoever is there, and an attacker who copies packets chooses where that is (9.3.1).
    """
    if not (arrival.remote == c.paths.first.remote if c.is_client else c.is_confirmed):
        return None
    if not c.new_paths.take(c.now):
        return None
    path = c.paths.open(arrival.local, arrival.remote)
    path.ledger.came(arrival.size)
    return path


def _late(c: Connection, frames: list[Frame], now: float) -> None:
    """A packet that comes while the connection ends: CONNECTION_CLOSE, or something to answer with it."""
    if any(isinstance(frame, ConnectionClose) for frame in frames):
        c.ending.drain(now, c.pto())  # 10.2.2-06
    else:
        c.ending.heard()
