"""An endpoint, sans-IO: many connections behind one interface of datagrams, time and events.

Call `receive` for each datagram, `wake` when `deadline` has come, and after either, or after a connection was
told to do something, send what `datagrams` yields. Time and random bytes are arguments, so that runs repeat.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from pathproof.reference.address_tokens import AddressTokens
from pathproof.reference.agenda import Agenda
from pathproof.reference.cid_supply import Consumer, Issuer
from pathproof.reference.connection import Configuration, Connection, Outgoing, Phase
from pathproof.reference.connection.preferred import declare_preferred_address
from pathproof.reference.connection.receiving import look_for_reset
from pathproof.reference.demultiplexing import Demultiplexer
from pathproof.reference.errors import Unreadable
from pathproof.reference.initials import INVALID_TOKEN, answer_initial
from pathproof.reference.load_balancing import Configuration as Routing
from pathproof.reference.migration import Address, Path
from pathproof.reference.observer import Boundary, Observer, PacketDropped, PacketSeen
from pathproof.reference.packet import Header, PacketType, read_header, write_version_negotiation
from pathproof.reference.path_validation import FULL_SIZE
from pathproof.reference.stateless_reset import Resetter, token_of

Random = Callable[[int], bytes]
ID_LENGTH = 8


class Endpoint:
    """A server, a client, or both.

    Parameters
    ----------
    configuration
        What its connections are set up to do.
    random
        Makes so many unpredictable bytes.
    key
        Secret of 32 bytes, from which tokens of stateless reset follow: one with the same key can reset what
        this one has forgotten (10.3.2).
    serves
        Whether it accepts connections.
    routing, server_id
        A configuration of QUIC-LB for its connection IDs, and the server ID in them.
    on_secret
        Hears of each TLS secret, as a line of a key log.
    observer
        Sees what passes the boundary of the endpoint.
    """

    def __init__(
        self,
        configuration: Configuration,
        random: Random,
        key: bytes,
        serves: bool = False,
        routing: Routing | None = None,
        server_id: bytes = b"",
        on_secret: Callable[[str], None] | None = None,
        observer: Observer | None = None,
    ) -> None:
        """Set up an endpoint without a connection."""
        self.configuration, self.random, self.key, self.serves = configuration, random, key, serves
        self.routing, self.server_id, self.on_secret = routing, server_id, on_secret
        self.boundary = Boundary(observer)
        self.index = Demultiplexer()
        self.agenda = Agenda()
        self.half_open: set[Connection] = set()  # accepted, and the handshake is not complete (8.1.2)
        self.resetter = Resetter(key, random)
        self.tokens = AddressTokens(random(32))
        self.accepted: deque[Connection] = deque()  # connections that the application has not seen yet
        self._outgoing: deque[Outgoing] = deque()

    @property
    def id_length(self) -> int:
        """The length of every connection ID of this endpoint, in bytes (10.3.2-02)."""
        if self.configuration.empty_connection_id:
            return 0
        return self.routing.length if self.routing else ID_LENGTH

    # Datagrams in and out.

    def receive(self, datagram: bytes, local: Address, remote: Address, now: float) -> None:
        """A datagram has come; it belongs to a connection, begins one, or is answered without state."""
        try:
            header = read_header(datagram, 0, lambda rest: self.id_length, fixed_bit=False)
        except Unreadable:  # what looks like no packet may be a reset all the same (10.3.1-07)
            if not self._ends_a_connection(datagram, local, remote, now):
                self._tell_dropped(None, b"", len(datagram), local, remote, now)
            return
        connection = self.index.find(header.destination)
        if connection is not None:
            connection.receive(datagram, local, remote, now, header)
            self._tidy(connection)
        elif not self._ends_a_connection(datagram, local, remote, now):
            self._without_connection(datagram, header, local, remote, now)

    def datagrams(self, now: float) -> Iterator[Outgoing]:
        """Yield all that is to be sent now, of connections in turn."""
        while self._outgoing:
            yield self._outgoing.popleft()
        yield from self.agenda.datagrams(now)

    def deadline(self) -> float | None:
        """When to call `wake`, in seconds."""
        return self.agenda.deadline()

    def wake(self, now: float) -> None:
        """Time has passed."""
        for connection in self.agenda.due(now):
            connection.wake(now)
            self._tidy(connection)

    # Connections.

    def connect(self, local: Address, remote: Address, now: float, token: bytes = b"") -> Connection:
        """Begin a connection to a server (7.2)."""
        path = Path(local, remote)
        path.ledger.validated = True  # the limit is a server's (8-01)
        first = b"" if self.configuration.empty_connection_id else self.new_id()
        connection = self.make(True, path, first, self.random(ID_LENGTH), now)
        connection.token = token
        connection.start()
        return connection

    def make(self, is_client: bool, path: Path, first: bytes, peer: bytes, now: float) -> Connection:
        """A connection that is addressed by `first`, and addresses its peer by `peer`."""
        made: list[Connection] = []

        def another() -> tuple[bytes, bytes]:
            connection_id = self.new_id()
            self.index.accept(connection_id, made[0])
            return connection_id, token_of(self.key, connection_id)

        token = token_of(self.key, first) if first else b""
        issuer = Issuer(first, token, another, most=self.configuration.connection_ids)
        consumer = Consumer(peer, self.configuration.active_connection_id_limit)
        connection = Connection(
            self.configuration,
            is_client,
            path,
            issuer,
            consumer,
            self.random,
            now,
            self.index.forget,
            self.on_secret,
            self.boundary,
        )
        made.append(connection)
        connection.touched = lambda: self.agenda.touch(connection)
        connection.touched()
        self.index.accept(first, connection)
        if not is_client:
            connection.local.stateless_reset_token = token or None
            connection.new_token = lambda on, at: self.tokens.new_token(on.remote[0], at, self.random)
            declare_preferred_address(connection)
        return connection

    def new_id(self) -> bytes:
        """A connection ID that no connection here has, routable if that is wanted (QUIC-LB 5)."""
        while True:
            if self.routing is None:
                made = self.random(ID_LENGTH)
            else:
                nonce = self.random(self.routing.nonce_length)
                made = self.routing.encode(self.server_id, nonce, self.random(1)[0])
            if made not in self.index:
                return made

    # What belongs to no connection.

    def _ends_a_connection(self, datagram: bytes, local: Address, remote: Address, now: float) -> bool:
        """Whether it is a reset of one of our connections: each is asked (10.3.1-07)."""
        found = [look_for_reset(one, datagram, local, remote, now) for one in self.index]
        return any(found)

    def _without_connection(
        self, datagram: bytes, header: Header, local: Address, remote: Address, now: float
    ) -> None:
        told = self.boundary.told
        answer = self._answer(datagram, header, local, remote, now)
        if answer is not None:
            kind, data = answer
            out = Outgoing(data, local, remote)
            self._outgoing.append(out)
            self._tell(kind, header, datagram, out, now)
        elif self.boundary.told == told:  # it has begun no connection
            self._tell_dropped(header.kind, header.destination, len(datagram), local, remote, now)

    def _answer(
        self, datagram: bytes, header: Header, local: Address, remote: Address, now: float
    ) -> tuple[PacketType | None, bytes] | None:
        """What goes back, and which kind of packet that is: None for a reset, which is of no kind."""
        if header.kind is PacketType.ONE_RTT:
            reset = self.resetter.answer(header.destination, len(datagram), now)
            return None if reset is None else (None, reset)
        if not self.serves or len(datagram) < FULL_SIZE:
            return None
        if header.kind is PacketType.OTHER_VERSION:
            first = self.random(1)[0] & 0x7F
            return PacketType.VERSION_NEGOTIATION, write_version_negotiation(header, first)  # RFC 9000 6.1
        if header.kind is PacketType.INITIAL:
            return answer_initial(self, datagram, header, local, remote, now)
        return None

    def _tell(
        self, kind: PacketType | None, header: Header, trigger: bytes, out: Outgoing, now: float
    ) -> None:
        """Whoever watches sees what is answered without a connection, and what to."""
        if header.kind is PacketType.INITIAL:  # it was taken, and answered
            self.boundary.datagram(None, now, False, out.local, out.remote, len(trigger))
        else:
            self._tell_dropped(header.kind, header.destination, len(trigger), out.local, out.remote, now)
        size = len(out.data)
        number = self.boundary.datagram(None, now, True, out.local, out.remote, size)
        to = b"" if kind is None else header.source
        is_initial = kind is PacketType.INITIAL  # the others have neither a number nor frames
        place, source, frames = (0, header.destination, (INVALID_TOKEN,)) if is_initial else (None, None, ())
        self.boundary.tell(PacketSeen(None, now, True, number, kind, place, to, source, frames, size))

    def _tell_dropped(
        self, kind: PacketType | None, to: bytes, size: int, local: Address, remote: Address, now: float
    ) -> None:
        """Whoever watches sees what no connection knows; `kind` is None for what has no header at all."""
        number = self.boundary.datagram(None, now, False, local, remote, size)
        known = kind is not PacketType.OTHER_VERSION
        why = "unreadable" if kind is None else "unknown connection" if known else "unsupported version"
        self.boundary.tell(PacketDropped(None, now, number, kind, size, why, to))

    def _tidy(self, connection: Connection) -> None:
        if connection.was_complete or not connection.ending.is_open:
            self.half_open.discard(connection)
        if connection.ending.phase is Phase.OVER:
            self.forget(connection)

    def forget(self, connection: Connection) -> None:
        """Keep nothing of a connection, whatever its application still does with it."""
        connection.touched = lambda: None
        self.index.remove(connection)
        self.agenda.remove(connection)
        self.half_open.discard(connection)
