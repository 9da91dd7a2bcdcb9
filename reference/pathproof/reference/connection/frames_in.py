"""What each frame does to a connection (RFC 9000 19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathproof.reference.cid_supply import Supplied
from pathproof.reference.connection import sending
from pathproof.reference.connection.events import Ended, HandshakeComplete
from pathproof.reference.connection.preferred import take_preferred_address
from pathproof.reference.connection.space_state import SpaceState
from pathproof.reference.errors import ProtocolError
from pathproof.reference.frames import (
    Ack,
    ConnectionClose,
    Crypto,
    Frame,
    HandshakeDone,
    NewConnectionId,
    NewToken,
    Padding,
    PathChallenge,
    PathResponse,
    Ping,
    RetireConnectionId,
)
from pathproof.reference.migration import Path
from pathproof.reference.observer import ParametersSeen
from pathproof.reference.spaces import Space
from pathproof.reference.transport_parameters import (
    authenticate_client,
    authenticate_server,
    read,
)
from pathproof.spec.names import ErrorCode

if TYPE_CHECKING:
    from pathproof.reference.connection.connection import Connection


def number_of(c: Connection, connection_id: bytes) -> int | None:
    """The sequence number of our connection ID in a packet, if it has one."""
    for number, issued in c.issuer.active.items():
        if issued.connection_id == connection_id:
            return number
    return None


def process(
    c: Connection, state: SpaceState, frame: Frame, path: Path, bearing: int | None, now: float
) -> None:
    """Do what a frame says; `bearing` is the number of our connection ID in its packet."""
    match frame:
        case Padding() | Ping():
            pass
        case Ack():
            _acknowledged(c, state, frame, now)
        case Crypto():
            _handshake(c, state, frame)
        case NewConnectionId():
            c.consumer.receive(frame)
        case RetireConnectionId(number):
            _retired(c, number, bearing)
        case PathChallenge(data):
            path.responses.challenged(data)  # 8.2.2-01
        case PathResponse(data):
            c.paths.answered(data, now)
        case NewToken(token):
            _refuse_from_client(c, frame, 0x07)
            c.token = token
        case HandshakeDone():
            _refuse_from_client(c, frame, 0x1E)
            confirm(c)
        case ConnectionClose():
            c.ending.drain(now, c.pto())  # 10.2-04
            c.end(Ended("peer", frame.error_code, frame.reason))
        case _:
            c.streams.receive(frame)


def _refuse_from_client(c: Connection, frame: Frame, frame_type: int) -> None:
    if not c.is_client:
        name = type(frame).__name__
        raise ProtocolError(ErrorCode.PROTOCOL_VIOLATION, f"a client sent {name}", frame_type)


def _acknowledged(c: Connection, state: SpaceState, frame: Ack, now: float) -> None:
    exponent = c.remote.ack_delay_exponent if c.remote and state.space == Space.APPLICATION else 3
    delay = (frame.delay << exponent) / 1_000_000
    acked, lost = c.recovery.acknowledged(state.space, frame, delay, now)
    for packet in acked:
        for sent in packet.frames:
            sending.on_acknowledged(c, state.space, sent)
    if state.space == Space.APPLICATION:
        for packet in acked:
            c.phased.acknowledged(packet.number, c.heard_phase, now, c.pto())
    c.lost(lost)


def _retired(c: Connection, number: int, bearing: int | None) -> None:
    gone = c.issuer.retire(number, bearing)
    if gone is not None:
        c.forget(gone)
        c.supply()  # 5.1.1-16


def _handshake(c: Connection, state: SpaceState, frame: Crypto) -> None:
    assert c.handshake is not None
    data = state.crypto.receive(frame)
    if not data:
        return
    c.handshake.receive(state.space, data)
    c.take_handshake()
    if c.remote is None and c.handshake.peer_parameters is not None:
        _take_parameters(c, c.handshake.peer_parameters)
    if c.handshake.complete and not c.was_complete:
        c.was_complete = True
        c.events.append(HandshakeComplete(c.handshake.alpn))
        c.supply()
        if not c.is_client:
            c.control.owe(HandshakeDone())
            confirm(c)


def _take_parameters(c: Connection, declared: bytes) -> None:
    """The peer's transport parameters take effect (7.3, 7.4)."""
    remote = read(declared, sender_is_server=c.is_client)
    c.boundary.tell(ParametersSeen(c, c.now, False, remote))
    assert c.peer_source is not None
    if c.is_client:
        authenticate_server(remote, c.peer_source, c.original, c.retry_source)
        c.consumer.active[0].token = remote.stateless_reset_token
        preferred = remote.preferred_address
        if preferred is not None:  # 5.1.1-04, 5.1.1-10
            supplied = Supplied(preferred.connection_id, preferred.stateless_reset_token)
            c.consumer.active[1] = supplied
    else:
        authenticate_client(remote, c.peer_source)
    c.remote = remote
    c.issuer.limit = remote.active_connection_id_limit
    c.recovery.max_ack_delay = c.paths.max_ack_delay = remote.max_ack_delay / 1000
    c.idle.agree(remote.max_idle_timeout / 1000)
    c.streams.state_limits(remote)


def confirm(c: Connection) -> None:
    """The handshake is confirmed: Handshake keys go, and either end may migrate (RFC 9001 4.1.2)."""
    c.is_confirmed = c.recovery.confirmed = c.phased.confirmed = True
    c.discard(Space.INITIAL)
    c.discard(Space.HANDSHAKE)
    if c.is_client:
        take_preferred_address(c, c.now)
    else:
        sending.owe_token(c, c.paths.current)
