"""Retry packets (RFC 9000 17.2.5) with their integrity tag (RFC 9001 5.8)."""

from __future__ import annotations

import hmac

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pathproof.reference.packet.header import TAG_LENGTH, VERSION, Header
from pathproof.reference.spaces import PacketType

_KEY = bytes.fromhex("be0c690b9f66575a1d766b54e368c84e")
_NONCE = bytes.fromhex("461599d35d632bf2239825bb")


def write_retry(destination: bytes, source: bytes, token: bytes, original: bytes, unused: int = 0) -> bytes:
    """Return a Retry packet.

    Parameters
    ----------
    destination : bytes
        The Source Connection ID of the Initial packet that it answers.
    source : bytes
        The connection ID under which the server wants to be addressed from now on; not `original`.
    token : bytes
        What the client is to repeat (8.1.2-02).
    original : bytes
        The Destination Connection ID of the Initial packet.
    unused : int
        Any four bits.

    Examples
    --------
    >>> id, original = bytes.fromhex("f067a5502a4262b5"), bytes.fromhex("8394c8f03e515708")
    >>> write_retry(b"", id, b"token", original, 0xF).hex()
    'ff000000010008f067a5502a4262b5746f6b656e04a265ba2eff4d829058fb3f0f2496ba'
    """
    first = 0xC0 | PacketType.RETRY << 4 | unused
    head = bytes((first,)) + VERSION.to_bytes(4, "big")
    ids = bytes((len(destination),)) + destination + bytes((len(source),)) + source
    packet = head + ids + token
    return packet + integrity_tag(packet, original)


def integrity_tag(packet: bytes, original: bytes) -> bytes:
    """Return the tag of a Retry packet, given without it, that answers an Initial to this connection ID.

    >>> len(integrity_tag(b"", bytes(8)))
    16
    """
    return AESGCM(_KEY).encrypt(_NONCE, b"", bytes((len(original),)) + original + packet)


def is_genuine(datagram: bytes, header: Header, original: bytes) -> bool:
    """Whether a client is to act on this Retry: its tag holds, and it has a token (RFC 9000 17.2.5.2).

    Examples
    --------
    >>> from pathproof.reference.packet.header import read_header
    >>> retry = write_retry(b"", b"id", b"token", b"original")
    >>> header = read_header(retry, 0, len)
    >>> is_genuine(retry, header, b"original"), is_genuine(retry, header, b"another")
    (True, False)
    """
    packet = datagram[header.start : header.end]
    tag = integrity_tag(packet[:-TAG_LENGTH], original)
    return bool(header.token) and hmac.compare_digest(tag, packet[-TAG_LENGTH:])
