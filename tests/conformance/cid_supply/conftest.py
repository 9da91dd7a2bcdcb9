"""Hand-made traces of one endpoint, in as few words as its packets need."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from pathproof.conformance.events import (
    ABSENT,
    NOT_LOGGED,
    Ack,
    ConnectionClose,
    ConnectionClosed,
    Event,
    Frame,
    Gap,
    NewConnectionId,
    OtherFrame,
    Owner,
    Packet,
    Parameters,
    Position,
    RetireConnectionId,
    Trace,
)
from pathproof.conformance.judge import Report, judge

PING = OtherFrame("ping")


def own(number: int) -> bytes:
    """The endpoint's own connection ID of this number."""
    return b"own" + number.to_bytes(8, "big")


def peers(number: int) -> bytes:
    """The peer's connection ID of this number."""
    return b"peer" + number.to_bytes(8, "big")


def token(name: bytes) -> bytes:
    """The stateless reset token of a connection ID."""
    return name.rjust(16, b"t")[-16:]


def ncid(name: bytes, number: int, prior: int = 0, **changed: Any) -> NewConnectionId:
    """NEW_CONNECTION_ID, well-formed but for what is changed."""
    fields = {"retire_prior_to": prior, "length": len(name), "connection_id": name, "token": token(name)}
    return NewConnectionId(number, **{**fields, **changed})


@dataclass
class Sketch:
    """A trace in the making. `to` is the number of the destination, or a destination as it is."""

    vantage: str = "client"
    dialect: str = "aioquic"
    events: list[Event] = field(default_factory=list)
    numbers: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})

    def position(self) -> Position:
        return Position("sketch", 100 * len(self.events), len(self.events))

    def handshake(
        self,
        limit: Any = 4,
        peer_limit: Any = 4,
        first: bytes = own(0),
        peer_first: bytes = peers(0),
        **more: Any,
    ) -> Sketch:
        """Both sides' transport parameters; `more` changes those of the server."""
        owners: tuple[tuple[Owner, Any, bytes], ...] = (
            ("local", limit, first),
            ("remote", peer_limit, peer_first),
        )
        for owner, stated, name in owners:
            server = (owner == "local") == (self.vantage == "server")
            fields = {
                "original_destination_connection_id": ABSENT,
                "retry_source_connection_id": ABSENT,
                "preferred_address_connection_id": ABSENT,
                "preferred_address_token": ABSENT,
                "stateless_reset_token": token(name) if server else ABSENT,
                "disable_active_migration": ABSENT,
                **(more if server else {}),
            }
            self.events.append(
                Parameters(
                    owner=owner,
                    time=0.0,
                    active_connection_id_limit=stated,
                    initial_source_connection_id=name,
                    position=self.position(),
                    **fields,
                )
            )
        return self

    def packet(
        self, sent: bool, frames: tuple[Frame, ...], to: Any, acks: Any, number: Any, kind: str
    ) -> int:
        """One packet; return its number. `acks` are packet numbers that it acknowledges."""
        if number is None:
            number = self.numbers[sent]
        if isinstance(number, int):
            self.numbers[sent] = max(self.numbers[sent], number + 1)
        if isinstance(to, int):
            to = peers(to) if sent else own(to)
        acked = (Ack(tuple((one, one) for one in acks)),) if acks else ()
        time = float(len(self.events))
        source = ABSENT if kind == "1RTT" else own(0) if sent else peers(0)
        self.events.append(Packet(time, sent, kind, number, to, source, (*acked, *frames), self.position()))
        return int(number) if isinstance(number, int) else -1

    def sent(
        self, *frames: Frame, to: Any = 0, acks: Any = (), number: Any = None, kind: str = "1RTT"
    ) -> int:
        return self.packet(True, frames or (PING,), to, acks, number, kind)

    def received(
        self, *frames: Frame, to: Any = 0, acks: Any = (), number: Any = None, kind: str = "1RTT"
    ) -> int:
        return self.packet(False, frames or (PING,), to, acks, number, kind)

    def close(self, code: Any = 0, space: Any = "application", to: Any = 0) -> Sketch:
        """The endpoint closes."""
        self.sent(ConnectionClose(code, space, ""), to=to)
        return self

    def closed(self, owner: Any = "local", code: Any = 0) -> Sketch:
        """The endpoint says that it is over."""
        self.events.append(ConnectionClosed(9.0, owner, code, NOT_LOGGED, "", self.position()))
        return self

    def gap(self) -> Sketch:
        """Something is missing."""
        self.events.append(Gap("cut off", self.position()))
        return self

    def goes_on(self, carrier: int, to: Any = 0) -> Sketch:
        """The endpoint acknowledges a packet and sends two more that show that it goes on."""
        self.sent(PING, acks=(carrier,), to=to)
        self.sent(PING, to=to)
        return self

    def trace(self) -> Trace:
        return Trace(
            file="sketch",
            format="sketch",
            dialect=self.dialect,
            stack="",
            vantage=self.vantage,  # type: ignore[arg-type]
            original_destination_connection_id=NOT_LOGGED,
            events=self.events,
            capabilities=frozenset({"frames"}),
        )

    def judged(self, **readings: str) -> Report:
        return judge(self.trace(), readings or None)


@dataclass(frozen=True)
class Words:
    """What a test of this folder says its traces in."""

    own: Any = own
    peers: Any = peers
    token: Any = token
    ncid: Any = ncid
    retire: Any = RetireConnectionId
    ping: Any = PING

    def client(self, **handshake: Any) -> Sketch:
        return Sketch("client").handshake(**handshake)

    def server(self, **handshake: Any) -> Sketch:
        return Sketch("server").handshake(**handshake)

    def bare(self, vantage: str = "client", dialect: str = "aioquic") -> Sketch:
        return Sketch(vantage, dialect)


@pytest.fixture
def say() -> Words:
    """The words."""
    return Words()
