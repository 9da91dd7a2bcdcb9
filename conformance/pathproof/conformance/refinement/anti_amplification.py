"""What a server lets go to addresses that are not validated, held against the machine `anti_amplification`.

The machine runs with one byte as its unit of size, and each `Path` of the reference is a path, and by the
reading `amplification_scope=path` an account of its own: the reference counts by pairs of addresses.

A datagram of the machine's established server has one purpose, and one of two sizes. One of the reference may
hold a challenge, responses and data at once, in any size. So what leaves an established server is followed by
the parts that all sending actions share: the guard `may_send`, and `emit`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pathproof.conformance.refinement.base import Follower, Tally
from pathproof.conformance.refinement.ends import End, Processed, Step, probes
from pathproof.conformance.refinement.names import Names
from pathproof.model.anti_amplification import machine
from pathproof.model.anti_amplification.ledger import is_valid, may_send, take_in
from pathproof.model.anti_amplification.moves import emit
from pathproof.model.anti_amplification.truth import is_held
from pathproof.model.anti_amplification.validation import challenge_size, response_came, response_size
from pathproof.model.vocabulary import get, put
from pathproof.reference.frames import ConnectionClose, Crypto, PathChallenge, PathResponse
from pathproof.reference.migration import Path
from pathproof.reference.observer import DatagramSeen
from pathproof.reference.spaces import PacketType
from pathproof.spec.names import SMALLEST_MAXIMUM_DATAGRAM_SIZE

PADDED = SMALLEST_MAXIMUM_DATAGRAM_SIZE
MUCH = 1 << 60


def parameters() -> Any:
    """The machine's parameters, without a bound."""
    bounded = machine.setting({"begins": "idle", "amplification_scope": "path"})
    return replace(bounded, padded=PADDED, addresses=MUCH, paths=MUCH, parts=MUCH, most=MUCH, volume=4 * MUCH)


