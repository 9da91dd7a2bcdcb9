"""The first packets that a client gets, and what a server makes of its own (RFC 9000 6, 7.2, 8.1, 14.1)."""

from __future__ import annotations

import pytest
from tests.reference.pair import SERVER, Pair, address

from pathproof.reference.connection import Connection, Ended
from pathproof.reference.connection.packets import Draft, seal
from pathproof.reference.frames import Ping
from pathproof.reference.packet import read_header, write_retry, write_version_negotiation
from pathproof.reference.protection import CONFIDENTIALITY_LIMIT
from pathproof.reference.spaces import Space


def first_of(pair: Pair) -> tuple[Connection, bytes]:
    """A client, and its first datagram, which goes nowhere."""
    client = pair.connect()
    (out,) = pair.client.datagrams(pair.now)
    return client, out.data


def to_client(pair: Pair, datagram: bytes) -> None:
    """A datagram from the server's address."""
    pair.client.receive(datagram, address(0), SERVER, pair.now)


def causes(connection: Connection) -> list[str]:
    """The ends that the application hears of."""
    return [event.cause for event in connection.events if isinstance(event, Ended)]


def test_a_version_that_is_missing_ends_the_attempt() -> None:
    """Version Negotiation without version 1 (6.2)."""
    pair = Pair()
    client, data = first_of(pair)
    to_client(pair, write_version_negotiation(read_header(data, 0, len), 0, (0x6B3343CF,)))
    assert causes(client) == ["version"]


@pytest.mark.parametrize("cut", range(1, 5))
def test_version_negotiation_that_is_cut_short_is_dropped(cut: int) -> None:
    """Anyone can send it: it neither ends the attempt nor raises anything."""
    pair = Pair()
    client, data = first_of(pair)
    to_client(pair, write_version_negotiation(read_header(data, 0, len), 0, (0x6B3343CF,))[:-cut])
    assert causes(client) == []


def test_after_retry_no_version_negotiation_counts() -> None:
    """It is one of the packets after which a client drops Version Negotiation (6.2)."""
    pair = Pair(server={"retries": True})
    client, data = first_of(pair)
    pair.server.receive(data, SERVER, address(0), 0.0)
    (retry,) = pair.server.datagrams(0.0)
    to_client(pair, retry.data)
    assert client.retry_source is not None
    (again,) = pair.client.datagrams(0.0)
    to_client(pair, write_version_negotiation(read_header(again.data, 0, len), 0, (0x6B3343CF,)))
    assert causes(client) == []


def test_retry_that_gives_the_same_connection_id_is_dropped() -> None:
    """Whoever echoes the client's own choice is no server (17.2.5.1)."""
    pair = Pair()
    client, data = first_of(pair)
    header = read_header(data, 0, len)
    to_client(pair, write_retry(header.source, header.destination, b"token", header.destination))
    assert client.retry_source is None
    to_client(pair, write_retry(header.source, b"another.", b"token", header.destination))
    assert client.retry_source == b"another."


def test_an_invalid_retry_token_is_refused_at_once() -> None:
    """The server keeps no state, and the client hears INVALID_TOKEN instead of waiting (8.1.2-05)."""
    pair = Pair(server={"retries": True})
    client = pair.connect()
    client.token = bytes(40)  # its first byte says that it is from Retry
    pair.pump()
    assert list(pair.server.index) == []
    assert [event.error_code for event in client.events if isinstance(event, Ended)] == [0x0B]


def test_a_forged_packet_with_an_invalid_token_is_not_answered() -> None:
    """Only what is otherwise valid is refused (8.1.2-05)."""
    pair = Pair(server={"retries": True})
    client = pair.connect()
    client.token = bytes(40)
    (out,) = pair.client.datagrams(0.0)
    pair.server.receive(out.data[:-1] + b"?", SERVER, address(0), 0.0)
    assert list(pair.server.datagrams(0.0)) == []


def test_a_small_datagram_with_an_initial_packet_is_dropped_by_a_server() -> None:
    """Also where the connection is known (14.1-05)."""
    pair = Pair()
    client, data = first_of(pair)
    pair.server.receive(data, SERVER, address(0), 0.0)
    (served,) = pair.server.index
    draft = client.spaces[Space.INITIAL]
    before = served.spaces[Space.INITIAL].received.largest
    sealed = _small_initial(client)
    assert len(sealed) < 1200
    pair.server.receive(sealed, SERVER, address(0), 0.0)
    assert served.spaces[Space.INITIAL].received.largest == before
    pair.server.receive(sealed + bytes(1200), SERVER, address(0), 0.0)
    assert served.spaces[Space.INITIAL].received.largest == draft.next_number - 1


def _small_initial(client: Connection) -> bytes:
    """An Initial packet with PING alone."""

    draft = Draft(client, client.spaces[Space.INITIAL], client.paths.current, 1200)
    draft.add(Ping())
    return seal(draft, 0.0)


def test_keys_that_are_worn_out_end_the_connection_without_a_word() -> None:
    """Nothing more is sealed with them, and the application hears why (RFC9001-6.6-05)."""
    pair = Pair()
    client, _ = pair.established()
    assert client.phased.write is not None
    client.phased.sealed = CONFIDENTIALITY_LIMIT[client.phased.write.suite]
    client.phased.confirmed = False  # so that no key update is possible
    client.control.ping()
    assert pair.pump() == 0
    assert causes(client) == ["error"]
    pair.pass_time(0.1)
    assert client not in list(pair.client.index)
