"""What one end owes for its peer's challenges, held against the responder of the machine `path_validation`.

Here the peer's attempts are what its challenges show: each is the first of an attempt of its own, so that
the validator of the machine may send it at any time.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pathproof.conformance.refinement.base import Follower, Tally
from pathproof.conformance.refinement.ends import End, Sent, Step
from pathproof.conformance.refinement.names import Names
from pathproof.conformance.refinement.path_validation import parameters
from pathproof.model.path_validation import machine
from pathproof.model.path_validation.responder import must_answer_now, response_path, response_size, settle
from pathproof.model.plain import PlainNumbers
from pathproof.model.vocabulary import add, has, put
from pathproof.reference.anti_amplification import LEAST_ROOM, UNLIMITED
from pathproof.reference.frames import PathChallenge, PathResponse
from pathproof.reference.migration import Path
from pathproof.reference.migration.connection_ids import choice
from pathproof.reference.path_validation import FULL_SIZE
from pathproof.reference.path_validation.responses import MOST_OWED


class PathResponses(Follower):
    """The follower of one end's responses, from the confirmation of its handshake on."""

    def __init__(self, end: End, tally: Tally) -> None:
        """Nothing is owed."""
        super().__init__(machine, parameters(False), tally)
        self.end, self.names = end, Names()
        self.data: dict[int, bytes] = {}  # frame -> its data
        self.waiting = 0.0  # since when what is owed could leave
        self.names.of(end.connection.paths.current)

    def step(self, end: End, step: Step) -> None:
        """Something happened at this end."""
        if end is not self.end:
            return
        if not self.end.connection.ending.is_open:
            return
        self._must_not_wait(step.now)
        for one, frame in step.frames_in(PathChallenge):
            assert isinstance(frame, PathChallenge)
            self._challenged(frame.data, self.names.of(one.path), one.datagram.size)
        for sent, frame in step.frames_out(PathResponse):
            assert isinstance(frame, PathResponse)
            self._responds(sent, frame.data)
        self._forget()
        self._compare()
        self._view()
        self.waiting = step.now

    def _must_not_wait(self, now: float) -> None:
        """Time does not go on where a response was owed that could leave (8.2.2-02), nor for the machine."""
        if now > self.waiting and self.part(must_answer_now, self.p):
            self.fail("RFC9000-8.2.2-02", f"a response waits since {self.waiting:.3f}")

    def _challenged(self, data: bytes, path: int, size: int) -> None:
        if has(self.s.validating, path):
            self.take("abandon", path=path)
        self.take("want_validation", path=path)
        p = replace(self.p, padded=max(FULL_SIZE, size) if size >= FULL_SIZE else FULL_SIZE)
        self.take("send_challenge", p, path=path)
        frame = self.s.drawn - 1
        self.data[frame] = data
        self.take("deliver_challenge", frame=frame)

    def _responds(self, sent: Sent, data: bytes) -> None:
        """PATH_RESPONSE has left: to what, where, in which size and how often is the machine's to say."""
        owed = [frame for frame in sorted(self.s.owed.members) if self.data[frame] == data]
        if not owed:
            self.fail("RFC9000-8.2.2-07", "a response to nothing that waits for one")
        frame, path, size = owed[0], self.names.of(sent.path), sent.datagram.size
        where = self.part(response_path, self.p, frame)
        self.same("the path of the response", where, path, "RFC9000-8.2.2-03")
        p = self._limited(sent.path, size)
        full = self.part(response_size, p, frame) == FULL_SIZE
        self.same("a response in 1200 bytes", full, size >= FULL_SIZE, "RFC9000-8.2.2-05")
        self.s.equipped = add(self.s.equipped, path)
        self.take("send_response", p, frame=frame)
        self.same("what a response breaks", self.s.misdeed, "none", "RFC9000-8.2.2-01")

    def _limited(self, path: Path, size: int) -> Any:
        """The limit there as it was before the datagram left."""
        room = path.ledger.room()
        if room >= UNLIMITED:
            return replace(self.p, small=min(size, FULL_SIZE))
        number = self.names.of(path)
        self.s.allowance = self.s.true_allowance = put(self.s.allowance, number, room + size)
        # the machine takes path 0 for validated by the handshake; a path that is not has another name
        return replace(self.p, limited="responder", small=min(size, FULL_SIZE))

    def _forget(self) -> None:
        """What is owed goes with its path, and of too much the oldest goes (`challenge_answers`)."""
        known = {self.names.of(path): path for path in self.end.connection.paths.known}
        for frame in sorted(self.s.owed.members):
            path = known.get(self.part(response_path, self.p, frame))
            if path is None:
                self.reads("a response is owed no longer where its path is forgotten")
                self.part(settle, frame)
            elif len(path.responses.owed) == MOST_OWED and self.data[frame] not in path.responses.owed:
                self.reads("of too many challenges the latest are answered")
                self.part(settle, frame)

    def _compare(self) -> None:
        for path in self.end.connection.paths.known:
            number = self.names.of(path)
            ours = [
                self.data[frame]
                for frame in sorted(self.s.owed.members)
                if response_path(self.s, self.p, frame) == number
            ]
            self.same(f"owed on path {number}", ours, list(path.responses.owed), "RFC9000-8.2.2-01")

    def _view(self) -> None:
        """Paths on which a response could go at once."""
        c = self.end.connection
        ready = [
            self.names.of(path)
            for path in c.paths.known
            if path.ledger.room() >= LEAST_ROOM
            and choice(path, c.paths._alike, c.consumer) is not None
            and c.was_complete
        ]
        self.s.equipped = PlainNumbers(ready)
        self.s.spare = 0
