"""What a connection keeps of each packet number space."""

from __future__ import annotations

from dataclasses import dataclass, field

from pathproof.reference.acknowledgment import Received
from pathproof.reference.crypto_stream import CryptoStream
from pathproof.reference.key_update import PhasedProtection
from pathproof.reference.protection import Protection
from pathproof.reference.spaces import Space


@dataclass(slots=True)
class SpaceState:
    """One packet number space of one connection.

    Examples
    --------
    >>> SpaceState(Space.HANDSHAKE, Protection()).can_send
    False
    """

    space: Space
    protection: Protection | PhasedProtection
    crypto: CryptoStream = field(default_factory=CryptoStream)
    received: Received = field(init=False)
    next_number: int = 0
    probes: int = 0  # packets to send whatever the congestion window (RFC 9002 6.2.4)
    is_over: bool = False  # its keys are gone (RFC 9001 4.9)

    def __post_init__(self) -> None:
        """Nothing has come yet."""
        self.received = Received(self.space)

    @property
    def can_send(self) -> bool:
        """There are keys to seal with."""
        return not self.is_over and self.protection.write is not None

    def take_number(self) -> int:
        """The number of the next packet; none is used twice (12.3)."""
        self.next_number += 1
        return self.next_number - 1
