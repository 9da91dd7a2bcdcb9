"""The paths of a connection: which is in use, which are validated, what moves it (RFC 9000 9.1 to 9.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pathproof.reference.anti_amplification import LEAST_ROOM
from pathproof.reference.cid_supply import Consumer
from pathproof.reference.migration import fall_back
from pathproof.reference.migration.connection_ids import choice, equip, leave
from pathproof.reference.migration.highest_packet import moves
from pathproof.reference.migration.path import Address, Path, keeps_context
from pathproof.reference.path_validation import Validation
from pathproof.reference.rtt import RoundTrip

MOST_PATHS = 8  # about which state is kept, whatever a peer or an attacker does


class NoSpareConnectionId(Exception):
    """There is no unused connection ID of the peer for a new path (9.5-09)."""


@dataclass(slots=True)
class Paths:
    """The paths of one connection.

    `first` is that of the handshake; `tell` hears of what happens, as a word and the path it is about.
    """

    first: Path
    consumer: Consumer
    is_client: bool
    random: Callable[[int], bytes]
    tell: Callable[[str, Path], Any] = lambda word, path: None
    known: list[Path] = field(default_factory=list)
    current: Path = field(init=False)  # where our non-probing packets go
    last_validated: Path | None = None  # where to go back to (9.3.2-01)
    validated_before: Path | None = None  # the one before that, until the last carries 1200 bytes
    preferred: Path | None = None  # to the peer's preferred address, to be used once it is validated
    awaited: Path | None = (
        None  # from our preferred address, where the peer is: once it is validated (9.6.2-03)
    )
    max_ack_delay: float = 0.025  # the peer's, in seconds
    highest: int = -1  # number of the newest non-probing packet
    is_given_up: bool = False  # no validated path is left: all state is discarded silently (9.3.2-04)

    def __post_init__(self) -> None:
        """The connection begins on the path of its handshake."""
        self.current = self.first
        self.first.destination = 0
        self.known.append(self.first)

    # What comes.

    def find(self, local: Address, remote: Address) -> Path | None:
        """The path with these addresses, if there is state about it."""
        return next((path for path in self.known if (path.local, path.remote) == (local, remote)), None)

    def open(self, local: Address, remote: Address) -> Path:
        """Keep state about a path; of too many, one that nobody needs goes."""
        path = self.find(local, remote)
        if path is None:
            path = Path(local, remote)
            path.ledger.validated = self.is_client  # the limit is on what a server sends (8-01)
            self.known.append(path)
            self._stay_bounded(path)
        return path

    def receive(self, path: Path, number: int, bearing: int, is_probing: bool, now: float) -> None:
        """A packet with this number has come on this path, to our connection ID number `bearing`."""
        path.source = bearing
        if is_probing:
            return
        path.is_heard = True
        if moves(number, self.highest):
            self.highest, self.awaited = number, None
            if path is not self.current and not self.is_client:  # only clients move (9-07)
                self.follow(path, now)

    def answered(self, data: bytes, now: float) -> Path | None:
        """PATH_RESPONSE has come, on whatever path: the path that it validates, if any (8.2.3-02)."""
        for path in self.known:
            if path.validation is not None and path.validation.answer(data):
                self._confirm(path, path.validation, now)
                return path
        return None

    # Where to.

    def follow(self, path: Path, now: float) -> None:
        """The peer has moved to this path, or seems to: our packets go there from now on (9.3-01, 9.3-02)."""
        if path.validation is None and not path.is_validated:
            self.validate(path, now)
        if path.local != self.current.local and not path.is_validated:
            self.awaited = path
            return
        former = self.current
        if keeps_context(former, path) and not path.is_validated:
            path.congestion, path.round_trip = former.congestion, former.round_trip
        self._use(path)
        if path.is_validated and not former.is_validated:
            self.forget(former)  # 9.3.2-03
        elif former.validation is None:
            self.validate(former, now)  # 9.3.3-02

    def probe(self, local: Address, remote: Address, now: float) -> Path:
        """Find out whether the peer is reached by a path, without moving there (9.1-01).

        Raises
        ------
        NoSpareConnectionId
            If no connection ID is left for it.
        """
        path = self.open(local, remote)
        if not self.equip(path):
            self.forget(path)
            raise NoSpareConnectionId(f"no unused connection ID for {path}")
        if not path.is_validated and path.validation is None:
            self.validate(path, now)
        return path

    def move(self, local: Address, remote: Address, now: float) -> Path:
        """Move to a path of our choice, validated or not; it is validated as it is used (9.2-02, 9.2-03)."""
        path = self.probe(local, remote, now)
        if path is not self.current:
            self._use(path)
        waits = self.preferred
        if waits is not None and waits.local != local:
            self.preferred = None
            self.prefer(local, waits.remote, now)  # from where the client is now (9.6.3-01)
        return path

    def prefer(self, local: Address, remote: Address, now: float) -> None:
        """Move to the server's preferred address as soon as the path to it is validated (9.6.1, 9.6.2-01)."""
        try:
            self.preferred = self.probe(local, remote, now)
        except NoSpareConnectionId:
            return

    def _use(self, path: Path) -> None:
        self.current = path
        if path.is_validated:
            self._note_validated(path)
        self.tell("moved", path)

    def _note_validated(self, path: Path) -> None:
        """This is the validated path to go back to, also if it was left before that (9.3.2-01)."""
        if path is not self.last_validated:
            self.validated_before, self.last_validated = self.last_validated, path

    # Validation.

    def validate(self, path: Path, now: float) -> None:
        """Begin to validate a path (8.2.1-01), for three PTOs of 1-RTT packets (8.2.4-03)."""
        delay, unknown = self.max_ack_delay, RoundTrip()
        pto = max(self.current.round_trip.pto(delay), unknown.pto(delay))
        path.validation = Validation(now, pto, unknown.pto(0.0))

    def probes(self, now: float) -> Iterator[Path]:
        """Paths on which a challenge or a response is due, and for which there is a connection ID."""
        for path in list(self.known):
            is_due = path.validation is not None and path.validation.is_due(now)
            if (is_due or path.responses) and self.equip(path):
                yield path

    def deadline(self) -> float | None:
        """When to call `wake`, in seconds."""
        waiting = [(path, path.validation) for path in self.known if path.validation is not None]
        times = [attempt.deadline() if self._may_send(path) else attempt.ends_at for path, attempt in waiting]
        return min(times, default=None)

    def wake(self, now: float) -> None:
        """Give up what nobody has answered (8.2.4-01, 8.2.4-05)."""
        for path in list(self.known):
            if path.validation is not None and path.validation.has_failed(now):
                path.validation = None
                self.tell("failed", path)
                fall_back.fail(self, path)

    def _confirm(self, path: Path, attempt: Validation, now: float) -> None:
        path.validation = None
        is_new = not path.is_validated
        path.is_validated = path.ledger.validated = True
        path.is_of_full_size |= attempt.is_of_full_size
        if path in (self.awaited, self.preferred):
            self.awaited = self.preferred = None
            self._use(path)
        if path is self.current or path.is_heard:  # not one that was probed only (9-09)
            self._note_validated(path)
        if not path.is_of_full_size:
            self.validate(path, now)  # a second time, in 1200 bytes (8.2.3-05)
        if is_new:
            self.tell("validated", path)
        self.tidy()

    # What is given up.

    def forget(self, path: Path) -> None:
        """Keep no state about a path that is not in use, and retire its connection ID (5.1.2-06)."""
        if path is self.current:
            return
        self.known.remove(path)
        leave(path, self.known, self.consumer)
        if self.last_validated is path:
            self.last_validated = self.validated_before
        if path in (self.validated_before, self.last_validated):
            self.validated_before = None
        self.tell("forgotten", path)

    def tidy(self) -> None:
        """Once the path in use is validated, give up those that nothing is expected of any more."""
        if not self.current.is_validated or not self.current.is_of_full_size:
            return
        for path in list(self.known):
            if path not in (self.current, self.last_validated) and self._is_idle(path):
                self.forget(path)

    def _is_idle(self, path: Path) -> bool:
        return path.validation is None and not path.responses and path.is_heard

    def _stay_bounded(self, newest: Path) -> None:
        spared = (self.current, self.last_validated, self.validated_before, newest)
        for path in [path for path in self.known if path not in spared][
            : max(0, len(self.known) - MOST_PATHS)
        ]:
            self.forget(path)

    def equip(self, path: Path) -> bool:
        """Whether packets on this path have a connection ID, or get one now."""
        return equip(path, self._alike, self.consumer)

    @property
    def _alike(self) -> list[Path]:
        """Paths with whose connection ID another may go on: only clients move without meaning to (9.5-05)."""
        return [] if self.is_client else self.known

    def _may_send(self, path: Path) -> bool:
        """Whether a challenge could go there now."""
        has_id = choice(path, self._alike, self.consumer) is not None
        return has_id and path.ledger.room() >= LEAST_ROOM
