"""What an application hears of a connection."""

from __future__ import annotations

from dataclasses import dataclass

from pathproof.reference.migration import Path
from pathproof.reference.stream import StreamEvent


@dataclass(frozen=True, slots=True)
class HandshakeComplete:
    """The peer is who it says, and both speak this application protocol."""

    alpn: str | None


@dataclass(frozen=True, slots=True)
class PathEvent:
    """A path was `validated`, `moved` to, `reverted` to, has `failed` or was `forgotten`."""

    what: str
    path: Path


@dataclass(frozen=True, slots=True)
class Ended:
    """The connection is over for the application, for one of these causes.

    `closed` by it, `peer` by the other end, `error` of the peer's, `reset`, `idle`, `no path`, `version` that
    both speak is missing, `no answer` to the first packets, `handshake` that takes too long.
    """

    cause: str
    error_code: int = 0
    says: str = ""


Event = HandshakeComplete | PathEvent | Ended | StreamEvent
