"""The connection IDs that the peer supplies and this endpoint uses: RFC 9000 5.1.2, and 19.15."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pathproof.reference.cid_supply.limits import (
    exceeds_limit,
    is_in_order,
    most_unacknowledged,
    takes_effect,
)
from pathproof.reference.errors import ProtocolError
from pathproof.reference.frames import NewConnectionId
from pathproof.reference.ranges import Ranges
from pathproof.spec.names import (
    MAX_CONNECTION_ID_LENGTH,
    MIN_CONNECTION_ID_LENGTH,
    ErrorCode,
    FrameType,
)

MOST_GAPS = 64  # in what is remembered of retired numbers: what is older may be retired once more


@dataclass(slots=True)
class Supplied:
    """One connection ID of the peer."""

    connection_id: bytes
    token: bytes | None = None
    used: bool = False  # it was in a packet, and so belongs to a path (9.5-03)


@dataclass(slots=True)
class Consumer:
    """What we may address the peer by.

    Examples
    --------
    >>> consumer = Consumer(b"a" * 8, limit=2)
    >>> consumer.receive(NewConnectionId(1, 1, b"b" * 8, bytes(16)))
    >>> sorted(consumer.active), sorted(consumer.unacknowledged)
    ([1], [0])
    """

    first: bytes
    limit: int  # our active_connection_id_limit
    active: dict[int, Supplied] = field(default_factory=dict)
    retired: Ranges = field(default_factory=lambda: Ranges(MOST_GAPS))
    unacknowledged: set[int] = field(default_factory=set)  # retired, and the peer may not know
    to_send: list[int] = field(default_factory=list)  # RETIRE_CONNECTION_ID is to be sent for these
    prior: int = 0  # the largest Retire Prior To

    def __post_init__(self) -> None:
        """The connection ID of the handshake has number 0, and is in use."""
        self.active[0] = Supplied(self.first, used=True)

    @property
    def is_empty(self) -> bool:
        """The peer chose an empty connection ID, so that there is no other (5.1.1-22)."""
        return not self.first

    def replace_first(self, connection_id: bytes) -> None:
        """The peer's first packet, or Retry, has said what to address it by (7.2)."""
        self.first = connection_id
        self.active[0] = Supplied(connection_id, self.active[0].token, used=True)

    def receive(self, frame: NewConnectionId) -> None:
        """Process NEW_CONNECTION_ID: retire, then add, then count (5.1.2-10, 5.1.1-15).

        Raises
        ------
        ProtocolError
            PROTOCOL_VIOLATION, FRAME_ENCODING_ERROR or CONNECTION_ID_LIMIT_ERROR, as 19.15 has it.
        """
        self._check(frame)
        if takes_effect(frame.retire_prior_to, self.prior):
            self.prior = frame.retire_prior_to
            for number in [number for number in self.active if number < self.prior]:
                self.retire(number)
        self._take_in(frame)
        if exceeds_limit(len(self.active), self.limit):
            raise _error(ErrorCode.CONNECTION_ID_LIMIT_ERROR, f"{len(self.active)} active connection IDs")
        if len(self.unacknowledged) > most_unacknowledged(self.limit):
            raise _error(ErrorCode.CONNECTION_ID_LIMIT_ERROR, "too many retirements wait")  # 5.1.2-13

    def retire(self, number: int) -> None:
        """Give a connection ID up: no packet bears it any more, and the peer will hear of it (5.1.2-03)."""
        self.active.pop(number, None)
        self.retired.add(number, number)
        if number not in self.unacknowledged:
            self.unacknowledged.add(number)
            self.to_send.append(number)

    def acknowledged(self, number: int) -> None:
        """The peer has acknowledged RETIRE_CONNECTION_ID, and with it its token has ended (19.16-04)."""
        self.unacknowledged.discard(number)

    def lost(self, number: int) -> None:
        """RETIRE_CONNECTION_ID was lost, and is sent again until it is acknowledged (13.3)."""
        if number in self.unacknowledged and number not in self.to_send:
            self.to_send.append(number)

    def spare(self) -> int | None:
        """The connection ID to take for a new path: the lowest that no packet has borne (9.5-03)."""
        return min((number for number, supplied in self.active.items() if not supplied.used), default=None)

    def tokens(self, numbers: Iterable[int | None] | None = None) -> list[bytes]:
        """Tokens of the connection IDs in use, or of those among `numbers`, to compare a possible reset with.

        One that no packet has borne has none here, nor has a retired one (10.3.1-03, 10.3.1-08).
        """
        wanted = self.active if numbers is None else self.active.keys() & set(numbers)
        found = (self.active[number] for number in wanted)
        return [one.token for one in found if one.used and one.token is not None]

    def _check(self, frame: NewConnectionId) -> None:
        if self.is_empty:
            raise _error(ErrorCode.PROTOCOL_VIOLATION, "a connection ID despite an empty one")  # 19.15-05
        length = len(frame.connection_id)
        if not MIN_CONNECTION_ID_LENGTH <= length <= MAX_CONNECTION_ID_LENGTH or not is_in_order(
            frame.sequence_number, frame.retire_prior_to
        ):
            raise _error(ErrorCode.FRAME_ENCODING_ERROR, "length or Retire Prior To out of range")
        for number, known in self.active.items():
            is_same = number == frame.sequence_number
            if (known.connection_id == frame.connection_id) != is_same:  # 19.15-07
                raise _error(ErrorCode.PROTOCOL_VIOLATION, f"contradicts connection ID {number}")
            if (
                known.token is not None and (known.token == frame.stateless_reset_token) != is_same
            ):  # 10.3.2-08
                raise _error(ErrorCode.PROTOCOL_VIOLATION, f"contradicts the token of connection ID {number}")

    def _take_in(self, frame: NewConnectionId) -> None:
        number = frame.sequence_number
        if number in self.active or number in self.retired:
            return  # a second copy is no error (19.15-06)
        if number < self.prior:
            self.retire(number)  # 19.15-13
        else:
            self.active[number] = Supplied(frame.connection_id, frame.stateless_reset_token)


def _error(code: ErrorCode, says: str) -> ProtocolError:
    return ProtocolError(code, says, FrameType.NEW_CONNECTION_ID)
