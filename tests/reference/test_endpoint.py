"""An endpoint and its connections: who is asked, who is served, and what half-open ones cost."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.reference.pair import SERVER, Pair, address

from pathproof.reference import endpoint as endpoint_module
from pathproof.reference.connection import Connection, Ended, receiving
from pathproof.reference.packet import PacketType, read_header


def causes(connection: Connection) -> list[str]:
    """The ends that the application hears of."""
    return [event.cause for event in connection.events if isinstance(event, Ended)]


def test_a_client_without_a_server_gives_up_soon() -> None:
    """Nobody answers: the application hears so when the limit for handshakes is over, and not of silence."""
    pair = Pair(client={"handshake_timeout": 4.0})
    client = pair.connect()
    for _ in range(100):
        list(pair.client.datagrams(pair.now))
        at = pair.client.deadline()
        if at is None:
            break
        pair.now = at
        pair.client.wake(at)
    assert (causes(client), pair.now) == (["no answer"], 4.0)


def test_a_handshake_that_stays_half_open_ends() -> None:
    """A server hears a client once and never again: its state goes, and the client is told (10.2.3)."""
    pair = Pair(server={"handshake_timeout": 4.0})
    pair.connect()
    for out in pair.client.datagrams(0.0):
        pair.server.receive(out.data, out.remote, out.local, 0.0)
    (served,) = pair.server.index
    for _ in range(100):
        list(pair.server.datagrams(pair.now))
        at = pair.server.deadline()
        if at is None:
            break
        pair.now = at
        pair.server.wake(at)
    assert causes(served) == ["handshake"]
    assert list(pair.server.index) == [] and len(pair.server.agenda) == 0 and not pair.server.half_open


def test_beyond_the_limit_of_half_open_connections_clients_prove_their_address() -> None:
    """Ten thousand first packets from as many addresses: state stays bounded, Retry answers (8.1.2)."""
    pair = Pair(server={"most_half_open": 4})
    firsts = []
    for number in range(8):
        pair.client.connect(address(number), SERVER, 0.0)
    firsts = [out.data for out in pair.client.datagrams(0.0)]
    kinds: Counter[PacketType] = Counter()
    for count in range(10_000):
        data = firsts[count % 4] if count < 4 else firsts[4 + count % 4]
        pair.server.receive(data, SERVER, address(count), 0.0)
        kinds.update(read_header(out.data, 0, len).kind for out in pair.server.datagrams(0.0))
    assert len(list(pair.server.index)) == len(pair.server.half_open) == 4
    assert kinds[PacketType.RETRY] == 10_000 - 4


def test_who_completes_the_handshake_is_half_open_no_longer() -> None:
    """Honest clients need no Retry, however many there are."""
    pair = Pair(server={"most_half_open": 2})
    for number in range(5):
        client, _ = pair.established(number)
        assert client.retry_source is None
    assert not pair.server.half_open and len(pair.server.agenda) == 5


def test_connections_are_served_in_turn() -> None:
    """Who takes a few datagrams at a time gets some of each connection, and all in the end."""
    pair = Pair()
    ends = [pair.established(number) for number in range(3)]
    for client, _ in ends:
        stream = client.streams.open()
        assert stream is not None
        client.streams.write(stream, b"GET", True)
        pair.pump()
    for _, served in ends:
        served.streams.write(0, bytes(20_000), True)
    first = []
    for _ in range(3):
        taken = pair.server.datagrams(pair.now)
        first.append(next(taken).remote)
        taken.close()
    assert sorted(first) == [address(number) for number in range(3)]


def test_an_idle_connection_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A datagram for one of many connections costs what it costs there, and nothing at the others."""
    pair = Pair()
    ends = [pair.established(number) for number in range(5)]
    pair.pass_time(1.0)
    asked: Counter[Connection] = Counter()
    before = Connection.datagrams

    def counted(self: Connection, now: float) -> object:
        asked[self] += 1
        return before(self, now)

    monkeypatch.setattr(Connection, "datagrams", counted)
    ends[3][0].control.ping()
    pair.pump()
    pair.pass_time(0.1)
    assert set(asked) == set(ends[3])


def test_the_end_is_told_once() -> None:
    """Also if the application has taken the first word of it, and the peer closes, too."""
    pair = Pair()
    client, served = pair.established()
    client.close(pair.now)
    assert causes(client) == ["closed"]
    client.events.clear()
    served.close(pair.now, 7)
    pair.pump()
    pair.pass_time(10.0)
    assert causes(client) == []


def test_the_first_header_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The endpoint finds the connection by it and hands it on."""
    pair = Pair()
    client, _ = pair.established()
    offsets: list[int] = []

    def counted(datagram: bytes, offset: int, *more: object, **named: object) -> object:
        offsets.append(offset)
        return read_header(datagram, offset, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(endpoint_module, "read_header", counted)
    monkeypatch.setattr(receiving, "read_header", counted)
    client.control.ping()
    (out,) = list(pair.client.datagrams(pair.now))
    pair.server.receive(out.data, out.remote, out.local, pair.now)
    assert offsets == [0]
