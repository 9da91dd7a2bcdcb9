"""The attempts of one end to validate paths, held against the validator of the machine `path_validation`.

Challenges are frames of the machine in the order in which they leave; time goes by in tenths of the PTO of a
new path. What the limit leaves is asked of the reference before each step, since other datagrams use it up,
too (`anti_amplification` follows them). What the peer did is taken to be what its response shows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pathproof.conformance.refinement.base import Follower, Tally
from pathproof.conformance.refinement.ends import End, Sent, Step
from pathproof.conformance.refinement.names import Names
from pathproof.model.path_validation import machine
from pathproof.model.path_validation.attempts import drop, fail, repetition_is_due
from pathproof.model.path_validation.challenges import fresh_data, send_again
from pathproof.model.path_validation.state import patience
from pathproof.model.path_validation.truth import challenge_left
from pathproof.model.vocabulary import add, get, has, put
from pathproof.reference.anti_amplification import LEAST_ROOM, UNLIMITED
from pathproof.reference.frames import PathChallenge, PathResponse
from pathproof.reference.migration import Path
from pathproof.reference.migration.connection_ids import choice
from pathproof.reference.path_validation import Validation
from pathproof.spec.names import SMALLEST_MAXIMUM_DATAGRAM_SIZE as FULL_SIZE

MUCH = 1 << 60
TICKS = 10  # in one PTO of a new path
CLOSE = 1e-6  # ticks that floating point may be wrong by


def parameters(is_limited: bool) -> Any:
    """The machine's parameters, without a bound, in bytes and tenths of a PTO."""
    options = {"limited": "validator" if is_limited else "nobody", "late_response": "void"}
    unbounded = {
        "paths": MUCH,
        "challenges": MUCH,
        "spares": MUCH,
        "horizon": MUCH,
        "room": 4 * MUCH,
        "allowed": 4 * MUCH,
        "padded": FULL_SIZE,
        "current_pto": TICKS,
        "initial_pto": TICKS,
    }
    # "ample" equips every path there may be: here each gets a connection ID when it is named
    return replace(machine.setting({**options, "supply": "scarce"}), **unbounded)


