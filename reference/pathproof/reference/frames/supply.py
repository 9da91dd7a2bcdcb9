"""The four frames of connection IDs and paths, by way of the wire image (RFC 9000 19.15 to 19.18).

They are rare, and their layouts and checks are data that the documents show and other decoders were held
against; so nothing about them is written a second time here.
"""

from __future__ import annotations

from typing import Any

from pathproof.reference.errors import of_malformed
from pathproof.reference.frames.kinds import (
    NewConnectionId,
    PathChallenge,
    PathResponse,
    RetireConnectionId,
)
from pathproof.spec.names import FrameType
from pathproof.spec.wire_image import Malformed, decode, encode, item

Supply = NewConnectionId | RetireConnectionId | PathChallenge | PathResponse

_LONGEST = 128
"""More bytes than any of the four frames has; what follows them is not copied."""
_CLASSES: dict[int, type[Supply]] = {
    FrameType.NEW_CONNECTION_ID: NewConnectionId,
    FrameType.RETIRE_CONNECTION_ID: RetireConnectionId,
    FrameType.PATH_CHALLENGE: PathChallenge,
    FrameType.PATH_RESPONSE: PathResponse,
}
_ITEMS = {kind: item(FrameType(kind).name) for kind in _CLASSES}
_TYPES = {kind: frame_type for frame_type, kind in _CLASSES.items()}
_DERIVED = ("type", "length")
"""Fields of the wire that follow from the others."""


def read_supply(payload: bytes, offset: int, frame_type: int) -> tuple[Supply, int]:
    """Return the frame whose type stands at `offset`, and the offset behind it.

    Raises
    ------
    ProtocolError
        With the error that the check names which the bytes break.

    Examples
    --------
    >>> read_supply(bytes.fromhex("001905"), 1, 0x19)
    (RetireConnectionId(sequence_number=5), 3)
    """
    try:
        found = decode(_ITEMS[frame_type], payload[offset : offset + _LONGEST], whole=False)
    except Malformed as wrong:
        raise of_malformed(wrong, frame_type) from None
    values: dict[str, Any] = {name: value for name, value in found.values.items() if name not in _DERIVED}
    return _CLASSES[frame_type](**values), offset + found.size


def write_supply(frame: Supply) -> bytes:
    """Return the bytes of one of the four frames.

    Raises
    ------
    ValueError
        If no frame may have these values.

    Examples
    --------
    >>> write_supply(PathResponse(bytes(8))).hex()
    '1b0000000000000000'
    """
    values: dict[str, int | bytes] = {name: getattr(frame, name) for name in frame.__slots__}
    if isinstance(frame, NewConnectionId):
        values["length"] = len(frame.connection_id)
    return encode(_ITEMS[_TYPES[type(frame)]], values)
