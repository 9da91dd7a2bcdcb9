"""Packets (RFC 9000 17): what is read and written of them without a key.

`header` reads, `write` makes the headers that are to be protected, `number` has the short forms of packet
numbers, and `retry` and `version_negotiation` are the packets without a number.
"""

from pathproof.reference.packet.header import TAG_LENGTH, VERSION, Header, read_header
from pathproof.reference.packet.number import length_of, read_number, write_number
from pathproof.reference.packet.retry import integrity_tag, is_genuine, write_retry
from pathproof.reference.packet.version_negotiation import versions_of, write_version_negotiation
from pathproof.reference.packet.write import (
    LEAST_TOGETHER,
    LONGEST,
    long_header_length,
    write_long_header,
    write_short_header,
)
from pathproof.reference.spaces import PacketType

__all__ = [
    "LEAST_TOGETHER",
    "LONGEST",
    "TAG_LENGTH",
    "VERSION",
    "Header",
    "PacketType",
    "integrity_tag",
    "is_genuine",
    "length_of",
    "long_header_length",
    "read_header",
    "read_number",
    "versions_of",
    "write_long_header",
    "write_number",
    "write_retry",
    "write_short_header",
    "write_version_negotiation",
]
