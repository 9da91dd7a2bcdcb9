"""Single values as traces write them: hexadecimal byte strings, error codes, names of packet types."""

from __future__ import annotations

from functools import lru_cache

from pathproof.conformance.events import NOT_LOGGED, Missing
from pathproof.conformance.qlog.errors import Malformed

MAX_VARINT = 2**62 - 1
"""The largest number that a QUIC variable-length integer holds (RFC 9000, Section 16)."""
MAX_CONNECTION_ID = 255
"""The longest connection ID that any QUIC version can carry, in bytes (RFC 8999, Section 5.1)."""
TOKEN_LENGTH = 16
"""Bytes of a stateless reset token (RFC 9000, Section 10.3)."""
PATH_DATA_LENGTH = 8
"""Bytes of data in PATH_CHALLENGE and PATH_RESPONSE (RFC 9000, Section 19.17)."""

ERROR_NAMES = (
    "no_error",
    "internal_error",
    "connection_refused",
    "flow_control_error",
    "stream_limit_error",
    "stream_state_error",
    "final_size_error",
    "frame_encoding_error",
    "transport_parameter_error",
    "connection_id_limit_error",
    "protocol_violation",
    "invalid_token",
    "application_error",
    "crypto_buffer_exceeded",
    "key_update_error",
    "aead_limit_reached",
    "no_viable_path",
)
"""The words of qlog for transport error codes 0 to 16 (RFC 9000, Section 20.1), in order."""


def byte_string(text: str, field: str) -> bytes:
    """Return the bytes that hexadecimal digits stand for; quic-go writes `(empty)` for none.

    Raises `Malformed` for anything else, above all for an odd number of digits: no digit is ever guessed.

    >>> byte_string("0aff", "dcid"), byte_string("(empty)", "dcid")
    (b'\\n\\xff', b'')
    """
    if text == "(empty)":
        return b""
    digits = text.removeprefix("0x")
    try:
        value = bytes.fromhex(digits)
    except ValueError:
        value = None
    if value is None or 2 * len(value) != len(digits):  # fromhex skips blanks
        raise Malformed(f"{field}: {text[:64]!r} is not a whole number of bytes in hexadecimal")
    return value


def connection_id(text: str | None, field: str, missing: bytes | Missing = NOT_LOGGED) -> bytes | Missing:
    """Return a connection ID of 0 to 255 bytes, or `missing` for None. Raises `Malformed`.

    >>> connection_id("c0ffee", "dcid"), connection_id(None, "dcid")
    (b'\\xc0\\xff\\xee', NOT_LOGGED)
    """
    return missing if text is None else _identifier(text, field)


@lru_cache(maxsize=4096)
def _identifier(text: str, field: str) -> bytes:
    """Return a connection ID; the same few are written again and again."""
    value = byte_string(text, field)
    if len(value) > MAX_CONNECTION_ID:
        raise Malformed(f"{field}: {len(value)} bytes are more than a connection ID can have")
    return value


def sized(text: str | None, length: int, field: str, missing: Missing = NOT_LOGGED) -> bytes | Missing:
    """Return a byte string of exactly `length` bytes, or `missing` for None. Raises `Malformed`.

    >>> sized("0102030405060708", 8, "data")
    b'\\x01\\x02\\x03\\x04\\x05\\x06\\x07\\x08'
    """
    if text is None:
        return missing
    value = byte_string(text, field)
    if len(value) != length:
        raise Malformed(f"{field}: has {len(value)} bytes, not {length}")
    return value


def error_code(*candidates: int | float | str | None) -> int | Missing:
    """Return the first candidate that is an error code: a number, or one of qlog's words for one.

    >>> error_code(None, "no_viable_path"), error_code("crypto_error_0x178"), error_code("unknown", 7)
    (16, 376, 7)
    """
    for candidate in candidates:
        if isinstance(candidate, int) and 0 <= candidate <= MAX_VARINT:
            return candidate
        if isinstance(candidate, str) and (code := _code_of_word(candidate)) is not None:
            return code
    return NOT_LOGGED


def _code_of_word(word: str) -> int | None:
    """Return the code of an error's name, of `crypto_error_0x1xx`, or of at most 19 decimal digits."""
    word = word.lower()
    if word in ERROR_NAMES:
        return ERROR_NAMES.index(word)
    digits = word.removeprefix("crypto_error_0x")
    if digits != word and len(digits) == 3 and digits.isalnum() and digits.isascii():
        try:
            return int(digits, 16)
        except ValueError:
            return None
    if word.isascii() and word.isdigit() and len(word) <= 19 and int(word) <= MAX_VARINT:
        return int(word)
    return None


PACKET_TYPES = {
    "initial": "initial",
    "handshake": "handshake",
    "0rtt": "0RTT",
    "zerortt": "0RTT",
    "1rtt": "1RTT",
    "onertt": "1RTT",
    "retry": "retry",
    "versionnegotiation": "version_negotiation",
    "statelessreset": "stateless_reset",
}
"""The type names of the event model by what traces write, in lower case without `_`, `-` and blanks."""


@lru_cache(maxsize=256)
def packet_type(text: str) -> str:
    """Return the event model's name of a packet type, or the text itself for an unknown one.

    >>> packet_type("1RTT"), packet_type("version_negotiation"), packet_type("scone")
    ('1RTT', 'version_negotiation', 'scone')
    """
    plain = text.lower().replace("_", "").replace("-", "").replace(" ", "")
    return PACKET_TYPES.get(plain, text)
