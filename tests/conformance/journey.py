"""Hand-made traces with datagrams and addresses, in as few words as their packets need."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from pathproof.conformance.events import (
    ABSENT,
    NOT_LOGGED,
    Ack,
    ConnectionClose,
    Datagram,
    Dropped,
    Event,
    Frame,
    Gap,
    OtherFrame,
    Packet,
    Parameters,
    PathChallenge,
    PathResponse,
    Position,
    Trace,
)
from pathproof.conformance.judge import Report, judge

PING, PADDING, CRYPTO = OtherFrame("ping"), OtherFrame("padding"), OtherFrame("crypto")
DONE, STREAM = OtherFrame("handshake_done"), OtherFrame("stream")
SERVER, PREFERRED = "192.0.2.1:443", "192.0.2.2:443"
CLIENT, NEW, THIRD, VICTIM = "10.0.0.1:1000", "10.0.1.1:1000", "10.0.2.1:1000", "198.51.100.9:9"


def asks(number: int) -> PathChallenge:
    """A challenge with data of its own."""
    return PathChallenge(number.to_bytes(8, "big"))


def answers(number: int) -> PathResponse:
    """The response to that challenge."""
    return PathResponse(number.to_bytes(8, "big"))


def acks(*numbers: int) -> Ack:
    """An acknowledgment of these packets."""
    return Ack(tuple((number, number) for number in numbers))


@dataclass
class Journey:
    """A trace in the making, of the client or of the server, over paths from `CLIENT` to `SERVER` and others.

    `addressed` and `linked` say whether the trace shows addresses, and which datagram a packet is in.
    """

    vantage: str = "client"
    addressed: bool = True
    linked: bool = True
    events: list[Event] = field(default_factory=list)
    numbers: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})

    @property
    def position(self) -> Position:
        return Position("journey", 100 * len(self.events), len(self.events))

    def packet(
        self,
        sent: bool,
        frames: tuple[Frame, ...],
        client: str = CLIENT,
        server: str = SERVER,
        size: Any = 1200,
        cid: Any = None,
        kind: str = "1RTT",
        number: Any = None,
        token: Any = NOT_LOGGED,
        joined: bool = False,
    ) -> int:
        """One packet in a datagram of this size, unless it is `joined` to one; return its number."""
        here, there = (client, server) if self.vantage == "client" else (server, client)
        if not self.addressed:
            here = there = NOT_LOGGED  # type: ignore[assignment]
        time = float(len(self.events))
        if not joined:
            carrier = len(self.events)
            self.events.append(Datagram(time, sent, carrier, here, there, size, self.position))
        else:
            carrier = next(e.number for e in reversed(self.events) if isinstance(e, Datagram))  # type: ignore[assignment]
        if number is None:
            number = self.numbers[sent]
        if isinstance(number, int):
            self.numbers[sent] = max(self.numbers[sent], number + 1)
        if cid is None:
            cid = b"to-peer0" if sent else b"to-here0"
        source: Any = ABSENT if kind == "1RTT" else b"to-here0" if sent else b"to-peer0"
        at = carrier if self.linked else NOT_LOGGED
        self.events.append(
            Packet(time, sent, kind, number, cid, source, frames, self.position, at, size, token)
        )
        return number if isinstance(number, int) else -1

    def sent(self, *frames: Frame, **more: Any) -> int:
        """The endpoint sends a packet."""
        return self.packet(True, frames or (PING,), **more)

    def came(self, *frames: Frame, **more: Any) -> int:
        """A packet reaches the endpoint."""
        return self.packet(False, frames or (PING,), **more)

    def parameters(self, client: dict[str, Any] | None = None, **server: Any) -> Journey:
        """Both sides' parameters, with what is changed of either."""
        for owner in ("local", "remote"):
            is_client = (owner == "local") == (self.vantage == "client")
            fields: dict[str, Any] = {
                "active_connection_id_limit": 8,
                "initial_source_connection_id": b"to-here0" if owner == "local" else b"to-peer0",
                "original_destination_connection_id": ABSENT,
                "retry_source_connection_id": ABSENT,
                "preferred_address_connection_id": ABSENT,
                "preferred_address_token": ABSENT,
                "stateless_reset_token": ABSENT,
                "disable_active_migration": False,
            }
            fields.update((client or {}) if is_client else server)
            self.events.append(Parameters(owner=owner, time=0.0, position=self.position, **fields))
        return self

    def handshake(self, token: Any = b"", **more: Any) -> Journey:
        """A handshake to its confirmation."""
        client_says = self.sent if self.vantage == "client" else self.came
        server_says = self.came if self.vantage == "client" else self.sent
        client_says(CRYPTO, kind="initial", token=token)
        self.parameters(**more)
        server_says(CRYPTO, kind="initial")
        server_says(CRYPTO, kind="handshake", joined=True)
        client_says(CRYPTO, kind="handshake", size=300)
        server_says(DONE)
        client_says(STREAM)
        return self

    def drops(self, kind: str, size: int) -> Journey:
        """A packet comes that is dropped."""
        at = len(self.events)
        self.events.append(Datagram(float(at), False, at, SERVER, CLIENT, size, self.position))
        self.events.append(Dropped(float(at), kind, b"x", "unexpected", self.position, at, size))
        return self

    def resets(self, sent: bool, size: int, trigger: int | None = None) -> Journey:
        """A stateless reset comes, or is sent in answer to a datagram."""
        if trigger is not None:
            self.drops("1RTT", trigger)
        here, there = (CLIENT, SERVER) if self.vantage == "client" else (SERVER, CLIENT)
        at = len(self.events)
        self.events.append(Datagram(float(at), sent, at, here, there, size, self.position))
        reset = Packet(
            float(at), sent, "stateless_reset", ABSENT, ABSENT, ABSENT, (), self.position, at, size
        )
        self.events.append(reset)
        return self

    def gap(self) -> Journey:
        """Something is missing from here on."""
        self.events.append(Gap("cut off", self.position))
        return self

    def closes(self, **more: Any) -> Journey:
        """The endpoint closes."""
        self.sent(ConnectionClose(0, "application", ""), **more)
        return self

    def trace(self) -> Trace:
        return Trace("journey", "made", "aioquic", "", self.vantage, NOT_LOGGED, self.events)  # type: ignore[arg-type]

    def judged(self, **readings: str) -> Report:
        return judge(self.trace(), readings or None)


