"""The parts of a connection held together, and what an application does with it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from math import inf
from typing import Final

from aioquic.tls import CipherSuite, Direction

from pathproof.reference.cid_supply import Consumer, Issuer
from pathproof.reference.connection import receiving, sending, timers
from pathproof.reference.connection.configuration import Configuration
from pathproof.reference.connection.control import Control
from pathproof.reference.connection.ending import Ending
from pathproof.reference.connection.events import Ended, Event, PathEvent
from pathproof.reference.connection.idle import Idle
from pathproof.reference.connection.space_state import SpaceState
from pathproof.reference.errors import ProtocolError
from pathproof.reference.frames import ConnectionClose
from pathproof.reference.handshake import Handshake
from pathproof.reference.key_update import PhasedProtection
from pathproof.reference.keys import keys_of
from pathproof.reference.loss import Recovery
from pathproof.reference.migration import Address, Path, Paths
from pathproof.reference.observer import Boundary, EndSeen, ParametersSeen, PathSeen
from pathproof.reference.packet import Header
from pathproof.reference.protection import Failures, Protection
from pathproof.reference.rate import Rate
from pathproof.reference.sent_packet import SentPacket
from pathproof.reference.spaces import Space
from pathproof.reference.streams import Streams
from pathproof.reference.transport_parameters import TransportParameters, write

Random = Callable[[int], bytes]

NEW_PATHS: Final = 16
"""Paths that a peer may open at once: each is validated, and so is the one that is left (9.3, 9.3.3)."""
NEW_PATHS_A_SECOND: Final = 4.0
"""How often it may after that: an attacker who shows packets from ever new addresses costs no more."""


class Connection:
    """One end of one connection; an `Endpoint` makes it and hands datagrams to it.

    Attributes
    ----------
    events
        What the application has not heard yet.
    streams
        What the application reads and writes; after a write, call `datagrams`.
    paths
        Where the connection is and was.
    remote
        The peer's transport parameters, once they are authentic.
    """

    def __init__(
        self,
        configuration: Configuration,
        is_client: bool,
        path: Path,
        issuer: Issuer,
        consumer: Consumer,
        random: Random,
        now: float,
        forget: Callable[[bytes], None] = lambda connection_id: None,
        on_secret: Callable[[str], None] | None = None,
        boundary: Boundary | None = None,
    ) -> None:
        """Begin a connection on this path; `forget` hears which connection IDs it accepts no longer."""
        self.boundary = boundary or Boundary(None)
        self.configuration, self.is_client, self.random, self.forget = (
            configuration,
            is_client,
            random,
            forget,
        )
        self.issuer, self.consumer = issuer, consumer
        self.touched: Callable[[], None] = lambda: None  # hears that there may be something to send
        self.control = Control(issuer, consumer, lambda: self.touched())
        self.failures = Failures()
        self.local = configuration.parameters(issuer.first)
        self.remote: TransportParameters | None = None
        self.original = consumer.first  # destination of the client's very first packet (7.3)
        self.retry_source: bytes | None = None
        self.token = b""
        self.peer_source: bytes | None = None  # of its first long header (7.2)
        self.new_token: Callable[[Path, float], bytes] | None = None  # makes NEW_TOKEN tokens (8.1.3)
        self.heard_phase = 0  # Key Phase bit of the packet in process
        self.is_confirmed = False
        self.was_complete = False
        self.has_ended = False  # the application has heard of it
        self.events: deque[Event] = deque()
        self.ending, self.idle = Ending(), Idle(configuration.idle_timeout, now)
        self.now = now
        patience = configuration.handshake_timeout
        self.handshake_ends = now + patience if patience else inf
        self.new_paths = Rate(NEW_PATHS, NEW_PATHS_A_SECOND)
        self.paths = Paths(path, consumer, is_client, random, self._on_path)
        self.recovery = Recovery(path, is_client)
        self.is_cut_off = False  # nothing at all may go on the path in use
        self.paced_until: float | None = None  # when what waits for the pacer may go (RFC 9002 7.7)
        self.streams = Streams(is_client, self.local, lambda: self.touched())
        self.phased = PhasedProtection(self.failures)
        self.spaces = (
            SpaceState(Space.INITIAL, Protection.initial(self.original, is_client, self.failures)),
            SpaceState(Space.HANDSHAKE, Protection(failures=self.failures)),
            SpaceState(Space.APPLICATION, self.phased),
        )
        self.on_secret = on_secret
        self.handshake: Handshake | None = None

    def begin_at(self, destination: bytes) -> None:
        """A server's Initial keys follow from what the client's first packet was sent to (RFC 9001 5.2)."""
        self.original = destination
        self.spaces[Space.INITIAL].protection = Protection.initial(destination, self.is_client, self.failures)

    # What an application does.

    def start(self) -> None:
        """Begin the handshake: a client says hello, a server is ready to hear it."""
        written = write(self.local)
        self.boundary.tell(ParametersSeen(self, self.now, True, self.local))
        self.handshake = Handshake(
            self.is_client, self.configuration.tls, written, self._on_keys, self.on_secret
        )
        if self.is_client:
            self.handshake.start()
            self.take_handshake()

    def receive(
        self, datagram: bytes, local: Address, remote: Address, now: float, header: Header | None = None
    ) -> None:
        """A datagram has come for this connection; `header` is its first one, if that was read already."""
        self.now = now
        self.touched()
        try:
            receiving.receive(self, datagram, local, remote, now, header)
        except ProtocolError as error:
            self.fail(error)

    def datagrams(self, now: float) -> Iterator[sending.Outgoing]:
        """Yield what is to be sent now; keys that are worn out end the connection without a word.

        Nothing may be sealed with them any more, so that there is no closing state (RFC9001-6.6-05).
        """
        self.now = now
        try:
            yield from sending.datagrams(self, now)
        except ProtocolError as error:
            self.ending.drain(now, 0.0)
            self.end(Ended("error", error.code, error.says))

    def deadline(self) -> float | None:
        """When to call `wake`, if nothing comes before, in seconds."""
        return timers.deadline(self)

    def wake(self, now: float) -> None:
        """Time has passed."""
        self.now = now
        self.touched()
        timers.wake(self, now)

    def close(self, now: float, error_code: int = 0, says: str = "") -> None:
        """End the connection for the application, now, with a code of its own (10.2-07, 10.2-08)."""
        self.now = now
        self.abandon(ConnectionClose(error_code, None, says), "closed")

    def probe(self, local: Address, remote: Address, now: float) -> Path:
        """Find out whether the peer is reached from another address (9.1)."""
        self._refuse_to_move(local)
        self.touched()
        return self.paths.probe(local, remote, now)

    def migrate(self, local: Address, remote: Address, now: float) -> Path:
        """Go on from another address (9.2).

        Raises
        ------
        NoSpareConnectionId
            If the peer has supplied too few connection IDs.
        ValueError
            If migration is not permitted: before the handshake is confirmed, to a server, or by its wish
            (9-01, 9-02, 9-07).
        """
        self._refuse_to_move(local)
        path = self.paths.move(local, remote, now)
        self.control.ping()  # so that a non-probing packet moves the peer, too (9.2-01)
        return path

    def rotate_connection_ids(self) -> None:
        """Have the peer retire all connection IDs that it has of ours (5.1.2-07)."""
        self.issuer.rotate()
        self.supply()

    def update_keys(self, now: float) -> bool:
        """Go on to the next keys, if that is permitted yet (RFC 9001 6.1)."""
        self.touched()
        return self.phased.initiate(now)

    # What the parts do to each other.

    def pto(self) -> float:
        """The probe timeout of the path in use, in seconds."""
        return self.paths.current.round_trip.pto(self.recovery.max_ack_delay)

    def fail(self, error: ProtocolError) -> None:
        """The peer broke a rule: close with the error that the clause names (10.2-05)."""
        self.abandon(ConnectionClose(error.code, error.frame_type or 0, error.says), "error")

    def supply(self) -> None:
        """Give the peer as many connection IDs as it is ready for (5.1.1-11)."""
        for frame in self.issuer.supply():
            self.control.owe(frame)

    def take_handshake(self) -> None:
        """What TLS has to say goes into CRYPTO frames."""
        assert self.handshake is not None
        for state in self.spaces:
            state.crypto.write(self.handshake.take(state.space))

    def discard(self, space: Space) -> None:
        """The keys of a space are needed no longer (RFC 9001 4.9)."""
        state = self.spaces[space]
        if not state.is_over:
            state.is_over, state.probes = True, 0
            self.recovery.discard(space, self.now)

    def lost(self, packets: list[SentPacket] | tuple[SentPacket, ...]) -> None:
        """What packets carried is sent again where it is still of use (13.3)."""
        for packet in packets:
            for frame in packet.frames:
                sending.on_lost(self, packet.space, frame)

    def end(self, event: Ended) -> None:
        """The application hears of the end, once."""
        if not self.has_ended:
            self.has_ended = True
            self.events.append(event)
            self.boundary.tell(EndSeen(self, self.now, event))

    def abandon(self, frame: ConnectionClose, cause: str) -> None:
        """Close, and tell both ends why."""
        if self.ending.is_open:
            self.touched()
            self.ending.close(frame, self.now, self.pto())
            self.end(Ended(cause, frame.error_code, frame.reason))

    def _refuse_to_move(self, local: Address) -> None:
        if not self.is_client:
            raise ValueError("a server does not migrate (9-07)")
        if not self.is_confirmed:
            raise ValueError("the handshake is not confirmed (9-01)")
        is_preferred = self.paths.current.remote != self.paths.first.remote  # acted on preferred_address
        if self.remote is not None and self.remote.disable_active_migration and not is_preferred:
            raise ValueError("the peer has asked for disable_active_migration (9-02)")

    def _on_keys(self, space: Space, direction: Direction, suite: CipherSuite, secret: bytes) -> None:
        state, keys = self.spaces[space], keys_of(suite, secret)
        if direction is Direction.ENCRYPT:
            state.protection.write = keys
        elif isinstance(state.protection, PhasedProtection):
            state.protection.install_read(keys)
        else:
            state.protection.read = keys
        if space == Space.HANDSHAKE:
            self.recovery.handshake_keys = True

    def _on_path(self, what: str, path: Path) -> None:
        self.events.append(PathEvent(what, path))
        self.boundary.tell(PathSeen(self, self.now, what, path))
        if what in ("moved", "reverted"):
            self.recovery.path_changed(path, self.now)
        elif what == "forgotten":
            self.lost(self.recovery.abandoned(path))
        elif what == "validated" and self.new_token is not None:
            sending.owe_token(self, path)  # 9.3-08
