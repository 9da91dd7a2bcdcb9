"""When two paths may share a connection ID of the peer: where it moved without meaning to (9.5)."""

from __future__ import annotations

import pytest

from pathproof.reference.cid_supply import Consumer
from pathproof.reference.frames import NewConnectionId
from pathproof.reference.migration import Path, Paths

HERE, THERE, ELSEWHERE = ("10.0.0.1", 1), ("192.0.2.1", 443), ("192.0.2.2", 443)


@pytest.mark.parametrize("is_client", [False, True])
def test_an_id_is_shared_with_a_peer_that_seems_to_move(is_client: bool) -> None:
    """A server goes on with it (9.5-05); a client uses one for each address of its server (9.5-04)."""
    consumer = Consumer(b"a" * 8, limit=4)
    consumer.receive(NewConnectionId(1, 0, b"b" * 8, bytes(16)))
    first = Path(HERE, THERE)
    paths = Paths(first, consumer, is_client, lambda count: bytes(count))
    other = paths.open(HERE, ELSEWHERE)
    first.source = other.source = 0  # the peer's packets bear one connection ID on both
    assert paths.equip(other)
    assert other.destination == (1 if is_client else 0)