def without_datagrams(trace: Trace) -> Trace:
    """The same trace, from a source that logs no datagrams."""
    events = [
        replace_packet(event) if isinstance(event, Packet) else event
        for event in trace.events
        if not isinstance(event, Datagram)
    ]
    return replace(trace, events=events)


def replace_packet(packet: Packet) -> Packet:
    """The packet, without the datagram around it."""
    return Packet(
        packet.time,
        packet.sent,
        packet.type,
        packet.number,
        packet.destination,
        packet.source,
        packet.frames,
        packet.position,
    )


def is_broken(journey: Journey, clause: str, subject: str = "local", **readings: str) -> None:
    """The clause is violated, and no reading excuses it."""
    verdict = journey.judged(**readings).verdict(clause, subject)  # type: ignore[arg-type]
    assert verdict.status == "violated", verdict


def is_kept(journey: Journey, clause: str, subject: str = "local") -> None:
    """The clause holds, and the trace breaks no other."""
    report = journey.judged()
    assert report.violated == ()
    assert report.verdict(clause, subject).status == "holds"  # type: ignore[arg-type]


def is_unseen(journey: Journey, clause: str, subject: str = "local") -> str:
    """The trace does not decide the clause; return what it lacks."""
    report = journey.judged()
    assert report.violated == ()
    verdict = report.verdict(clause, subject)  # type: ignore[arg-type]
    assert verdict.status == "not observable", verdict
    return ", ".join(verdict.missing)
