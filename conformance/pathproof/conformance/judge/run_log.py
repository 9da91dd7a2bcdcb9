"""The log that one end of a run keeps: packets with numbers, acknowledgments and made-up connection IDs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from pathproof.conformance.events import (
    ABSENT,
    NOT_LOGGED,
    Ack,
    Event,
    Frame,
    Packet,
    Parameters,
    Position,
    Trace,
)

Endpoint: TypeAlias = Literal["consumer", "issuer"]
ENDPOINTS: dict[str, Endpoint] = {"consumer": "consumer", "issuer": "issuer"}
FILE = "run"
CONSUMER_ID = b"consumer"
"""The connection ID of the other direction, which plays no part in a run."""


def cid_bytes(number: int, length: int = 8) -> bytes:
    """Return the connection ID of a sequence number, of a length in bytes that can hold the number.

    >>> cid_bytes(2, 9), cid_bytes(2, 0)
    (b'\\x02\\x00\\x00\\x00\\x00\\x00\\x00\\x00-', b'')
    """
    return number.to_bytes(8, "little").ljust(length, b"-")[:length]


def token_bytes(number: int) -> bytes:
    """Return the stateless reset token of a sequence number, of 16 bytes.

    >>> len(token_bytes(2))
    16
    """
    return b"token..." + number.to_bytes(8, "big")


def spans(numbers: set[int]) -> tuple[tuple[int, int], ...]:
    """Return packet numbers as ranges of an ACK frame.

    >>> spans({3, 1, 2, 7})
    ((7, 7), (1, 3))
    """
    ranges: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return tuple(reversed(ranges))


@dataclass(frozen=True, slots=True)
class Sent:
    """A packet on the wire."""

    number: int
    destination: bytes
    frames: tuple[Frame, ...]


@dataclass(slots=True)
class Log:
    """What one end logs, and the packet numbers of both.

    Every packet acknowledges all that its sender has received. Times are in milliseconds, one an event.
    """

    endpoint: Endpoint
    parameters: Any
    events: list[Event] = field(default_factory=list)
    _next: dict[Endpoint, int] = field(default_factory=lambda: {"consumer": 0, "issuer": 0})
    _received: dict[Endpoint, set[int]] = field(default_factory=lambda: {"consumer": set(), "issuer": set()})

    def __post_init__(self) -> None:
        """Log the transport parameters of both sides."""
        for side in ("issuer", "consumer"):
            self.events.append(self._stated(side))

    def _position(self) -> Position:
        """Return where the next event is, as far as a log without a file has a place."""
        return Position(FILE, -1, len(self.events))

    def _stated(self, side: str) -> Parameters:
        """Return the transport parameters of one side."""
        p, issuer = self.parameters, side == "issuer"
        preferred = issuer and p.preferred_address == "yes" and p.zero_length == "no"
        first = cid_bytes(0, 0 if p.zero_length == "yes" else p.length)
        return Parameters(
            owner="local" if side == self.endpoint else "remote",
            time=float(len(self.events)),
            active_connection_id_limit=ABSENT if issuer else p.limit,
            initial_source_connection_id=first if issuer else CONSUMER_ID,
            original_destination_connection_id=NOT_LOGGED,
            retry_source_connection_id=NOT_LOGGED,
            preferred_address_connection_id=cid_bytes(1, p.length) if preferred else ABSENT,
            preferred_address_token=token_bytes(1) if preferred else ABSENT,
            stateless_reset_token=token_bytes(0) if issuer else ABSENT,
            disable_active_migration=ABSENT,
            position=self._position(),
        )

    def send(self, side: Endpoint, frames: tuple[Frame, ...], destination: bytes | None = None) -> Sent:
        """A side sends a packet with these frames and an ACK for all it has received."""
        number = self._next[side]
        self._next[side] += 1
        acked = spans(self._received[side])
        packet = Sent(
            number,
            CONSUMER_ID if destination is None else destination,
            (*((Ack(acked),) if acked else ()), *frames),
        )
        if side == self.endpoint:
            self._log(packet, True)
        return packet

    def receive(self, side: Endpoint, packet: Sent | None) -> None:
        """A packet reaches a side, unless it has reached it before."""
        if packet is None or packet.number in self._received[side]:
            return
        self._received[side].add(packet.number)
        if side == self.endpoint:
            self._log(packet, False)

    def _log(self, packet: Sent, sent: bool) -> None:
        """Write down a packet that the end with the log has sent or received."""
        self.events.append(
            Packet(
                float(len(self.events)),
                sent,
                "1RTT",
                packet.number,
                packet.destination,
                ABSENT,
                packet.frames,
                self._position(),
            )
        )

    def trace(self) -> Trace:
        """Return the log as a trace."""
        return Trace(
            file=FILE,
            format=FILE,
            dialect=FILE,
            stack="the machine",
            vantage="client" if self.endpoint == "consumer" else "server",
            original_destination_connection_id=NOT_LOGGED,
            events=self.events,
            capabilities=frozenset({"dcid", "ncid_token", "packet_number", "frames", "limit"}),
        )
