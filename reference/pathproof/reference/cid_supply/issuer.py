"""The connection IDs that this endpoint issues and accepts: RFC 9000 5.1.1, and 19.16 for what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pathproof.reference.cid_supply.limits import may_issue
from pathproof.reference.errors import ProtocolError
from pathproof.reference.frames import NewConnectionId
from pathproof.spec.names import ErrorCode, FrameType

Maker = Callable[[], tuple[bytes, bytes]]
"""Makes a connection ID that no other connection has, and its stateless reset token."""


@dataclass(frozen=True, slots=True)
class Issued:
    """One connection ID that the peer may put into its packets."""

    connection_id: bytes
    token: bytes
    retire_prior_to: int


@dataclass(slots=True)
class Issuer:
    """What the peer may address us by.

    Examples
    --------
    >>> made = iter([(b"b" * 8, b"t" * 16), (b"c" * 8, b"u" * 16)])
    >>> issuer = Issuer(b"a" * 8, bytes(16), lambda: next(made))
    >>> issuer.limit = 2
    >>> [frame.sequence_number for frame in issuer.supply()]
    [1]
    >>> issuer.retire(0, bearing=1)
    b'aaaaaaaa'
    >>> [frame.sequence_number for frame in issuer.supply()], sorted(issuer.active)
    ([2], [1, 2])
    """

    first: bytes
    first_token: bytes
    make: Maker
    limit: int = 0  # the peer's, and none before its transport parameters are known
    most: int = 8  # of our own accord: paths cost state (5.1.1-18, 5.1.1-19)
    active: dict[int, Issued] = field(default_factory=dict)
    issued: int = 0  # the sequence number that comes next (5.1.1-06)
    retire_prior_to: int = 0

    def __post_init__(self) -> None:
        """The connection ID of the handshake has number 0 (5.1.1-02, 5.1.1-03)."""
        self._add(Issued(self.first, self.first_token, 0))

    @property
    def is_empty(self) -> bool:
        """The peer addresses us by an empty connection ID, so there is never another (5.1.1-21, 19.15-04)."""
        return not self.first

    def prefer(self) -> Issued:
        """The connection ID that goes into preferred_address has number 1 (5.1.1-04, 5.1.1-10)."""
        assert self.issued == 1 and not self.is_empty
        return self._add(Issued(*self.make(), 0))

    def supply(self) -> Iterator[NewConnectionId]:
        """Frames that give the peer as many connection IDs as it is ready for (5.1.1-11, 5.1.1-16)."""
        while self._has_room():
            number = self.issued
            self._add(Issued(*self.make(), self.retire_prior_to))
            yield self.frame(number)

    def rotate(self) -> None:
        """Ask the peer to retire all that it has, by the frames that `supply` makes next (5.1.2-07).

        It does nothing while an earlier such wish is not fulfilled (5.1.2-14).
        """
        if not self.is_empty and not self._below():
            self.retire_prior_to = self.issued

    def frame(self, number: int) -> NewConnectionId:
        """The frame for a connection ID, the same each time that it is sent (13.3-30, 13.3-31)."""
        issued = self.active[number]
        return NewConnectionId(number, issued.retire_prior_to, issued.connection_id, issued.token)

    def retire(self, number: int, bearing: int | None) -> bytes | None:
        """The peer's RETIRE_CONNECTION_ID has come in a packet to our connection ID number `bearing`.

        The answer is what we accept no longer, or nothing if we knew (5.1.1-08).

        Raises
        ------
        ProtocolError
            PROTOCOL_VIOLATION for what was never issued, for the packet's own destination, and from a peer
            that addresses us by an empty connection ID (19.16-06, 19.16-08, 19.16-10).
        """
        if self.is_empty or number >= self.issued or number == bearing:
            raise ProtocolError(
                ErrorCode.PROTOCOL_VIOLATION,
                f"retires connection ID {number}",
                FrameType.RETIRE_CONNECTION_ID,
            )
        gone = self.active.pop(number, None)
        return gone.connection_id if gone else None

    def _add(self, issued: Issued) -> Issued:
        self.active[self.issued] = issued
        self.issued += 1
        return issued

    def _below(self) -> int:
        return sum(number < self.retire_prior_to for number in self.active)

    def _has_room(self) -> bool:
        limit, retired = min(self.limit, self.most), self.issued - len(self.active)
        return not self.is_empty and may_issue(self.issued, retired, self._below(), limit)
