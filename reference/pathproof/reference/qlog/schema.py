"""The first record of a file: which drafts of qlog the rest of it follows.

The events are those of draft-ietf-quic-qlog-quic-events-12, in a file after
draft-ietf-quic-qlog-main-schema-13. Of one connection, two datagrams may have the same bytes, so the drafts'
checksums do not tell them apart. Datagrams have numbers here instead, in the members that earlier drafts had
for it: `datagram_ids` of datagrams and `datagram_id` of packets. The drafts leave room for such members, and
`NUMBERS` is the name of the schema that adds them.
"""

from __future__ import annotations

from typing import Any

from pathproof.reference.spaces import PacketType

FILE = "urn:ietf:params:qlog:file:sequential"
FORMAT = "application/qlog+json-seq"
EVENTS = "urn:ietf:params:qlog:events:quic-12"
NUMBERS = "urn:uuid:6f0c2a54-8f0e-4b6e-9a39-2b8f5a0c7d11#datagram-numbers"
STACK = "pathproof"

TYPES = {
    PacketType.INITIAL: "initial",
    PacketType.ZERO_RTT: "0RTT",
    PacketType.HANDSHAKE: "handshake",
    PacketType.RETRY: "retry",
    PacketType.ONE_RTT: "1RTT",
    PacketType.VERSION_NEGOTIATION: "version_negotiation",
    PacketType.OTHER_VERSION: "unknown",
    None: "stateless_reset",
}
"""The names that qlog has for what a packet is."""


def head(vantage: str, group: str = "", began: str = "") -> dict[str, Any]:
    """The first record of a file.

    Parameters
    ----------
    vantage
        `client` or `server`.
    group
        The original destination connection ID in hexadecimal, empty where there is no connection.
    began
        The time of day when the log was begun, as RFC 3339 has it, if it is known.

    Examples
    --------
    >>> head("client", "c0ffee")["trace"]["common_fields"]["group_id"]
    'c0ffee'
    """
    clock = {"clock_type": "monotonic", "epoch": "unknown"}
    common: dict[str, Any] = {"reference_time": clock | ({"wall_clock_time": began} if began else {})}
    if group:
        common["group_id"] = group
    trace = {
        "event_schemas": [EVENTS, NUMBERS],
        "vantage_point": {"name": STACK, "type": vantage},
        "common_fields": common,
    }
    return {"file_schema": FILE, "serialization_format": FORMAT, "title": STACK, "trace": trace}
