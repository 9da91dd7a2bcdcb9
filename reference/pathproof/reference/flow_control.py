"""Flow control (RFC 9000 4): what the peer allows to be sent, and what it is allowed to send.

The same two halves serve the data of a stream, the data of all streams, and the number of streams.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Allowance:
    """What the peer allows, and how much of it is used.

    Examples
    --------
    >>> allowance = Allowance(limit=10, used=10)
    >>> allowance.tell(), allowance.tell()
    (10, None)
    >>> allowance.raise_to(5), allowance.raise_to(15), allowance.room
    (False, True, 5)
    """

    limit: int
    used: int = 0
    _told: int = -1

    @property
    def room(self) -> int:
        """How much more is allowed."""
        return self.limit - self.used

    def raise_to(self, limit: int) -> bool:
        """The peer states a limit; one that is not higher is ignored (RFC 9000 4.1, 4.6)."""
        if limit <= self.limit:
            return False
        self.limit = limit
        return True

    def tell(self) -> int | None:
        """Return the limit that blocks, if the peer has not been told of it (RFC 9000 4.1)."""
        if self._told == self.limit:
            return None
        self._told = self.limit
        return self.limit


@dataclass(slots=True)
class Window:
    """What the peer is allowed: always `size` more than is consumed, in steps of half of that (RFC 9000 4.2).

    Examples
    --------
    >>> window = Window(size=100)
    >>> window.limit, window.allows(100), window.allows(101)
    (100, True, False)
    >>> window.consume(49); window.is_low()
    False
    >>> window.consume(1); window.is_low(), window.next_limit
    (True, 150)
    """

    size: int
    limit: int = -1
    consumed: int = 0

    def __post_init__(self) -> None:
        if self.limit < 0:
            self.limit = self.size

    def allows(self, total: int) -> bool:
        """Whether the peer may have sent so much in all."""
        return total <= self.limit

    def consume(self, amount: int) -> None:
        """So much more has been used up, and its room is free."""
        self.consumed += amount

    def is_low(self) -> bool:
        """Whether the peer should hear of a higher limit, before it is blocked by the present one."""
        return 2 * (self.next_limit - self.limit) >= self.size > 0

    @property
    def next_limit(self) -> int:
        """The limit that the peer should hear of next; it binds once it was sent."""
        return self.consumed + self.size
