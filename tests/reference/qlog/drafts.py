"""What the drafts of qlog demand of the records that the reference writes: their members, by name and kind.

A table of our own, beside draft-ietf-quic-qlog-main-schema-13 and draft-ietf-quic-qlog-quic-events-12. A
member whose name ends in `?` may be left out; every other one has to be there, and none beyond them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from pathproof.spec.names import ErrorCode

Kind = Callable[[Any], bool]
Members = Mapping[str, "Kind | Members"]


def uint(bits: int) -> Kind:
    """A number of so many bits."""
    return lambda value: type(value) is int and 0 <= value < 1 << bits


def word(*words: str) -> Kind:
    """One of some words."""
    return lambda value: value in words


def many(kind: Kind | Members, least: int = 0) -> Kind:
    """A list."""
    return lambda value: (
        isinstance(value, list) and len(value) >= least and all(not wrong(one, kind) for one in value)
    )


def text(value: Any) -> bool:
    """Any text."""
    return isinstance(value, str)


def flag(value: Any) -> bool:
    """True or false."""
    return isinstance(value, bool)


def decimal(value: Any) -> bool:
    """A number, with a fraction or without."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def octets(value: Any) -> bool:
    """Bytes in hexadecimal."""
    return isinstance(value, str) and re.fullmatch(r"([0-9a-f]{2})*", value) is not None


def token_16(value: Any) -> bool:
    """A stateless reset token."""
    return octets(value) and len(value) == 32


TRANSPORT_ERRORS = {error.name.lower() for error in ErrorCode} | {"unknown"}


def error(value: Any) -> bool:
    """A word for an error of the transport, or of TLS."""
    return value in TRANSPORT_ERRORS or re.fullmatch(r"crypto_error_0x1[0-9a-f]{2}", str(value)) is not None


U64, RAW = uint(64), {"length?": uint(64), "payload_length?": uint(64), "data?": octets}
SIDE, STREAMS = word("local", "remote"), word("unidirectional", "bidirectional")
END: Members = {"ip_v4?": text, "port_v4?": uint(16), "ip_v6?": text, "port_v6?": uint(16)}
TOKEN: Members = {"type?": word("retry", "resumption"), "raw?": RAW}
HEADER: Members = {
    "packet_type": word(
        "initial", "handshake", "0RTT", "1RTT", "retry", "version_negotiation", "stateless_reset", "unknown"
    ),
    "packet_number?": U64,
    "token?": TOKEN,
    "version?": octets,
    "scil?": uint(8),
    "dcil?": uint(8),
    "scid?": octets,
    "dcid?": octets,
}
PREFERRED: Members = {**END, "connection_id": octets, "stateless_reset_token": token_16}
UNKNOWN_ERROR: Members = {"error": word("unknown"), "error_code?": U64}


def ack_range(value: Any) -> bool:
    """One number, or the first and the last of some."""
    return (
        isinstance(value, list) and 1 <= len(value) <= 2 and all(map(U64, value)) and value == sorted(value)
    )


FRAMES: Mapping[str, Members] = {
    "padding": {},
    "ping": {},
    "ack": {
        "ack_delay?": decimal,
        "acked_ranges?": many(ack_range, 1),
        "ect0?": U64,
        "ect1?": U64,
        "ce?": U64,
    },
    "reset_stream": {"stream_id": U64, **UNKNOWN_ERROR, "final_size": U64},
    "stop_sending": {"stream_id": U64, **UNKNOWN_ERROR},
    "crypto": {"offset": U64, "raw": {**RAW, "length": U64}},
    "new_token": {"token": TOKEN},
    "stream": {"stream_id": U64, "offset?": U64, "fin?": flag, "raw": {**RAW, "length": U64}},
    "max_data": {"maximum": U64},
    "max_stream_data": {"stream_id": U64, "maximum": U64},
    "max_streams": {"stream_type": STREAMS, "maximum": U64},
    "data_blocked": {"limit": U64},
    "stream_data_blocked": {"stream_id": U64, "limit": U64},
    "streams_blocked": {"stream_type": STREAMS, "limit": U64},
    "new_connection_id": {
        "sequence_number": U64,
        "retire_prior_to": U64,
        "connection_id_length?": uint(8),
        "connection_id": octets,
        "stateless_reset_token?": token_16,
    },
    "retire_connection_id": {"sequence_number": U64},
    "path_challenge": {"data?": octets},
    "path_response": {"data?": octets},
    "connection_close": {
        "error_space?": word("transport", "application"),
        "error?": error,
        "error_code?": U64,
        "reason?": text,
        "trigger_frame_type?": U64,
    },
    "handshake_done": {},
}


