"""What must hold after every step of a run, each rule with the clause that it is of.

The rules watch datagrams as the network carries them and keep their own books; where they ask an endpoint for
its state, that is to learn what its packets hold, which nobody else can read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reference.simulation.datagram import Datagram

from pathproof.reference.connection import Connection
from pathproof.reference.errors import Unreadable
from pathproof.reference.frames import NewConnectionId, PathChallenge, PathResponse, RetireConnectionId
from pathproof.reference.migration import Address
from pathproof.reference.packet import PacketType, read_header
from pathproof.reference.spaces import Space

if TYPE_CHECKING:
    from tests.reference.simulation.world import World

FULL = 1200


class Broken(AssertionError):
    """A rule is broken; `clause` says which, and the text shows the run."""

    def __init__(self, clause: str, says: str) -> None:
        """Say what happened."""
        super().__init__(f"{clause}: {says}")
        self.clause = clause


class Rule:
    """One rule; each method hears of what happened in the world."""

    def sent(self, world: World, connection: Connection | None, datagram: Datagram) -> None:
        """An endpoint has sent a datagram."""

    def came(self, world: World, datagram: Datagram) -> None:
        """A datagram is about to be handed to an endpoint."""

    def state(self, world: World) -> None:
        """Nothing more is to be sent at this time."""

    def restarted(self) -> None:
        """The server has lost its state."""


def destination(world: World, datagram: Datagram) -> bytes:
    """The destination connection ID of a datagram whose first packet has a short header, or nothing."""
    if datagram.is_long:
        return b""
    return datagram.data[1 : 1 + world.ends["client" if datagram.from_server else "server"].id_length]


class Amplification(Rule):
    """No more than three times what came from an address goes there, until it is known to be the peer's.

    An address is known by a Handshake packet or a token from there, or by a response to a challenge that went
    there (8.1-01, 8.1.2, 8.2.3-01). The bytes are counted by the network.
    """

    def __init__(self) -> None:
        """Nothing was sent."""
        self.restarted()

    def restarted(self) -> None:
        """A server without state begins from nothing."""
        self.to: dict[Address, int] = {}
        self.by: dict[Address, int] = {}
        self.known: set[Address] = set()
        self.challenges: dict[bytes, Address] = {}

    def sent(self, world: World, connection: Connection | None, datagram: Datagram) -> None:
        """Count what the server sends."""
        if not datagram.from_server:
            return
        target = datagram.target
        self.to[target] = self.to.get(target, 0) + len(datagram.data)
        for frame in datagram.frames:
            if isinstance(frame, PathChallenge):
                self.challenges[frame.data] = target
        if target not in self.known and self.to[target] > 3 * self.by.get(target, 0):
            says = f"{self.to[target]} bytes to {target}, after {self.by.get(target, 0)} from there"
            world.broken("RFC9000-8-01", says)

    def came(self, world: World, datagram: Datagram) -> None:
        """Count what comes to the server, and see what it proves."""
        if datagram.holder != "server":
            return
        self.by[datagram.source] = self.by.get(datagram.source, 0) + len(datagram.data)
        if datagram.sender == "client" and (Space.HANDSHAKE in datagram.spaces or _has_token(datagram)):
            self.known.add(datagram.source)
        for frame in datagram.frames:
            if isinstance(frame, PathResponse) and frame.data in self.challenges:
                self.known.add(self.challenges[frame.data])


def _has_token(datagram: Datagram) -> bool:
    try:
        header = read_header(datagram.data, 0, lambda rest: 8, fixed_bit=False)
    except Unreadable:
        return False
    return header.kind is PacketType.INITIAL and bool(header.token)


class RetiredIds(Rule):
    """No packet bears a connection ID that its sender has retired, or was told to (5.1.2-04, 5.1.2-10)."""

    def __init__(self) -> None:
        """None is retired."""
        self.numbers: dict[
            bytes, tuple[int, int]
        ] = {}  # connection ID -> the connection's, and its own number
        self.retired: set[tuple[int, int]] = set()

    def sent(self, world: World, connection: Connection | None, datagram: Datagram) -> None:
        """Look at the header, and then at what the packet itself retires."""
        if connection is None:
            return
        for frame in datagram.frames:
            if isinstance(frame, NewConnectionId):
                peer = world.of("client" if datagram.from_server else "server")
                self.numbers[frame.connection_id] = (id(peer), frame.sequence_number)
        self._learn(connection)
        borne = destination(world, datagram)
        if borne:
            self._check(world, connection, datagram, borne)

    def _check(self, world: World, connection: Connection, datagram: Datagram, borne: bytes) -> None:
        number = self.numbers.get(borne)
        for frame in datagram.frames:
            if isinstance(frame, RetireConnectionId):
                self.retired.add((id(connection), frame.sequence_number))
                if number == (id(connection), frame.sequence_number):
                    world.broken("RFC9000-19.16-07", f"a packet retires its own connection ID {number[1]}")
        if number is not None and number in self.retired:
            world.broken(
                "RFC9000-5.1.2-04",
                f"{datagram.sender} sends to connection ID {number[1]}, which it has retired",
            )
        if number is not None and number[1] < connection.consumer.prior:
            world.broken(
                "RFC9000-5.1.2-10",
                f"{datagram.sender} sends to connection ID {number[1]}, which it was to retire",
            )
        if borne not in [one.connection_id for one in connection.consumer.active.values()]:
            world.broken("RFC9000-5.1.2-04", f"{datagram.sender} sends to a connection ID that is not active")

    def _learn(self, connection: Connection) -> None:
        """Connection IDs that no frame supplied."""
        self.numbers.setdefault(connection.consumer.first, (id(connection), 0))
        if connection.is_client and connection.remote and connection.remote.preferred_address:
            self.numbers[connection.remote.preferred_address.connection_id] = (id(connection), 1)


class OneAddressPerId(Rule):
    """What an observer sees of a connection ID is at one pair of addresses, unless the peer moved unaware.

    A client uses each from one address of its own, and to one (9.5-03). A server uses each from one address,
    and to two hosts only if packets with one connection ID came from both (9.5-04, 9.5-05).
    """

    def __init__(self) -> None:
        """Nothing was seen."""
        self.ends: dict[bytes, list[tuple[Address, Address]]] = {}
        self.borne: dict[str, set[bytes]] = {}

    def came(self, world: World, datagram: Datagram) -> None:
        """Note from which hosts each connection ID of the server's came."""
        data = datagram.data
        borne = data[6 : 6 + data[5]] if datagram.is_long else destination(world, datagram)
        if datagram.holder == "server" and borne:
            self.borne.setdefault(datagram.source[0], set()).add(borne)

    def sent(self, world: World, connection: Connection | None, datagram: Datagram) -> None:
        """Hold the addresses against those that this connection ID was seen at."""
        borne = destination(world, datagram)
        if not borne or connection is None:
            return
        here = (datagram.local, datagram.target)
        known = self.ends.setdefault(borne, [])
        for local, target in known:
            if local != here[0]:
                world.broken(
                    "RFC9000-9.5-03", f"{datagram.sender} uses a connection ID from {local} and {here[0]}"
                )
            if target[0] != here[1][0] and not self._unaware(world, datagram, target):
                world.broken(
                    "RFC9000-9.5-04", f"{datagram.sender} uses a connection ID to {target} and {here[1]}"
                )
        if here not in known:
            known.append(here)

    def _unaware(self, world: World, datagram: Datagram, other: Address) -> bool:
        if not datagram.from_server:
            return False
        is_empty = world.ends["server"].id_length == 0  # then packets tell nothing of where the client went
        return is_empty or datagram.target[0] in self._linked(other[0])

    def _linked(self, host: str) -> set[str]:
        """The hosts that an observer can tell to be of one client by what came from them, step by step."""
        hosts, ids = {host}, set(self.borne.get(host, set()))
        while further := {one for one, borne in self.borne.items() if one not in hosts and borne & ids}:
            hosts |= further
            ids |= set().union(*(self.borne[one] for one in further))
        return hosts


