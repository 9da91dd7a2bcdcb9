"""What the rules look at when a connection ID is used or retired, with the direction it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from pathproof.conformance.cid_supply.direction import Direction
from pathproof.conformance.events import Missing, Packet, RetireConnectionId
from pathproof.conformance.judge.notes import Sight
from pathproof.conformance.judge.obligations import Obligations


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
