"""What the rules look at: one object for each moment, with the direction it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from pathproof.conformance.cid_supply.direction import Direction
from pathproof.conformance.events import Missing, NewConnectionId, Packet, Parameters, RetireConnectionId
from pathproof.conformance.judge.notes import Sight
from pathproof.conformance.judge.obligations import Debt, Obligations
from pathproof.model.cid_supply.consumer import contradicts
from pathproof.model.vocabulary import Numbers

DESTINATION = "destination connection ID of 1-RTT packets"
PACKET_NUMBERS = "packet numbers"
PRIOR = "retire_prior_to of NEW_CONNECTION_ID"
CONNECTION_ID = "connection_id of NEW_CONNECTION_ID"
LENGTH = "connection_id_length of NEW_CONNECTION_ID"
TOKEN = "stateless_reset_token of NEW_CONNECTION_ID"
LIMIT = "active_connection_id_limit"
FIRST_ID = "connection ID that the issuer chose in the handshake"
PREFERRED = "preferred_address"
SOME_LENGTH = 1
"""Stands for a length that is not logged: the machine's rules on the other fields are asked alone."""


@dataclass(slots=True)
class Offer:
    """NEW_CONNECTION_ID, seen with its issuer's eyes.

    `cid` and `token` are the numbers that these first came with. `first` says that the trace shows the first
    copy now, `in_turn` that the number is the next one, `passed` has the numbers left out before it.
    `prior_before` is the largest Retire Prior To before the frame. `skips` holds the issuer's duties about
    numbers that it has passed over, `advice` those about retired connection IDs that it should replace.
    """

    direction: Direction
    packet: Packet
    frame: NewConnectionId
    cid: int
    token: int
    first: bool
    in_turn: bool
    passed: Numbers
    prior_before: int
    skips: Obligations
    advice: Obligations

    @property
    def agrees(self) -> bool:
        """Whether the frame contradicts none before it."""
        return not contradicts(self.number, self.cid, self.token)

    @property
    def number(self) -> int:
        """The sequence number."""
        return self.frame.sequence_number

    @property
    def prior(self) -> int:
        """Retire Prior To; 0, which asks for nothing, where it is not logged."""
        return 0 if isinstance(self.frame.retire_prior_to, Missing) else self.frame.retire_prior_to

    @property
    def length(self) -> int:
        """The length in bytes, a legal one where it is not logged."""
        return SOME_LENGTH if isinstance(self.frame.length, Missing) else self.frame.length

    @property
    def sight(self) -> Sight:
        """The evidence."""
        return Sight(self.packet, self.frame)


@dataclass(slots=True)
class Receipt:
    """NEW_CONNECTION_ID, processed by its consumer, which the machine has been stepped with.

    `error` is the machine's, `owed` the numbers for which it sends RETIRE_CONNECTION_ID. `since` is the order
    of the consumer's packet with the acknowledgment, None if that is still to come. `known` says that the
    number had come before; `cid` and `token` are as in `Offer`.
    """

    direction: Direction
    packet: Packet
    frame: NewConnectionId
    cid: int
    token: int
    known: bool
    error: str
    owed: Numbers
    since: int | None
    duties: Obligations

    @property
    def number(self) -> int:
        """The sequence number."""
        return self.frame.sequence_number

    @property
    def carrier(self) -> int | None:
        """The number of the packet that brought the frame."""
        return None if isinstance(self.packet.number, Missing) else self.packet.number

    @property
    def sight(self) -> Sight:
        """The evidence."""
        return Sight(self.packet, self.frame)

    def owe(
        self, clause: str, done: str, code: int = 0, numbers: Numbers | None = None, reading: str = ""
    ) -> None:
        """The consumer now owes a close with `code`, or frames for `numbers`."""
        self.duties.owe(
            Debt(clause, self.sight, done, self.carrier, numbers, code, reading, since=self.since)
        )


@dataclass(slots=True)
class Retirement:
    """RETIRE_CONNECTION_ID, seen with its consumer's eyes.

    `destination` is the number of the packet's own destination, `STRANGER` for a connection ID without one
    or not known, which `destination_known` tells. `order` is the packet's place among the consumer's packets,
    None where it is not logged.
    """

    direction: Direction
    packet: Packet
    frame: RetireConnectionId
    destination: int
    destination_known: bool
    order: int | None

    @property
    def number(self) -> int:
        """The sequence number."""
        return self.frame.sequence_number

    @property
    def sight(self) -> Sight:
        """The evidence."""
        return Sight(self.packet, self.frame)


@dataclass(slots=True)
class Notice:
    """RETIRE_CONNECTION_ID, processed by its issuer: the machine says which `error` it meets.

    `fresh` says that it is the first for its number, `advice` is as in `Offer`.
    """

    retirement: Retirement
    error: str
    fresh: bool
    duties: Obligations
    advice: Obligations

    @property
    def carrier(self) -> int | None:
        """The number of the packet that brought the frame."""
        number = self.retirement.packet.number
        return None if isinstance(number, Missing) else number


@dataclass(slots=True)
class Answer:
    """The first packet of the endpoint after a NEW_CONNECTION_ID frame came to it once more."""

    direction: Direction
    packet: Packet
    duties: Obligations


@dataclass(slots=True)
class Use:
    """A 1-RTT packet of the consumer under the connection ID `number`, which the issuer has provided."""

    direction: Direction
    packet: Packet
    number: int
    order: int
    duties: Obligations

    @property
    def sight(self) -> Sight:
        """The evidence."""
        return Sight(self.packet)


@dataclass(slots=True)
class Statement:
    """The transport parameters of one side: the consumer of `direction`, and the issuer of `back`.

    `duties` are those of the side that receives them, whose latest packet has this `order`.
    `zero_is_silence` says that a limit of 0 may be the log's way to write that there was none.
    """

    direction: Direction
    back: Direction
    parameters: Parameters
    duties: Obligations
    order: int
    zero_is_silence: bool

    @property
    def sight(self) -> Sight:
        """The evidence."""
        return Sight(self.parameters)
