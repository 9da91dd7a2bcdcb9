"""How a connection ends at both ends, held against the endings of the machine `connection`.

Of that machine, only what ends a connection is followed here. What ends it in other machines, a reset or a
path that fails, is looked up there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pathproof.conformance.refinement.base import Follower, Tally
from pathproof.conformance.refinement.ends import End, Step
from pathproof.model.connection import machine
from pathproof.model.connection.ending import note_silence, note_speech
from pathproof.model.connection.state import CLOSING, OPEN, THREE_PTOS
from pathproof.reference.connection import Phase
from pathproof.reference.connection.ending import PTOS
from pathproof.reference.frames import ConnectionClose, Frame, Padding, is_ack_eliciting

CLOSE = 1e-6  # PTOs that floating point may be wrong by
ELSEWHERE = {"reset": "draining", "no path": "over"}  # what other machines end a connection by


def parameters() -> Any:
    """The machine's parameters: a closing or draining end lasts for three PTOs (10.2-08)."""
    options = {"parts": "migration and limit", "close_in_closing": "drains", "linger": PTOS}
    return machine.setting(options)


class Ending(Follower):
    """The follower of both ends, once each knows the other's parameters."""

    def __init__(self, client: End, server: End, tally: Tally) -> None:
        """Both ends are open."""
        super().__init__(machine, parameters(), tally)
        self.ends = {"client": client, "server": server}
        self.since: dict[str, tuple[float, float]] = {}  # end -> when it began to end, and its PTO then
        self.quiet: dict[str, float] = {}  # end -> since when its idle timer has run, in seconds
        self.asked: set[str] = set()  # ends that have sent for an answer since the last packet came

    def step(self, end: End, step: Step) -> None:
        """Something happened at one end."""
        name = end.name
        if self.ends[name] is not end:
            return
        self._speaks(name, step)
        self._waits(name, step)
        for seen in step.ended:
            self._ends(end, seen.ended.cause, step.now)
        if self._end(name) == CLOSING and self._hears_close(step):
            self._close_arrives(name)
        if self._end(name) == CLOSING and step.resets:
            setattr(self.s, f"{name}_end", ELSEWHERE["reset"])
        self._lingers(end, step.now)
        phase = end.connection.ending.phase
        self.same(f"the {name} is", self._end(name), phase.value, "RFC9000-10.2-04")
        if self._end(name) != OPEN and name not in self.since:
            self._begins_to_end(end, step.now)

    def _begins_to_end(self, end: End, now: float) -> None:
        """From now on three PTOs count (10.2-08)."""
        self.since[end.name] = (now, end.connection.pto())

    def _end(self, name: str) -> str:
        state: str = getattr(self.s, f"{name}_end")
        return state

    def _speaks(self, name: str, step: Step) -> None:
        """What an end sends that is not open any more: CONNECTION_CLOSE while it closes, and else nothing."""
        for sent in step.sent:
            frames = [frame for frame in sent.packet.frames if not isinstance(frame, Padding)]
            closes = all(isinstance(frame, ConnectionClose) for frame in frames)
            self.part(note_silence if closes else note_speech, self._end(name))
            if any(isinstance(frame, ConnectionClose) for frame in frames):
                setattr(self.s, f"{name}_close", "on its way")
            self.same("what was sent after the end", self.s.spoke, "no", "RFC9000-10.2.2-02")

    def _ends(self, end: End, cause: str, now: float) -> None:
        name = end.name
        if cause in ("closed", "error"):
            arguments = {"sends": 0} if name == "server" else {}
            self.take(f"{name}_closes", replace(self.p, ends="closes"), **arguments)
        elif cause == "peer":
            self._close_arrives(name)
        elif cause == "idle":
            self._falls_silent(end, now)
        elif cause in ELSEWHERE:
            setattr(self.s, f"{name}_end", ELSEWHERE[cause])
        else:
            self.fail("RFC9000-10-01", f"the {name} ends by {cause}")

    def _waits(self, name: str, step: Step) -> None:
        """A packet that comes restarts the idle timer, and the first that asks for an answer does (10.1)."""
        self.quiet.setdefault(name, step.now)
        if step.processed:
            self.quiet[name] = step.now
            self.asked.discard(name)
        if name not in self.asked and any(map(is_ack_eliciting, _frames(step))):
            self.quiet[name] = step.now
            self.asked.add(name)

    def _falls_silent(self, end: End, now: float) -> None:
        """As many PTOs have passed in silence as have, and then the idle timer expires."""
        idles = replace(self.p, ends="idles", silence=THREE_PTOS)
        passed = int((now - self.quiet[end.name]) / end.connection.pto() + CLOSE)
        for _ in range(min(passed, THREE_PTOS)):
            self.take(f"{end.name}_hears_nothing", idles)
        self.take(f"{end.name}_falls_silent", idles)

    def _close_arrives(self, name: str) -> None:
        self.take(f"close_arrives_at_{name}", sends=0)

    def _hears_close(self, step: Step) -> bool:
        """CONNECTION_CLOSE has come to an end that is closing itself."""
        return any(isinstance(frame, ConnectionClose) for packet in step.late for frame in packet.frames)

    def _lingers(self, end: End, now: float) -> None:
        """Three PTOs go by, and then nothing is left (10.2-08, 10.2-11)."""
        name = end.name
        if end.connection.ending.phase is not Phase.OVER or name not in self.since:
            return
        if self._end(name) not in ("closing", "draining"):
            return
        since, pto = self.since[name]
        for _ in range(min(int((now - since) / pto + CLOSE), PTOS)):
            self.take(f"{name}_lingers")
        self.take(f"{name}_lingers")


def _frames(step: Step) -> list[Frame]:
    return [frame for sent in step.sent for frame in sent.packet.frames]
