"""A network of one's own: latency, loss, reordering, duplication, small MTUs, translators and attackers.

All chance comes from one `random.Random`, and time only passes when the world says so.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from dataclasses import replace as changed

from tests.reference.simulation.datagram import SERVER_HOSTS, Datagram
from tests.reference.simulation.diary import Diary

from pathproof.reference.frames import Frame
from pathproof.reference.migration import Address
from pathproof.reference.spaces import Space

ATTACKER: Address = ("203.0.113.66", 666)
VICTIM: Address = ("198.51.100.99", 99)
"""An address that nobody answers from, and that has asked for nothing."""


@dataclass(slots=True)
class Race:
    """An attacker beside the path copies datagrams of the client, and races them from another address.

    `source` is that address, `ahead` says whether a copy overtakes its original, `every` leaves some out, and
    `forwards` whether what the server then sends there is passed on to the client.
    """

    source: Address = ATTACKER
    ahead: bool = True
    forwards: bool = False
    left: int = 1 << 30  # copies still to be made


@dataclass(slots=True)
class Network:
    """Everything between the two endpoints.

    `translated` maps an address of the client to the one that the outside sees; one that is not in it is seen
    as it is. `mtu` is the largest datagram by the client's host outside, `down` the hosts of the client that
    are cut off.
    """

    rng: random.Random
    diary: Diary = field(default_factory=Diary)
    latency: float = 0.02
    jitter: float = 0.0  # up to so many seconds more, drawn for each datagram: this reorders
    loss: float = 0.0
    duplication: float = 0.0
    mtu: dict[str, int] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)
    translated: dict[Address, Address] = field(default_factory=dict)
    race: Race | None = None
    spoofs: list[Address] = field(default_factory=list)  # sources for the client's next datagrams
    drops: int = 0  # so many of the next datagrams of the client are taken out on the path
    swallows: Callable[[Datagram], bool] = lambda datagram: False
    flying: list[tuple[float, int, Datagram]] = field(default_factory=list)
    number: int = 0
    home: Address | None = None  # the client's own address, where a forwarding attacker finds it

    # Addresses.

    def outside(self, local: Address) -> Address:
        """The client's address as the outside sees it."""
        return self.translated.get(local, local)

    def inside(self, remote: Address) -> Address | None:
        """The client's address behind one of the outside, if the translator still knows it."""
        for local, seen in self.translated.items():
            if seen == remote:
                return local
        return None if remote in self.translated or not remote[0].startswith(("10.", "fd00")) else remote

    @property
    def is_hostile(self) -> bool:
        """Whether what it does to datagrams may end a connection."""
        return bool(self.race or self.spoofs or self.drops or self.mtu or self.down or self.loss > 0.1)

    def rebind(self, local: Address, seen: Address) -> None:
        """The translator sees the client from another address now, and forgets the one before."""
        self.translated[local] = seen

    # Datagrams in and out.

    def send(
        self,
        now: float,
        sender: str,
        data: bytes,
        local: Address,
        remote: Address,
        frames: tuple[Frame, ...],
        spaces: frozenset[Space] = frozenset(),
    ) -> Datagram:
        """Take a datagram of an endpoint, and return it as it is on its way."""
        from_server = sender == "server"
        source = local if from_server else self.outside(local)
        datagram = self._make(sender, data, source, remote, frames, from_server)
        datagram.spaces, datagram.local = spaces, local
        self.diary.sent(now, datagram)
        if not from_server and self._attacked(now, datagram):
            return datagram
        self._carry(now, datagram)
        return datagram

    def inject(self, now: float, data: bytes, source: Address, target: Address, delay: float = 0.0) -> None:
        """An attacker sends bytes of its own."""
        datagram = self._make("attacker", data, source, target, (), target[0] not in SERVER_HOSTS)
        self.diary.sent(now, datagram)
        self._fly(now + (delay or self.latency), datagram)

    def replay(self, now: float, old: Datagram, source: Address) -> None:
        """An attacker sends a datagram that it has seen again."""
        copy = self._copy(old, source)
        self.diary.sent(now, copy)
        self._fly(now + self.latency, copy)

    def next_at(self) -> float | None:
        """When the next datagram arrives."""
        return self.flying[0][0] if self.flying else None

    def arrival(self, now: float) -> Datagram | None:
        """The next datagram that has arrived by now, at somebody; what reaches nobody is lost."""
        while self.flying and self.flying[0][0] <= now:
            datagram = heapq.heappop(self.flying)[2]
            datagram.holder = self._holder(datagram)
            if datagram.holder in ("client", "server"):
                self.diary.came(now, datagram)
                return datagram
            if datagram.holder == "attacker":
                self.diary.came(now, datagram)
                self._forward(now, datagram)
            else:
                self.diary.lost(now, datagram, "nobody is there")
        return None

    # Details.

    def _make(
        self,
        sender: str,
        data: bytes,
        source: Address,
        target: Address,
        frames: tuple[Frame, ...],
        back: bool = False,
    ) -> Datagram:
        self.number += 1
        made = Datagram(self.number, data, source, target, sender, frames, from_server=back)
        made.is_long = bool(data[0] & 0x80)
        made.holder = self._holder(made)
        return made

    def _copy(self, datagram: Datagram, source: Address) -> Datagram:
        """The same bytes, sent by an attacker from an address of its choice."""
        made = self._make("attacker", datagram.data, source, datagram.target, datagram.frames)
        made.from_server = datagram.from_server
        made.spaces = datagram.spaces
        return made

    def _holder(self, datagram: Datagram) -> str:
        if datagram.target[0] in SERVER_HOSTS:
            return "server"
        if datagram.target == ATTACKER:
            return "attacker"
        return "client" if self.inside(datagram.target) is not None else ""

    def _attacked(self, now: float, datagram: Datagram) -> bool:
        """Let the attackers have the client's datagram; the answer says whether one has taken it away."""
        race = self.race
        if race is not None and race.left > 0:
            race.left -= 1
            copy = self._copy(datagram, race.source)
            self.diary.sent(now, copy)
            self._fly(now + self.latency * (0.5 if race.ahead else 1.5), copy)
        if self.spoofs:
            spoofed = self._copy(datagram, self.spoofs.pop(0))
            self.diary.lost(now, datagram, "its source is spoofed")
            self.diary.sent(now, spoofed)
            self._fly(now + self.latency, spoofed)
            return True
        if self.drops:
            self.drops -= 1
            self.diary.lost(now, datagram, "an attacker drops it")
            return True
        return False

    def _carry(self, now: float, datagram: Datagram) -> None:
        why = self._lost(datagram)
        if why:
            self.diary.lost(now, datagram, why)
            return
        self._fly(now + self.latency + self.rng.random() * self.jitter, datagram)
        if self.rng.random() < self.duplication:
            self._fly(
                now + self.latency + self.rng.random() * (self.jitter + self.latency), changed(datagram)
            )

    def _lost(self, datagram: Datagram) -> str:
        host = (datagram.target if datagram.from_server else datagram.source)[0]
        if host in self.down:
            return "the interface is down"
        if len(datagram.data) > self.mtu.get(host, 65535):
            return "too large"
        if self.swallows(datagram):
            return "swallowed"
        return "by chance" if self.rng.random() < self.loss else ""

    def _fly(self, at: float, datagram: Datagram) -> None:
        self.number += 1
        heapq.heappush(self.flying, (at, self.number, datagram))

    def _forward(self, now: float, datagram: Datagram) -> None:
        """What the server sent to the attacker's address goes on to the client, as if from the server."""
        if self.race is None or not self.race.forwards or self.home is None:
            return
        passed = self._make(
            "attacker", datagram.data, datagram.source, self.outside(self.home), datagram.frames, True
        )
        self.diary.sent(now, passed)
        self._fly(now + self.latency, passed)
