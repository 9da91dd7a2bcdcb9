"""What the two applications write and read, and whether all of it arrives, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathproof.reference.connection import Ended, HandshakeComplete, PathEvent
from pathproof.reference.stream import StreamData
from pathproof.spec.names import ErrorCode

if TYPE_CHECKING:
    from tests.reference.simulation.world import World

BLOCK = bytes(at * 7 % 251 for at in range(251)) * 300
"""Any 251 bytes in a row of it differ, so that bytes out of place are noticed."""


LONGEST_SILENCE = 40.0
"""Seconds after which a hostile network explains no end any more: the idle timeout, and some probes."""


def pattern(stream: int, offset: int, size: int) -> bytes:
    """What is at this place of a stream.

    >>> pattern(0, 0, 3) == pattern(0, 251, 3), pattern(0, 1, 2) == pattern(0, 0, 3)[1:]
    (True, True)
    """
    start = (offset + 31 * stream) % 251
    return (
        (BLOCK[start:] + BLOCK * (size // len(BLOCK) + 1))[:size]
        if size > len(BLOCK) - 251
        else BLOCK[start : start + size]
    )


@dataclass(slots=True)
class Flow:
    """One direction of a stream."""

    written: int = 0
    read: int = 0
    finished: bool = False
    heard_end: bool = False

    @property
    def is_done(self) -> bool:
        """Whether all that was written was read."""
        return self.read == self.written and self.finished == self.heard_end


class Application:
    """The applications at both ends of the world's connection."""

    def __init__(self, world: World) -> None:
        """Nothing is written yet."""
        self.world = world
        self.begin()

    def begin(self) -> None:
        """A new connection."""
        self.flows: dict[tuple[str, int], Flow] = {}  # by who writes, and stream
        self.ends: dict[str, Ended] = {}
        self.reads = {"client": True, "server": True}
        self.told: dict[str, list[tuple[str, str]]] = {"client": [], "server": []}
        self.serves = 0  # bytes that the server answers each stream of the client with
        self.closed = False

    def write(self, name: str, stream: int, size: int, fin: bool = False) -> None:
        """Write so many bytes."""
        connection = self.world.of(name)
        assert connection is not None
        flow = self.flows.setdefault((name, stream), Flow())
        connection.streams.write(stream, pattern(stream, flow.written, size), fin)
        flow.written += size
        flow.finished |= fin

    def request(self, size: int, answer: int) -> int:
        """The client opens a stream and writes; the server answers when the request has come."""
        stream = self.world.connection.streams.open()
        assert stream is not None
        self.serves = answer
        self.write("client", stream, size, True)
        return stream

    def run(self) -> None:
        """Read, hear of events, and answer."""
        for name in ("client", "server"):
            connection = self.world.of(name)
            if connection is None:
                continue
            while connection.events:
                self._hear(name, connection.events.popleft())
            if self.reads[name]:
                for event in connection.streams.read():
                    self._read(name, event)

    def _hear(self, name: str, event: object) -> None:
        world = self.world
        match event:
            case HandshakeComplete():
                world.diary.did(world.now, name, "handshake complete")
            case PathEvent(what, path):
                self.told[name].append((what, path.local[0] if name == "client" else path.remote[0]))
                world.diary.did(world.now, name, f"{what}: {path}")
            case Ended(cause, code, says):
                self.ends[name] = event
                world.diary.did(world.now, name, f"ended: {cause} {says}")
                if cause == "error" or (cause == "peer" and code and not self.closed):
                    word = ErrorCode(code).name if code < 0x11 else hex(code)
                    world.broken("RFC 9000 11", f"{name} ends between honest ends: {word} {says}")

    def _read(self, name: str, event: object) -> None:
        world, writer = self.world, "server" if name == "client" else "client"
        if not isinstance(event, StreamData):
            world.broken("RFC 9000 2.2", f"{name} reads {event}, which nobody wrote")
            return
        flow = self.flows.setdefault((writer, event.stream), Flow())
        if event.data != pattern(event.stream, flow.read, len(event.data)):
            world.broken("RFC 9000 2.2", f"{name} reads other bytes at {flow.read} of stream {event.stream}")
        flow.read += len(event.data)
        flow.heard_end |= event.fin
        if flow.read > flow.written or (flow.heard_end and not flow.is_done):
            world.broken(
                "RFC 9000 2.2", f"{name} reads more or less than was written on stream {event.stream}"
            )
        if name == "server" and event.fin and self.serves:
            self.write("server", event.stream, self.serves, True)

    def is_done(self) -> bool:
        """Whether all that was written has arrived."""
        return all(flow.is_done for flow in self.flows.values())

    def check_end(self) -> None:
        """Everything has arrived, or the connection ended for a cause that the run explains."""
        if self.is_done():
            return
        world = self.world
        left = [
            f"{name} on {stream}: {flow.read} of {flow.written}"
            for (name, stream), flow in self.flows.items()
            if not flow.is_done
        ]
        if not self.ends:
            world.broken("RFC 9000 2.2", f"what was written has not arrived: {', '.join(left)}")
        for name, end in self.ends.items():
            if not self.explains(name, end):
                world.broken(
                    "RFC 9000 10", f"{name} ended without a cause in the run: {end.cause}; {', '.join(left)}"
                )

    def explains(self, name: str, end: Ended) -> bool:
        """Whether the run explains such an end: silence needs a network that was hostile not long before."""
        world = self.world
        was_hostile = world.now - world.hostile_at < LONGEST_SILENCE
        other_ended = any(other != name for other in self.ends) or world.crashes > 0
        is_told = world.ends["server"].id_length > 0  # a client with no token cannot be reset (10.3.2-03)
        match end.cause:
            case "closed" | "peer":
                return self.closed
            case "reset":
                return other_ended
            case "idle":
                return was_hostile or self.closed or (other_ended and not is_told)
            case "no path" | "no answer" | "handshake":
                return was_hostile
            case _:
                return False