class Challenges(Rule):
    """Challenges and responses: how large they are, and where they go.

    Both fill 1200 bytes unless the limit forbids (8.2.1-06, 8.2.2-05), no challenges are alike (8.2.1-05),
    and a response goes where its challenge came from (8.2.2-03).
    """

    def __init__(self) -> None:
        """None was sent."""
        self.sent_data: set[bytes] = set()
        self.heard: dict[bytes, set[tuple[Address, Address]]] = {}

    def came(self, world: World, datagram: Datagram) -> None:
        """Note where challenges come from, as their receiver sees it."""
        local = datagram.target if datagram.holder == "server" else world.network.inside(datagram.target)
        for frame in datagram.frames:
            if isinstance(frame, PathChallenge) and local is not None:
                self.heard.setdefault(frame.data, set()).add((local, datagram.source))

    def sent(self, world: World, connection: Connection | None, datagram: Datagram) -> None:
        """Look at challenges and responses."""
        for frame in datagram.frames:
            if isinstance(frame, PathChallenge):
                if frame.data in self.sent_data:
                    world.broken("RFC9000-8.2.1-05", f"{datagram.sender} repeats the data of a challenge")
                self.sent_data.add(frame.data)
                self._full(world, connection, datagram, "RFC9000-8.2.1-06")
            elif isinstance(frame, PathResponse):
                if (datagram.local, datagram.target) not in self.heard.get(frame.data, set()):
                    says = f"{datagram.sender} answers from {datagram.local} to {datagram.target}"
                    world.broken("RFC9000-8.2.2-03", f"{says}, where no such challenge came")
                self._full(world, connection, datagram, "RFC9000-8.2.2-05")

    def _full(self, world: World, connection: Connection | None, datagram: Datagram, clause: str) -> None:
        if len(datagram.data) >= FULL or connection is None:
            return
        path = connection.paths.find(datagram.local, datagram.target)
        if path is None or connection.is_client or path.ledger.room() + len(datagram.data) >= FULL:
            world.broken(
                clause, f"{datagram.sender} sends only {len(datagram.data)} bytes to {datagram.target}"
            )


