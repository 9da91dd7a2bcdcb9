"""Events of any dialect, once their name, time and data are known: packets, parameters, ends, gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Literal

import msgspec

from pathproof.conformance.events import (
    NOT_LOGGED,
    ConnectionClosed,
    Datagram,
    Event,
    Gap,
    Missing,
    Owner,
    Packet,
    Parameters,
    Position,
)
from pathproof.conformance.qlog.carriers import Carriers
from pathproof.conformance.qlog.dialects import Dialect
from pathproof.conformance.qlog.errors import UNREADABLE, one_line
from pathproof.conformance.qlog.packets import dropped, packet
from pathproof.conformance.qlog.parameters import owner, parameters
from pathproof.conformance.qlog.records import (
    closed_decoder,
    datagrams_decoder,
    parameters_decoder,
    tuple_decoder,
)
from pathproof.conformance.qlog.values import error_code

MOST_NAMES = 1000
"""How many different names of skipped events are counted; further ones count together, under ''."""
LONGEST_NAME = 100
"""Characters of a skipped event's name; longer ones count together, under ''."""


class Interpreter:
    """Turns the events of one trace into the event model, one after the other.

    Holds what one iteration needs: the dialect, the addresses told so far, the clock and the counter of
    skipped events. `unit` is the length of the source's time unit in milliseconds; `relative` says that each
    time counts from the event before it.
    """

    __slots__ = ("_base", "_carriers", "_file", "_now", "_relative", "_unit", "_unknown")

    def __init__(
        self, file: str, dialect: Dialect, unknown: Counter[str], *, unit: float = 1.0, relative: bool = False
    ) -> None:
        """Start at the first event of a trace."""
        self._file = file
        self._carriers = Carriers(dialect)
        self._unknown = unknown
        self._unit = unit
        self._relative = relative
        self._now = 0.0
        self._base: float | None = None

    def event(
        self, name: str, time: float, data: msgspec.Raw, offset: int, number: int, tuple_id: str | int = ""
    ) -> Event | tuple[Event, ...] | None:
        """Return what an event tells: None for one that is skipped, a `Gap` for a known one without sense."""
        self._now = self._now + time if self._relative else time
        if self._base is None:
            self._base = self._now
        handler = HANDLERS.get(name)
        if handler is None:
            self._skip(name)
            return None
        self._carriers.tuple_id = tuple_id
        position = Position(self._file, offset, number)
        try:
            result = handler(data, (self._now - self._base) * self._unit, position, self._carriers)
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


Handler = Callable[[msgspec.Raw, float, Position, Carriers], Event | tuple[Event, ...] | None]
"""Returns what an event tells, and None for one that is to be skipped."""


def _sent(data: msgspec.Raw, time: float, position: Position, carriers: Carriers) -> Packet:
    """Return a packet that the endpoint sent."""
    return packet(data, time, position, carriers, True)


def _received(data: msgspec.Raw, time: float, position: Position, carriers: Carriers) -> Packet:
    """Return a packet that the endpoint received."""
    return packet(data, time, position, carriers, False)


def _datagrams(way: str, has_header: bool) -> Handler:
    """Return what reads events about datagrams of one direction."""

    def read(data: msgspec.Raw, time: float, position: Position, carriers: Carriers) -> tuple[Datagram, ...]:
        """Return the datagrams of one event."""
        record = datagrams_decoder.decode(data)
        return carriers.datagrams(record, time, way == "sent", position, has_header)

    return read


def _tuple(data: msgspec.Raw, time: float, position: Position, carriers: Carriers) -> tuple[Event, ...]:
    """Take in the addresses of a tuple, which is no event by itself."""
    carriers.assign(tuple_decoder.decode(data))
    return ()


def _parameters(data: msgspec.Raw, time: float, position: Position, carriers: Carriers) -> Parameters | None:
    """Return transport parameters, or None for an event that holds none."""
    return parameters(parameters_decoder.decode(data), time, position, carriers.dialect)


def _closed(data: msgspec.Raw, time: float, position: Position, carriers: Carriers) -> ConnectionClosed:
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
    "transport:packet_dropped": dropped,
    "quic:packet_dropped": dropped,
    "transport:datagrams_sent": _datagrams("sent", has_header=True),
    "transport:datagram_sent": _datagrams("sent", has_header=True),
    "quic:udp_datagrams_sent": _datagrams("sent", has_header=False),
    "transport:datagrams_received": _datagrams("received", has_header=True),
    "transport:datagram_received": _datagrams("received", has_header=True),
    "quic:udp_datagrams_received": _datagrams("received", has_header=False),
    "quic:tuple_assigned": _tuple,
    "transport:parameters_set": _parameters,
    "quic:parameters_set": _parameters,
    "transport:connection_closed": _closed,
    "connectivity:connection_closed": _closed,
    "quic:connection_closed": _closed,
}
"""The known events. `transport` and `connectivity` are the categories up to qlog 0.3, `quic` since then.

Up to qlog 0.3 the length of a datagram was to count the UDP header, and not every stack did that: there only
the length of its payload is taken.
"""
