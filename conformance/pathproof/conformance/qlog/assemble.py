"""Traces from their parts: a description, events that can be read again and again, and what they can show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from pathproof.conformance.events import (
    NOT_LOGGED,
    Capability,
    Datagram,
    Event,
    Missing,
    NewConnectionId,
    Packet,
    Parameters,
    Trace,
    Vantage,
)
from pathproof.conformance.qlog.dialects import AIOQUIC, OTHER, Dialect, recognise
from pathproof.conformance.qlog.errors import Malformed
from pathproof.conformance.qlog.records import TraceRecord
from pathproof.conformance.qlog.values import connection_id

PROBED = 256
"""Events that are looked at before a trace is handed out: the handshake and what follows it at once."""

Maker = Callable[[Dialect, Counter[str]], Iterator[Event]]
"""Starts one iteration over a trace's events, counting the skipped ones."""


@dataclass(slots=True)
class Events:
    """A trace's events: each iteration reads them anew and counts the skipped ones anew."""

    make: Maker
    dialect: Dialect
    unknown: Counter[str]

    def __iter__(self) -> Iterator[Event]:
        """Start reading at the first event."""
        self.unknown.clear()
        return self.make(self.dialect, self.unknown)


def assemble(file: str, layout: str, record: TraceRecord, file_title: str | None, make: Maker) -> Trace:
    """Return a trace with everything that its description and its first events say.

    `layout` becomes `Trace.format`.
    """
    vantage = record.vantage_point
    dialect, stack = recognise(vantage.name if vantage else None, record.title, file_title)
    if dialect is OTHER and record.common_fields and record.common_fields.ODCID is not None:
        dialect = AIOQUIC  # no other stack writes this member; the name comes after the events
    unknown: Counter[str] = Counter()
    events = Events(make, dialect, unknown)
    first = list(islice(events, PROBED))
    unknown.clear()
    side = _vantage(record, first)
    return Trace(
        file=file,
        format=layout,
        dialect=dialect.name,
        stack=stack,
        vantage=side,
        original_destination_connection_id=_original(record, dialect, side, first),
        events=events,
        capabilities=capabilities(dialect, first),
        unknown=unknown,
    )


def _vantage(record: TraceRecord, first: list[Event]) -> Vantage:
    """Return who wrote the trace: as logged, else by who sent the parameters that only servers send."""
    logged = record.vantage_point.type if record.vantage_point else None
    if logged in ("client", "server"):
        return "client" if logged == "client" else "server"
    for event in first:
        if isinstance(event, Parameters):
            original = event.original_destination_connection_id
            if not isinstance(original, Missing):  # RFC 9000, Section 18.2: sent by servers only
                return "server" if event.owner == "local" else "client"
    return "unknown"


def _original(record: TraceRecord, dialect: Dialect, side: Vantage, first: list[Event]) -> bytes | Missing:
    """Return the destination of the client's first Initial packet, from the most direct witness there is."""
    common = record.common_fields
    named = common.ODCID if common else None
    if named is None and common and dialect.group_is_original and isinstance(common.group_id, str):
        named = common.group_id
    try:
        known = connection_id(named, "ODCID")
    except Malformed:
        known = NOT_LOGGED
    for event in first:
        if not isinstance(known, Missing):
            break
        if isinstance(event, Parameters):
            known = event.original_destination_connection_id
        elif isinstance(event, Packet) and side == "client" and event.sent and event.type == "initial":
            known = event.destination
    return known if isinstance(known, bytes) else NOT_LOGGED


def capabilities(dialect: Dialect, first: list[Event]) -> frozenset[Capability]:
    """Return what a trace can show: what its dialect shows or its first events show, less what they lack.

    >>> sorted(capabilities(AIOQUIC, []))
    ['dcid', 'frames', 'limit', 'ncid_token', 'packet_number', 'scid']
    """
    seen: set[Capability] = set()
    lacking: set[Capability] = set()
    for event in first:
        if isinstance(event, Packet):
            for capability, value in _witnesses(event):
                (lacking if value is NOT_LOGGED else seen).add(capability)
        elif isinstance(event, Datagram):
            ends = NOT_LOGGED if NOT_LOGGED in (event.local, event.remote) else event.local
            for capability, value in (("datagrams", event.size), ("addresses", ends)):
                (lacking if value is NOT_LOGGED else seen).add(capability)
        elif isinstance(event, Parameters) and event.active_connection_id_limit is not NOT_LOGGED:
            seen.add("limit")
    return (dialect.shows | seen) - lacking


PROTECTED = frozenset({"initial", "0RTT", "handshake", "1RTT"})
"""Packets with frames and packet numbers."""


def _witnesses(packet: Packet) -> Iterator[tuple[Capability, object]]:
    """Yield what one packet shows (any value) or should show and does not (`NOT_LOGGED`)."""
    if packet.type not in PROTECTED:
        return
    yield "packet_number", packet.number
    yield "dcid", packet.destination
    if packet.type != "1RTT":
        yield "scid", packet.source
    yield "frames", packet.frames or NOT_LOGGED
    for frame in packet.frames:
        if isinstance(frame, NewConnectionId):
            yield "ncid_token", frame.token
