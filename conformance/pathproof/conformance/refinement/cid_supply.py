"""One direction of connection ID supply at both ends, held against the machine `cid_supply`.

The issuer is at one end, the consumer at the other, and one state of the machine is the abstraction of both.
The machine's consumer has one local address at a time; one of the reference may have several. So before each
action the machine is looked at from one of them: `current` is what packets from there bear, `elsewhere` what
packets from others bore. The books behind that are kept from packets that left.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pathproof.conformance.refinement.base import Follower, Tally
from pathproof.conformance.refinement.ends import End, Sent, Step
from pathproof.conformance.refinement.rogue_supply import retirement, supply
from pathproof.model.cid_supply import machine
from pathproof.model.cid_supply.consumer import may_bear
from pathproof.model.cid_supply.state import OPEN
from pathproof.model.plain import PlainNumbers
from pathproof.model.vocabulary import get
from pathproof.reference.cid_supply.limits import most_unacknowledged
from pathproof.reference.frames import Ack, NewConnectionId, RetireConnectionId
from pathproof.reference.migration import Address
from pathproof.reference.spaces import PacketType
from pathproof.spec.names import ErrorCode

UNBOUNDED = 1 << 40


def parameters(issuer: End, consumer: End) -> Any:
    """The machine's parameters for two ends whose transport parameters are known."""
    supply, limit = issuer.connection.issuer, consumer.connection.consumer.limit
    options = {
        "limit": limit,
        "length": max(len(supply.first), 1),
        "retirements": most_unacknowledged(limit),
        "preferred_address": "yes" if issuer.connection.local.preferred_address else "no",
        "zero_length": "yes" if supply.is_empty else "no",
        "raises": "waits",
        "rogue": "nobody",
        "retire_overflow": "close",
    }
    return replace(machine.setting(options), cids=UNBOUNDED)