class AntiAmplification(Follower):
    """The follower of one connection of a server, from its first datagram on."""

    def __init__(self, server: End, tally: Tally) -> None:
        """Begin before the first datagram."""
        super().__init__(machine, parameters(), tally)
        self.end, self.names = server, Names()
        self.pending: list[DatagramSeen] = []  # came, and are not counted yet
        self.challenges: dict[bytes, tuple[int, int]] = {}  # data -> its path, and the size of its datagram
        self.was_proved = server.connection.paths.first.ledger.validated  # by a token, before it began
        self.of(server.connection.paths.first)

    def of(self, path: Path) -> int:
        """The number of a path, which leads to an address of its own."""
        number = self.names.of(path)
        self.s.leads = put(self.s.leads, number, number)
        return number

    def step(self, end: End, step: Step) -> None:
        """Something happened at the server."""
        if end is not self.end:
            return
        self.pending += step.came
        if step.came and not (step.processed or step.dropped or step.went):
            return  # its packets come next, and say what the datagram is
        self._count(step)
        self._prove(step)
        for datagram in step.went:
            self._leave(datagram, step)
        if self.s.stage != "idle":
            self._compare()

    # What comes.

    def _count(self, step: Step) -> None:
        """All bytes of a datagram count, once, whatever is in it; those to no path wait for one."""
        for datagram in self.pending:
            processed = [one for one in step.processed if one.datagram.number == datagram.number]
            path = self.end.connection.paths.find(datagram.local, datagram.remote)
            if path is not None and (self.names.knows(path) or processed):
                self._came(self.of(path), datagram.size, path, processed)
        self.pending.clear()

    def _came(self, path: int, size: int, where: Path, processed: list[Processed]) -> None:
        if self.s.stage == "idle":
            self._open(path, size)
        elif self.s.stage == "closing":
            self.part(take_in, self.p, path, size, size)
        elif self.s.stage == "established" and any(self._moves(one, where) for one in processed):
            self.first_of("client_sends", "spoof_packet", path=path, size=size)
        elif self.s.stage == "established" and any(_challenges(one) for one in processed):
            self.first_of("client_challenges", "spoof_challenge", path=path, size=size)
        elif self.s.stage == "handshake" and any(_initial(one) for one in processed) and not self._has_keys():
            self.take("send_client_probe")
            self.take("deliver_initial_probe", replace(self.p, padded=size), processed=size)
        else:
            self.take("deliver_undecryptable", path=path, size=size)

    def _open(self, path: int, size: int) -> None:
        p = replace(self.p, padded=size)
        if not self.was_proved:
            self.take("open_connection", p, path=path, processed=size)
            return
        if self.end.connection.local.retry_source_connection_id is not None:
            self.take("answer_statelessly", p, path=path, size=size)
        else:
            self.take("token_from_an_earlier_connection", path=path)
        self.take("open_with_token", p, path=path, origin=path)

    def _moves(self, one: Processed, path: Path) -> bool:
        is_one = one.packet.kind is PacketType.ONE_RTT and not probes(one.packet)
        return is_one and path is self.end.connection.paths.current

    def _has_keys(self) -> bool:
        return 0 in self.s.parts_held.members or self.s.probe_out != "nothing"

    # What proves an address.

    def _prove(self, step: Step) -> None:
        """A Handshake packet, or the response to a challenge that went there, and nothing else (8.1-01)."""
        if self.s.stage == "handshake" and any(
            one.packet.kind is PacketType.HANDSHAKE for one in step.processed
        ):
            self._handshake_packet()
        for _, frame in step.frames_in(PathResponse):
            assert isinstance(frame, PathResponse)
            self._response(frame.data)

    def _handshake_packet(self) -> None:
        """The client has the flight, as far as it left, and answers it."""
        for part in sorted(self.s.flight_out.members):
            self.take("deliver_flight", part=part)
        is_complete = self.end.connection.was_complete
        p = replace(self.p, parts=self.s.sent_parts if is_complete else self.s.sent_parts + 1)
        self.take("finish" if is_complete else "send_client_probe", p)
        self.take("deliver_handshake_packet", p)

    def _response(self, data: bytes) -> None:
        path, size = self.challenges.get(data, (-1, 0))
        known = {self.of(one): one for one in self.end.connection.paths.known}
        if path not in known or not known[path].ledger.validated or is_valid(self.s, self.p, path):
            return
        if not is_held(self.s, path):
            self.take("gain_address", address=path)
        self.part(response_came, self.p, path, size >= PADDED)

    # What leaves.

    def _leave(self, datagram: DatagramSeen, step: Step) -> None:
        path = self.end.path(datagram.local, datagram.remote)
        if path is None:
            self.fail("RFC9000-9-07", f"a datagram to {datagram.remote} on no path")
        assert path is not None
        number, size = self.of(path), datagram.size
        frames = [
            frame
            for one in step.sent
            if one.packet.datagram == datagram.number
            for frame in one.packet.frames
        ]
        self._sizes(number, size, frames)
        self._may_leave(number, size)
        has_crypto = any(isinstance(frame, Crypto) for frame in frames)
        closes = any(isinstance(frame, ConnectionClose) for frame in frames)
        if closes and self.s.stage in ("handshake", "established"):
            self.take("close", replace(self.p, close=size))
        elif self.s.stage == "handshake" and has_crypto:
            self.take("send_flight", replace(self.p, padded=size))
        elif self.s.stage == "handshake" and self.s.sent_parts > 0:
            self.take("send_early_data", size=size)
        else:
            self.part(emit, self.p, number, size)

    def _may_leave(self, path: int, size: int) -> None:
        if not self.part(may_send, self.p, path, size, "data"):
            left = get(self.s.allowance, path)
            self.fail("RFC9000-8-01", f"{size} bytes go to path {path}, where {left} may")

    def _sizes(self, path: int, size: int, frames: list[Any]) -> None:
        """Challenges and responses fill 1200 bytes where the limit allows it (8.2.1-06, 8.2.2-05)."""
        for frame in frames:
            if isinstance(frame, PathChallenge):
                self.challenges[frame.data] = (path, size)
                full = self.part(challenge_size, self.p, path) == PADDED
                self.same("a challenge of full size", full, size >= PADDED, "RFC9000-8.2.1-06")
            elif isinstance(frame, PathResponse):
                full = self.part(response_size, self.p, path) == PADDED
                self.same("a response of full size", full, size >= PADDED, "RFC9000-8.2.2-05")

    # The abstraction.

    def _compare(self) -> None:
        for path in self.end.connection.paths.known:
            number = self.of(path)
            valid = is_valid(self.s, self.p, number)
            self.same(f"path {number} is validated", valid, path.ledger.validated, "RFC9000-8.1-01")
            if not valid:
                room = get(self.s.allowance, number)
                self.same(f"room on path {number}", room, path.ledger.room(), "RFC9000-8.1-04")


def _challenges(one: Processed) -> bool:
    return any(isinstance(frame, PathChallenge) for frame in one.packet.frames)


def _initial(one: Processed) -> bool:
    return one.packet.kind is PacketType.INITIAL
