"""The limit on what goes to an address that is not validated: RFC 9000 8, 8.1 and 9.3.1."""

from __future__ import annotations

from dataclasses import dataclass

FACTOR = 3  # 8-01
UNLIMITED = 1 << 62
LEAST_ROOM = 64  # bytes of a datagram below which none is begun


def room(received: int, sent: int) -> int:
    """How many bytes may still go to an address that is not validated (8-01, 8.1-04).

    Parameters
    ----------
    received, sent
        Bytes of UDP payload that have come from the address and gone to it, headers of UDP and IP left out.

    Examples
    --------
    >>> room(1200, 1200), room(100, 301)
    (2400, 0)
    """
    left = FACTOR * received - sent
    return left if left > 0 else 0


@dataclass(slots=True)
class Ledger:
    """The bytes to and from one address of the peer.

    Examples
    --------
    >>> ledger = Ledger()
    >>> ledger.came(100)
    >>> ledger.went(250)
    >>> ledger.room()
    50
    >>> ledger.validated = True
    >>> ledger.room() > 10**9
    True
    """

    received: int = 0
    sent: int = 0
    validated: bool = False

    def came(self, size: int) -> None:
        """A datagram of this size has come that is attributed to the connection: all of its bytes count."""
        self.received += size

    def went(self, size: int) -> None:
        """A datagram of this size has gone."""
        self.sent += size

    def room(self) -> int:
        """How large the next datagram may be, in bytes."""
        return UNLIMITED if self.validated else room(self.received, self.sent)
