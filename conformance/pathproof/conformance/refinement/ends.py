"""One end of a connection as followers see it: what it told since they last looked, and its paths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pathproof.conformance.judge.scene import is_probing
from pathproof.conformance.watched import frame_of
from pathproof.reference.connection import Connection
from pathproof.reference.frames import Frame
from pathproof.reference.migration import Address, Path
from pathproof.reference.observer import DatagramSeen, EndSeen, PacketDropped, PacketSeen, PathSeen, Sight
from pathproof.reference.spaces import PacketType


def probes(packet: PacketSeen) -> bool:
    """Whether a packet is a probing packet, by the judge's rule and not by that of the endpoint (9.1).

    >>> from pathproof.reference.frames import PathChallenge, Ping
    >>> rest = (None, 0.0, True, 0, PacketType.ONE_RTT, 0, b"", None)
    >>> probes(PacketSeen(*rest, (PathChallenge(bytes(8)),), 35)), probes(PacketSeen(*rest, (Ping(),), 27))
    (True, False)
    """
    return is_probing(tuple(map(frame_of, packet.frames)))


@dataclass(frozen=True, slots=True)
class Processed:
    """A packet that came and was processed, and the datagram around it; `path` is where it came from."""

    packet: PacketSeen
    datagram: DatagramSeen
    path: Path


@dataclass(frozen=True, slots=True)
class Sent:
    """A packet that has left, and the datagram around it."""

    packet: PacketSeen
    datagram: DatagramSeen
    path: Path


@dataclass(frozen=True, slots=True)
class Step:
    """What happened at one end between two states that are compared, in order."""

    now: float
    came: tuple[DatagramSeen, ...]
    processed: tuple[Processed, ...]
    late: tuple[PacketSeen, ...]  # came to an end that was open no longer
    dropped: tuple[PacketDropped, ...]
    resets: tuple[DatagramSeen, ...]  # datagrams in which a token was found
    went: tuple[DatagramSeen, ...]
    sent: tuple[Sent, ...]
    told: tuple[PathSeen, ...]
    ended: tuple[EndSeen, ...]

    def frames_in(self, *kinds: type[Frame]) -> Iterator[tuple[Processed, Frame]]:
        """Frames of these kinds in processed 1-RTT packets."""
        for one in self.processed:
            if one.packet.kind is PacketType.ONE_RTT:
                yield from ((one, frame) for frame in one.packet.frames if isinstance(frame, kinds))

    def frames_out(self, *kinds: type[Frame]) -> Iterator[tuple[Sent, Frame]]:
        """Frames of these kinds in 1-RTT packets that have left."""
        for one in self.sent:
            if one.packet.kind is PacketType.ONE_RTT:
                yield from ((one, frame) for frame in one.packet.frames if isinstance(frame, kinds))


@dataclass(slots=True)
class End:
    """One connection at one endpoint."""

    name: str
    connection: Connection
    is_lost: bool = False  # its endpoint has crashed
    _queue: list[tuple[Sight, bool]] = field(default_factory=list)  # with whether the connection was open
    _datagrams: dict[int, DatagramSeen] = field(default_factory=dict)
    _paths: dict[tuple[Address, Address], Path] = field(default_factory=dict)
    _mark: object = None

    def saw(self, sight: Sight) -> None:
        """The endpoint told this of the connection."""
        if isinstance(sight, PathSeen):
            self._paths[sight.path.local, sight.path.remote] = sight.path
        elif not isinstance(sight, DatagramSeen | PacketSeen | PacketDropped | EndSeen):
            return
        self._queue.append((sight, self.connection.ending.is_open))

    def is_due(self, sight: Sight) -> bool:
        """Whether all before this is over, and more than the datagram around it has come."""
        if not isinstance(sight, DatagramSeen | PacketSeen | PacketDropped) or getattr(sight, "sent", False):
            return False
        return [one for one, _ in self._queue] != [self._last_arrival()]

    def _last_arrival(self) -> Sight | None:
        """The newest sight, if it is of a datagram that came."""
        newest = self._queue[-1][0] if self._queue else None
        return newest if isinstance(newest, DatagramSeen) and not newest.sent else None

    @property
    def has_changed(self) -> bool:
        """Whether anything was told, or the state is another one than when this was asked last."""
        c, paths = self.connection, self.connection.paths
        before, self._mark = (
            self._mark,
            (
                (c.issuer.issued, len(c.issuer.active), c.issuer.retire_prior_to, c.ending.phase),
                (len(c.consumer.active), len(c.consumer.unacknowledged), paths.current, paths.is_given_up),
                tuple((path, path.validation, path.destination) for path in paths.known),
            ),
        )
        return bool(self._queue) or before != self._mark

    def take(self, now: float) -> Step:
        """Everything since the last time, now that the connection is done with it."""
        for path in self.connection.paths.known:
            self._paths[path.local, path.remote] = path
        queue, self._queue = self._queue, []
        for sight, _ in queue:
            if isinstance(sight, DatagramSeen):
                self._datagrams[sight.number] = sight
        sights = [sight for sight, _ in queue]
        datagrams = [sight for sight in sights if isinstance(sight, DatagramSeen)]
        packets = [(sight, was) for sight, was in queue if isinstance(sight, PacketSeen)]
        step = Step(
            now,
            tuple(one for one in datagrams if not one.sent),
            tuple(self._processed([one for one, was in packets if was and not one.sent])),
            tuple(one for one, was in packets if not was and not one.sent and one.kind is not None),
            tuple(sight for sight in sights if isinstance(sight, PacketDropped)),
            tuple(self._datagrams[one.datagram] for one, _ in packets if one.kind is None and not one.sent),
            tuple(one for one in datagrams if one.sent),
            tuple(self._sent([one for one, _ in packets if one.sent])),
            tuple(sight for sight in sights if isinstance(sight, PathSeen)),
            tuple(sight for sight in sights if isinstance(sight, EndSeen)),
        )
        self._forget(step)
        return step

    def path(self, local: Address, remote: Address) -> Path | None:
        """The path with these addresses, as the connection last knew it."""
        return self._paths.get((local, remote))

    def _processed(self, packets: list[PacketSeen]) -> Iterator[Processed]:
        for packet in packets:
            if packet.kind is None or packet.number is None:
                continue
            space = packet.kind.space
            datagram = self._datagrams[packet.datagram]
            path = self.path(datagram.local, datagram.remote)
            if space is None or path is None:
                continue
            was_noted = not self.connection.spaces[space].received.is_new(packet.number)
            if was_noted or not self.connection.ending.is_open:  # of one that met an error, nothing is noted
                yield Processed(packet, datagram, path)

    def _sent(self, packets: list[PacketSeen]) -> Iterator[Sent]:
        for packet in packets:
            datagram = self._datagrams[packet.datagram]
            path = self.path(datagram.local, datagram.remote)
            if path is not None:
                yield Sent(packet, datagram, path)

    def _forget(self, step: Step) -> None:
        """Only the newest datagram of each direction may still get packets."""
        newest = {one.number for group in (step.came[-1:], step.went[-1:]) for one in group}
        if newest:
            self._datagrams = {
                number: one
                for number, one in self._datagrams.items()
                if number in newest or number >= max(self._datagrams) - 2
            }