class SmallerReset(Rule):
    """A reset is smaller than what it answers (10.3.3-01)."""

    def __init__(self) -> None:
        """Nothing has come."""
        self.trigger: dict[str, int] = {}

    def came(self, world: World, datagram: Datagram) -> None:
        """This may be answered by a reset."""
        self.trigger[datagram.holder] = len(datagram.data)

    def sent(self, world: World, connection: Connection | None, datagram: Datagram) -> None:
        """What belongs to no connection, and is no long header, is a reset."""
        is_reset = connection is None and not datagram.is_long and not datagram.frames
        if is_reset and len(datagram.data) >= self.trigger.get(datagram.sender, 0):
            world.broken("RFC9000-10.3.3-01", f"a reset of {len(datagram.data)} bytes")


class BoundedState(Rule):
    """What a peer or an attacker does costs bounded state (8.2.1-04, 5.1.2-11, 5.1.1-13)."""

    PATHS, OWED, OUTSTANDING, WAITING, INDEXED = 12, 16, 8, 64, 24

    def state(self, world: World) -> None:
        """Count what each end keeps."""
        for name in ("client", "server"):
            connection = world.of(name)
            if connection is None or not connection.ending.is_open:
                continue
            paths, consumer = connection.paths.known, connection.consumer
            self._most(world, name, "paths", len(paths), self.PATHS, "RFC9000-9.3.1-01")
            for path in paths:
                self._most(world, name, "responses", len(path.responses.owed), self.OWED, "RFC9000-8.2.2-01")
                if path.validation is not None:
                    held = len(path.validation.outstanding)
                    self._most(world, name, "challenges", held, self.OUTSTANDING, "RFC9000-8.2.1-04")
            waiting = len(consumer.unacknowledged)
            self._most(world, name, "retirements", waiting, 2 * consumer.limit + 2, "RFC9000-5.1.2-11")
            self._most(
                world, name, "retirements", len(consumer.to_send), 2 * consumer.limit + 2, "RFC9000-5.1.2-11"
            )
            self._most(
                world, name, "connection IDs", len(consumer.active), consumer.limit, "RFC9000-5.1.1-13"
            )
            self._most(world, name, "frames", len(connection.control.owed), self.WAITING, "RFC9000-5.1.2-11")
            indexed = len(world.ends[name].index._by_id)
            self._most(world, name, "connection IDs of its own", indexed, self.INDEXED, "RFC9000-5.1.1-13")

    def _most(self, world: World, name: str, what: str, count: int, most: int, clause: str) -> None:
        if count > most:
            world.broken(clause, f"{name} keeps {count} {what}, of {most} at most")


class ServerStays(Rule):
    """A server sends where packets came from, and from where they came to: it does not migrate (9-07)."""

    def __init__(self) -> None:
        """Nothing has come."""
        self.pairs: set[tuple[Address, Address]] = set()

    def came(self, world: World, datagram: Datagram) -> None:
        """Note where packets come from."""
        if datagram.holder == "server":
            self.pairs.add((datagram.target, datagram.source))

    def sent(self, world: World, connection: Connection | None, datagram: Datagram) -> None:
        """Look where the server sends."""
        if datagram.from_server and (datagram.local, datagram.target) not in self.pairs:
            world.broken("RFC9000-9-07", f"the server sends from {datagram.local} to {datagram.target}")


def packet_rules() -> list[Rule]:
    """Every rule of this file, each with empty books."""
    return [
        ServerStays(),
        Amplification(),
        RetiredIds(),
        OneAddressPerId(),
        Challenges(),
        SmallerReset(),
        BoundedState(),
    ]
