"""What passes an endpoint's boundary, for those who watch it: a log, a judge, a test.

The endpoint tells each sight as it happens, and nothing that it does depends on who watches.
A datagram is told before the packets in it, with a number by which they name it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pathproof.reference.frames import Frame
from pathproof.reference.migration import Address, Path
from pathproof.reference.spaces import PacketType
from pathproof.reference.transport_parameters import TransportParameters

if TYPE_CHECKING:
    from pathproof.reference.connection import Connection, Ended


@dataclass(frozen=True, slots=True)
class DatagramSeen:
    """A datagram has gone or come; `size` is its UDP payload in bytes, `number` its own at this endpoint."""

    connection: Connection | None  # None where no connection knows it
    time: float
    sent: bool
    number: int
    local: Address
    remote: Address
    size: int


@dataclass(frozen=True, slots=True)
class PacketSeen:
    """A packet has gone, or has come and was authentic.

    `kind` is None for a stateless reset, which has neither number nor connection IDs. `size` is that of the
    whole packet, in bytes, `datagram` the number of the datagram around it. `token` is that of an Initial
    packet that has come, None for other packets.
    """

    connection: Connection | None
    time: float
    sent: bool
    datagram: int
    kind: PacketType | None
    number: int | None
    destination: bytes
    source: bytes | None
    frames: tuple[Frame, ...]
    size: int
    token: bytes | None = None


@dataclass(frozen=True, slots=True)
class PacketDropped:
    """A packet has come that is not processed.

    `why` is `undecryptable`, `duplicate`, `unexpected` or `malformed`, and where no connection knows it
    `unknown connection`, `unsupported version` or `unreadable`; of the last, `kind` is None. `destination` is
    the connection ID that it bears.
    """

    connection: Connection | None
    time: float
    datagram: int
    kind: PacketType | None
    size: int
    why: str
    destination: bytes = b""


@dataclass(frozen=True, slots=True)
class ParametersSeen:
    """The transport parameters of this endpoint (`is_ours`) or of its peer are known."""

    connection: Connection
    time: float
    is_ours: bool
    parameters: TransportParameters


@dataclass(frozen=True, slots=True)
class PathSeen:
    """A path was `validated`, `moved` to, `reverted` to, has `failed` or was `forgotten`."""

    connection: Connection
    time: float
    what: str
    path: Path


@dataclass(frozen=True, slots=True)
class EndSeen:
    """The connection is over for the application."""

    connection: Connection
    time: float
    ended: Ended


Sight: TypeAlias = DatagramSeen | PacketSeen | PacketDropped | ParametersSeen | PathSeen | EndSeen
Observer: TypeAlias = Callable[[Sight], None]


class Boundary:
    """Where an endpoint tells what it sees; without an observer that costs nothing.

    Examples
    --------
    >>> seen = []
    >>> boundary = Boundary(seen.append)
    >>> boundary.datagram(None, 0.5, False, ("10.0.0.1", 1), ("10.0.0.2", 2), 1200)
    0
    >>> seen[0].size, boundary.is_watched, Boundary(None).is_watched
    (1200, True, False)
    """

    __slots__ = ("_next", "_observer", "is_watched")

    def __init__(self, observer: Observer | None) -> None:
        """Tell this observer, if there is one."""
        self._observer, self._next = observer, 0
        self.is_watched = observer is not None

    @property
    def told(self) -> int:
        """How many datagrams were told."""
        return self._next

    def tell(self, sight: Sight) -> None:
        """Tell what was seen."""
        if self._observer is not None:
            self._observer(sight)

    def datagram(
        self,
        connection: Connection | None,
        time: float,
        sent: bool,
        local: Address,
        remote: Address,
        size: int,
    ) -> int:
        """A datagram has gone or come; the answer is its number."""
        number = self._next
        self._next += 1
        if self._observer is not None:
            self._observer(DatagramSeen(connection, time, sent, number, local, remote, size))
        return number
