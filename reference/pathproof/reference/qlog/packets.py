"""Packets and datagrams in the words of qlog."""

from __future__ import annotations

from typing import Any

from pathproof.reference.observer import DatagramSeen, PacketDropped, PacketSeen
from pathproof.reference.packet.header import VERSION
from pathproof.reference.qlog.frames import frame
from pathproof.reference.qlog.schema import TYPES
from pathproof.reference.spaces import PacketType

Words = dict[str, Any]

TRIGGERS = {
    "undecryptable": "decryption_failure",
    "duplicate": "duplicate",
    "unexpected": "rejected",
    "malformed": "invalid",
    "unknown connection": "connection_unknown",
    "unsupported version": "unsupported",
}
"""What qlog calls the reasons for which packets are dropped; the reason in our words is told beside it."""
SHORT = (PacketType.ONE_RTT, None)
"""What has no long header."""


def datagram(seen: DatagramSeen) -> Words:
    """A datagram, by its number and the size of its UDP payload."""
    return {"count": 1, "raw": [{"length": seen.size}], "datagram_ids": [seen.number]}


def packet(seen: PacketSeen, exponent: int) -> Words:
    """A packet with all of its frames; `exponent` is its sender's ack_delay_exponent (18.2).

    Tokens of packets that go, key phases and versions on offer are not told to observers.
    """
    words: Words = {"header": _header(seen)}
    if seen.frames:
        words["frames"] = [frame(one, exponent) for one in seen.frames]
    return words | {"raw": {"length": seen.size}, "datagram_id": seen.datagram}


def _header(seen: PacketSeen) -> Words:
    """The header; a stateless reset has none that means anything (10.3)."""
    header: Words = {"packet_type": TYPES[seen.kind]}
    if seen.number is not None:
        header["packet_number"] = seen.number
    if seen.kind not in SHORT:
        version = 0 if seen.kind is PacketType.VERSION_NEGOTIATION else VERSION
        header["version"] = f"{version:08x}"
    if seen.token is not None:
        header["token"] = {"raw": {"length": len(seen.token), "data": seen.token.hex()}}
    if seen.source is not None:
        header |= {"scil": len(seen.source), "scid": seen.source.hex()}
    if seen.kind is not None:
        header |= {"dcil": len(seen.destination), "dcid": seen.destination.hex()}
    return header


def dropped(seen: PacketDropped) -> Words:
    """A packet that was not processed, and why not.

    >>> from pathproof.reference.observer import PacketDropped
    >>> dropped(PacketDropped(None, 0.0, 4, PacketType.ONE_RTT, 40, "duplicate", b"id"))["trigger"]
    'duplicate'
    """
    to = seen.destination
    return {
        "header": {"packet_type": TYPES[seen.kind], "dcil": len(to), "dcid": to.hex()},
        "raw": {"length": seen.size},
        "datagram_id": seen.datagram,
        "details": {"why": seen.why},
        "trigger": TRIGGERS.get(seen.why, "general"),
    }
