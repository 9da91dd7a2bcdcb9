"""Values that make no sense become gaps that name their field; sensible spellings are all understood."""

import json
from collections.abc import Callable

import pytest

from pathproof.conformance.events import NOT_LOGGED, ConnectionClose, Gap, NewConnectionId, Packet, Trace

Reading = Callable[[str | bytes], Trace]

ISSUE: dict[str, object] = {
    "frame_type": "new_connection_id",
    "sequence_number": 1,
    "retire_prior_to": 0,
    "connection_id": "beef",
}


def content(frame: object, header: object = None) -> str:
    """A file with one packet that holds one frame."""
    data = {"header": header or {"packet_type": "1RTT"}, "frames": [frame]}
    event = {"time": 0, "name": "quic:packet_received", "data": data}
    return json.dumps({"qlog_version": "0.4", "traces": [{"events": [event]}]})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sequence_number", -1),
        ("sequence_number", 2**62),
        ("sequence_number", 10**400),
        ("sequence_number", "one"),
        ("sequence_number", "-1"),
        ("sequence_number", str(2**62)),
        ("sequence_number", 1.5),
        ("sequence_number", True),
        ("sequence_number", [1]),
        ("sequence_number", None),
        ("retire_prior_to", -1),
        ("retire_prior_to", 2**62),
        ("length", 3),
        ("length", -2),
        ("connection_id", "abc"),
        ("connection_id", "zz"),
        ("connection_id", "be ef"),
        ("connection_id", "aa" * 256),
        ("connection_id", 5),
        ("reset_token", "00112233445566778899aabbccddee"),
        ("reset_token", "0112233445566778899aabbccddeeff"),
    ],
)
def test_senseless_values_become_gaps(trace_of: Reading, field: str, value: object) -> None:
    """The gap names the field on one line; a token of 31 digits is not completed by guessing."""
    [gap] = trace_of(content({**ISSUE, field: value})).events
    assert isinstance(gap, Gap)
    assert field in gap.reason or (field == "reset_token" and "reset token" in gap.reason)
    assert "\n" not in gap.reason
    assert gap.position.event == 0


@pytest.mark.parametrize(("written", "number"), [("1", 1), ("0", 0), (2.0, 2), (str(2**62 - 1), 2**62 - 1)])
def test_decimal_strings_are_numbers(trace_of: Reading, written: object, number: int) -> None:
    """Some stacks write numbers as strings, because JavaScript's numbers end at 2^53."""
    [packet] = trace_of(content({**ISSUE, "sequence_number": written})).events
    assert isinstance(packet, Packet)
    assert packet.frames == (NewConnectionId(number, 0, 2, b"\xbe\xef", NOT_LOGGED),)


def test_frames_that_break_only_quic_are_kept(trace_of: Reading) -> None:
    """A connection ID of no bytes, and a retirement ahead of its number, are for the judge."""
    frame = {**ISSUE, "connection_id": "", "length": 0, "retire_prior_to": 9}
    [packet] = trace_of(content(frame)).events
    assert isinstance(packet, Packet)
    assert packet.frames == (NewConnectionId(1, 9, 0, b"", NOT_LOGGED),)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ({"error_code": "no_viable_path"}, 16),
        ({"error_code": "CONNECTION_ID_LIMIT_ERROR"}, 9),
        ({"error_code": "crypto_error_0x178"}, 0x178),
        ({"error_code": "256"}, 256),
        ({"error_code": "strange", "raw_error_code": 77}, 77),
        ({"error": "protocol_violation"}, 10),
        ({"error_code": "strange"}, NOT_LOGGED),
        ({}, NOT_LOGGED),
    ],
)
def test_error_codes_are_numbers_or_words(trace_of: Reading, frame: dict[str, object], code: object) -> None:
    """The raw number goes first; words of qlog are understood, others leave the code open."""
    [packet] = trace_of(content({"frame_type": "connection_close", **frame})).events
    assert isinstance(packet, Packet)
    [close] = packet.frames
    assert isinstance(close, ConnectionClose)
    assert close.error_code == code


@pytest.mark.parametrize("ranges", [[[3, 1]], [[]], [[1, 2, 3]], [["x"]], [[-1, 4]], "1-4"])
def test_senseless_ranges_become_gaps(trace_of: Reading, ranges: object) -> None:
    """A range has one or two numbers, and they do not descend."""
    [gap] = trace_of(content({"frame_type": "ack", "acked_ranges": ranges})).events
    assert isinstance(gap, Gap)
    assert "acked_ranges" in gap.reason


def test_an_unknown_stack_shows_what_its_packets_show(trace_of: Reading) -> None:
    """Without a known dialect, capabilities are what is seen; a header without dcid denies that one."""
    trace = trace_of(content(ISSUE, {"packet_type": "1RTT", "packet_number": 1}))
    assert trace.dialect == "other"
    assert trace.capabilities == {"packet_number", "frames"}
    trace = trace_of(content(ISSUE, {"packet_type": "1RTT", "dcid": "aa"}))
    assert trace.capabilities == {"dcid", "frames"}
