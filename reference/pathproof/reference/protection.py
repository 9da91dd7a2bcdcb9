"""Packet protection in one packet number space (RFC 9001 5): seal, open, and count what wears out the keys.

Initial and Handshake packets have one set of keys as long as they are in use (RFC9001-6.1-11); those of 1-RTT
packets change, which is `key_update`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from aioquic.tls import CipherSuite

from pathproof.reference.errors import ProtocolError, Undecryptable, code_of
from pathproof.reference.keys import Keys, initial_keys
from pathproof.reference.packet import Header, read_number

CONFIDENTIALITY_LIMIT = {
    CipherSuite.AES_128_GCM_SHA256: 1 << 23,  # RFC9001-6.6-06
    CipherSuite.AES_256_GCM_SHA384: 1 << 23,
    CipherSuite.CHACHA20_POLY1305_SHA256: 1 << 62,  # RFC9001-6.6-07: more packets than there are numbers
}
"""Packets that one set of keys may seal."""
INTEGRITY_LIMIT = {
    CipherSuite.AES_128_GCM_SHA256: 1 << 52,  # RFC 9001 6.6
    CipherSuite.AES_256_GCM_SHA384: 1 << 52,
    CipherSuite.CHACHA20_POLY1305_SHA256: 1 << 36,
}
"""Packets of a connection that may fail to open, under all keys together."""


@dataclass(slots=True)
class Failures:
    """How many packets of a connection failed to open; all its spaces count into one.

    Examples
    --------
    >>> failures = Failures(count=1 << 52)
    >>> failures.note(CipherSuite.AES_128_GCM_SHA256)
    Traceback (most recent call last):
    pathproof.reference.errors.ProtocolError: 4503599627370497 packets failed to open (AEAD_LIMIT_REACHED)
    """

    count: int = 0

    def note(self, suite: CipherSuite) -> None:
        """Count one more.

        Raises
        ------
        ProtocolError
            AEAD_LIMIT_REACHED, if they are more than the AEAD stands (RFC 9001 6.6).
        """
        self.count += 1
        if self.count > INTEGRITY_LIMIT[suite]:
            raise ProtocolError(code_of("AEAD_LIMIT_REACHED"), f"{self.count} packets failed to open")


@dataclass(slots=True)
class Protection:
    """The keys of Initial or Handshake packets; there may be none yet, or none any more.

    Examples
    --------
    >>> from pathproof.reference.packet import PacketType, read_header, write_long_header
    >>> client, server = Protection.initial(b"eight by", client=True), Protection.initial(b"eight by")
    >>> header = write_long_header(PacketType.INITIAL, b"eight by", b"", 0, 1, 3)
    >>> datagram = client.seal(header, b"\\1\\0\\0", 0)
    >>> server.open(datagram, read_header(datagram, 0, len), -1)
    (0, b'\\x01\\x00\\x00', 192)
    """

    write: Keys | None = None
    read: Keys | None = None
    failures: Failures = field(default_factory=Failures)
    sealed: int = 0

    @classmethod
    def initial(
        cls, destination: bytes, client: bool = False, failures: Failures | None = None
    ) -> Protection:
        """Return the protection of Initial packets at one side; `initial_keys` says whose ID it takes."""
        of_client, of_server = initial_keys(destination)
        write, read = (of_client, of_server) if client else (of_server, of_client)
        return cls(write, read, failures or Failures())

    def seal(self, header: bytes, payload: bytes, number: int) -> bytes:
        """Return the protected packet; `header` ends in the packet number.

        Raises
        ------
        ProtocolError
            AEAD_LIMIT_REACHED, if the keys have sealed all that they may (RFC9001-6.6-02).
        ValueError
            If there are no keys, or nothing to sample.
        """
        if self.write is None:
            raise ValueError("there are no keys to seal with")
        self.sealed = counted(self.sealed, self.write.suite)
        return self.write.seal(header, payload, number)

    def open(self, datagram: bytes, header: Header, largest: int) -> tuple[int, bytes, int]:
        """Return packet number, payload and first byte of a packet, all without protection.

        Parameters
        ----------
        datagram : bytes
            All of the datagram.
        header : Header
            The packet in it.
        largest : int
            The largest packet number that was processed in this space, -1 if none was.

        Raises
        ------
        Undecryptable
            If the packet is to be dropped.
        ProtocolError
            PROTOCOL_VIOLATION for reserved bits (RFC 9000 17.2), AEAD_LIMIT_REACHED.
        """
        if self.read is None:
            raise Undecryptable("there are no keys to open it with")
        plain, truncated = self.read.unmask(datagram, header)
        number = read_number(truncated, (plain[0] & 3) + 1, largest)
        try:
            payload = self.read.open(datagram[header.start + len(plain) : header.end], plain, number)
        except Undecryptable:
            self.failures.note(self.read.suite)
            raise
        refuse_reserved_bits(plain[0])
        return number, payload, plain[0]

    def discard(self) -> None:
        """Forget the keys (RFC 9001 4.9)."""
        self.write = self.read = None


def counted(sealed: int, suite: CipherSuite) -> int:
    """Return the packets that keys have sealed with one more (RFC9001-6.6-01).

    Raises
    ------
    ProtocolError
        AEAD_LIMIT_REACHED, if they are more than the AEAD stands (RFC9001-6.6-05).

    Examples
    --------
    >>> counted(7, CipherSuite.AES_128_GCM_SHA256)
    8
    """
    if sealed >= CONFIDENTIALITY_LIMIT[suite]:
        raise ProtocolError(code_of("AEAD_LIMIT_REACHED"), f"the keys have sealed {sealed} packets")
    return sealed + 1


def refuse_reserved_bits(first: int) -> None:
    """Return if the reserved bits are 0, once header and payload are without protection.

    Raises
    ------
    ProtocolError
        PROTOCOL_VIOLATION otherwise (17.3.1-09, RFC 9000 17.2).

    Examples
    --------
    >>> refuse_reserved_bits(0x58)
    Traceback (most recent call last):
    pathproof.reference.errors.ProtocolError: the reserved bits are not 0 (PROTOCOL_VIOLATION)
    """
    if first & (0x0C if first & 0x80 else 0x18):
        raise ProtocolError(code_of("PROTOCOL_VIOLATION"), "the reserved bits are not 0")
