"""What the reference endpoint sees at its boundary, as events of a judge: no file lies between."""

from __future__ import annotations

from typing import Literal

from pathproof.conformance.events import (
    ABSENT,
    NOT_LOGGED,
    Ack,
    ConnectionClose,
    ConnectionClosed,
    Datagram,
    Dropped,
    Event,
    Frame,
    Missing,
    NewConnectionId,
    OtherFrame,
    Owner,
    Packet,
    Parameters,
    PathChallenge,
    PathResponse,
    Position,
    RetireConnectionId,
    Trace,
    shown,
)
from pathproof.reference import frames as wire
from pathproof.reference.connection import Connection
from pathproof.reference.observer import (
    DatagramSeen,
    EndSeen,
    PacketDropped,
    PacketSeen,
    ParametersSeen,
    Sight,
)
from pathproof.reference.qlog.packets import TRIGGERS
from pathproof.reference.qlog.schema import TYPES

FILE = "watched"


class Watched:
    """Collects the events of one connection, from the sights of one endpoint.

    Call it as the endpoint's observer; sights of other connections are left out and of none.

    Examples
    --------
    >>> watched = Watched("client")
    >>> watched.trace().events, watched.trace().vantage
    ([], 'client')
    """

    def __init__(self, vantage: str, connection: Connection | None = None) -> None:
        """Watch one connection; without one, that of the first sight."""
        self.vantage, self.connection = vantage, connection
        self.events: list[Event] = []

    def __call__(self, sight: Sight) -> None:
        """Take in what was seen."""
        if self.connection is None:
            self.connection = sight.connection
        if sight.connection is not None and sight.connection is self.connection:
            event = event_of(sight, len(self.events))
            if event is not None:
                self.events.append(event)

    def trace(self) -> Trace:
        """Everything so far, as a trace."""
        return Trace(
            file=FILE,
            format=FILE,
            dialect=FILE,
            stack="pathproof",
            vantage="client" if self.vantage == "client" else "server",
            original_destination_connection_id=NOT_LOGGED,
            events=self.events,
            capabilities=frozenset(
                ("dcid", "scid", "ncid_token", "packet_number", "frames", "limit", "datagrams", "addresses")
            ),
        )


def event_of(sight: Sight, number: int) -> Event | None:
    """The event that a sight is, if it is one; times are in milliseconds from the clock of the endpoint."""
    time, position = sight.time * 1000, Position(FILE, -1, number)
    match sight:
        case DatagramSeen():
            local, remote = shown(sight.local), shown(sight.remote)
            return Datagram(time, sight.sent, sight.number, local, remote, sight.size, position)
        case PacketSeen():
            return _packet(sight, time, position)
        case PacketDropped():
            return _dropped(sight, time, position)
        case ParametersSeen():
            return _parameters(sight, time, position)
        case EndSeen():
            ended = sight.ended
            owner: Owner = "remote" if ended.cause in ("peer", "reset") else "local"
            return ConnectionClosed(time, owner, ended.error_code, ended.cause, ended.says, position)
        case _:
            return None


def _packet(sight: PacketSeen, time: float, position: Position) -> Packet:
    return Packet(
        time,
        sight.sent,
        TYPES[sight.kind],
        ABSENT if sight.number is None else sight.number,
        ABSENT if sight.kind is None else sight.destination,
        ABSENT if sight.source is None else sight.source,
        tuple(frame_of(frame) for frame in sight.frames),
        position,
        sight.datagram,
        sight.size,
        NOT_LOGGED if sight.token is None else sight.token,
    )


def _dropped(sight: PacketDropped, time: float, position: Position) -> Dropped | None:
    if sight.kind is None:
        return None  # no packet was found in the datagram
    kind, why = TYPES[sight.kind], TRIGGERS.get(sight.why, sight.why)
    return Dropped(time, kind, sight.destination, why, position, sight.datagram, sight.size)


def frame_of(frame: wire.Frame) -> Frame:
    """A frame of the reference, as a judge sees it.

    >>> frame_of(wire.Ping()), frame_of(wire.RetireConnectionId(3))
    (OtherFrame(name='ping'), RetireConnectionId(sequence_number=3))
    """
    match frame:
        case wire.NewConnectionId(number, prior, connection_id, token):
            return NewConnectionId(number, prior, len(connection_id), connection_id, token)
        case wire.RetireConnectionId(number):
            return RetireConnectionId(number)
        case wire.PathChallenge(data):
            return PathChallenge(data)
        case wire.PathResponse(data):
            return PathResponse(data)
        case wire.ConnectionClose(code, frame_type, reason):
            return ConnectionClose(int(code), "application" if frame_type is None else "transport", reason)
        case wire.Ack(ranges):
            return Ack(tuple((low, high) for low, high in ranges))
        case _:
            return OtherFrame(_snake(type(frame).__name__))


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def _parameters(sight: ParametersSeen, time: float, position: Position) -> Parameters:
    p = sight.parameters
    preferred = p.preferred_address
    return Parameters(
        "local" if sight.is_ours else "remote",
        time,
        p.active_connection_id_limit,
        _or_absent(p.initial_source_connection_id),
        _or_absent(p.original_destination_connection_id),
        _or_absent(p.retry_source_connection_id),
        ABSENT if preferred is None else preferred.connection_id,
        ABSENT if preferred is None else preferred.stateless_reset_token,
        _or_absent(p.stateless_reset_token),
        p.disable_active_migration,
        position,
    )


def _or_absent(value: bytes | None) -> bytes | Literal[Missing.ABSENT]:
    return ABSENT if value is None else value
