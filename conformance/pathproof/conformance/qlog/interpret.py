"""Events of any dialect, once their name, time and data are known: packets, parameters, ends, gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Literal

import msgspec

from pathproof.conformance.events import (
    ABSENT,
    NOT_LOGGED,
    ConnectionClosed,
    Event,
    Gap,
    Missing,
    Owner,
    Packet,
    Parameters,
    Position,
)
from pathproof.conformance.qlog.dialects import Dialect
from pathproof.conformance.qlog.errors import UNREADABLE, Malformed, one_line
from pathproof.conformance.qlog.frames import frames
from pathproof.conformance.qlog.parameters import owner, parameters
from pathproof.conformance.qlog.records import closed_decoder, packet_decoder, parameters_decoder
from pathproof.conformance.qlog.values import connection_id, error_code, packet_type

MOST_NAMES = 1000
"""How many different names of skipped events are counted; further ones count together, under ''."""
LONGEST_NAME = 100
"""Characters of a skipped event's name; longer ones count together, under ''."""


class Interpreter:
    """Turns the events of one trace into the event model, one after the other.

    Holds what one iteration needs: the dialect, the clock and the counter of skipped events. `unit` is the
    length of the source's time unit in milliseconds; `relative` says that each time counts from the event
    before it.
    """

    __slots__ = ("_base", "_dialect", "_file", "_now", "_relative", "_unit", "_unknown")

    def __init__(
        self, file: str, dialect: Dialect, unknown: Counter[str], *, unit: float = 1.0, relative: bool = False
    ) -> None:
        """Start at the first event of a trace."""
        self._file = file
        self._dialect = dialect
        self._unknown = unknown
        self._unit = unit
        self._relative = relative
        self._now = 0.0
        self._base: float | None = None

    def event(self, name: str, time: float, data: msgspec.Raw, offset: int, number: int) -> Event | None:
        """Return the event, None for one that is skipped, or a `Gap` for a known one that makes no sense."""
        self._now = self._now + time if self._relative else time
        if self._base is None:
            self._base = self._now
        handler = HANDLERS.get(name)
        if handler is None:
            self._skip(name)
            return None
        position = Position(self._file, offset, number)
        try:
            result = handler(data, (self._now - self._base) * self._unit, position, self._dialect)
        except UNREADABLE as error:
            return Gap(f"{name}: {one_line(error)}", position)
        if result is None:
            self._skip(name)
        return result

    def gap(self, error: Exception | str, offset: int, number: int) -> Gap:
        """Return the gap that an event leaves which cannot be decoded at all."""
        reason = error if isinstance(error, str) else one_line(error)
        return Gap(reason, Position(self._file, offset, number))

    def _skip(self, name: str) -> None:
        """Count an event that the model has no place for, in bounded memory."""
        if name in self._unknown:
            self._unknown[name] += 1
        else:
            known = len(name) <= LONGEST_NAME and len(self._unknown) < MOST_NAMES
            self._unknown[name if known else ""] += 1


Handler = Callable[[msgspec.Raw, float, Position, Dialect], Event | None]

NUMBERLESS = frozenset({"retry", "version_negotiation", "stateless_reset"})
"""Packets that carry no packet number (RFC 9000, Section 17.2; RFC 8999, Section 6)."""
NO_SOURCE = frozenset({"1RTT", "stateless_reset"})
"""Packets whose header has no source connection ID (RFC 9000, Sections 17.3 and 10.3)."""


def _packet(data: msgspec.Raw, time: float, position: Position, dialect: Dialect, sent: bool) -> Packet:
    """Return a packet. Raises `Malformed` or what decoding raises."""
    record = packet_decoder.decode(data)
    header = record.header
    if header is None:
        raise Malformed("header: missing")
    kind = packet_type(header.packet_type or record.packet_type or "")
    number: int | Missing
    if header.packet_number is not None:
        number = header.packet_number
    else:
        number = ABSENT if kind in NUMBERLESS else NOT_LOGGED
    empty = dialect.empty_id_left_out
    destination: bytes | Missing = b"" if empty or header.dcil == 0 else NOT_LOGGED
    source: bytes | Missing = b"" if empty or header.scil == 0 else NOT_LOGGED
    return Packet(
        time,
        sent,
        kind,
        number,
        ABSENT if kind == "stateless_reset" else connection_id(header.dcid, "dcid", destination),
        ABSENT if kind in NO_SOURCE else connection_id(header.scid, "scid", source),
        frames(record.frames),
        position,
    )


def _sent(data: msgspec.Raw, time: float, position: Position, dialect: Dialect) -> Packet:
    """Return a packet that the endpoint sent."""
    return _packet(data, time, position, dialect, True)


def _received(data: msgspec.Raw, time: float, position: Position, dialect: Dialect) -> Packet:
    """Return a packet that the endpoint received."""
    return _packet(data, time, position, dialect, False)


def _parameters(data: msgspec.Raw, time: float, position: Position, dialect: Dialect) -> Parameters | None:
    """Return transport parameters, or None for an event that holds none."""
    return parameters(parameters_decoder.decode(data), time, position, dialect)


def _closed(data: msgspec.Raw, time: float, position: Position, dialect: Dialect) -> ConnectionClosed:
    """Return the end of the connection, in the words of qlog 0.3 or of the later drafts."""
    record = closed_decoder.decode(data)
    side: Owner | Missing = owner(record.owner or record.initiator)
    code = error_code(
        record.error_code,
        record.connection_code,
        record.application_code,
        record.connection_error,
        record.application_error,
    )
    return ConnectionClosed(time, side, code, _text(record.trigger), _text(record.reason), position)


def _text(value: str | None) -> str | Literal[Missing.NOT_LOGGED]:
    """Return a text, or `NOT_LOGGED` for None."""
    return NOT_LOGGED if value is None else value


HANDLERS: dict[str, Handler] = {
    "transport:packet_sent": _sent,
    "quic:packet_sent": _sent,
    "transport:packet_received": _received,
    "quic:packet_received": _received,
    "transport:parameters_set": _parameters,
    "quic:parameters_set": _parameters,
    "transport:connection_closed": _closed,
    "connectivity:connection_closed": _closed,
    "quic:connection_closed": _closed,
}
"""The known events. `transport` and `connectivity` are the categories up to qlog 0.3, `quic` since then."""
