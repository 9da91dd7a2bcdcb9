"""Keys of packet protection: from a secret (RFC 9001 5.1), and applied to one packet (5.3, 5.4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aioquic.tls import CipherSuite, cipher_suite_hash, hkdf_expand_label, hkdf_extract
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

from pathproof.reference.errors import Undecryptable
from pathproof.reference.packet import Header

SAMPLE_LENGTH = 16
"""Bytes of ciphertext that the mask of a header is made from (RFC9001-5.4.3-03, RFC9001-5.4.4-02)."""
_INITIAL_SALT = bytes.fromhex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a")
_KEY_LENGTHS = {
    CipherSuite.AES_128_GCM_SHA256: 16,
    CipherSuite.AES_256_GCM_SHA384: 32,
    CipherSuite.CHACHA20_POLY1305_SHA256: 32,
}


@dataclass(slots=True)
class Keys:
    """What protects packets in one direction; `mask` outlives key updates (RFC9001-5.4-06)."""

    suite: CipherSuite
    secret: bytes
    aead: AESGCM | ChaCha20Poly1305
    iv: int
    mask: Callable[[bytes], bytes]

    def seal(self, header: bytes, payload: bytes, number: int) -> bytes:
        """Return the protected packet: first the payload, then the header (RFC9001-5.4.1-01).

        Raises
        ------
        ValueError
            If packet number and payload are too short for a sample (RFC9001-5.4.2-06).
        """
        sealed = self.aead.encrypt(self._nonce(number), payload, header)
        length = (header[0] & 3) + 1
        sample = sealed[4 - length : 4 - length + SAMPLE_LENGTH]
        if len(sample) < SAMPLE_LENGTH:
            raise ValueError("packet number and payload together have fewer than 4 bytes")
        mask = self.mask(sample)
        field = int.from_bytes(header[-length:], "big") ^ int.from_bytes(mask[1 : 1 + length], "big")
        first = _masked(header[0], mask)
        return b"".join((first.to_bytes(1, "big"), header[1:-length], field.to_bytes(length, "big"), sealed))

    def unmask(self, datagram: bytes, header: Header) -> tuple[bytes, int]:
        """Return the header without its protection, and what its packet number field says.

        Raises
        ------
        Undecryptable
            If the packet is too short for a sample (RFC9001-5.4.2-05).
        """
        offset = header.number_offset
        sample = datagram[offset + 4 : offset + 4 + SAMPLE_LENGTH]
        if offset + 4 + SAMPLE_LENGTH > header.end:
            raise Undecryptable("the packet is too short for a sample")
        mask = self.mask(sample)
        first = _masked(datagram[header.start], mask)
        length = (first & 3) + 1
        field = datagram[offset : offset + length]
        truncated = int.from_bytes(field, "big") ^ int.from_bytes(mask[1 : 1 + length], "big")
        plain = (
            first.to_bytes(1, "big"),
            datagram[header.start + 1 : offset],
            truncated.to_bytes(length, "big"),
        )
        return b"".join(plain), truncated

    def open(self, sealed: bytes, plain_header: bytes, number: int) -> bytes:
        """Return the payload of a packet.

        Raises
        ------
        Undecryptable
            If these are not the keys of the packet, or it was changed on its way.
        """
        try:
            return self.aead.decrypt(self._nonce(number), sealed, plain_header)
        except InvalidTag:
            raise Undecryptable("the packet is not authentic") from None

    def _nonce(self, number: int) -> bytes:
        """The IV and the packet number by exclusive OR (RFC 9001 5.3)."""
        return (self.iv ^ number).to_bytes(12, "big")


def _masked(first: int, mask: bytes) -> int:
    """The first byte of a header, with or without protection (RFC9001-5.4-04)."""
    return first ^ mask[0] & (0x0F if first & 0x80 else 0x1F)


def keys_of(suite: CipherSuite, secret: bytes) -> Keys:
    """Return the keys that follow from a secret of TLS (RFC 9001 5.1).

    Examples
    --------
    >>> secret = "9ac312a7f877468ebe69422748ad00a15443f18203a07d6060f688f30f21632b"
    >>> keys = keys_of(CipherSuite.CHACHA20_POLY1305_SHA256, bytes.fromhex(secret))
    >>> keys.seal(bytes.fromhex("4200bff4"), b"\\x01", 654360564).hex()
    '4cfe4189655e5cd55c41f69080575d7999c25a5bfb'
    """
    mask = _mask(suite, _expand(suite, secret, b"quic hp", _KEY_LENGTHS[suite]))
    return _keys(suite, secret, mask)


def next_keys(keys: Keys) -> Keys:
    """Return the keys of the next key phase (RFC9001-6.1-04); the header keeps its key (RFC9001-6.1-06).

    >>> first = keys_of(CipherSuite.AES_128_GCM_SHA256, bytes(32))
    >>> next_keys(first).mask is first.mask, next_keys(first).secret == first.secret
    (True, False)
    """
    secret = _expand(keys.suite, keys.secret, b"quic ku", len(keys.secret))
    return _keys(keys.suite, secret, keys.mask)


def initial_keys(destination: bytes) -> tuple[Keys, Keys]:
    """Return the client's and the server's keys of Initial packets (RFC 9001 5.2, 7.2-06).

    Parameters
    ----------
    destination : bytes
        The Destination Connection ID of the client's first Initial packet, or of its first after a Retry.

    Examples
    --------
    >>> client, server = initial_keys(bytes.fromhex("8394c8f03e515708"))
    >>> client.secret.hex()[:16], server.secret.hex()[:16]
    ('c00cf151ca5be075', '3c199828fd139efd')
    """
    suite = CipherSuite.AES_128_GCM_SHA256
    secret = hkdf_extract(cipher_suite_hash(suite), _INITIAL_SALT, destination)
    client, server = (_expand(suite, secret, label, 32) for label in (b"client in", b"server in"))
    return keys_of(suite, client), keys_of(suite, server)


def _keys(suite: CipherSuite, secret: bytes, mask: Callable[[bytes], bytes]) -> Keys:
    key = _expand(suite, secret, b"quic key", _KEY_LENGTHS[suite])
    iv = int.from_bytes(_expand(suite, secret, b"quic iv", 12), "big")
    chacha = suite == CipherSuite.CHACHA20_POLY1305_SHA256
    return Keys(suite, secret, ChaCha20Poly1305(key) if chacha else AESGCM(key), iv, mask)


def _expand(suite: CipherSuite, secret: bytes, label: bytes, length: int) -> bytes:
    return hkdf_expand_label(cipher_suite_hash(suite), secret, label, b"", length)


def _mask(suite: CipherSuite, key: bytes) -> Callable[[bytes], bytes]:
    """What turns a sample into a mask (RFC9001-5.4.3-05, RFC9001-5.4.4-06)."""
    if suite != CipherSuite.CHACHA20_POLY1305_SHA256:
        return Cipher(algorithms.AES(key), modes.ECB()).encryptor().update
    return lambda sample: Cipher(algorithms.ChaCha20(key, sample), None).encryptor().update(bytes(5))
