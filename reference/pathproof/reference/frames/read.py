"""From the payload of a packet to its frames (RFC 9000 12.4): which may be here, and where each one ends."""

from __future__ import annotations

from collections.abc import Iterator

from pathproof.reference.errors import ProtocolError, code_of
from pathproof.reference.frames import kinds
from pathproof.reference.frames.places import misplaced, permitted
from pathproof.reference.frames.readers import READERS, malformed
from pathproof.reference.spaces import PacketType
from pathproof.reference.varint import Truncated, read, size_of


def read_frames(payload: bytes, kind: PacketType, from_client: bool = False) -> Iterator[kinds.Frame]:
    """Yield the frames of a payload one by one; an error is raised where it is reached.

    Parameters
    ----------
    payload : bytes
        What a packet holds once its protection is off.
    kind : PacketType
        The type of the packet.
    from_client : bool
        Whether a client sent it: some frames come from servers alone.

    Raises
    ------
    ProtocolError
        If there is no frame (12.4-04), a frame is malformed, its type is unknown (12.4-36), longer than it
        has to be (12.4-41), or may not stand in this packet (12.4-31).

    Examples
    --------
    >>> list(read_frames(bytes.fromhex("01000000"), PacketType.INITIAL))
    [Ping(), Padding(length=3)]
    >>> list(read_frames(bytes.fromhex("1907"), PacketType.INITIAL))
    Traceback (most recent call last):
    pathproof.reference.errors.ProtocolError: frame type 0x19 may not stand in an Initial packet from this \
side (PROTOCOL_VIOLATION)
    """
    if not payload:
        raise ProtocolError(code_of("PROTOCOL_VIOLATION"), "a packet holds no frame")
    here = permitted(kind, from_client)
    offset, end = 0, len(payload)
    while offset < end:
        frame_type, behind = payload[offset], offset + 1
        try:
            if frame_type >= 0x40:
                frame_type, behind = _long_type(payload, offset)
            if frame_type not in here:
                raise misplaced(frame_type, kind)
            frame, offset = READERS[frame_type](payload, behind, frame_type)
        except Truncated:
            raise malformed(frame_type, "the packet ends within it") from None
        yield frame


def _long_type(payload: bytes, offset: int) -> tuple[int, int]:
    """A type of more than one byte, which has to need them (12.4-39)."""
    frame_type, behind = read(payload, offset)
    if behind - offset > size_of(frame_type):
        says = f"frame type {frame_type:#x} takes {behind - offset} bytes"
        raise ProtocolError(code_of("PROTOCOL_VIOLATION"), says, frame_type)
    return frame_type, behind
