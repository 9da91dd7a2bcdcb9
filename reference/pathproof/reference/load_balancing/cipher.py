"""How server ID and nonce are encrypted: in one pass for 16 octets, else in four (QUIC-LB 5.4)."""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 16
PASSES = (1, 2, 3, 4)


def encrypt(key: bytes, plaintext: bytes) -> bytes:
    """Encrypt server ID and nonce.

    Parameters
    ----------
    key
        16 octets.
    plaintext
        5 to 19 octets.

    Examples
    --------
    >>> key = bytes.fromhex("8f95f09245765f80256934e50c66207f")
    >>> encrypt(key, bytes.fromhex("ed793aee080dbf")).hex()
    '20b1d07b359d3c'
    """
    if len(plaintext) == BLOCK:
        return aes(key, plaintext)
    left, right = halves(plaintext)
    for number in PASSES:
        left, right = _pass(key, len(plaintext), number, left, right)
    return _joined(left, right, len(plaintext))


def decrypt(key: bytes, ciphertext: bytes) -> bytes:
    """Undo `encrypt`.

    >>> [decrypt(bytes(16), encrypt(bytes(16), text)) for text in (b"servernonce", b"=" * 16)]
    [b'servernonce', b'================']
    """
    if len(ciphertext) == BLOCK:
        return aes(key, ciphertext, back=True)
    left, right = halves(ciphertext)
    for number in reversed(PASSES):
        left, right = _pass(key, len(ciphertext), number, left, right)
    return _joined(left, right, len(ciphertext))


def halves(text: bytes) -> tuple[bytes, bytes]:
    """The two halves, which share the middle octet where the length is odd.

    >>> [half.hex() for half in halves(bytes.fromhex("7040b81b55ccf3"))]
    ['7040b810', '0b55ccf3']
    """
    half = (len(text) + 1) // 2
    return without(text[:half], len(text), last=True), without(text[-half:], len(text), last=False)


def without(half: bytes, length: int, last: bool) -> bytes:
    """The half without its last or first four bits, which belong to the other where the length is odd."""
    if length % 2 == 0:
        return half
    return half[:-1] + bytes([half[-1] & 0xF0]) if last else bytes([half[0] & 0x0F]) + half[1:]


def keystream(key: bytes, length: int, number: int, half: bytes) -> bytes:
    """What pass `number` adds to one half, made from the other."""
    return aes(key, half.ljust(BLOCK - 2, b"\0") + bytes([length, number]))[: len(half)]


def xor(one: bytes, other: bytes) -> bytes:
    """The exclusive or of two strings of one length."""
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def aes(key: bytes, block: bytes, back: bool = False) -> bytes:
    """AES in either direction; one block at a time, so that no mode is needed but ECB."""
    cipher = Cipher(algorithms.AES(key), modes.ECB())
    worker = cipher.decryptor() if back else cipher.encryptor()
    return worker.update(block)


def _pass(key: bytes, length: int, number: int, left: bytes, right: bytes) -> tuple[bytes, bytes]:
    """One round: an odd pass changes the right half by the left one, an even pass the left by the right."""
    if number % 2:
        return left, without(xor(right, keystream(key, length, number, left)), length, last=False)
    return without(xor(left, keystream(key, length, number, right)), length, last=True), right


def _joined(left: bytes, right: bytes, length: int) -> bytes:
    if length % 2 == 0:
        return left + right
    return left[:-1] + bytes([left[-1] | right[0]]) + right[1:]
