"""Tokens that can end a connection, and sizes of resets, held against the machine `stateless_reset`.

`TokenUse` follows one end as the consumer of its peer's tokens. The machine has two remote addresses of the
peer; here the second one is, in turn, each to which packets go. `Resets` follows what an endpoint answers
that does not know a connection any more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pathproof.conformance.refinement.base import Follower, Tally
from pathproof.conformance.refinement.ends import End, Step
from pathproof.model.plain import PlainNumbers
from pathproof.model.stateless_reset import machine
from pathproof.model.stateless_reset.consumer import compared, is_available
from pathproof.model.stateless_reset.state import DRAINING, OPEN, TO_CONSUMER, TO_ISSUER, TOO_SMALL, fly, land
from pathproof.model.vocabulary import has
from pathproof.reference.frames import NewConnectionId
from pathproof.reference.migration import Address
from pathproof.reference.observer import DatagramSeen, PacketSeen, Sight
from pathproof.reference.spaces import PacketType

MUCH = 1 << 60


def parameters(**options: str) -> Any:
    """The machine's parameters, without a bound."""
    chosen = machine.setting({"rogue_issuer": "no", "attacker": "nobody", **options})
    return replace(chosen, cids=MUCH, beyond=MUCH, limit=MUCH, counted=MUCH)


class TokenUse(Follower):
    """The follower of the tokens that one end compares."""

    def __init__(self, issuer: End, consumer: End, tally: Tally) -> None:
        """The handshake has supplied a connection ID, and a server's a token with it."""
        c = issuer.connection
        options = {
            "issuer": "client" if c.is_client else "server",
            "zero_length": "yes" if c.issuer.is_empty else "no",
            "handshake_token": "absent" if c.local.stateless_reset_token is None else "sent",
            "preferred_address": "yes" if c.local.preferred_address else "no",
        }
        super().__init__(machine, parameters(**options), tally)
        self.end = consumer
        self.mark: object = None
        self.numbers: dict[bytes, int] = {c.issuer.first: 0}
        first = consumer.connection.paths.first.remote
        self.toward: dict[int, set[Address]] = {0: {first}}  # number -> where packets went that bore it

    def step(self, end: End, step: Step) -> None:
        """Something happened at this end."""
        if end is not self.end:
            return
        reference = end.connection.consumer
        for number, supplied in reference.active.items():
            self.numbers[supplied.connection_id] = number
        for _, frame in step.frames_in(NewConnectionId):
            assert isinstance(frame, NewConnectionId)
            if end.connection.ending.is_open:
                self._supplied(frame)
        for sent in step.sent:
            if sent.packet.kind is PacketType.ONE_RTT:
                self._bears(self.numbers.get(sent.packet.destination, 0), sent.datagram.remote)
        for datagram in step.resets:
            self._reset(datagram)
        if end.connection.ending.is_open:
            self._retired()
            self._compare()

    def _supplied(self, frame: NewConnectionId) -> None:
        number = frame.sequence_number
        self.numbers.setdefault(frame.connection_id, number)
        while self.s.issued <= number:
            self.take("issue")
        if not has(self.s.received, number):
            self.take("deliver_new_connection_id", number=number)

    def _bears(self, number: int, remote: Address) -> None:
        """A packet has left under this connection ID; whether it was used before is all that matters here."""
        self.toward.setdefault(number, set()).add(remote)
        if number == self.s.current and has(self.s.used, number):
            return
        if number == self.s.current:
            self.s.current = min(self.s.used.members)  # it was put there to retire the one before
        self.s.second = PlainNumbers()
        self.take("switch", number=number)

    def _retired(self) -> None:
        reference = self.end.connection.consumer
        for number in sorted(self.s.received.members - self.s.retired.members - set(reference.active)):
            if number == self.s.current:
                others = [one for one in sorted(reference.active) if is_available(self.s, one)]
                if not others:
                    self.fail("RFC9000-19.16-04", "no connection ID is left")
                self.s.current = others[0]  # it goes into packets next, and counts as used only then
            self.take("retire", number=number)
        for number in sorted(self.s.retired.members - self.s.acknowledged.members):
            if number not in reference.unacknowledged:
                self.take("deliver_retire_connection_id", number=number)
                self.take("deliver_acknowledgment", number=number)

    def _reset(self, datagram: DatagramSeen) -> None:
        """A datagram has ended the connection: it must end in a token that is compared for its address."""
        if self.s.end != OPEN:
            return  # one more reset of a connection that drains already
        tokens = self._compared(datagram.remote)
        if not tokens:
            self.fail("RFC9000-10.3.1-08", f"a reset from {datagram.remote}, which no token is for")
        self._look_at(datagram.remote)
        self.part(fly, datagram.size, TO_CONSUMER, min(tokens), 1)
        self.take("arrive", attributed=1)
        self.same("after a reset", self.s.end, DRAINING, "RFC9000-10.3.1-11")

    def _look_at(self, remote: Address) -> None:
        """The second address of the machine is this one."""
        self.s.second = PlainNumbers(number for number, to in self.toward.items() if remote in to)

    def _compared(self, remote: Address) -> set[int]:
        self._look_at(remote)
        found = self.part(compared, self.p, 1)
        return set(found.members)

    def _compare(self) -> None:
        """Tokens for each address, where connection IDs, their use or the paths are others than before."""
        c = self.end.connection
        mark = (
            tuple((path.remote, path.destination) for path in c.paths.known),
            tuple((number, one.used) for number, one in c.consumer.active.items()),
            (self.s.used, self.s.retired, sum(map(len, self.toward.values()))),
        )
        if mark == self.mark:
            return
        self.mark = mark
        for remote in {path.remote for path in c.paths.known}:
            numbers = {
                path.destination
                for path in c.paths.known
                if path.remote == remote and path.destination is not None
            }
            tokens = set(c.consumer.tokens(numbers))
            theirs = {number for number, one in c.consumer.active.items() if one.token in tokens}
            ours = {number for number in self._compared(remote) if number in numbers}
            taken = {one for one in theirs & numbers if remote not in self.toward.get(one, ())}
            if taken:
                self.reads("a token is compared from when a path has its connection ID, before a packet")
            self.same(f"tokens for {remote}", ours, theirs - taken, "RFC9000-10.3.1-03")


class Resets(Follower):
    """The follower of an endpoint's answers to packets of connections that it does not know."""

    def __init__(self, tally: Tally) -> None:
        """The endpoint knows no connection that the packets to come belong to."""
        super().__init__(machine, parameters(long_headers="dropped"), tally)
        self.trigger: DatagramSeen | None = None
        self.take("restart_issuer")

    def saw(self, sight: Sight) -> None:
        """The endpoint told something of no connection."""
        if isinstance(sight, DatagramSeen) and not sight.sent:
            self.trigger = sight
        elif isinstance(sight, PacketSeen) and sight.sent and sight.kind is None:
            self._reset(sight)

    def _reset(self, reset: PacketSeen) -> None:
        """A reset has left: the machine answers the trigger by one of this size, or does not."""
        if self.trigger is None:
            self.fail("RFC9000-10.3-01", "a reset that nothing has called for")
        assert self.trigger is not None
        self.part(fly, self.trigger.size, TO_ISSUER, self.p.cids, 0)
        self.take("answer", beyond=reset.size - TOO_SMALL)
        self.part(land)
        self.trigger = None