class PathValidation(Follower):
    """The follower of one end's attempts, from the confirmation of its handshake on."""

    def __init__(self, end: End, made: set[bytes], tally: Tally) -> None:
        """The handshake has validated its path; `made` is data of challenges that are of no attempt."""
        super().__init__(machine, parameters(not end.connection.is_client), tally)
        self.end, self.made, self.names = end, made, Names()
        self.attempts: dict[int, tuple[Validation, Any]] = {}  # path -> attempt, and its parameters
        self.frames: dict[bytes, int] = {}  # data -> the challenge that had it first
        self.began: dict[int, float] = {}  # path -> time of the first challenge of its attempt
        self.could_send: set[int] = set()  # paths on which a challenge could go at the last step
        self.names.of(end.connection.paths.current)

    def step(self, end: End, step: Step) -> None:
        """Something happened at this end."""
        c = end.connection
        if end is not self.end or not (c.ending.is_open or c.paths.is_given_up):
            return
        self._time(step.now)
        for told in step.told:
            if told.what == "failed":
                self._failed(self.names.of(told.path))
        for one, frame in step.frames_in(PathResponse):
            assert isinstance(frame, PathResponse)
            self._answered(frame.data, self.names.of(one.path))
        if not c.ending.is_open:
            return
        self._attempts()
        for sent, frame in step.frames_out(PathChallenge):
            assert isinstance(frame, PathChallenge)
            if frame.data not in self.made:
                self._challenge(sent, frame.data, step.now)
        self._compare()
        self.could_send = {self.names.of(path) for path in end.connection.paths.known if self._may_send(path)}

    # Attempts begin and end.

    def _attempts(self) -> None:
        """Attempts that the reference has begun, or that went with their paths."""
        known = {self.names.of(path): path for path in self.end.connection.paths.known}
        for path in [path for path in self.attempts if path not in known or known[path].validation is None]:
            self._end(path)
        for path, where in known.items():
            held = self.attempts.get(path)
            attempt = where.validation
            if attempt is None or (held is not None and held[0] is attempt):
                continue
            if has(self.s.validating, path):
                self.take("abandon", path=path)  # a response to a small challenge: the second one is its own
            if not has(self.s.wanted, path):
                self.take("want_validation", path=path)
            ticks = int(TICKS * attempt.pto / attempt.initial_pto + CLOSE)  # no tick more than it lasts
            self.attempts[path] = (attempt, replace(self.p, current_pto=ticks))

    def _end(self, path: int) -> None:
        """The reference has no attempt there any more."""
        del self.attempts[path]
        if has(self.s.validating, path):
            self.take("abandon", path=path)
        elif has(self.s.wanted, path):
            self.reads("an attempt goes with its path before its first challenge")
            self.part(drop, path)

    def _failed(self, path: int) -> None:
        """The reference has given an attempt up by its timer."""
        attempt, p = self.attempts.pop(path)
        if not has(self.s.validating, path):
            self.reads("an attempt is given up before its first challenge could leave")
            self.part(fail, path)
        elif self._is_late(path, attempt):
            self.reads("the timer of an attempt runs from its beginning, and its first challenge left later")
            self.part(fail, path)
        else:
            self.take("give_up", p, path=path)

    def _is_late(self, path: int, attempt: Validation) -> bool:
        return self.began.get(path, attempt.begun) > attempt.begun + CLOSE

    # Time.

    def _time(self, now: float) -> None:
        """Ticks go by for attempts, and nothing may be due before they do."""
        for path, (attempt, p) in self.attempts.items():
            if not has(self.s.validating, path):
                continue
            ticks = int((now - self.began[path]) / attempt.initial_pto * TICKS + CLOSE)
            while get(self.s.elapsed, path) < min(ticks, patience(p)):
                self._view(path)
                if path not in self.could_send:
                    p = replace(p, challenges=self.s.drawn)  # what is due cannot leave: time goes on
                self.take("tick", p, path=path)

    def _view(self, path: int) -> None:
        """What the limit leaves at the path, as the reference has it."""
        where = next((one for one in self.end.connection.paths.known if self.names.of(one) == path), None)
        room = where.ledger.room() if where is not None else 0
        self.s.budget = put(self.s.budget, path, 0 if room >= UNLIMITED else room)
        self.s.true_budget = self.s.budget

    def _may_send(self, path: Path) -> bool:
        c = self.end.connection
        has_id = choice(path, c.paths._alike, c.consumer) is not None
        return has_id and path.ledger.room() >= LEAST_ROOM

    # Challenges and what answers them.

    def _challenge(self, sent: Sent, data: bytes, now: float) -> None:
        """A challenge has left: the first of its attempt, or a repeated one, with data of its own."""
        path, size = self.names.of(sent.path), sent.datagram.size
        _, p = self.attempts.get(path, (None, self.p))
        self._view(path)
        left = get(self.s.budget, path)
        if not has(self.s.reachable, path):
            self.s.budget = self.s.true_budget = put(self.s.budget, path, left + size)
        p = replace(p, small=min(size, FULL_SIZE))
        if data in self.frames:
            self.take("copy_challenge", p, path=path)
        elif has(self.s.wanted, path):
            self.take("send_challenge", p, path=path)
            self.began[path] = now
        elif has(self.s.validating, path) and not repetition_is_due(self.s, p, path):
            self._sooner(path, p, size)
        else:
            self.first_of("repeat_challenge", "send_larger_challenge", p=p, path=path)
        frame = self.s.drawn - 1
        full = has(self.s.expanded, frame)
        self.same("a challenge in 1200 bytes", full, size >= FULL_SIZE, "RFC9000-8.2.1-06")
        self.frames[data] = frame

    def _sooner(self, path: int, p: Any, size: int) -> None:
        """The machine waits for two PTOs after the second challenge, the reference for one (8.2.1-04)."""
        if get(self.s.elapsed, path) < get(self.s.last, path) + TICKS:
            self.fail("RFC9000-8.2.1-04", f"a challenge on path {path} after less than a PTO")
        self.reads("a third challenge leaves one PTO after the second, as two Initial packets may")
        self.part(send_again, p, path, size, fresh_data(self.s, path))
        self.part(challenge_left, p, path)

    def _answered(self, data: bytes, arrived_on: int) -> None:
        """A response has come to this end; the peer must have got the challenge."""
        frame = self.frames.get(data)
        if frame is None or has(self.s.heard, frame):
            return  # to nothing that was sent, or once more: nothing follows
        if not has(self.s.reached, frame):
            self.s.equipped = add(self.s.equipped, get(self.s.sent_on, frame))
            self.take("deliver_challenge", frame=frame)
            self.take("send_response", frame=frame)
        relayed = replace(self.p, relay="yes")
        if arrived_on == get(self.s.came_on, frame):
            self.take("deliver_response", frame=frame)
        else:
            self.take("relay_response", relayed, frame=frame, path=arrived_on)

    # The abstraction.

    def _compare(self) -> None:
        for path in self.end.connection.paths.known:
            number = self.names.of(path)
            attempt = path.validation
            wanted = has(self.s.wanted, number) or has(self.s.validating, number)
            self.same(f"path {number} is to be validated", wanted, attempt is not None, "RFC9000-8.2.4-05")
            reachable = has(self.s.reachable, number)
            self.same(f"path {number} is validated", reachable, path.is_validated, "RFC9000-8.2.3-01")
            fits = has(self.s.fits, number)
            self.same(f"path {number} carries 1200 bytes", fits, path.is_of_full_size, "RFC9000-8.2.3-05")
            if attempt is not None:
                self.same("challenges", self._open(number), set(attempt.outstanding), "RFC9000-8.2.3-01")

    def _open(self, path: int) -> set[bytes]:
        """Data of the challenges of the present attempt."""
        if not has(self.s.validating, path):
            return set()
        first = get(self.s.first, path)
        return {
            data
            for data, frame in self.frames.items()
            if frame >= first and get(self.s.sent_on, frame) == path
        }