def frame(value: Any) -> bool:
    """A frame of a type that the drafts know, with its members."""
    members = FRAMES.get(value.get("frame_type"))
    return members is not None and not wrong(value, {"frame_type": text, "raw?": RAW, **members})


PACKET: Members = {"header": HEADER, "frames?": many(frame, 1), "raw": RAW, "datagram_id": uint(32)}
DATAGRAMS: Members = {"count?": uint(16), "raw": many(RAW, 1), "datagram_ids": many(uint(32), 1)}
EVENTS: Mapping[str, Members] = {
    "quic:connection_started": {"local": END, "remote": END},
    "quic:connection_closed": {
        "initiator?": SIDE,
        "connection_error?": error,
        "application_error?": word("unknown"),
        "error_code?": U64,
        "reason?": text,
        "trigger?": word(
            "idle_timeout",
            "application",
            "error",
            "version_mismatch",
            "stateless_reset",
            "aborted",
            "unspecified",
        ),
    },
    "quic:tuple_assigned": {"tuple_id": text, "tuple_remote?": END, "tuple_local?": END},
    "quic:parameters_set": {
        "initiator?": SIDE,
        "original_destination_connection_id?": octets,
        "initial_source_connection_id?": octets,
        "retry_source_connection_id?": octets,
        "stateless_reset_token?": token_16,
        "disable_active_migration?": flag,
        "max_idle_timeout?": U64,
        "max_udp_payload_size?": U64,
        "ack_delay_exponent?": U64,
        "max_ack_delay?": U64,
        "active_connection_id_limit?": U64,
        "initial_max_data?": U64,
        "initial_max_stream_data_bidi_local?": U64,
        "initial_max_stream_data_bidi_remote?": U64,
        "initial_max_stream_data_uni?": U64,
        "initial_max_streams_bidi?": U64,
        "initial_max_streams_uni?": U64,
        "preferred_address?": PREFERRED,
        "grease_quic_bit?": flag,
    },
    "quic:packet_sent": PACKET,
    "quic:packet_received": PACKET,
    "quic:packet_dropped": {
        "header": HEADER,
        "raw": RAW,
        "datagram_id": uint(32),
        "details": {"why": text},
        "trigger": word(
            "rejected",
            "unsupported",
            "invalid",
            "duplicate",
            "connection_unknown",
            "decryption_failure",
            "key_unavailable",
        ),
    },
    "quic:udp_datagrams_sent": DATAGRAMS,
    "quic:udp_datagrams_received": DATAGRAMS,
    "quic:udp_datagram_dropped": {"raw": RAW, "datagram_id": uint(32)},
    "quic:migration_state_updated": {
        "new": word(
            "probing_started",
            "probing_abandoned",
            "probing_successful",
            "migration_started",
            "migration_abandoned",
            "migration_complete",
        ),
        "tuple_id?": text,
        "tuple_remote?": END,
        "tuple_local?": END,
    },
}
HEAD: Members = {
    "file_schema": word("urn:ietf:params:qlog:file:sequential"),
    "serialization_format": word("application/qlog+json-seq"),
    "title?": text,
    "trace": {
        "event_schemas": many(text, 1),
        "vantage_point": {"name?": text, "type": word("client", "server")},
        "common_fields": {
            "group_id?": octets,
            "reference_time": {
                "clock_type": word("monotonic"),
                "epoch": word("unknown"),
                "wall_clock_time?": text,
            },
        },
    },
}


def wrong(value: Any, kind: Kind | Members) -> list[str]:
    """What is wrong with a value: the members that are missing, of another kind, or too many.

    >>> wrong({"limit": -1, "more": 2}, {"limit": U64, "stream_id": U64, "raw?": RAW})
    ['limit', 'stream_id is missing', 'more is not known']
    """
    if not isinstance(kind, Mapping):
        return [] if kind(value) else ["its kind"]
    if not isinstance(value, dict):
        return ["it is no object"]
    found = []
    for name, of in kind.items():
        plain = name.removesuffix("?")
        if plain in value:
            if wrong(value[plain], of):
                found.append(plain)
        elif plain == name:
            found.append(f"{name} is missing")
    known = {name.removesuffix("?") for name in kind}
    return found + [f"{name} is not known" for name in value if name not in known]


def wrong_event(event: Any) -> list[str]:
    """What is wrong with an event.

    >>> wrong_event({"time": 1.5, "name": "quic:tuple_assigned", "data": {"tuple_id": "0"}})
    []
    >>> wrong_event({"time": 1.5, "name": "quic:path_assigned", "data": {}})
    ['quic:path_assigned is no event']
    """
    if event.get("name") not in EVENTS:
        return [f"{event.get('name')} is no event"]
    return wrong(event, {"time": decimal, "name": text, "tuple?": text, "data": EVENTS[event["name"]]})
