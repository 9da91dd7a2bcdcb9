"""The codes and bounds that RFC 9000 assigns, under the names it gives them."""

from enum import IntEnum
from typing import Final

MAX_VARINT: Final = 2**62 - 1
"""The largest variable-length integer, and so the largest sequence number (Section 16)."""

MIN_CONNECTION_ID_LENGTH: Final = 1
"""The shortest connection ID, in bytes, that NEW_CONNECTION_ID may carry (Section 19.15)."""

MAX_CONNECTION_ID_LENGTH: Final = 20
"""The longest connection ID, in bytes, of QUIC version 1 (Sections 17.2 and 19.15)."""

STATELESS_RESET_TOKEN_LENGTH: Final = 16
"""The length of a stateless reset token, in bytes (Sections 10.3 and 19.15)."""

DEFAULT_ACTIVE_CONNECTION_ID_LIMIT: Final = 2
"""What an absent active_connection_id_limit means (Section 18.2)."""

MIN_ACTIVE_CONNECTION_ID_LIMIT: Final = 2
"""The smallest active_connection_id_limit that may be stated (Section 18.2)."""

AMPLIFICATION_FACTOR: Final = 3
"""How many bytes may go to an unvalidated address for each that came from it (Section 8)."""

SMALLEST_MAXIMUM_DATAGRAM_SIZE: Final = 1200
"""Bytes of UDP payload that every path has to carry (Section 14)."""

IDLE_PTOS: Final = 3
"""How many times the PTO an idle timeout lasts at least (Section 10.1)."""

CRYPTO_ERROR: Final = range(0x0100, 0x0200)
"""The transport error codes of the cryptographic handshake, one for each TLS alert (Section 20.1).

>>> 0x0128 in CRYPTO_ERROR  # handshake_failure, alert 40
True
"""


class FrameType(IntEnum):
    """The types of the four frames that connection IDs and paths are managed with (Sections 19.15 to 19.18).

    Examples
    --------
    >>> FrameType(0x18).name
    'NEW_CONNECTION_ID'
    """

    NEW_CONNECTION_ID = 0x18
    RETIRE_CONNECTION_ID = 0x19
    PATH_CHALLENGE = 0x1A
    PATH_RESPONSE = 0x1B


class ErrorCode(IntEnum):
    """The transport error codes with one value each (Section 20.1); `CRYPTO_ERROR` is a range of its own.

    Examples
    --------
    >>> ErrorCode.CONNECTION_ID_LIMIT_ERROR == 0x09
    True
    """

    NO_ERROR = 0x00
    INTERNAL_ERROR = 0x01
    CONNECTION_REFUSED = 0x02
    FLOW_CONTROL_ERROR = 0x03
    STREAM_LIMIT_ERROR = 0x04
    STREAM_STATE_ERROR = 0x05
    FINAL_SIZE_ERROR = 0x06
    FRAME_ENCODING_ERROR = 0x07
    TRANSPORT_PARAMETER_ERROR = 0x08
    CONNECTION_ID_LIMIT_ERROR = 0x09
    PROTOCOL_VIOLATION = 0x0A
    INVALID_TOKEN = 0x0B
    APPLICATION_ERROR = 0x0C
    CRYPTO_BUFFER_EXCEEDED = 0x0D
    KEY_UPDATE_ERROR = 0x0E
    AEAD_LIMIT_REACHED = 0x0F
    NO_VIABLE_PATH = 0x10
