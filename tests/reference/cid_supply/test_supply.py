"""Connection IDs that an endpoint issues, and those that its peer supplies, held against each other."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathproof.reference.cid_supply import Consumer, Issuer
from pathproof.reference.cid_supply.limits import most_unacknowledged
from pathproof.reference.errors import ProtocolError
from pathproof.reference.frames import NewConnectionId
from pathproof.spec.names import ErrorCode


def issuer(limit: int = 2, first: bytes = b"0" * 8) -> Issuer:
    """An issuer whose connection IDs show their numbers."""
    numbers = count(1)
    made = Issuer(first, bytes(16), lambda: ((n := next(numbers)).to_bytes(8), n.to_bytes(16)))
    made.limit = limit
    return made


def frame(number: int, prior: int = 0, cid: int | None = None, token: int | None = None) -> NewConnectionId:
    """A frame whose connection ID and token go by its number, or by others."""
    cid, token = number if cid is None else cid, number if token is None else token
    return NewConnectionId(number, prior, cid.to_bytes(8), token.to_bytes(16))


def test_supply_fills_the_limit_and_no_more() -> None:
    """The peer gets as many connection IDs as it is ready for, and a fresh one for each that it retires."""
    ours = issuer(limit=4)
    assert [one.sequence_number for one in ours.supply()] == [1, 2, 3]
    assert not list(ours.supply())
    assert ours.retire(0, bearing=1) == b"0" * 8
    assert [one.sequence_number for one in ours.supply()] == [4]


def test_what_is_retired_twice_is_known_once() -> None:
    """A second RETIRE_CONNECTION_ID for the same number takes nothing away."""
    ours = issuer(limit=3)
    list(ours.supply())
    assert ours.retire(0, bearing=1) is not None
    assert ours.retire(0, bearing=1) is None


@pytest.mark.parametrize(("number", "bearing"), [(9, 1), (1, 1)])
def test_a_wrong_retirement_is_a_violation(number: int, bearing: int) -> None:
    """What was never issued, and what the packet itself bears, cannot be retired (19.16-06, 19.16-08)."""
    ours = issuer(limit=3)
    list(ours.supply())
    with pytest.raises(ProtocolError) as error:
        ours.retire(number, bearing)
    assert error.value.code == ErrorCode.PROTOCOL_VIOLATION


def test_an_empty_id_is_never_joined_by_another() -> None:
    """An endpoint that chose an empty connection ID issues none and accepts no retirement (19.16-10)."""
    ours = issuer(limit=4, first=b"")
    ours.rotate()
    assert not list(ours.supply())
    with pytest.raises(ProtocolError):
        ours.retire(0, None)


def test_rotation_replaces_all_within_the_limit() -> None:
    """A raised Retire Prior To has everything retired, and no consumer at its limit objects (5.1.1-14)."""
    ours, theirs = issuer(limit=3), Consumer(b"0" * 8, limit=3)
    for one in ours.supply():
        theirs.receive(one)
    ours.rotate()
    assert ours.retire_prior_to == 3
    for one in ours.supply():
        theirs.receive(one)
    assert sorted(theirs.active) == [3, 4, 5]
    assert sorted(theirs.to_send) == [0, 1, 2]
    ours.rotate()
    assert ours.retire_prior_to == 3  # nothing is retired yet, so that it does not rise again (5.1.2-14)


@pytest.mark.parametrize(
    ("first", "wrong", "code"),
    [
        (frame(1), frame(2, cid=1), "PROTOCOL_VIOLATION"),
        (frame(1), frame(1, cid=2), "PROTOCOL_VIOLATION"),
        (frame(1), frame(2, token=1), "PROTOCOL_VIOLATION"),
        (frame(1), frame(1, token=2), "PROTOCOL_VIOLATION"),
        (frame(1), frame(2, prior=3), "FRAME_ENCODING_ERROR"),
        (frame(1), frame(2), "CONNECTION_ID_LIMIT_ERROR"),
    ],
)
def test_wrong_frames_meet_the_named_error(first: NewConnectionId, wrong: NewConnectionId, code: str) -> None:
    """What contradicts another frame, itself or the limit closes the connection (19.15, 5.1.1-15)."""
    theirs = Consumer(b"0" * 8, limit=2)
    theirs.receive(first)
    theirs.receive(first)  # a copy is no error
    with pytest.raises(ProtocolError) as error:
        theirs.receive(wrong)
    assert error.value.code == ErrorCode[code]
    assert error.value.frame_type == 0x18


def test_a_supply_despite_an_empty_id_is_a_violation() -> None:
    """A peer that is addressed by an empty connection ID must not supply another (19.15-05)."""
    with pytest.raises(ProtocolError) as error:
        Consumer(b"", limit=2).receive(frame(1))
    assert error.value.code == ErrorCode.PROTOCOL_VIOLATION


def test_a_late_frame_is_retired_once() -> None:
    """What comes below Retire Prior To is retired at once, and a further copy is not answered (19.15-13)."""
    theirs = Consumer(b"0" * 8, limit=2)
    theirs.receive(frame(3, prior=3))
    assert theirs.to_send == [0]
    theirs.receive(frame(2))
    theirs.receive(frame(2))
    assert theirs.to_send == [0, 2]
    assert sorted(theirs.active) == [3]


def test_a_flood_of_retirements_is_bounded() -> None:
    """A peer that has us retire and acknowledges nothing is closed on, before the state grows (5.1.2-13)."""
    theirs = Consumer(b"0" * 8, limit=2)
    with pytest.raises(ProtocolError) as error:
        for number in range(1, 100):
            theirs.receive(frame(number, prior=number))
    assert error.value.code == ErrorCode.CONNECTION_ID_LIMIT_ERROR
    assert len(theirs.unacknowledged) == most_unacknowledged(2) + 1


def test_spare_is_what_no_packet_bore() -> None:
    """A new path gets a connection ID that was in no packet; the handshake's was."""
    theirs = Consumer(b"0" * 8, limit=3)
    assert theirs.spare() is None
    theirs.receive(frame(2))
    theirs.receive(frame(1))
    assert theirs.spare() == 1
    assert theirs.tokens() == []
    theirs.active[1].used = True
    assert theirs.spare() == 2
    assert theirs.tokens() == [(1).to_bytes(16)]


@given(limit=st.integers(2, 6), data=st.data())
def test_an_honest_issuer_never_breaks_the_limit(limit: int, data: st.DataObject) -> None:
    """Whatever is lost, reordered or repeated, the consumer closes on no issuer that keeps the rules."""
    ours, theirs = issuer(limit), Consumer(b"0" * 8, limit)
    in_flight: list[NewConnectionId] = []
    for _ in range(data.draw(st.integers(1, 30))):
        if data.draw(st.booleans()):
            ours.rotate()
        in_flight += ours.supply()
        if in_flight and data.draw(st.booleans()):
            theirs.receive(data.draw(st.sampled_from(in_flight)))
        if theirs.to_send and theirs.active:
            number = theirs.to_send.pop(0)
            ours.retire(number, bearing=min(theirs.active))
            theirs.acknowledged(number)
        assert len(theirs.active) <= limit
        assert {number for number in theirs.active if number >= ours.issued} == set()
