"""Resets of an endpoint: for datagrams that belong to no connection, and at a bounded rate (10.3, 10.3.3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pathproof.reference.rate import Rate
from pathproof.reference.stateless_reset.sizes import is_large_enough, size_of_reset
from pathproof.reference.stateless_reset.tokens import TOKEN_SIZE, token_of

FIXED_BITS = 0x40  # a 0 for the short header, and a 1 (10.3-11, 10.3-20)


@dataclass(slots=True)
class Resetter:
    """Makes resets, `burst` at once and `rate` a second.

    Examples
    --------
    >>> resetter = Resetter(bytes(32), lambda count: bytes(count), burst=1, rate=1.0)
    >>> reset = resetter.answer(b"12345678", 100, now=0.0)
    >>> len(reset), reset[0], reset[-16:] == token_of(bytes(32), b"12345678")
    (43, 64, True)
    >>> resetter.answer(b"12345678", 100, now=0.5), len(resetter.answer(b"12345678", 100, now=1.0))
    (None, 43)
    """

    key: bytes
    random: Callable[[int], bytes]
    burst: int = 100
    rate: float = 100.0
    _allowed: Rate = field(init=False)

    def __post_init__(self) -> None:
        """None was sent."""
        self._allowed = Rate(self.burst, self.rate)

    def answer(self, connection_id: bytes, trigger: int, now: float) -> bytes | None:
        """The reset for a datagram of this size that bore this connection ID, or nothing.

        Parameters
        ----------
        connection_id
            Destination Connection ID of the datagram's first packet.
        trigger
            Size of the datagram, in bytes.
        now
            In seconds.
        """
        if not connection_id or not is_large_enough(trigger) or not self._allowed.take(now):
            return None
        size = size_of_reset(trigger, self.random(1)[0])
        head = self.random(size - TOKEN_SIZE)  # 10.3-13
        return bytes([FIXED_BITS | head[0] & 0x3F]) + head[1:] + token_of(self.key, connection_id)
