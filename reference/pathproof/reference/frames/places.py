"""Which frame may stand in which packet, and who may send it (RFC 9000 12.4, 12.5)."""

from __future__ import annotations

from pathproof.reference.errors import ProtocolError, code_of
from pathproof.reference.spaces import PacketType

KNOWN = range(0x1F)
"""The frame types of RFC 9000 19: PADDING (0x00) to HANDSHAKE_DONE (0x1e)."""

_HANDSHAKE = frozenset({0x00, 0x01, 0x02, 0x03, 0x06, 0x1C})
"""PADDING, PING, ACK, CRYPTO and CONNECTION_CLOSE by the transport (12.5-06)."""
_BARRED_FROM_0_RTT = frozenset({0x02, 0x03, 0x06, 0x07, 0x19, 0x1B, 0x1E})
"""ACK, CRYPTO, NEW_TOKEN, RETIRE_CONNECTION_ID, PATH_RESPONSE and HANDSHAKE_DONE (12.5-07)."""
_OF_SERVERS = frozenset({0x07, 0x1E})
"""NEW_TOKEN and HANDSHAKE_DONE (RFC 9000 19.7, 19.20)."""

PERMITTED: dict[PacketType, frozenset[int]] = {
    PacketType.INITIAL: _HANDSHAKE,
    PacketType.HANDSHAKE: _HANDSHAKE,
    PacketType.ZERO_RTT: frozenset(KNOWN) - _BARRED_FROM_0_RTT,
    PacketType.ONE_RTT: frozenset(KNOWN),  # 12.4-30
}
"""The frame types that each packet type may hold; Retry and Version Negotiation hold none (12.4-02)."""
_FROM_CLIENTS = {kind: types - _OF_SERVERS for kind, types in PERMITTED.items()}


def permitted(kind: PacketType, from_client: bool) -> frozenset[int]:
    """Return the frame types that may stand in a packet of this type from this side.

    >>> 0x1E in permitted(PacketType.ONE_RTT, from_client=False)
    True
    >>> 0x1E in permitted(PacketType.ONE_RTT, from_client=True)
    False
    """
    return _FROM_CLIENTS[kind] if from_client else PERMITTED[kind]


def misplaced(frame_type: int, kind: PacketType) -> ProtocolError:
    """Return the error of a frame type that is unknown (12.4-36), or may not stand here (12.4-31).

    >>> misplaced(0x1A, PacketType.INITIAL)
    ProtocolError('frame type 0x1a may not stand in an Initial packet from this side (PROTOCOL_VIOLATION)')
    """
    if frame_type not in KNOWN:
        says = f"frame type {frame_type:#x} is unknown"
        return ProtocolError(code_of("FRAME_ENCODING_ERROR"), says, frame_type)
    article = "an" if kind.label[0] in "I" else "a"
    says = f"frame type {frame_type:#x} may not stand in {article} {kind.label} packet from this side"
    return ProtocolError(code_of("PROTOCOL_VIOLATION"), says, frame_type)
