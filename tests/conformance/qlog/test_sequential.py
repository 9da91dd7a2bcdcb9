"""Sequential files, as quic-go and ngtcp2 write them."""

import json
from collections.abc import Callable

import pytest

from pathproof.conformance.events import (
    ABSENT,
    NOT_LOGGED,
    Ack,
    ConnectionClose,
    ConnectionClosed,
    Gap,
    NewConnectionId,
    OtherFrame,
    Packet,
    Parameters,
    PathChallenge,
    RetireConnectionId,
    Trace,
)
from pathproof.conformance.qlog import sequential

Reading = Callable[[str | bytes], Trace]

GO_HEAD = {
    "file_schema": "urn:ietf:params:qlog:file:sequential",
    "title": "quic-go qlog",
    "trace": {"vantage_point": {"type": "client"}, "common_fields": {"group_id": "0102030405060708"}},
}
NG_HEAD = {
    "qlog_format": "JSON-SEQ",
    "qlog_version": "0.3",
    "trace": {
        "vantage_point": {"name": "ngtcp2", "type": "server"},
        "common_fields": {"time_format": "relative", "group_id": "aabb"},
    },
}
TOKEN = "00112233445566778899aabbccddeeff"


def event(name: str, data: object, time: object = 1) -> dict[str, object]:
    """One event."""
    return {"time": time, "name": f"transport:{name}", "data": data}


def sent(*frames: object, **header: object) -> dict[str, object]:
    """A sent 1-RTT packet of quic-go's shape."""
    header = {"packet_type": "1RTT", "packet_number": 4, "dcil": 1, "dcid": "aa", **header}
    return event("packet_sent", {"header": header, "frames": list(frames)})


def text(*records: object, separator: str = "\x1e") -> str:
    """A JSON text sequence."""
    return "".join(f"{separator}{json.dumps(record)}\n" for record in records)


def test_quic_go_header_is_understood(trace_of: Reading) -> None:
    """The title tells the dialect; the group is the original destination connection ID."""
    trace = trace_of(text(GO_HEAD))
    assert (trace.dialect, trace.format, trace.stack) == ("quic-go", "sequential", "quic-go qlog")
    assert (trace.vantage, trace.original_destination_connection_id) == ("client", bytes(range(1, 9)))
    assert trace.capabilities == {"dcid", "scid", "ncid_token", "packet_number", "frames", "limit"}


def test_quic_go_packets_have_all_fields(trace_of: Reading) -> None:
    """Numbers, connection IDs and the frames that matter are read, others keep their names."""
    issue = {
        "frame_type": "new_connection_id",
        "sequence_number": 1,
        "retire_prior_to": 0,
        "length": 2,
        "connection_id": "beef",
        "stateless_reset_token": TOKEN,
    }
    close = {"frame_type": "connection_close", "error_space": "application", "error_code": "no_error"}
    records = (
        sent(
            {"frame_type": "ack", "acked_ranges": [[1, 3], [7]]},
            issue,
            {"frame_type": "retire_connection_id", "sequence_number": 0},
            {"frame_type": "path_challenge", "data": "0102030405060708"},
            {"frame_type": "stream", "length": 10},
            {**close, "raw_error_code": 9, "reason": "done"},
        ),
    )
    [packet] = trace_of(text(GO_HEAD, *records)).events
    assert isinstance(packet, Packet)
    assert (packet.sent, packet.type, packet.number) == (True, "1RTT", 4)
    assert (packet.destination, packet.source) == (b"\xaa", ABSENT)
    assert packet.frames == (
        Ack(((1, 3), (7, 7))),
        NewConnectionId(1, 0, 2, b"\xbe\xef", bytes.fromhex(TOKEN)),
        RetireConnectionId(0),
        PathChallenge(bytes(range(1, 9))),
        OtherFrame("stream"),
        ConnectionClose(9, "application", "done"),
    )


def test_connection_ids_of_zero_length_are_values(trace_of: Reading) -> None:
    """quic-go logs the length 0 and no ID, or the word `(empty)`."""
    long = {"packet_type": "handshake", "dcil": 0, "scil": 0, "dcid": None}
    records = [sent(**long), sent(dcid="(empty)")]
    packets = [e for e in trace_of(text(GO_HEAD, *records)).events if isinstance(e, Packet)]
    assert [(p.destination, p.source) for p in packets] == [(b"", b""), (b"", ABSENT)]


def test_ngtcp2_packets_have_no_connection_ids(trace_of: Reading) -> None:
    """Headers without connection IDs give NOT_LOGGED, tokens come in objects, lengths have a long name."""
    issue = {
        "frame_type": "new_connection_id",
        "sequence_number": 6,
        "retire_prior_to": 2,
        "connection_id_length": 1,
        "connection_id": "cc",
        "stateless_reset_token": {"data": TOKEN},
    }
    header = {"packet_type": "handshake", "packet_number": 7}
    trace = trace_of(text(NG_HEAD, event("packet_received", {"frames": [issue], "header": header})))
    [packet] = trace.events
    assert isinstance(packet, Packet)
    assert (packet.destination, packet.source, packet.sent) == (NOT_LOGGED, NOT_LOGGED, False)
    assert packet.frames == (NewConnectionId(6, 2, 1, b"\xcc", bytes.fromhex(TOKEN)),)
    assert trace.capabilities == {"ncid_token", "packet_number", "frames", "limit"}


