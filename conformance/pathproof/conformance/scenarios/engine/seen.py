"""What a run has shown: the lines of its processes, the events of both ends, and what the story did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pathproof.conformance.events import Datagram, Packet, PathChallenge, PathResponse, Trace, shown
from pathproof.conformance.scenarios.engine.child import Line
from pathproof.conformance.scenarios.engine.flow import Flow
from pathproof.conformance.scenarios.engine.judged import Judged
from pathproof.conformance.scenarios.engine.watch import NOBODY


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that the story did, or an attacker: when, in seconds from the beginning, and in words."""

    at: float
    lane: str  # "network", "attacker" or "observer"
    text: str


@dataclass(frozen=True, slots=True)
class PathMark:
    """What happened to a path at one end: `moved`, `validated`, `failed`, `reverted`, `forgotten`."""

    at: float
    end: str
    what: str
    local: str
    remote: str


@dataclass(frozen=True, slots=True)
class Passed:
    """A 1-RTT packet in its datagram, as one end saw it; `at` is in seconds from the beginning."""

    at: float
    packet: Packet
    datagram: Datagram

    @property
    def remote(self) -> str:
        """The peer's address."""
        assert isinstance(self.datagram.remote, str)
        return self.datagram.remote

    @property
    def local(self) -> str:
        """The address of the end that saw it."""
        assert isinstance(self.datagram.local, str)
        return self.datagram.local

    @property
    def destination(self) -> bytes:
        """Its Destination Connection ID."""
        assert isinstance(self.packet.destination, bytes)
        return self.packet.destination

    def challenges(self) -> list[object]:
        """The data of its PATH_CHALLENGE frames."""
        return [frame.data for frame in self.packet.frames if isinstance(frame, PathChallenge)]

    def responses(self) -> list[object]:
        """The data of its PATH_RESPONSE frames."""
        return [frame.data for frame in self.packet.frames if isinstance(frame, PathResponse)]


@dataclass(slots=True)
class Seen:
    """All that expectations go by.

    Attributes
    ----------
    began
        The machine's clock when the downloads were asked for.
    traces
        By end (`client`, `server`, and so on) and number of connection; the first is 0.
    lines
        By process.
    cables
        What the network is made of, in words.
    """

    began: float
    seconds: float
    quic: Flow
    tcp: Flow
    judged: Judged
    marks: list[Mark] = field(default_factory=list)
    lines: dict[str, list[Line]] = field(default_factory=dict)
    traces: dict[str, dict[int, Trace]] = field(default_factory=dict)
    cables: tuple[str, ...] = ()

    def mark(self, at: float, lane: str, text: str) -> None:
        """Note what a process has told, at a time of the machine's clock."""
        self.marks.append(Mark(at - self.began, lane, text))

    def said(self, process: str, event: str) -> list[Line]:
        """The lines of a process about one kind of event."""
        return [line for line in self.lines.get(process, []) if line["event"] == event]

    def paths(self, end: str, *what: str) -> list[PathMark]:
        """What happened to the paths of the first connection at one end; all kinds by default."""
        return [
            PathMark(
                line["at"] - self.began,
                end,
                line["what"],
                shown(tuple(line["local"])),
                shown(tuple(line["remote"])),
            )
            for line in self.said(f"quic-{end}", "path")
            if line["connection"] == 0 and (not what or line["what"] in what)
        ]

    def datagrams(self, end: str, connection: int = 0) -> Iterator[Datagram]:
        """All datagrams of a connection, sent and received, in their order."""
        trace = self.traces.get(end, {}).get(connection)
        for event in trace.events if trace else ():
            if isinstance(event, Datagram):
                yield event

    def packets(self, end: str, sent: bool, connection: int = 0) -> Iterator[Passed]:
        """The 1-RTT packets that one end of a connection sent, or received."""
        trace = self.traces.get(end, {}).get(connection)
        around: dict[object, Datagram] = {}
        for event in trace.events if trace else ():
            if isinstance(event, Datagram):
                around[event.number] = event
            elif isinstance(event, Packet) and event.sent is sent and event.type == "1RTT":
                yield Passed(event.time / 1000 - self.began, event, around[event.datagram])

    def resets(self, end: str) -> list[tuple[int, int]]:
        """The stateless resets that an end sent: sizes of what it answered, and of the answer, in bytes."""
        found, received = [], 0
        numbers = set()
        trace = self.traces.get(end, {}).get(NOBODY)
        for event in trace.events if trace else ():
            if isinstance(event, Packet) and event.type == "stateless_reset" and event.sent:
                numbers.add(event.datagram)
        for one in self.datagrams(end, NOBODY):
            assert isinstance(one.size, int)
            if one.sent and one.number in numbers:
                found.append((received, one.size))
            received = received if one.sent else one.size
        return found


def host_of(address: str) -> str:
    """The host in an address.

    >>> host_of("10.1.0.2:443"), host_of("[fd01::2]:443")
    ('10.1.0.2', 'fd01::2')
    """
    return address.rpartition(":")[0].strip("[]")
