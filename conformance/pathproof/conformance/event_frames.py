"""Frames as a judge sees them, and what it means that a field has no value: the smallest parts of events.

`pathproof.conformance.events` has the rest, and these names as well.
"""

from __future__ import annotations

import enum
from typing import Final, Literal, TypeAlias

from msgspec import Struct


class Missing(enum.Enum):
    """Why a field has no value. The two members are the singletons `ABSENT` and `NOT_LOGGED`.

    >>> ABSENT, NOT_LOGGED
    (ABSENT, NOT_LOGGED)
    >>> isinstance(ABSENT, Missing), ABSENT is NOT_LOGGED
    (True, False)
    """

    ABSENT = "absent"
    NOT_LOGGED = "not logged"

    def __repr__(self) -> str:
        """Return the name under which the singleton is imported."""
        return self.name


ABSENT: Final = Missing.ABSENT
"""The source shows that the field was not there."""
NOT_LOGGED: Final = Missing.NOT_LOGGED
"""The source does not say whether the field was there, or which value it had."""


class NewConnectionId(Struct, frozen=True, gc=False):
    """NEW_CONNECTION_ID (RFC 9000, Section 19.15).

    Numbers are 0 to 2^62-1. `length` is the Length field in bytes; it equals `len(connection_id)` wherever
    both are known. `token` is the stateless reset token of 16 bytes. Illegal values that fit the wire format
    (a length of 0 or above 20, `retire_prior_to` above `sequence_number`) are kept: the judge decides.
    """

    sequence_number: int
    retire_prior_to: int | Missing
    length: int | Missing
    connection_id: bytes | Missing
    token: bytes | Missing

    @property
    def ack_eliciting(self) -> bool:
        """True: the receiver must acknowledge the packet (RFC 9002, Section 2)."""
        return True


class RetireConnectionId(Struct, frozen=True, gc=False):
    """RETIRE_CONNECTION_ID (RFC 9000, Section 19.16): a number from 0 to 2^62-1."""

    sequence_number: int

    @property
    def ack_eliciting(self) -> bool:
        """True: the receiver must acknowledge the packet (RFC 9002, Section 2)."""
        return True


class PathChallenge(Struct, frozen=True, gc=False):
    """PATH_CHALLENGE (RFC 9000, Section 19.17) with its 8 bytes of data."""

    data: bytes | Missing

    @property
    def ack_eliciting(self) -> bool:
        """True: the receiver must acknowledge the packet (RFC 9002, Section 2)."""
        return True


class PathResponse(Struct, frozen=True, gc=False):
    """PATH_RESPONSE (RFC 9000, Section 19.18) with the 8 bytes it echoes."""

    data: bytes | Missing

    @property
    def ack_eliciting(self) -> bool:
        """True: the receiver must acknowledge the packet (RFC 9002, Section 2)."""
        return True


class ConnectionClose(Struct, frozen=True, gc=False):
    """CONNECTION_CLOSE (RFC 9000, Section 19.19): types 0x1c (`transport`) and 0x1d (`application`)."""

    error_code: int | Missing
    space: Literal["transport", "application"] | Missing
    reason: str | Missing

    @property
    def ack_eliciting(self) -> bool:
        """False: CONNECTION_CLOSE is never acknowledged (RFC 9002, Section 2)."""
        return False


class Ack(Struct, frozen=True, gc=False):
    """ACK (RFC 9000, Section 19.3): pairs of first and last packet number, both included, as logged."""

    ranges: tuple[tuple[int, int], ...]

    @property
    def ack_eliciting(self) -> bool:
        """False: an ACK frame is never acknowledged for itself (RFC 9002, Section 2)."""
        return False


class OtherFrame(Struct, frozen=True, gc=False):
    """Any other frame, by the name the source gives it in lower case; its content plays no part here.

    >>> OtherFrame("stream").ack_eliciting, OtherFrame("padding").ack_eliciting
    (True, False)
    """

    name: str

    @property
    def ack_eliciting(self) -> bool:
        """True for all frames but ACK, PADDING and CONNECTION_CLOSE (RFC 9002, Section 2)."""
        return self.name not in ("padding", "ack", "connection_close")


Frame: TypeAlias = (
    NewConnectionId | RetireConnectionId | PathChallenge | PathResponse | ConnectionClose | Ack | OtherFrame
)
"""Any frame; all have `ack_eliciting`."""
