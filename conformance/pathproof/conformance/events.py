"""What one endpoint sent and received, as a judge sees it: packets, frames, parameters, gaps.

This is the home of the event model: plain immutable values, and no reading of any file. Readers
(`pathproof.conformance.qlog`) make these values, the judge consumes them. They are structs of msgspec rather
than dataclasses: as frozen and slotted as those, and made 10 to 20 times faster, which decides how fast a
trace is followed. They hold no cycles, so the garbage collector need not know them.

Every field is a value, `ABSENT` (the source shows that it was not there) or `NOT_LOGGED` (the source does
not say). The difference decides verdicts: an absent transport parameter has its default (RFC 9000,
Section 18.2), one that is not logged may have any value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from msgspec import Struct

from pathproof.conformance.event_frames import (
    ABSENT,
    NOT_LOGGED,
    Ack,
    ConnectionClose,
    Frame,
    Missing,
    NewConnectionId,
    OtherFrame,
    PathChallenge,
    PathResponse,
    RetireConnectionId,
)

__all__ = [
    "ABSENT",
    "NOT_LOGGED",
    "Ack",
    "Capability",
    "ConnectionClose",
    "ConnectionClosed",
    "Datagram",
    "Dropped",
    "Event",
    "Frame",
    "Gap",
    "Missing",
    "NewConnectionId",
    "OtherFrame",
    "Owner",
    "Packet",
    "Parameters",
    "PathChallenge",
    "PathResponse",
    "Position",
    "RetireConnectionId",
    "Trace",
    "Vantage",
    "shown",
]

Vantage: TypeAlias = Literal["client", "server", "unknown"]
"""The endpoint that wrote the trace."""
Owner: TypeAlias = Literal["local", "remote"]
"""Whose: `local` is the endpoint that wrote the trace, `remote` its peer."""


def shown(address: tuple[str, int]) -> str:
    """Return a host and a port as events have an address, and as users write it.

    >>> shown(("10.0.0.1", 443)), shown(("::1", 443))
    ('10.0.0.1:443', '[::1]:443')
    """
    host, port = address
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


class Position(Struct, frozen=True, gc=False):
    """Where in a file an event was read.

    `offset` is the byte offset of the first byte of the event's JSON text, or -1 where it is not known.
    `event` numbers the events of one trace from 0; events that were skipped count, file headers do not.

    >>> str(Position("a.qlog", 130, 2))
    'a.qlog: byte 130, event 2'
    """

    file: str
    offset: int
    event: int

    def __str__(self) -> str:
        """Return the position as messages show it."""
        return f"{self.file}: byte {self.offset}, event {self.event}"


class Packet(Struct, frozen=True, gc=False):
    """One packet that the endpoint sent or that it received and could open.

    `time` is in milliseconds from the trace's first event. `type` is one of `initial`, `0RTT`, `handshake`,
    `1RTT`, `retry`, `version_negotiation`, `stateless_reset`, or another string as logged. `number` is
    `ABSENT` for packets that have none. `destination` and `source` are the connection IDs of the header;
    `source` is `ABSENT` in short headers, and a connection ID of zero length is `b""`. `frames` is empty
    when the source shows no frames: an `initial`, `0RTT`, `handshake` or `1RTT` packet carries at least one
    (RFC 9000, Section 12.4), so on those an empty tuple means that the frames are not logged. `datagram` is
    the number of the `Datagram` around the packet, and `size` that of the whole packet in bytes. `token` is
    that of an Initial packet, empty if it has none.
    """

    time: float
    sent: bool
    type: str
    number: int | Missing
    destination: bytes | Missing
    source: bytes | Missing
    frames: tuple[Frame, ...]
    position: Position
    datagram: int | Missing = NOT_LOGGED
    size: int | Missing = NOT_LOGGED
    token: bytes | Missing = NOT_LOGGED


class Datagram(Struct, frozen=True, gc=False):
    """One UDP datagram, which comes before the packets in it.

    `number` is its own in the trace: packets name it by their field `datagram`. `local` and `remote` are
    addresses as `10.0.0.1:443` or `[::1]:443`, as the endpoint that wrote the trace sees them. `size` is that
    of the UDP payload, in bytes.
    """

    time: float
    sent: bool
    number: int | Missing
    local: str | Missing
    remote: str | Missing
    size: int | Missing
    position: Position


class Dropped(Struct, frozen=True, gc=False):
    """A packet that has come and was not processed.

    `type` is as in `Packet`, `destination` the connection ID that it bears, `trigger` why it was dropped, in
    the source's words: `decryption_failure`, `connection_unknown`, `duplicate`, ...
    """

    time: float
    type: str | Missing
    destination: bytes | Missing
    trigger: str | Missing
    position: Position
    datagram: int | Missing = NOT_LOGGED
    size: int | Missing = NOT_LOGGED


class Parameters(Struct, frozen=True, gc=False):
    """The transport parameters of one side (RFC 9000, Section 18.2), as far as connection IDs depend on them.

    `owner` is the side that sent them. A field is `ABSENT` only where the dialect logs the parameter whenever
    it is there (see `pathproof.conformance.qlog.dialects`); its default then applies, which for
    `active_connection_id_limit` is 2. Some stacks log that default as if it had been sent.
    """

    owner: Owner
    time: float
    active_connection_id_limit: int | Missing
    initial_source_connection_id: bytes | Missing
    original_destination_connection_id: bytes | Missing
    retry_source_connection_id: bytes | Missing
    preferred_address_connection_id: bytes | Missing
    preferred_address_token: bytes | Missing
    stateless_reset_token: bytes | Missing
    disable_active_migration: bool | Missing
    position: Position


class ConnectionClosed(Struct, frozen=True, gc=False):
    """The endpoint says that the connection ended, and by whom and why where that is logged.

    `trigger` is the cause in the source's words: `idle_timeout`, `stateless_reset`, `application`, ...
    """

    time: float
    owner: Owner | Missing
    error_code: int | Missing
    trigger: str | Missing
    reason: str | Missing
    position: Position


class Gap(Struct, frozen=True, gc=False):
    """Something is missing from here on: a record that was cut off, or a known event that makes no sense.

    `reason` is one line. What the endpoint did in the gap is unknown, so a judge may no longer hold against
    it what an event in the gap could explain.
    """

    reason: str
    position: Position


Event: TypeAlias = Packet | Datagram | Dropped | Parameters | ConnectionClosed | Gap
"""Anything a trace yields."""

Capability: TypeAlias = Literal[
    "dcid", "scid", "ncid_token", "packet_number", "frames", "limit", "datagrams", "addresses"
]
"""What a source can show: connection IDs of packets, tokens of NEW_CONNECTION_ID, packet numbers, frames,
`active_connection_id_limit` of both sides, datagrams with their sizes, and their addresses."""


@dataclass(slots=True)
class Trace:
    """What one endpoint logged of one connection.

    `dialect` names the rules by which the trace was read (`aioquic`, `quic-go`, `ngtcp2`, `picoquic`,
    `pathproof` or `other`), `format` the file format (`contained`, `sequential`, `draft-00`), `stack` the
    implementation as logged ("" if it is not). `events` can be iterated again and again, and is read anew
    each time, in bounded memory where the format allows. `unknown` counts, by name, the events that were
    skipped in the latest iteration. `capabilities` is a summary made from the dialect and the first events;
    one field of one event can still be `NOT_LOGGED`.
    """

    file: str
    format: str
    dialect: str
    stack: str
    vantage: Vantage
    original_destination_connection_id: bytes | Missing
    events: Iterable[Event]
    capabilities: frozenset[Capability] = frozenset()
    unknown: Counter[str] = field(default_factory=Counter)
