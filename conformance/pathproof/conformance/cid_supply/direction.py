"""One direction of connection ID supply, followed: the machine's state beside what only packets show."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from pathproof.conformance.cid_supply.ledger import Ledger
from pathproof.conformance.cid_supply.sets import EMPTY, blank
from pathproof.conformance.events import NewConnectionId, Packet
from pathproof.conformance.judge.settings import Settings
from pathproof.conformance.judge.verdicts import Subject, other
from pathproof.model.cid_supply import CidSupply, Parameters, machine
from pathproof.model.cid_supply.consumer import retire_all
from pathproof.model.cid_supply.issuer import issue_next
from pathproof.model.vocabulary import Numbers, add, count, discard, has, larger, missing, union
from pathproof.spec.names import MAX_VARINT

MOST_ACTIVE = 1024
"""How many connection IDs may be issued and not retired before a direction is followed no further."""
MOST_IN_FLIGHT = 1024
"""How many packets with NEW_CONNECTION_ID are remembered until the peer acknowledges them."""


@dataclass(slots=True)
class InFlight:
    """A NEW_CONNECTION_ID frame on its way, with the names of its content; `known` as in `Receipt`."""

    packet: Packet
    frame: NewConnectionId
    cid: int
    token: int
    known: bool


@dataclass(slots=True)
class Direction:
    """What is known of one issuer and its consumer.

    `local_issues` tells the two directions apart. `limit_known`, `length_known` and `preferred_known` say
    whether the trace has shown the consumer's limit, whether the issuer's connection IDs are empty, and
    whether a preferred address took number 1. `unsent` are numbers passed over by the frames that the issuer
    has sent. `announced` has the order of the first packet with RETIRE_CONNECTION_ID for each number,
    `latest` the order of the last packet under it, with the packet: an entry for each issued connection ID.
    `high_water` is the largest supply that the consumer had, `active` counts what it was sent and has not
    retired. `repeat` says that a frame came once more and the consumer has sent nothing since. `whole` turns
    False where events are missing.
    """

    issuer: Subject
    settings: Settings
    s: CidSupply = field(default_factory=blank)
    p: Parameters = field(default_factory=Parameters)
    names: Ledger = field(default_factory=Ledger)
    known: dict[str, Any] = field(default_factory=lambda: {"limit": MAX_VARINT})
    limit_known: bool = False
    length_known: bool = False
    preferred_known: bool = False
    started: bool = False
    whole: bool = True
    limit_broken: bool = False
    unsent: Numbers = EMPTY
    in_flight: dict[int, list[InFlight]] = field(default_factory=dict)
    announced: dict[int, int] = field(default_factory=dict)
    latest: dict[int, tuple[int, Packet]] = field(default_factory=dict)
    high_water: int = 0
    repeat: bool = False
    active: int = 0

    def __post_init__(self) -> None:
        """Take the readings that are parameters of the machine."""
        self.learn()

    @property
    def consumer(self) -> Subject:
        """The side that puts the issuer's connection IDs into its packets."""
        return other(self.issuer)

    @property
    def local_issues(self) -> bool:
        """Whether the endpoint that wrote the trace is the issuer of this direction."""
        return self.issuer == "local"

    def learn(self, **known: Any) -> None:
        """Take in what the handshake says. Raises `UnknownName` for a value the machine refuses.

        The bound on outstanding retirements is nobody's to know, and closing beyond it is a MAY (5.1.2-13):
        the machine is followed without one.
        """
        readings = {name: value for name, value in self.settings.values.items() if hasattr(self.p, name)}
        chosen = {**self.known, **known}
        self.p = machine.setting({**readings, "retire_overflow": "keep", "retirements": MAX_VARINT, **chosen})
        self.known = chosen

    def start(self) -> None:
        """Let the machine begin, once, with what the handshake has said by now."""
        if not self.started:
            machine.begin(self.s, self.p)
            self.started = True

    def supply_preferred(self) -> None:
        """A preferred address took number 1, as `start` would have it."""
        self.preferred_known = True
        if self.known.get("preferred_address") == "yes":
            return
        self.learn(preferred_address="yes")
        if self.started and not has(self.s.retired, 1):
            fresh = blank()
            machine.begin(fresh, self.p)
            self.s.issued = larger(self.s.issued, fresh.issued)
            self.s.received = union(self.s.received, fresh.received)
            self.s.active = union(self.s.active, discard(fresh.active, 0))

    @property
    def crowded(self) -> bool:
        """Whether there is more to follow than any endpoint that keeps the rules would hold."""
        return self.active > MOST_ACTIVE

    def issue(self, number: int, prior: int) -> bool:
        """The first copy of a frame leaves; return whether it is one.

        Frames may leave in any order, so the numbers that one passes over are assigned and not yet sent.
        """
        if self.s.issued <= number:
            self.unsent = union(self.unsent, missing(EMPTY, self.s.issued, number))
        elif has(self.unsent, number):
            self.unsent = discard(self.unsent, number)
        else:
            return False
        then = copy.copy(self.s)
        then.issued = number
        issue_next(then, prior)
        self.s.sent_prior = then.sent_prior
        self.s.retire_prior_to = larger(self.s.retire_prior_to, prior)
        self.s.issued = larger(self.s.issued, then.issued)
        return True

    def as_of(self, number: int) -> CidSupply:
        """Return the issuer's state before `number`, but without what is unsent or was retired since."""
        view = copy.copy(self.s)
        view.issued = number
        view.invalidated = union(self.s.invalidated, self.unsent)
        return view

    @property
    def supply(self) -> int:
        """How many connection IDs the consumer has been sent and has not retired, as the issuer sees it."""
        return count(missing(union(self.s.invalidated, self.unsent), 0, self.s.issued))

    def remember(self, number: int, sent: InFlight) -> None:
        """Keep a frame until the peer acknowledges its packet; the oldest packets are forgotten first."""
        self.in_flight.setdefault(number, []).append(sent)
        if len(self.in_flight) > MOST_IN_FLIGHT:
            del self.in_flight[next(iter(self.in_flight))]

    def retire(self, number: int, order: int | None) -> None:
        """RETIRE_CONNECTION_ID left the consumer, in its packet of this order."""
        if order is not None:
            self.announced[number] = min(order, self.announced.get(number, order))
        self.active -= self.names.known(number) and not has(self.s.retired, number)
        retire_all(self.s, add(EMPTY, number))
