"""What the rules look at when NEW_CONNECTION_ID is sent and received, with the direction it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from pathproof.conformance.cid_supply.direction import Direction
from pathproof.conformance.cid_supply.unseen import SOME_LENGTH
from pathproof.conformance.events import Missing, NewConnectionId, Packet
from pathproof.conformance.judge.debts import Debt
from pathproof.conformance.judge.notes import Sight
from pathproof.conformance.judge.obligations import Obligations
from pathproof.model.cid_supply.consumer import contradicts
from pathproof.model.vocabulary import Numbers


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
class Answer:
    """The first packet of the endpoint after a NEW_CONNECTION_ID frame came to it once more."""

    direction: Direction
    packet: Packet
    duties: Obligations