class CidSupply(Follower):
    """The follower of one direction; it begins once both ends know each other's parameters."""

    def __init__(self, issuer: End, consumer: End, tally: Tally) -> None:
        """Begin with what the handshake has supplied."""
        super().__init__(machine, parameters(issuer, consumer), tally)
        self.issuer, self.consumer = issuer, consumer
        self.numbers: dict[bytes, int] = {}  # every connection ID that was issued
        self.frames: dict[int, NewConnectionId] = {}  # what was issued, or came first with its number
        self.borne: dict[Address, list[int]] = {}  # local address -> numbers in packets from there, in order
        self.first_local = consumer.connection.paths.first.local
        self.retiring: dict[int, set[int]] = {}  # packet number -> numbers that it retires
        self.told: set[int] = set()  # a packet that retired these was acknowledged
        self._issue()

    # Steps.

    def step(self, end: End, step: Step) -> None:
        """Something happened at one end; an error that either end has met is the end of this machine."""
        if end is self.issuer and self.s.error == OPEN:
            self._issuer(step)
        if end is self.consumer and self.s.error == OPEN:
            self._consumer(step)

    def _issuer(self, step: Step) -> None:
        for processed, frame in step.frames_in(RetireConnectionId):
            assert isinstance(frame, RetireConnectionId)
            bearing = self.numbers.get(processed.packet.destination)
            self._look_from(None, bearing)
            if frame.sequence_number in self.s.retired.members:
                self.take("deliver_retire_connection_id", number=frame.sequence_number)
            else:
                self._meets(self.issuer, *retirement(self.s, self.p, frame, bearing))
        self._issue()
        if self.issuer.connection.ending.is_open:
            self._compare_issuer()

    def _meets(self, end: End, action: str, arguments: dict[str, int]) -> None:
        """A frame that the machine has of no end that keeps the rules: both meet it with the same error."""
        self.take(action, replace(self.p, rogue="both"), **arguments)
        closes, error = end.connection.ending.frame, self.s.error
        theirs = OPEN if closes is None else ErrorCode(closes.error_code).name
        self.same(f"the error that {action} meets", error, theirs, "RFC9000-11-03")

    def _issue(self) -> None:
        """What the issuer has set up to send since: each is one step, in order."""
        reference = self.issuer.connection.issuer
        while self.s.issued < reference.issued:
            issued = reference.active.get(self.s.issued)
            if issued is None:
                self.fail("RFC9000-5.1.1-06", f"connection ID {self.s.issued} came and went unseen")
            assert issued is not None
            self.take("issue", prior=issued.retire_prior_to)
        for number, issued in reference.active.items():
            self.numbers[issued.connection_id] = number
            if number not in self.frames:
                self.frames[number] = reference.frame(number)

    def _consumer(self, step: Step) -> None:
        self._sent(step)
        for processed, frame in step.frames_in(NewConnectionId):
            assert isinstance(frame, NewConnectionId)
            self._look_from(processed.path.local)
            number = frame.sequence_number
            if self.frames.get(number) == frame:
                self.take("deliver_new_connection_id", number=number, prior=frame.retire_prior_to)
            else:
                self._meets(self.consumer, *supply(self.frames, self.p, frame))
                self.frames.setdefault(number, frame)
                self.numbers.setdefault(frame.connection_id, number)
        if self.s.error != OPEN:
            return
        self._acknowledged(step)
        if self.consumer.connection.ending.is_open:
            self._retire()
            self._compare_consumer()

    def _acknowledged(self, step: Step) -> None:
        """Retirements leave the books by acknowledgments that came; one may come too late to count."""
        for _, frame in step.frames_in(Ack):
            assert isinstance(frame, Ack)
            for packet in [packet for packet in self.retiring if _covers(frame, packet)]:
                self.told |= self.retiring.pop(packet)
        gone = self.s.unacknowledged.members - self.consumer.connection.consumer.unacknowledged
        for number in sorted(gone):
            if number not in self.told:
                self.fail(
                    "RFC9000-5.1.2-11", f"retirement {number} is off the books, and was not acknowledged"
                )
            self.take("deliver_acknowledgment", number=number)

    def _retire(self) -> None:
        """What the consumer has given up by itself since, looked at from where its packets go now."""
        reference = self.consumer.connection.consumer
        for number in sorted(self.s.active.members - set(reference.active)):
            self._look_from(self.consumer.connection.paths.current.local, self._in_use(number))
            self.take("retire", number=number)

    def _in_use(self, leaving: int) -> int | None:
        """What packets bear on the path in use, or will, where what they bore is retired."""
        destination = self.consumer.connection.paths.current.destination
        if destination in self.s.active.members:
            return destination
        return min(self.s.active.members - {leaving}, default=None)

    # What packets bear.

    def _sent(self, step: Step) -> None:
        for sent in step.sent:
            if sent.packet.kind is PacketType.ONE_RTT:
                self._bears(sent)
                frames = [one for one in sent.packet.frames if isinstance(one, RetireConnectionId)]
                if frames and sent.packet.number is not None:
                    self.retiring[sent.packet.number] = {one.sequence_number for one in frames}

    def _bears(self, sent: Sent) -> None:
        """A packet left under a connection ID: the one from there, another one, or one for a new address."""
        number = 0 if self.p.zero_length == "yes" else self.numbers.get(sent.packet.destination)
        local = sent.datagram.local
        if number is None or not self.part(may_bear, number):
            self.fail("RFC9000-5.1.2-04", f"a packet bears connection ID {number}")
        assert number is not None
        self._look_from(local)
        borne = self._borne(local)
        if not borne and self.p.zero_length == "yes":
            self.take("move_with_zero_length")
        elif not borne:
            self.take("move", number=number)
        elif number != borne[-1]:
            self.take("switch", number=number)
        if number in borne:
            borne.remove(number)
        borne.append(number)

    def _borne(self, local: Address) -> list[int]:
        return self.borne.setdefault(local, [0] if local == self.first_local else [])

    def _look_from(self, local: Address | None, bearing: int | None = None) -> None:
        """See the consumer from one of its local addresses, or as the sender of a packet that bears this."""
        self._borne(self.first_local)
        here = self.borne.get(local, []) if local is not None else []
        others = [number for at, borne in self.borne.items() if at != local for number in borne]
        if bearing is not None and bearing in self.s.active.members:
            self.s.current = bearing
        elif here:
            self.s.current = here[-1]
        elif self.s.current not in self.s.active.members:
            self.s.current = min(self.s.active.members, default=0)
        self.s.used = PlainNumbers([*here, *others])
        self.s.elsewhere = PlainNumbers(others if local is not None else ())

    # The abstraction.

    def _compare_issuer(self) -> None:
        s, reference = self.s, self.issuer.connection.issuer
        self.same("issued", s.issued, reference.issued, "RFC9000-5.1.1-06")
        gone = set(range(reference.issued)) - set(reference.active)
        self.same("retired by the peer", set(s.invalidated.members), gone, "RFC9000-5.1.1-08")
        self.same("Retire Prior To", s.retire_prior_to, reference.retire_prior_to, "RFC9000-5.1.2-07")
        ours = {number: get(s.sent_prior, number) for number in reference.active}
        theirs = {number: one.retire_prior_to for number, one in reference.active.items()}
        self.same("Retire Prior To of frames", ours, theirs, "RFC9000-13.3-31")

    def _compare_consumer(self) -> None:
        s, reference = self.s, self.consumer.connection.consumer
        self.same("active", set(s.active.members), set(reference.active), "RFC9000-5.1.2-10")
        self.same(
            "unacknowledged", set(s.unacknowledged.members), reference.unacknowledged, "RFC9000-5.1.2-11"
        )
        self.same("the largest Retire Prior To", s.prior, reference.prior, "RFC9000-19.15-11")
        retired = {number for low, high in reference.retired for number in range(low, high + 1)}
        floor = reference.retired.floor
        ours = {number for number in s.retired.members if number >= floor}
        self.same("retired", ours, retired, "RFC9000-19.16-04")


def _covers(ack: Ack, number: int) -> bool:
    return any(low <= number <= high for low, high in ack.ranges)
