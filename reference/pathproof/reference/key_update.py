"""Key updates of 1-RTT packets (RFC 9001 6): previous, current and next keys, and who may go on to the next.

An endpoint moves on when it wants to (`initiate`), or when a packet opens with the next keys. The Key Phase
bit and the packet number choose the keys, and whatever is chosen costs the same work (RFC9001-6.5-03); next
keys are there before they are needed (RFC9001-6.3-04).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pathproof.reference.errors import ProtocolError, Undecryptable, code_of
from pathproof.reference.keys import Keys, next_keys
from pathproof.reference.packet import Header, read_number
from pathproof.reference.protection import CONFIDENTIALITY_LIMIT, Failures, counted, refuse_reserved_bits

KEPT = 3
"""PTOs that old read keys are kept (RFC9001-6.5-10), and that pass before another update (RFC9001-6.5-09)."""


@dataclass(slots=True)
class _Generation:
    """Read keys, with the smallest and the largest number of a packet that opened with them."""

    keys: Keys
    first: int | None = None
    last: int = -1

    def opened(self, number: int) -> None:
        """Note a packet number."""
        self.first = number if self.first is None else min(self.first, number)
        self.last = max(self.last, number)


@dataclass(slots=True)
class PhasedProtection:
    """The keys of 1-RTT packets, with the interface of `Protection` and times where they matter.

    Attributes
    ----------
    phase : int
        The Key Phase bit of what is sent (RFC9001-6-03).
    confirmed : bool
        Set by the connection once the handshake is confirmed (RFC9001-4.1.2-01, RFC9001-4.1.2-03).
    updates : int
        Key updates so far, of either side.
    deadline : float or None
        When `expire` drops the previous read keys.
    """

    failures: Failures = field(default_factory=Failures)
    write: Keys | None = None
    phase: int = 0
    confirmed: bool = False
    updates: int = 0
    sealed: int = 0
    deadline: float | None = None
    _first_sent: int | None = None
    _acknowledged: bool = False
    _not_before: float = 0.0
    _current: _Generation | None = None
    _previous: _Generation | None = None
    _next: Keys | None = None

    @property
    def read(self) -> Keys | None:
        """The current read keys."""
        return self._current.keys if self._current else None

    def install_read(self, keys: Keys) -> None:
        """Take the first read keys, and make the next."""
        self._current, self._next = _Generation(keys), next_keys(keys)

    def seal(self, header: bytes, payload: bytes, number: int) -> bytes:
        """Return the protected packet; `header` has the Key Phase bit of `phase` and ends in the number.

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
        if self._first_sent is None:
            self._first_sent = number
        return self.write.seal(header, payload, number)

    def open(
        self, datagram: bytes, header: Header, largest: int, now: float, pto: float
    ) -> tuple[int, bytes, int]:
        """Return packet number, payload and first byte of a packet, all without protection.

        A packet that opens with the next keys moves both directions on (RFC9001-6.2-04, RFC9001-6.2-05).

        Raises
        ------
        Undecryptable
            If the packet is to be dropped.
        ProtocolError
            KEY_UPDATE_ERROR if keys go back (RFC9001-6.4-05), PROTOCOL_VIOLATION for reserved bits
            (17.3.1-09), AEAD_LIMIT_REACHED.
        """
        if self._current is None or self.write is None:
            raise Undecryptable("there are no keys to open it with")
        self.expire(now)
        plain, truncated = self._current.keys.unmask(datagram, header)
        number = read_number(truncated, (plain[0] & 3) + 1, largest)
        generation = self._choose(plain[0] >> 2 & 1, number)
        keys = generation.keys if generation else self._next
        assert keys is not None
        try:
            payload = keys.open(datagram[header.start + len(plain) : header.end], plain, number)
        except Undecryptable:
            self.failures.note(keys.suite)
            raise
        self._opened(generation, number, now, pto)
        refuse_reserved_bits(plain[0])
        return number, payload, plain[0]

    def _choose(self, phase: int, number: int) -> _Generation | None:
        """The keys for a Key Phase bit and a packet number; None for the next ones (RFC9001-6.5-02)."""
        assert self._current is not None
        if phase == self.phase:
            return self._current
        if self._previous and (self._current.first is None or number < self._current.first):
            return self._previous
        return None

    def _opened(self, generation: _Generation | None, number: int, now: float, pto: float) -> None:
        """Note that a packet opened, which may have been the first of a key phase."""
        self._refuse_older(generation, number)
        if generation is None:
            self._move()
            generation = self._current
        assert generation is not None
        if generation is self._current and generation.first is None and self._previous:
            self.deadline = now + KEPT * pto
        generation.opened(number)

    def _refuse_older(self, generation: _Generation | None, number: int) -> None:
        """A packet under older keys has a lower number than every one under newer keys (RFC9001-6.4-04)."""
        if generation is self._current:
            older = self._previous
        else:
            older = self._current if generation is None else None
        if older and number < older.last:
            says = f"packet {number} is under newer keys than packet {older.last}"
            raise ProtocolError(code_of("KEY_UPDATE_ERROR"), says)

    def expire(self, now: float) -> None:
        """Drop the old read keys, three PTOs after the first packet under newer ones (RFC9001-6.5-11)."""
        if self.deadline is not None and now >= self.deadline:
            self._previous = self.deadline = None

    def acknowledged(self, number: int, phase: int, now: float, pto: float) -> None:
        """Note that a packet with Key Phase bit `phase` acknowledges our packet with this number.

        Raises
        ------
        ProtocolError
            KEY_UPDATE_ERROR, if old keys acknowledge what newer ones protect (RFC9001-6.2-10).
        """
        if self._first_sent is None or number < self._first_sent:
            return
        if phase != self.phase:
            says = f"a packet under old keys acknowledges packet {number}, which is under newer ones"
            raise ProtocolError(code_of("KEY_UPDATE_ERROR"), says)
        if not self._acknowledged:
            self._acknowledged, self._not_before = True, now + (KEPT * pto if self.updates else 0)

    def may_initiate(self, now: float) -> bool:
        """Whether a key update may be initiated: the handshake is confirmed (RFC9001-6.1-09), a packet of
        this phase was acknowledged (RFC9001-6.1-10), and three PTOs have passed since an update was
        confirmed in that way (RFC9001-6.5-09)."""
        return self.confirmed and self._acknowledged and now >= self._not_before

    def initiate(self, now: float) -> bool:
        """Go on to the next keys if that is permitted, and say whether it was (RFC9001-6.1-02)."""
        if not self.may_initiate(now):
            return False
        self._move()
        return True

    def initiate_if_due(self, now: float) -> bool:
        """Go on to the next keys when three quarters of what these may seal are used up (RFC9001-6.6-03)."""
        if self.write is None or self.sealed < CONFIDENTIALITY_LIMIT[self.write.suite] // 4 * 3:
            return False
        return self.initiate(now)

    def _move(self) -> None:
        """Both directions take the next keys (RFC9001-6.1-12, RFC9001-6.2-05), and the bit changes."""
        assert self.write is not None and self._current is not None and self._next is not None
        self._previous, self.deadline = self._current, None
        self.install_read(self._next)
        self.write = next_keys(self.write)
        self.phase ^= 1
        self.updates += 1
        self.sealed, self._first_sent, self._acknowledged = 0, None, False
