"""Ten thousand of anything that a peer or an attacker may send: what is kept stays small (RFC 9000 21)."""

from __future__ import annotations

import pytest
from tests.reference.pair import Pair, address

from pathproof.reference.acknowledgment import MAX_REMEMBERED
from pathproof.reference.connection import Connection, Ended
from pathproof.reference.connection.connection import NEW_PATHS, NEW_PATHS_A_SECOND
from pathproof.reference.frames import (
    NewConnectionId,
    PathChallenge,
    Ping,
    RetireConnectionId,
    Stream,
)
from pathproof.reference.migration.paths import MOST_PATHS
from pathproof.reference.path_validation.responses import MOST_OWED
from pathproof.reference.sent_space import MAX_LATE, MAX_SILENT
from pathproof.reference.spaces import Space

MANY = 10_000


def end_of(connection: Connection) -> str:
    """What the peer is told was wrong."""
    return next((event.says for event in connection.events if isinstance(event, Ended)), "")


def test_connection_ids_that_are_repeated_or_retired() -> None:
    """Old and new ones by turns: active ones, those to retire and gaps stay few, or the connection ends."""
    pair = Pair()
    client, served = pair.established()
    spare = max(served.consumer.active)
    for number in range(MANY):
        later = spare + 1 + number
        frame = NewConnectionId(later, later, later.to_bytes(8), later.to_bytes(16))
        pair.sends(client, frame)
        list(pair.server.datagrams(pair.now))
        if not served.ending.is_open:
            break
    consumer = served.consumer
    assert len(consumer.active) <= consumer.limit + 1
    assert len(consumer.unacknowledged) <= 3 * consumer.limit + 3
    assert end_of(served) == "too many retirements wait"


def test_retirements() -> None:
    """Each brings a new connection ID, never more than the limit, and none waits that is retired."""
    pair = Pair()
    client, served = pair.established()
    for _ in range(MANY // 10):
        number = max(served.issuer.active)
        bearing = client.consumer.active[0].connection_id
        assert served.issuer.active[0].connection_id == bearing
        pair.sends(client, RetireConnectionId(number))
        list(pair.server.datagrams(pair.now))
    assert len(served.issuer.active) <= served.issuer.most
    assert len(served.control.owed) <= served.issuer.most
    assert len(pair.server.index._by_id) <= served.issuer.most + 2


def test_challenges() -> None:
    """In few packets or in many: the answers that are owed stay few."""
    pair = Pair()
    client, served = pair.established()
    for number in range(MANY // 100):
        pair.sends(client, *(PathChallenge((number * 100 + at).to_bytes(8)) for at in range(100)))
        assert len(served.paths.current.responses.owed) <= MOST_OWED
    assert sum(1 for _ in pair.server.datagrams(pair.now)) <= 2


def test_streams() -> None:
    """A peer that opens streams beyond the limit ends the connection; within it, they are as many as that."""
    pair = Pair(server={"max_streams": 50})
    client, served = pair.established()
    for number in range(MANY):
        pair.sends(client, Stream(4 * number, 0, b"x", False))
        if not served.ending.is_open:
            break
    assert len(served.streams._table.streams) == 50
    assert end_of(served) == "more streams than allowed"


def test_bytes_out_of_order_one_by_one() -> None:
    """Every second byte of a stream: the pieces that are held are bounded (21.7)."""
    pair = Pair()
    client, served = pair.established()
    for number in range(MANY):
        pair.sends(client, *(Stream(0, 2 * (4 * number + at) + 1, b"x", False) for at in range(4)))
        if not served.ending.is_open:
            break
    assert end_of(served) == "data in too many pieces"


def test_gaps_in_packet_numbers() -> None:
    """Every second number is left out: the oldest ranges of what has arrived are forgotten (13.2.3)."""
    pair = Pair()
    client, served = pair.established()
    state = client.spaces[Space.APPLICATION]
    for _ in range(MANY):
        state.next_number += 1
        pair.sends(client, Ping())
        list(pair.server.datagrams(pair.now))
    received = served.spaces[Space.APPLICATION].received
    assert len(received._seen) <= MAX_REMEMBERED
    assert len(served.recovery.spaces[Space.APPLICATION].packets) <= 2 * MAX_SILENT
    assert len(served.recovery.spaces[Space.APPLICATION]._late) <= MAX_LATE


def test_a_storm_of_addresses() -> None:
    """Each packet from another address: few are known at a time, and few are validated a second (9.3.1)."""
    pair = Pair()
    client, served = pair.established()
    challenged, seconds = set(), 10.0
    for number in range(MANY):
        pair.now += seconds / MANY
        pair.sends(client, Ping(), source=address(2 + number))
        challenged |= {out.remote for out in pair.server.datagrams(pair.now) if out.remote != address(0)}
        assert len(served.paths.known) <= MOST_PATHS + 1
    assert 0 < len(challenged) <= NEW_PATHS + seconds * NEW_PATHS_A_SECOND + 1


@pytest.mark.parametrize("size", [1, 40, 1200])
def test_garbage_for_a_connection(size: int) -> None:
    """What does not open leaves nothing but a count."""
    pair = Pair()
    client, served = pair.established()
    known = bytes([0x40]) + client.consumer.active[0].connection_id
    for _ in range(MANY):
        pair.server.receive(known + bytes(size), served.paths.current.local, address(9), pair.now)
    assert len(served.paths.known) == 1 and not served.events.count(Ended("error"))
    assert served.ending.is_open and len(pair.server.agenda) == 1
