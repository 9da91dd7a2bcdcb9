"""Rules about what an endpoint keeps and concludes, which its packets alone do not show.

They are for what no machine follows: windows and estimates of paths, what is to be sent again or given up,
resets that are to be recognised, and how an end speaks while it closes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.reference.simulation.datagram import Datagram
from tests.reference.simulation.rules import Rule, packet_rules

from pathproof.reference.connection import Connection
from pathproof.reference.connection.ending import Phase
from pathproof.reference.frames import Padding, PathResponse, RetireConnectionId
from pathproof.reference.migration import Path
from pathproof.reference.migration.highest_packet import PROBING
from pathproof.reference.spaces import Space

if TYPE_CHECKING:
    from tests.reference.simulation.world import World

ENDS = ("client", "server")
MOST_RESETS = 250
"""Resets of one endpoint within a second: a burst, and what its rate allows."""
SMALLEST_RESET = 21
ROOM_FOR_A_RESET = 22
"""Bytes of a packet beside the connection ID that its sender has the peer use (10.3-15)."""


class OwnContext(Rule):
    """Windows and estimates are of one path each, or of paths that differ in the peer's port alone (9.4).

    Nothing is in flight that was not sent there, and no sample comes sooner than a datagram can travel.
    """

    def __init__(self) -> None:
        """No path has been seen."""
        self.owners: dict[int, tuple[Any, tuple[Any, str]]] = {}
        self.begun: dict[int, float] = {}

    def sent(self, world: World, connection: Connection | None, datagram: Datagram) -> None:
        """Note when a path was first used."""
        for path in connection.paths.known if connection else ():
            if (path.local, path.remote) == (datagram.local, datagram.target):
                self.begun.setdefault(id(path.round_trip), world.now)

    def state(self, world: World) -> None:
        """Look at the paths of both ends."""
        for name in ENDS:
            connection = world.of(name)
            for path in connection.paths.known if connection else ():
                self._path(world, name, path)

    def _path(self, world: World, name: str, path: Path) -> None:
        where = (path.local, path.remote[0])
        for one in (path.congestion, path.round_trip):
            owner = self.owners.setdefault(id(one), (one, where))[1]
            if owner != where:
                world.broken("RFC9000-9.4-02", f"{name} keeps for {path} what it has learned at {owner}")
        if path.congestion.in_flight < 0:
            world.broken("RFC9000-9.4-01", f"{name} has less than nothing in flight on {path}")
        begun = self.begun.get(id(path.round_trip), world.now)
        if path.round_trip.first_sample is not None and path.round_trip.first_sample < begun + world.latency:
            world.broken("RFC9000-9.4-01", f"{name} knows how far it is on {path} before anything came back")


class SentAgain(Rule):
    """What is retired is announced until the peer has it: it waits, or is on its way (13.3-32)."""

    def state(self, world: World) -> None:
        """Look for what is neither."""
        for name in ENDS:
            connection = world.of(name)
            if connection is None or not connection.ending.is_open:
                continue
            flying = {
                frame.sequence_number
                for packet in connection.recovery.spaces[Space.APPLICATION].packets.values()
                for frame in packet.frames
                if isinstance(frame, RetireConnectionId)
            }
            left = connection.consumer.unacknowledged - flying - set(connection.consumer.to_send)
            if left:
                world.broken("RFC9000-13.3-32", f"{name} tells nobody that {sorted(left)} are retired")


class GivenUp(Rule):
    """A connection ID that was used is on some path, or given up with the last that it was on (5.1.2-06)."""

    def state(self, world: World) -> None:
        """Look for what is on none."""
        for name in ENDS:
            connection = world.of(name)
            if connection is None or not connection.ending.is_open or connection.consumer.is_empty:
                continue
            on_paths = {path.destination for path in connection.paths.known}
            used = {number for number, one in connection.consumer.active.items() if one.used}
            if used - on_paths:
                world.broken("RFC9000-5.1.2-06", f"{name} keeps {sorted(used - on_paths)}, on no path")


class ResetIsHeard(Rule):
    """A datagram that ends in a token for its address ends the connection at once (10.3.1-04, 10.3.1-11)."""

    def __init__(self) -> None:
        """Nothing has come."""
        self.reset: Connection | None = None

    def came(self, world: World, datagram: Datagram) -> None:
        """Compare it with the tokens of what is in use toward its source."""
        self.reset, connection = None, world.of(datagram.holder)
        if connection is None or datagram.holder != "client" or not connection.ending.is_open:
            return
        used = {path.destination for path in connection.paths.known if path.remote == datagram.source}
        active = connection.consumer.active
        tokens = [active[number].token for number in used if number is not None and number in active]
        if len(datagram.data) >= SMALLEST_RESET and datagram.data[-16:] in tokens:
            self.reset = connection

    def state(self, world: World) -> None:
        """Whoever got it is open no longer."""
        if self.reset is not None and self.reset.ending.is_open:
            self.reset = None
            world.broken("RFC9000-10.3.1-04", "the client goes on after a stateless reset")


class FewResets(Rule):
    """Resets come at a bounded rate, however many datagrams call for one (21.11)."""

    def __init__(self) -> None:
        """None was sent."""
        self.times: dict[str, list[float]] = {name: [] for name in ENDS}

    def sent(self, world: World, connection: Connection | None, datagram: Datagram) -> None:
        """Count those of the last second."""
        if connection is None and not datagram.is_long and not datagram.frames:
            times = [time for time in self.times[datagram.sender] if time > world.now - 1.0] + [world.now]
            self.times[datagram.sender] = times
            if len(times) > MOST_RESETS:
                world.broken("RFC9000-10.3-01", f"{datagram.sender}: {len(times)} resets within a second")


class LikeAReset(Rule):
    """A packet is large enough for a reset in answer to look like it (10.3-15)."""

    def sent(self, world: World, connection: Connection | None, datagram: Datagram) -> None:
        """Measure datagrams of one 1-RTT packet."""
        if connection is None or datagram.is_long:
            return
        receiver = world.ends["client" if datagram.from_server else "server"]
        least = ROOM_FOR_A_RESET + world.ends[datagram.sender].id_length
        if receiver.id_length and len(datagram.data) < least:  # an empty connection ID has no token
            world.broken("RFC9000-10.3-15", f"{datagram.sender} sends {len(datagram.data)} bytes")


class AnswersAloud(Rule):
    """A challenge on the path in use is answered by a packet that is no probe (9.3.3-03)."""

    def sent(self, world: World, connection: Connection | None, datagram: Datagram) -> None:
        """Look at what is beside a response."""
        if connection is None or not any(isinstance(frame, PathResponse) for frame in datagram.frames):
            return
        path = connection.paths.current
        is_there = (path.local, path.remote) == (datagram.local, datagram.target)
        if is_there and all(isinstance(frame, (*PROBING, Padding)) for frame in datagram.frames):
            world.broken("RFC9000-9.3.3-03", f"{datagram.sender} answers a challenge by a probe")


class LastWords(Rule):
    """Who closes says so, and answers what comes then ever more rarely (10.2-07, 10.2.1-04)."""

    def __init__(self) -> None:
        """Neither end has closed."""
        self.came_to, self.words = dict.fromkeys(ENDS, 0), dict.fromkeys(ENDS, 0)

    def came(self, world: World, datagram: Datagram) -> None:
        """Count what comes to an end that closes."""
        if self._is_closing(world, datagram.holder):
            self.came_to[datagram.holder] += 1

    def sent(self, world: World, connection: Connection | None, datagram: Datagram) -> None:
        """Count what an end says while it closes."""
        name = datagram.sender
        if connection is None or connection is not world.of(name) or not self._is_closing(world, name):
            return
        self.words[name] += 1
        if self.words[name] > 2 + self.came_to[name] // 2:
            says = f"the {name} closes in {self.words[name]} datagrams, after {self.came_to[name]} that came"
            world.broken("RFC9000-10.2.1-04", says)

    def state(self, world: World) -> None:
        """An end without a limit has said something."""
        for name in ENDS:
            if not self._is_closing(world, name):
                self.came_to[name] = self.words[name] = 0
            elif name == "client" and not self.words[name] and world.connection.is_confirmed:
                world.broken("RFC9000-10.2-07", "the client closes without a word")

    def _is_closing(self, world: World, name: str) -> bool:
        connection = world.of(name) if name in ENDS else None
        return connection is not None and connection.ending.phase is Phase.CLOSING


class Authentic(Rule):
    """What the peer declares as its first connection ID is that of its packets (7.3-07)."""

    def state(self, world: World) -> None:
        """Compare what both ends have taken as authentic."""
        for name in ENDS:
            connection = world.of(name)
            if connection is None or connection.remote is None or not connection.ending.is_open:
                continue
            declared = connection.remote.initial_source_connection_id
            if declared != connection.peer_source:
                world.broken("RFC9000-7.3-07", f"{name} goes on with a peer that declares {declared!r}")


def all_rules() -> list[Rule]:
    """Every rule, each with empty books."""
    return [
        *packet_rules(),
        OwnContext(),
        SentAgain(),
        GivenUp(),
        ResetIsHeard(),
        FewResets(),
        LikeAReset(),
        AnswersAloud(),
        LastWords(),
        Authentic(),
    ]
