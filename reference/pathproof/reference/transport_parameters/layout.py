"""What the wire image does not have of the parameters: numbers, and a flag (RFC 9000 18.2, RFC 9287 3)."""

from __future__ import annotations

INTEGERS = {
    0x01: "max_idle_timeout",
    0x04: "initial_max_data",
    0x05: "initial_max_stream_data_bidi_local",
    0x06: "initial_max_stream_data_bidi_remote",
    0x07: "initial_max_stream_data_uni",
    0x08: "initial_max_streams_bidi",
    0x09: "initial_max_streams_uni",
    0x0A: "ack_delay_exponent",
    0x0B: "max_ack_delay",
}
"""Parameters whose value is one variable-length integer and nothing else, by identifier."""
MOST = {
    0x08: 1 << 60,  # RFC 9000 4.6: more streams have no identifiers
    0x09: 1 << 60,
    0x0A: 20,
    0x0B: (1 << 14) - 1,
}
"""The largest valid value, where there is one."""
GREASE_QUIC_BIT = 0x2AB2
"""The identifier of grease_quic_bit, whose value is empty (RFC 9287 3)."""
