"""Traces of simulated runs of the reference: what both ends saw of each connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from tests.reference.simulation import world as worlds
from tests.reference.simulation.network import ATTACKER, VICTIM, Race
from tests.reference.simulation.watching import Watcher
from tests.reference.simulation.world import PREFERRED, PREFERRED_6, World, home

from pathproof.conformance.events import ABSENT, NOT_LOGGED, Event, Trace
from pathproof.conformance.watched import Watched, event_of
from pathproof.reference.connection import Connection
from pathproof.reference.observer import DatagramSeen, PacketDropped, PacketSeen, Sight


class Collector(Watcher):
    """Keeps the trace of each connection at each end, and what the server saw that was of none."""

    def __init__(self) -> None:
        """Nothing was seen yet."""
        self.watched: list[tuple[str, Connection, Watched]] = []
        self.stray: list[Event] = []

    def saw(self, world: World, name: str, sight: Sight) -> None:
        """Keep it for the trace of its connection."""
        connection = sight.connection
        if connection is None:
            if name == "server" and isinstance(sight, DatagramSeen | PacketSeen | PacketDropped):
                event = event_of(sight, len(self.stray))
                self.stray += [] if event is None else [event]
            return
        for _, known, watched in self.watched:
            if known is connection:
                watched(sight)
                return
        self.watched.append((name, connection, Watched(name, connection)))
        self.watched[-1][2](sight)

    def traces(self) -> Iterator[Trace]:
        """Everything so far."""
        yield from (watched.trace() for _, _, watched in self.watched)
        if self.stray:
            yield Trace("stray", "watched", "watched", "", "server", NOT_LOGGED, self.stray)


@contextmanager
def collected() -> Iterator[None]:
    """Worlds that are made in here have a collector, and no other watcher."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worlds, "all_watchers", lambda: [Collector()])
        yield


def traces_of(world: World) -> list[Trace]:
    """The traces of a world that was made in `collected`."""
    [collector] = world.watchers
    assert isinstance(collector, Collector)
    return list(collector.traces())


def downloading(seed: int = 1, size: int = 100_000, **options: object) -> World:
    """A download that has begun."""
    world = World(seed, **options).established()  # type: ignore[arg-type]
    world.application.request(10, size)
    world.run(0.1)
    return world


def ends(world: World) -> World:
    """All is read, and the client closes."""
    world.finish()
    if world.connection.ending.is_open:
        world.connection.close(world.now, 0, "done")
        world.pump()
        world.run(1.0)
    return world


def steady() -> World:
    """Nobody moves."""
    return ends(downloading())


def moves() -> World:
    """The client moves twice, and probes once."""
    world = downloading()
    world.migrate(1)
    world.run(0.3)
    world.probe(2)
    world.run(0.3)
    world.migrate(3)
    return ends(world)


def rebindings() -> World:
    """A translator changes the client's port, and then its host."""
    world = downloading()
    for host in (False, True):
        world.rebind(host)
        world.application.request(10, 30_000)
        world.run(0.5)
    return ends(world)


def small_packets_from_elsewhere() -> World:
    """A rebinding is noticed by a small packet, so that the limit is tight."""
    world = downloading(size=300_000)
    world.run(2.0)
    world.rebind(True)
    world.connection.control.ping()
    return ends(world)


def spoofed() -> World:
    """Packets of the client seem to come from a victim."""
    world = downloading(size=300_000)
    world.network.spoofs = [VICTIM] * 3
    world.run(3.0)
    return ends(world)


def raced() -> World:
    """An attacker copies the client's packets, and is faster."""
    world = downloading(size=300_000)
    world.network.race = Race(ATTACKER, True, True, 30)
    world.run(2.0)
    return ends(world)


def crashed() -> World:
    """The server loses its state, and answers with a stateless reset."""
    world = downloading()
    world.crash()
    world.connection.control.ping()
    world.run(3.0)
    return world


def preferred() -> World:
    """The client goes to the preferred address, and moves there."""
    world = downloading(server={"preferred_ipv4": PREFERRED})
    world.migrate(1)
    return ends(world)


def preferred_from_elsewhere() -> World:
    """As it validates the preferred address, the client moves; IPv6."""
    world = World(1, server={"preferred_ipv6": PREFERRED_6}, family=6).established()
    world.application.request(10, 50_000)
    world.migrate(1)
    return ends(world)


def disabled() -> World:
    """The server wants nobody to move; its client's translator does not care."""
    world = downloading(server={"disable_active_migration": True})
    world.rebind(True)
    world.connection.control.ping()
    return ends(world)


def retried() -> World:
    """The server asks for proof of the address first."""
    return ends(downloading(server={"retries": True}))


def empty() -> World:
    """The client has an empty connection ID, and moves."""
    world = downloading(client={"empty_connection_id": True}, server={"empty_connection_id": True})
    world.migrate(1)
    return ends(world)


def lossy() -> World:
    """A network that loses, repeats and reorders, and a client that moves often."""
    world = downloading(seed=3, size=200_000, loss=0.1, duplication=0.2, jitter=0.03)
    for number in (1, 2, 1, 3):
        world.network.mtu[home(2)[0]] = 1100
        try:
            world.migrate(number)
        except Exception as refused:
            assert type(refused).__name__ == "NoSpareConnectionId"
        world.run(0.4)
    return ends(world)


STORIES: tuple[Callable[[], World], ...] = (
    steady,
    moves,
    rebindings,
    small_packets_from_elsewhere,
    spoofed,
    raced,
    crashed,
    preferred,
    preferred_from_elsewhere,
    disabled,
    retried,
    empty,
    lossy,
)
"""Runs in which, between them, every rule has something to look at."""

__all__ = ["ABSENT", "STORIES", "Collector", "collected", "traces_of"]
