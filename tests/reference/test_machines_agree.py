"""The reference says the rules in its own words; here they are held against those of the machines."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pathproof.conformance.judge.scene import is_probing
from pathproof.conformance.watched import frame_of
from pathproof.model import cid_supply, migration, stateless_reset
from pathproof.model.anti_amplification import ledger
from pathproof.model.anti_amplification import machine as anti_amplification
from pathproof.model.cid_supply import consumer as model_consumer
from pathproof.model.cid_supply import issuer as model_issuer
from pathproof.model.cid_supply.state import OPEN
from pathproof.model.execute import initial
from pathproof.model.migration import highest_packet as model_packets
from pathproof.model.plain import PlainNumbers
from pathproof.model.stateless_reset import resets
from pathproof.reference import frames as wire
from pathproof.reference.anti_amplification import Ledger
from pathproof.reference.cid_supply import Consumer
from pathproof.reference.cid_supply.limits import may_issue, most_unacknowledged
from pathproof.reference.connection.idle import Idle
from pathproof.reference.errors import ProtocolError
from pathproof.reference.frames import NewConnectionId
from pathproof.reference.migration import highest_packet
from pathproof.reference.migration.highest_packet import moves
from pathproof.reference.path_validation import FULL_SIZE
from pathproof.reference.stateless_reset import is_large_enough, size_of_reset
from pathproof.spec.names import IDLE_PTOS, SMALLEST_MAXIMUM_DATAGRAM_SIZE, ErrorCode

CIDS = 6


@given(st.integers(1, CIDS), st.sets(st.integers(0, CIDS - 1)), st.integers(0, CIDS), st.integers(2, 4))
def test_limit_accounting(issued: int, invalidated: set[int], prior: int, limit: int) -> None:
    """Whether one more connection ID stays within the peer's limit (5.1.1-13, 5.1.1-14)."""
    retired = {number for number in invalidated if number < issued}
    p = cid_supply.machine.setting({"cids": CIDS, "limit": limit})
    s = initial(cid_supply.machine, p)
    s.issued, s.invalidated = issued, PlainNumbers(retired)
    below = len([number for number in range(min(prior, issued)) if number not in retired])
    expected = model_issuer.limit_is_respected(s, p, prior)
    assert may_issue(issued, len(retired), below, limit) == expected


FRAMES = st.tuples(st.integers(1, CIDS - 1), st.integers(0, CIDS - 1))


@given(st.lists(FRAMES, max_size=12), st.integers(2, 4))
def test_a_consumer_of_frames(frames: list[tuple[int, int]], limit: int) -> None:
    """It retires, adds, counts and closes as the machine does, whatever numbers come (5.1.2-10, 19.15)."""
    bound = {"retire_overflow": "close", "retirements": most_unacknowledged(limit)}
    p = cid_supply.machine.setting({"cids": CIDS, "limit": limit, **bound})
    s, consumer = initial(cid_supply.machine, p), Consumer(b"0" * 8, limit)
    for number, prior in frames:
        model_consumer.receive_new_connection_id(s, p, number, prior, 8, number, number)
        error = received(consumer, NewConnectionId(number, prior, bytes([number]) * 8, bytes([number]) * 16))
        assert error == s.error
        if error != OPEN:
            return
        assert set(consumer.active) == s.active.members
        assert consumer.unacknowledged == s.unacknowledged.members


def received(consumer: Consumer, frame: NewConnectionId) -> str:
    """The name of the error that a frame meets, or that there is none."""
    try:
        consumer.receive(frame)
    except ProtocolError as error:
        return ErrorCode(error.code).name
    return OPEN


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 50)), max_size=20))
def test_the_budget_of_an_address(datagrams: list[tuple[bool, int]]) -> None:
    """What may still go to an address that is not validated, after any datagrams (8-01, 8.1-04)."""
    p = anti_amplification.setting({"most": 10_000, "volume": 40_000, "padded": 10_000})
    s, reference = initial(anti_amplification, p), Ledger()
    s.valid, s.allowance = PlainNumbers(), type(s.allowance)({})
    for is_ours, size in datagrams:
        if not is_ours:
            ledger.take_in(s, p, 1, size, size)
            reference.came(size)
        elif size <= reference.room():
            ledger.spend(s, p, 1, size)
            reference.went(size)
        for more in (1, reference.room(), reference.room() + 1):
            if more:
                assert ledger.limit_allows(s, p, 1, more, "data") == (more <= reference.room())


@given(st.integers(0, 1500), st.integers(0, 255))
def test_the_size_of_a_reset(trigger: int, draw: int) -> None:
    """What is answered, and by how many bytes (10.3-16, 10.3.3-01)."""
    p = stateless_reset.machine.setting()
    assert is_large_enough(trigger) == resets.is_large_enough(p, trigger)
    if is_large_enough(trigger):
        assert resets.may_have_size(p, trigger, size_of_reset(trigger, draw))


@given(st.integers(0, 5), st.integers(-1, 5))
def test_the_packet_that_moves(number: int, highest: int) -> None:
    """Only one with a larger number than all that count (9.3-04)."""
    p: Any = migration.machine.setting({"packets": 6})
    s = initial(migration.machine, p)
    s.highest = highest + 1
    assert moves(number, highest) == model_packets.is_newest(s, number)


FRAMES_OF_MANY_KINDS: list[wire.Frame] = [
    wire.Padding(1),
    wire.Ping(),
    wire.Ack(((0, 0),)),
    wire.NewConnectionId(1, 0, b"1" * 8, b"1" * 16),
    wire.RetireConnectionId(1),
    wire.PathChallenge(bytes(8)),
    wire.PathResponse(bytes(8)),
    wire.NewToken(b"1"),
    wire.HandshakeDone(),
    wire.ConnectionClose(0, None, ""),
]


@given(st.lists(st.sampled_from(FRAMES_OF_MANY_KINDS), min_size=1, max_size=3))
def test_what_a_probing_packet_is(frames: list[wire.Frame]) -> None:
    """The endpoint and the judge, by whose rule followers go, take the same packets for probing (9.1)."""
    assert highest_packet.is_probing(frames) == is_probing(tuple(map(frame_of, frames)))


def test_figures_of_the_text() -> None:
    """What the endpoint says for itself is what all else takes from one place (14, 10.1)."""
    assert FULL_SIZE == SMALLEST_MAXIMUM_DATAGRAM_SIZE
    idle = Idle(timeout=1.0, since=0.0)
    assert idle.deadline(pto=10.0) == IDLE_PTOS * 10.0
