"""A configuration of QUIC-LB, and the connection IDs that follow it (QUIC-LB 3, 5)."""

from __future__ import annotations

from dataclasses import dataclass

from pathproof.reference.load_balancing.cipher import decrypt, encrypt

UNROUTABLE = 0b111  # the codepoint of servers without a configuration (QUIC-LB 3.2)
LEAST_UNROUTABLE = 8  # octets, so that it collides with no other (QUIC-LB 3.2)


@dataclass(frozen=True, slots=True)
class Configuration:
    """What servers and load balancers agree on.

    Parameters
    ----------
    rotation
        Codepoint of the configuration, 0 to 6.
    server_id_length, nonce_length
        In octets: 1 or more, 4 or more, and 19 or fewer together.
    key
        16 octets, or None for connection IDs that show the server to everybody.
    shows_length
        Whether the first octet tells the length of the rest, or nothing.

    Raises
    ------
    ValueError
        For values out of these ranges.

    Examples
    --------
    >>> configuration = Configuration(0, 3, 4)
    >>> made = configuration.encode(bytes.fromhex("c4605e"), bytes.fromhex("4504cc4f"))
    >>> made.hex(), configuration.decode(made).hex()
    ('07c4605e4504cc4f', 'c4605e')
    """

    rotation: int
    server_id_length: int
    nonce_length: int
    key: bytes | None = None
    shows_length: bool = True

    def __post_init__(self) -> None:
        """Refuse what the draft does (QUIC-LB 3.1, 5.3)."""
        lengths = self.server_id_length >= 1 and self.nonce_length >= 4
        if not lengths or self.length > 20 or not 0 <= self.rotation < UNROUTABLE:
            raise ValueError(f"out of range: {self.rotation}, {self.server_id_length}, {self.nonce_length}")
        if self.key is not None and len(self.key) != 16:
            raise ValueError(f"a key has 16 octets, not {len(self.key)}")

    @property
    def length(self) -> int:
        """The length of every connection ID, in octets."""
        return 1 + self.server_id_length + self.nonce_length

    def encode(self, server_id: bytes, nonce: bytes, random: int = 0) -> bytes:
        """The connection ID of a server; `random` gives five bits where the length is not shown.

        The nonce must be unpredictable where there is no key, and is never used twice (QUIC-LB 9.6).
        """
        if (len(server_id), len(nonce)) != (self.server_id_length, self.nonce_length):
            raise ValueError(f"server ID and nonce have {len(server_id)} and {len(nonce)} octets")
        rest = server_id + nonce
        low = len(rest) if self.shows_length else random & 0x1F
        return bytes([self.rotation << 5 | low]) + (encrypt(self.key, rest) if self.key else rest)

    def decode(self, connection_id: bytes) -> bytes | None:
        """The server ID in a connection ID, or None where it is unroutable (QUIC-LB 4.1)."""
        if len(connection_id) < self.length or connection_id[0] >> 5 != self.rotation:
            return None
        rest = connection_id[1 : self.length]
        return (decrypt(self.key, rest) if self.key else rest)[: self.server_id_length]


def unroutable(random: bytes) -> bytes:
    """A connection ID of a server without a configuration, with these random octets (QUIC-LB 3.2).

    >>> unroutable(b"1234567").hex()
    'e731323334353637'
    """
    if not LEAST_UNROUTABLE - 1 <= len(random) <= 19:
        raise ValueError(f"7 to 19 random octets, not {len(random)}")
    return bytes([UNROUTABLE << 5 | len(random)]) + random
