"""The JSON shapes that the readers decode into: the union of what the dialects write, all fields optional.

Numbers may be written as decimal strings (the decoders are lax), and null means the same as leaving a field
out. A number outside the range of a QUIC variable-length integer is an error that names its field. Fields
that no reader uses are skipped without being built.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

Varint = Annotated[int, msgspec.Meta(ge=0, le=2**62 - 1)]
"""A number from 0 to 2^62-1 (RFC 9000, Section 16)."""

NULL = msgspec.Raw(b"null")
"""The JSON text of a member that is not there."""


class HexObject(msgspec.Struct):
    """A byte string as ngtcp2 and the qlog drafts write it: `{"data": "c0ffee"}`."""

    data: str | None = None


class FrameRecord(msgspec.Struct, gc=False):
    """One frame. Which fields mean something depends on `frame_type`."""

    frame_type: str = ""
    sequence_number: Varint | None = None
    retire_prior_to: Varint | None = None
    retire_before: Varint | None = None
    length: int | float | None = None
    connection_id_length: Varint | None = None
    connection_id: str | None = None
    reset_token: str | HexObject | None = None
    stateless_reset_token: str | HexObject | None = None
    data: msgspec.Raw = NULL
    path_challenge: str | None = None
    path_response: str | None = None
    acked_ranges: tuple[tuple[Varint, ...], ...] | None = None
    error_space: str | None = None
    error_code: int | float | str | None = None
    raw_error_code: int | float | str | None = None
    error: int | float | str | None = None
    reason: str | None = None


class TokenRecord(msgspec.Struct):
    """A token of an Initial or Retry packet: its bytes as ngtcp2 writes them, or as the drafts do."""

    data: str | None = None
    raw: HexObject | None = None


class HeaderRecord(msgspec.Struct, gc=False):
    """The header of a packet; `dcil` and `scil` are the lengths of `dcid` and `scid` in bytes."""

    packet_type: str | None = None
    packet_number: Varint | None = None
    dcid: str | None = None
    scid: str | None = None
    dcil: Varint | None = None
    scil: Varint | None = None
    packet_size: Varint | None = None
    token: str | TokenRecord | None = None


class RawRecord(msgspec.Struct, gc=False):
    """How long something is, in bytes: with what is around it, and without."""

    length: Varint | None = None
    payload_length: Varint | None = None


class PacketRecord(msgspec.Struct, gc=False):
    """The data of `packet_sent`, `packet_received` and `packet_dropped`.

    draft-00 has the packet type beside the header, and the size within it or, if dropped, beside it.
    """

    header: HeaderRecord | None = None
    packet_type: str | None = None
    packet_size: Varint | None = None
    frames: list[FrameRecord] | None = None
    raw: RawRecord | None = None
    datagram_id: Varint | None = None
    datagram_payload_checksum: Varint | None = None
    trigger: str | None = None


class EndRecord(msgspec.Struct):
    """One end of a path."""

    ip_v4: str | None = None
    port_v4: int | None = None
    ip_v6: str | None = None
    port_v6: int | None = None


class DatagramsRecord(msgspec.Struct, gc=False):
    """The data of events about datagrams that were sent or received: some at once, or as in draft-00 one."""

    count: Varint | None = None
    raw: list[RawRecord] | None = None
    datagram_ids: list[Varint] | None = None
    datagram_payload_checksums: list[Varint] | None = None
    byte_length: Varint | None = None
    addr_from: EndRecord | None = None
    addr_to: EndRecord | None = None


class TupleRecord(msgspec.Struct):
    """The data of `tuple_assigned`."""

    tuple_id: str | int = ""
    tuple_local: EndRecord | None = None
    tuple_remote: EndRecord | None = None


class PreferredAddressRecord(msgspec.Struct):
    """The transport parameter `preferred_address` without its addresses."""

    connection_id: str | None = None
    stateless_reset_token: str | HexObject | None = None


class ParametersRecord(msgspec.Struct):
    """The data of `parameters_set`, with the names of RFC 9000 and those that picoquic kept from drafts."""

    owner: str | None = None
    initiator: str | None = None
    active_connection_id_limit: Varint | None = None
    initial_source_connection_id: str | None = None
    handshake_connection_id: str | None = None
    original_destination_connection_id: str | None = None
    original_connection_id: str | None = None
    retry_source_connection_id: str | None = None
    retry_connection_id: str | None = None
    preferred_address: PreferredAddressRecord | None = None
    server_preferred_address: PreferredAddressRecord | None = None
    stateless_reset_token: str | HexObject | None = None
    disable_active_migration: bool | str | None = None
    disable_migration: bool | str | None = None
    max_idle_timeout: msgspec.Raw = NULL
    idle_timeout: msgspec.Raw = NULL
    initial_max_data: msgspec.Raw = NULL


class ClosedRecord(msgspec.Struct):
    """The data of `connection_closed`."""

    owner: str | None = None
    initiator: str | None = None
    connection_code: int | float | str | None = None
    application_code: int | float | str | None = None
    connection_error: int | float | str | None = None
    application_error: int | float | str | None = None
    error_code: int | float | str | None = None
    trigger: str | None = None
    reason: str | None = None


class EventRecord(msgspec.Struct, gc=False):
    """One event as qlog 0.3 writes it. `time` is in milliseconds, `name` is `category:event`."""

    time: float
    name: str
    data: msgspec.Raw = NULL
    tuple_id: str | int = msgspec.field(default="", name="tuple")


class VantageRecord(msgspec.Struct):
    """Who wrote the trace."""

    name: str | None = None
    type: str | None = None


class CommonRecord(msgspec.Struct):
    """The common fields of a trace, as far as they say which connection this is and how times count."""

    ODCID: str | None = None
    group_id: str | int | float | None = None
    time_format: str | None = None


class ConfigurationRecord(msgspec.Struct):
    """The configuration of a draft-00 trace."""

    time_units: str | None = None


class TraceRecord(msgspec.Struct):
    """One trace: its own description, and in contained files its events as undecoded JSON."""

    title: str | None = None
    vantage_point: VantageRecord | None = None
    common_fields: CommonRecord | None = None
    configuration: ConfigurationRecord | None = None
    event_fields: list[str] | None = None
    events: list[msgspec.Raw] | None = None


class FileRecord(msgspec.Struct):
    """The outermost object of a contained file, and the first record of a sequential one."""

    qlog_version: str | None = None
    qlog_format: str | None = None
    file_schema: str | None = None
    title: str | None = None
    trace: TraceRecord | None = None
    traces: list[TraceRecord] | None = None

    @property
    def is_qlog(self) -> bool:
        """Whether the object says that it is a qlog, in any of the three ways that are in use."""
        return bool(self.qlog_version or self.qlog_format or "qlog" in (self.file_schema or ""))


file_decoder = msgspec.json.Decoder(FileRecord, strict=False)
event_decoder = msgspec.json.Decoder(EventRecord, strict=False)
datagrams_decoder = msgspec.json.Decoder(DatagramsRecord, strict=False)
tuple_decoder = msgspec.json.Decoder(TupleRecord, strict=False)
packet_decoder = msgspec.json.Decoder(PacketRecord, strict=False)
parameters_decoder = msgspec.json.Decoder(ParametersRecord, strict=False)
closed_decoder = msgspec.json.Decoder(ClosedRecord, strict=False)
bytes_decoder = msgspec.json.Decoder(str | HexObject | None, strict=False)
fields_decoder = msgspec.json.Decoder(list[msgspec.Raw])
number_decoder = msgspec.json.Decoder(float, strict=False)
string_decoder = msgspec.json.Decoder(str)


def hex_text(value: str | HexObject | None) -> str | None:
    """Return the digits of a byte string, written plainly or in an object.

    >>> hex_text(HexObject("00ff")), hex_text("00ff"), hex_text(None)
    ('00ff', '00ff', None)
    """
    return value.data if isinstance(value, HexObject) else value
