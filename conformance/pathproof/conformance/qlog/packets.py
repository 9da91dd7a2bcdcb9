"""Packets, sent, received and dropped: from the decoded JSON of any dialect to the event model."""

from __future__ import annotations

import msgspec

from pathproof.conformance.events import ABSENT, NOT_LOGGED, Dropped, Missing, Packet, Position
from pathproof.conformance.qlog.carriers import Carriers
from pathproof.conformance.qlog.dialects import Dialect
from pathproof.conformance.qlog.errors import Malformed
from pathproof.conformance.qlog.frames import frames
from pathproof.conformance.qlog.records import (
    HeaderRecord,
    PacketRecord,
    TokenRecord,
    hex_text,
    packet_decoder,
)
from pathproof.conformance.qlog.values import byte_string, connection_id, packet_type

NUMBERLESS = frozenset({"retry", "version_negotiation", "stateless_reset"})
"""Packets that carry no packet number (RFC 9000, Section 17.2; RFC 8999, Section 6)."""
NO_SOURCE = frozenset({"1RTT", "stateless_reset"})
"""Packets whose header has no source connection ID (RFC 9000, Sections 17.3 and 10.3)."""
TAG_LENGTH = 16
"""Bytes of the AEAD tag of all cipher suites of QUIC version 1 (RFC 9001, Section 5.3)."""


def packet(data: msgspec.Raw, time: float, position: Position, carriers: Carriers, sent: bool) -> Packet:
    """Return a packet. Raises `Malformed` or what decoding raises."""
    record = packet_decoder.decode(data)
    header, dialect = record.header, carriers.dialect
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
    around, raw = record.datagram_id, record.raw
    return Packet(
        time,
        sent,
        kind,
        number,
        ABSENT if kind == "stateless_reset" else connection_id(header.dcid, "dcid", destination),
        ABSENT if kind in NO_SOURCE else connection_id(header.scid, "scid", source),
        frames(record.frames),
        position,
        carriers.around(record, sent) if around is None else around,
        _size(record, dialect, sent and kind not in NUMBERLESS)
        if raw is None or raw.length is None
        else raw.length,
        NOT_LOGGED if header.token is None or kind != "initial" else _token(header.token),
    )


def dropped(data: msgspec.Raw, time: float, position: Position, carriers: Carriers) -> Dropped:
    """Return a packet that was not processed. Raises `Malformed` or what decoding raises."""
    record = packet_decoder.decode(data)
    header = record.header or HeaderRecord()
    kind = header.packet_type or record.packet_type
    return Dropped(
        time,
        NOT_LOGGED if kind is None else packet_type(kind),
        connection_id(header.dcid, "dcid", b"" if header.dcil == 0 else NOT_LOGGED),
        NOT_LOGGED if record.trigger is None else record.trigger,
        position,
        carriers.around(record, False),
        _size(record, carriers.dialect, False),
    )


def _token(token: str | TokenRecord) -> bytes | Missing:
    """Return the token of an Initial packet, if its bytes are logged."""
    if isinstance(token, TokenRecord):
        text = hex_text(token.raw) if token.raw is not None else token.data
    else:
        text = token
    return NOT_LOGGED if text is None else byte_string(text, "token")


def _size(record: PacketRecord, dialect: Dialect, lacks_tag: bool) -> int | Missing:
    """Return the size of a whole packet in bytes."""
    if record.raw is not None and record.raw.length is not None:
        return record.raw.length
    size = record.packet_size
    if size is None and record.header is not None:
        size = record.header.packet_size
    if size is None:
        return NOT_LOGGED
    return size + (TAG_LENGTH if lacks_tag and dialect.tag_left_out else 0)
