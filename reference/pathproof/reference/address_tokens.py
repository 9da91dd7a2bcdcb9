"""Tokens by which a server knows an address again (RFC 9000 8.1.1 to 8.1.4).

A token is a byte that tells its kind (8.1.1-01), a random nonce, and what the server wants to know later,
sealed under a key that the server keeps to itself (8.1.4-02). The address that it was given to is
authenticated and not contained (8.1.3-09). Thanks to the nonce no two are alike (8.1.3-10).
"""

from __future__ import annotations

import heapq
import struct
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

RETRY, NEW = b"\x00", b"\x01"
"""The first byte of a token from a Retry packet, and of one from a NEW_TOKEN frame."""
_NONCE_LENGTH = 12
_TIME = struct.Struct("!d")


@dataclass(slots=True)
class RetryToken:
    """What a valid token from a Retry packet says: the two connection IDs that the server has to declare."""

    original: bytes
    source: bytes


@dataclass(slots=True)
class NewToken:
    """A valid token from a NEW_TOKEN frame: the client still has the IP address of then."""


def is_retry(token: bytes) -> bool:
    """Whether a token claims to come from a Retry packet: if it is invalid, the server closes (8.1.2-05).

    >>> is_retry(b"\\0anything"), is_retry(b"\\1anything"), is_retry(b"")
    (True, False, False)
    """
    return token.startswith(RETRY)


@dataclass(slots=True)
class AddressTokens:
    """The tokens of a server, under its key of 16 or 32 bytes; servers with one key share their tokens.

    Times are seconds by a clock that all of them go by, and that goes on where one is started anew.

    Attributes
    ----------
    retry_life, new_life : float
        Seconds that a token is good for: a client returns one from a Retry packet at once (8.1.4-08).
    remembered : int
        How many used tokens are remembered (8.1.4-09). When they are more, the oldest is forgotten, and no
        token as old as that one is good any more.

    Examples
    --------
    >>> tokens = AddressTokens(bytes(16))
    >>> token = tokens.retry("192.0.2.1", 4433, b"original", b"source", now=0.0, random=bytes)
    >>> tokens.open(token, "192.0.2.1", 4433, now=1.0)
    RetryToken(original=b'original', source=b'source')
    >>> tokens.open(token, "192.0.2.1", 4434, now=1.0) is None
    True
    """

    key: bytes
    retry_life: float = 10.0
    new_life: float = 86400.0
    remembered: int = 4096
    _used: set[bytes] = field(default_factory=set)
    _ages: list[tuple[float, bytes]] = field(default_factory=list)
    _floor: float = float("-inf")

    def retry(
        self,
        host: str,
        port: int,
        original: bytes,
        source: bytes,
        now: float,
        random: Callable[[int], bytes],
    ) -> bytes:
        """Return a token for a Retry packet to this address and port (8.1.4-03).

        `original` is the Destination Connection ID of the Initial packet that is answered, and `source` the
        Source Connection ID of the Retry packet.
        """
        says = bytes((len(original),)) + original + source
        return self._seal(RETRY, _from_port(host, port), says, now, random)

    def new_token(self, host: str, now: float, random: Callable[[int], bytes]) -> bytes:
        """Return a token for a NEW_TOKEN frame to a client with this IP address (8.1.4-04)."""
        return self._seal(NEW, host.encode(), b"", now, random)

    def open(self, token: bytes, host: str, port: int, now: float) -> RetryToken | NewToken | None:
        """Return what the token of an Initial packet from this address says, or None if it is invalid.

        A NEW_TOKEN token is used up by this (8.1.4-09): ask when a connection is made, and not for each of
        its Initial packets, which all carry the token (8.1.3-04).
        """
        kind = token[:1]
        if kind not in (RETRY, NEW):
            return None
        address = _from_port(host, port) if kind == RETRY else host.encode()
        nonce, sealed = token[1 : 1 + _NONCE_LENGTH], token[1 + _NONCE_LENGTH :]
        try:
            says = AESGCM(self.key).decrypt(nonce, sealed, kind + address)
        except (InvalidTag, ValueError):
            return None
        (issued,) = _TIME.unpack_from(says)
        life = self.retry_life if kind == RETRY else self.new_life
        if not 0 <= now - issued <= life:
            return None
        if kind == RETRY:
            length = says[_TIME.size]
            ids = says[_TIME.size + 1 :]
            return RetryToken(ids[:length], ids[length:])
        return NewToken() if self._use(nonce, issued, now) else None

    def _seal(
        self, kind: bytes, address: bytes, says: bytes, now: float, random: Callable[[int], bytes]
    ) -> bytes:
        nonce = random(_NONCE_LENGTH)
        return kind + nonce + AESGCM(self.key).encrypt(nonce, _TIME.pack(now) + says, kind + address)

    def _use(self, nonce: bytes, issued: float, now: float) -> bool:
        """Whether a token was not used before."""
        if nonce in self._used or issued <= self._floor:
            return False
        self._used.add(nonce)
        heapq.heappush(self._ages, (issued, nonce))
        while self._ages and now - self._ages[0][0] > self.new_life:
            self._used.discard(heapq.heappop(self._ages)[1])
        if len(self._ages) > self.remembered:
            self._floor, oldest = heapq.heappop(self._ages)
            self._used.discard(oldest)
        return True


def _from_port(host: str, port: int) -> bytes:
    return f"{host} {port}".encode()
