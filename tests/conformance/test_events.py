"""The event model: immutable values, two ways of having none, and which frames elicit an acknowledgement."""

import copy
import pickle

import pytest

from pathproof.conformance.events import (
    ABSENT,
    NOT_LOGGED,
    Ack,
    ConnectionClose,
    Gap,
    Missing,
    NewConnectionId,
    OtherFrame,
    Packet,
    PathChallenge,
    PathResponse,
    Position,
    RetireConnectionId,
    Trace,
)

POSITION = Position("trace.qlog", 17, 3)


def test_missing_values_are_singletons_with_readable_names() -> None:
    """ABSENT and NOT_LOGGED stay themselves through copying and pickling, and show their names."""
    for value in (ABSENT, NOT_LOGGED):
        assert copy.deepcopy(value) is value
        assert pickle.loads(pickle.dumps(value)) is value
        assert isinstance(value, Missing)
    assert repr((ABSENT, NOT_LOGGED)) == "(ABSENT, NOT_LOGGED)"


def test_events_cannot_be_changed() -> None:
    """Assigning to a field of an event, and giving it a new one, is an error."""
    gap = Gap("cut off", POSITION)
    for name in ("reason", "other"):
        with pytest.raises(AttributeError):
            setattr(gap, name, "x")


def test_events_are_equal_by_value_and_match_patterns() -> None:
    """Two packets with the same fields are equal, and a packet can be taken apart by position."""
    packets = [Packet(0.0, True, "1RTT", 5, b"\x01", ABSENT, (), POSITION) for _ in range(2)]
    assert packets[0] == packets[1]
    assert hash(packets[0]) == hash(packets[1])
    match packets[0]:
        case Packet(_, True, "1RTT", number, b"\x01"):
            assert number == 5
        case _:
            pytest.fail("no match")


@pytest.mark.parametrize(
    ("frame", "eliciting"),
    [
        (NewConnectionId(1, 0, 1, b"\x01", NOT_LOGGED), True),
        (RetireConnectionId(0), True),
        (PathChallenge(bytes(8)), True),
        (PathResponse(NOT_LOGGED), True),
        (OtherFrame("ping"), True),
        (OtherFrame("padding"), False),
        (Ack(((0, 1),)), False),
        (ConnectionClose(0, "transport", ""), False),
    ],
)
def test_all_but_three_frames_elicit_an_acknowledgement(frame: OtherFrame, eliciting: bool) -> None:
    """ACK, PADDING and CONNECTION_CLOSE do not elicit an acknowledgement, all others do."""
    assert frame.ack_eliciting is eliciting


def test_positions_read_as_messages_need_them() -> None:
    """A position names file, byte and event."""
    assert str(POSITION) == "trace.qlog: byte 17, event 3"


def test_a_trace_without_skipped_events_counts_none() -> None:
    """Each trace has a counter of its own."""
    first = Trace("f", "contained", "other", "", "unknown", NOT_LOGGED, [])
    second = Trace("f", "contained", "other", "", "unknown", NOT_LOGGED, [])
    first.unknown["x"] += 1
    assert not second.unknown