def test_parameters_that_are_silent_mean_what_the_dialect_says(trace_of: Reading) -> None:
    """ngtcp2 logs what is there, so silence is absence; of quic-go's silence nothing follows."""
    data = {"owner": "remote", "initial_source_connection_id": "aa", "active_connection_id_limit": 7}
    [ours] = trace_of(text(NG_HEAD, event("parameters_set", data))).events
    data["initiator"] = data.pop("owner")
    [theirs] = trace_of(text(GO_HEAD, event("parameters_set", data))).events
    assert isinstance(ours, Parameters)
    assert isinstance(theirs, Parameters)
    for parameters in (ours, theirs):
        assert (parameters.owner, parameters.active_connection_id_limit) == ("remote", 7)
        assert parameters.initial_source_connection_id == b"\xaa"
    assert (ours.stateless_reset_token, theirs.stateless_reset_token) == (ABSENT, NOT_LOGGED)


def test_preferred_address_gives_connection_id_and_token(trace_of: Reading) -> None:
    """The connection ID with sequence number 1 and its token are read."""
    preferred = {"ip_v4": "7f000001", "connection_id": "dd", "stateless_reset_token": {"data": TOKEN}}
    data = {"owner": "local", "preferred_address": preferred}
    [parameters] = trace_of(text(NG_HEAD, event("parameters_set", data))).events
    assert isinstance(parameters, Parameters)
    assert parameters.preferred_address_connection_id == b"\xdd"
    assert parameters.preferred_address_token == bytes.fromhex(TOKEN)


def test_the_end_of_the_connection_is_an_event(trace_of: Reading) -> None:
    """Initiator, code, trigger and reason are read; a transport error may be a word."""
    data = {"initiator": "local", "connection_error": "connection_id_limit_error", "reason": "too many"}
    [closed] = trace_of(text(GO_HEAD, event("connection_closed", data))).events
    assert isinstance(closed, ConnectionClosed)
    assert (closed.owner, closed.error_code, closed.trigger) == ("local", 9, NOT_LOGGED)
    assert closed.reason == "too many"


def test_positions_point_at_records(trace_of: Reading) -> None:
    """The offset is that of the record's first byte; skipped events are counted in the numbers."""
    content = text(GO_HEAD, {"time": 0, "name": "recovery:metrics_updated", "data": {}}, sent(), sent())
    events = list(trace_of(content).events)
    assert [e.position.event for e in events] == [1, 2]
    for e in events:
        assert content[e.position.offset - 1] == "\x1e"
        assert content[e.position.offset] == "{"


def test_times_count_from_the_first_event(trace_of: Reading) -> None:
    """Skipped events set the clock too; with the time format `delta` times add up."""
    records = [{"time": 5.5, "name": "x:y", "data": {}}, event("packet_sent", {"header": {}}, 6.0)] * 2
    assert [e.time for e in trace_of(text(GO_HEAD, *records)).events if isinstance(e, Packet)] == [0.5, 0.5]
    head = {**NG_HEAD, "trace": {"common_fields": {"time_format": "delta"}}}
    assert [e.time for e in trace_of(text(head, *records)).events if isinstance(e, Packet)] == [6.0, 17.5]


def test_unknown_events_are_counted_in_each_iteration_anew(trace_of: Reading) -> None:
    """Events without a place in the model are skipped and counted by name, however often one iterates."""
    trace = trace_of(text(GO_HEAD, sent(), {"time": 1, "name": "loss:spun", "data": [1]}, sent()))
    assert not trace.unknown
    for _ in range(2):
        assert len(list(trace.events)) == 2
        assert trace.unknown == {"loss:spun": 1}


def test_a_cut_off_record_is_a_gap_after_all_before_it(trace_of: Reading) -> None:
    """Whatever the cut, the whole records are read, and the rest is one gap at its offset."""
    whole = text(GO_HEAD, sent())
    last = text(sent()).rstrip("\n")
    for cut in range(2, len(last) - 1):
        events = list(trace_of(whole + last[:cut]).events)
        assert [type(e) for e in events] == [Packet, Gap]
        assert isinstance(events[1], Gap)
        assert "cut off" in events[1].reason
        assert events[1].position.offset == len(whole) + 1


def test_a_broken_record_in_the_middle_is_a_gap(trace_of: Reading) -> None:
    """Reading goes on behind a record that is not JSON, or no object."""
    content = text(GO_HEAD, sent()) + "\x1e{oops\n" + "\x1e[1]\n" + "\x1e\n" + text(sent())
    assert [type(e) for e in trace_of(content).events] == [Packet, Gap, Gap, Packet]


def test_lines_without_separators_are_read_too(trace_of: Reading) -> None:
    """Newline-delimited JSON is the same format with another separator."""
    trace = trace_of(text(GO_HEAD, sent(), separator="") + "\n" + text(sent(), separator=""))
    assert [type(e) for e in trace.events] == [Packet, Packet]
    assert trace.format == "sequential"


def test_records_may_be_split_over_blocks(trace_of: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    """The block size changes neither events nor offsets."""
    content = text(GO_HEAD, *[sent(packet_number=n) for n in range(20)])
    expected = list(trace_of(content).events)
    for block in (1, 2, 7, 64, 1000):
        monkeypatch.setattr(sequential, "BLOCK", block)
        assert list(trace_of(content).events) == expected


def test_an_endless_record_is_a_gap_and_not_kept(trace_of: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record above the limit is skipped; the next one is read at its right offset."""
    monkeypatch.setattr(sequential, "BLOCK", 64)
    monkeypatch.setattr(sequential, "LONGEST_RECORD", 512)
    content = text(GO_HEAD, sent(reason="x" * 2000), sent())
    events = list(trace_of(content).events)
    assert [type(e) for e in events] == [Gap, Packet]
    assert content[events[1].position.offset - 1] == "\x1e"
