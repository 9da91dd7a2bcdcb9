"""Two endpoints, the network between them, their applications, and the rules that watch them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

from tests.reference.simulation.application import Application
from tests.reference.simulation.certificate import HOST, of_fixed_size
from tests.reference.simulation.network import Network
from tests.reference.simulation.rules import Broken, Rule
from tests.reference.simulation.state_rules import all_rules
from tests.reference.simulation.watching import Watcher, all_watchers

from pathproof.reference.connection import Configuration, Connection, Ended, sending
from pathproof.reference.connection.packets import Draft
from pathproof.reference.connection.sending import Outgoing
from pathproof.reference.endpoint import Endpoint
from pathproof.reference.frames import Frame
from pathproof.reference.handshake import Settings
from pathproof.reference.migration import Address
from pathproof.reference.observer import Sight
from pathproof.reference.path_validation import FULL_SIZE
from pathproof.reference.sent_packet import SentPacket
from pathproof.reference.spaces import Space

SERVER: Address = ("192.0.2.1", 443)
PREFERRED: Address = ("192.0.2.2", 443)
SERVER_6: Address = ("2001:db8::1", 443)
PREFERRED_6: Address = ("2001:db8::2", 443)
MOST_AT_ONCE = 3000
"""Datagrams that an endpoint may have to send at one time: more than any window of these runs."""
unfinished: list[World] = []
"""Worlds of the present test whose watchers have not heard of the end; `conftest` tells them."""
MOST_UNFINISHED = 8
IDLE_ROUNDS = 3
"""Times that a deadline may have passed without a datagram coming of it, at one time."""


def home(number: int = 0, family: int = 4) -> Address:
    """One of the client's own addresses.

    >>> home(), home(3), home(1, family=6)
    (('10.0.0.1', 1000), ('10.0.3.1', 1000), ('fd00:1::1', 1000))
    """
    return (f"10.0.{number}.1" if family == 4 else f"fd00:{number}::1", 1000)


class World:
    """A run: all that happens in it follows from `seed` and from what is called.

    `client` and `server` are fields of their configurations, `network` fields of the network.
    """

    def __init__(
        self,
        seed: int = 0,
        client: dict[str, Any] | None = None,
        server: dict[str, Any] | None = None,
        family: int = 4,
        **network: Any,
    ) -> None:
        """Set both ends up, and have the client begin a connection."""
        self.rng, self.now, self.family, self.seed = random.Random(seed), 0.0, family, seed
        self.network = Network(random.Random(seed + 1), **network)
        self.latency = self.network.latency  # the least that it was so far
        self.diary = self.network.diary
        certificate, key = of_fixed_size()
        self.server_configuration = Configuration(
            Settings(("hq-interop",), certificate, key), **(server or {})
        )
        self.client_configuration = Configuration(
            Settings(("hq-interop",), server_name=HOST, verify=False), **(client or {})
        )
        self.rules: list[Rule] = all_rules()
        self.watchers: list[Watcher] = all_watchers()
        unfinished.append(self)
        del unfinished[:-MOST_UNFINISHED]
        self.ends = {"client": self._endpoint(False), "server": self._endpoint(True)}
        self.target = SERVER if family == 4 else SERVER_6
        self.application = Application(self)
        self.served: Connection | None = None
        self.silent_rounds = 0
        self.crashes = 0
        self.all: list[Connection] = []
        self.hostile_at = -1000.0  # when the network last did what ends a connection
        self.local = home(family=family)
        self.connect()

    def _endpoint(self, serves: bool) -> Endpoint:
        configuration = self.server_configuration if serves else self.client_configuration
        name = "server" if serves else "client"

        def observer(sight: Sight) -> None:
            for watcher in self.watchers:
                watcher.saw(self, name, sight)

        key = bytes(32) if serves else b"1" * 32
        return Endpoint(configuration, self.rng.randbytes, key, serves, observer=observer)

    def _settled(self) -> None:
        """Neither endpoint is at work: whoever watches may look at both."""
        for watcher in self.watchers:
            watcher.settled(self)

    # What is done to the client and to the server.

    def connect(self, token: bytes = b"") -> None:
        """The client begins a connection."""
        self.network.home = self.local
        for watcher in self.watchers:
            watcher.began(self)
        self.connection = self.ends["client"].connect(self.local, self.target, self.now, token)
        self.all.append(self.connection)  # so that no two of a run have one identity
        self.served = None
        self.application.begin()
        self.pump()

    def established(self, limit: float = 10.0) -> World:
        """Let the handshake end at both ends."""
        self.until(lambda: self.connection.is_confirmed and self.served is not None, limit)
        return self

    def migrate(self, number: int, port: int = 1000) -> None:
        """The client moves to another of its addresses."""
        local = (home(number, self.family)[0], port)
        self.diary.did(self.now, "client", f"migrates to {local[0]}:{local[1]}")
        self.connection.migrate(local, self.connection.paths.current.remote, self.now)
        self.local = self.network.home = local
        self.pump()

    def probe(self, number: int) -> None:
        """The client probes from another of its addresses."""
        local = home(number, self.family)
        self.diary.did(self.now, "client", f"probes from {local[0]}:{local[1]}")
        self.connection.probe(local, self.connection.paths.current.remote, self.now)
        self.pump()

    def rebind(self, host: bool = False) -> None:
        """The translator gives the client's present address another port, or another host, too."""
        local = self.connection.paths.current.local
        number = self.network.number = self.network.number + 1
        seen = (f"10.1.{number % 250}.9" if host else self.network.outside(local)[0], 2000 + number % 30000)
        if self.family == 6 and host:
            seen = (f"fd00:ffff::{number % 9999}", seen[1])
        self.hostile_at = self.now
        self.diary.did(self.now, "client", f"is seen as {seen[0]}:{seen[1]}")
        self.network.rebind(local, seen)

    def client_sends(self, *frames: Frame) -> None:
        """The client sends a packet of 1200 bytes with such frames, whatever it would send by itself."""
        connection = self.connection
        path = connection.paths.current
        draft = Draft(connection, connection.spaces[Space.APPLICATION], path, FULL_SIZE)
        for frame in frames:
            draft.add(frame)
        draft.pad(draft.room)
        self.sends_draft(draft)

    def sends_draft(self, draft: Draft) -> None:
        """The client sends this packet."""
        connection = self.connection
        for watcher in self.watchers:
            watcher.made(draft.frames)
        out = sending._sent(connection, draft.path, [draft], self.now)
        packets = list(connection.recovery.spaces[Space.APPLICATION].packets.values())[-1:]
        self._send("client", connection, out, packets)

    def crash(self) -> None:
        """The server loses all its state, and starts again with the same key."""
        self.diary.did(self.now, "server", "crashes")
        self.ends["server"], self.served = self._endpoint(True), None
        self.crashes += 1
        for rule in self.rules:
            rule.restarted()
        for watcher in self.watchers:
            watcher.crashed(self)

    def replay(self, back: int, source: Address | None = None) -> None:
        """An attacker sends one of the latest datagrams again, also from another address."""
        sent = [
            one.datagram for one in self.diary.entries[-4 * back :] if one.what == "sent" and one.datagram
        ]
        old = sent[-min(back, len(sent))] if sent else None
        if old is not None and (source is None or not old.from_server):
            self.network.replay(self.now, old, source or old.source)

    # Time.

    def run(self, seconds: float) -> None:
        """Let so much time pass."""
        self.until(lambda: False, seconds)

    def until(self, done: Callable[[], bool], limit: float = 60.0) -> bool:
        """Let time pass until something is so, or for so many seconds; the answer says whether it is."""
        end = self.now + limit
        self.pump()
        while not done():
            at = self._next()
            if at is None or at > end:
                self.now = end
                return done()
            self._step(max(at, self.now))
        return True

    def _next(self) -> float | None:
        times = [self.network.next_at(), *(one.deadline() for one in self.ends.values())]
        return min((at for at in times if at is not None), default=None)

    def _step(self, now: float) -> None:
        """Go on to the next time at which anything happens, and let it happen."""
        before = self.network.number
        self.latency = min(self.latency, self.network.latency)
        if self.network.is_hostile:
            self.hostile_at = now
        if now > self.now:
            self.now, self.silent_rounds = now, 0
        for one in self.ends.values():
            at = one.deadline()
            if at is not None and at <= now:
                one.wake(now)
                self._settled()
        came = self.network.arrival(now)
        if came is not None:
            self._deliver(came)
        self.pump()
        self.silent_rounds = 0 if came is not None or self.network.number > before else self.silent_rounds + 1
        if self.silent_rounds > IDLE_ROUNDS:
            times = {name: one.deadline() for name, one in self.ends.items()}
            late = [name for name, at in times.items() if at is not None and at <= now]
            if late:
                self.broken(
                    "RFC 9002 6.2.1", f"{late[0]}: a deadline stays in the past, and nothing comes of it"
                )

    def _deliver(self, datagram: Any) -> None:
        one = self.ends[datagram.holder]
        local = datagram.target
        if datagram.holder == "client":
            inside = self.network.inside(datagram.target)
            assert inside is not None
            local = inside
        for rule in self.rules:
            rule.came(self, datagram)
        one.receive(datagram.data, local, datagram.source, self.now)
        self._settled()
        for rule in self.rules:
            rule.state(self)

    # What is sent.

    def pump(self) -> None:
        """Send all that is to be sent, let the applications read, and look at what the rules say."""
        self._settled()
        for name, one in self.ends.items():
            if name == "server":
                while one.accepted:
                    self.served = one.accepted.popleft()
                    self.all.append(self.served)
            for count, (connection, out, packets) in enumerate(self._sending(one)):
                if count > MOST_AT_ONCE:
                    self.broken("RFC 9002 7", f"{name} sends without end")
                self._send(name, connection, out, packets)
        self.application.run()
        for rule in self.rules:
            rule.state(self)

    def _sending(self, one: Endpoint) -> Iterator[tuple[Connection | None, Outgoing, list[SentPacket]]]:
        """Datagrams with the connection that they are of, and the packets in them."""
        counts = {c: [s.largest_sent for s in c.recovery.spaces] for c in one.index}
        for out in one.datagrams(self.now):
            sender, packets = None, list[SentPacket]()
            for connection, before in counts.items():
                for at, space in enumerate(connection.recovery.spaces):
                    if space.largest_sent > before[at]:
                        sender = connection
                        new = range(before[at] + 1, space.largest_sent + 1)
                        packets += [space.packets[number] for number in new if number in space.packets]
                        before[at] = space.largest_sent
            yield sender, out, packets

    def _send(
        self, name: str, connection: Connection | None, out: Outgoing, packets: list[SentPacket]
    ) -> None:
        frames: tuple[Frame, ...] = tuple(frame for packet in packets for frame in packet.frames)
        spaces = frozenset(packet.space for packet in packets)
        datagram = self.network.send(self.now, name, out.data, out.local, out.remote, frames, spaces)
        for rule in self.rules:
            rule.sent(self, connection, datagram)
        self._settled()

    # The end.

    def of(self, name: str) -> Connection | None:
        """The connection at one end."""
        return self.connection if name == "client" else self.served

    def ended(self, name: str) -> Ended | None:
        """How the connection ended at one end, if it has."""
        return self.application.ends.get(name)

    def heal(self) -> None:
        """The network is honest from now on, and every address of the client's is reached."""
        self.diary.did(self.now, "client", "is in an honest network")
        network = self.network
        network.loss = network.duplication = network.jitter = 0.0
        network.race, network.spoofs, network.drops = None, [], 0
        network.mtu.clear()
        network.down.clear()
        network.swallows = lambda datagram: False

    def finish(self, limit: float = 200.0) -> None:
        """In an honest network, all that was written arrives, or a cause explains why not."""
        self.heal()
        self.application.reads = dict.fromkeys(self.application.reads, True)
        end = self.now + limit
        while self.now < end and not self.application.is_done() and not self.application.ends:
            if self.connection.ending.is_open:
                self.connection.control.ping()  # keeps it alive, and shows the server where the client is
            self.until(lambda: self.application.is_done() or bool(self.application.ends), 2.0)
        self.application.check_end()
        self.watched()

    def watched(self) -> None:
        """The run is over for whoever watches."""
        if self in unfinished:
            unfinished.remove(self)
        for watcher in self.watchers:
            watcher.finished(self)

    def broken(self, clause: str, says: str) -> None:
        """A rule is broken: the run ends here, with its chart."""
        chart = self.diary.chart(f"A run of two endpoints, seed {self.seed}", f"{clause}: {says}")
        raise Broken(clause, f"{says}\n\n{chart}")
