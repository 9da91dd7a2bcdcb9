"""Contained files: aioquic's objects and picoquic's arrays, whole, cut off and broken."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pathproof.conformance.events import (
    ABSENT,
    NOT_LOGGED,
    Gap,
    NewConnectionId,
    Packet,
    Parameters,
    PathChallenge,
    Trace,
)
from pathproof.conformance.qlog import read

Reading = Callable[[str | bytes], Trace]

TOKEN = "00112233445566778899aabbccddeeff"
ISSUE = {
    "connection_id": "beef",
    "frame_type": "new_connection_id",
    "length": 2,
    "reset_token": TOKEN,
    "retire_prior_to": 0,
    "sequence_number": 1,
}


def sent(number: int, *frames: object) -> dict[str, object]:
    """A sent 1-RTT packet of aioquic's shape."""
    header = {"packet_number": number, "packet_type": "1RTT", "scid": "", "dcid": "aa"}
    return {"data": {"frames": list(frames), "header": header}, "name": "transport:packet_sent", "time": 1e12}


def aioquic(*events: object) -> dict[str, object]:
    """One trace of aioquic's shape: the description of the writer comes last."""
    return {
        "common_fields": {"ODCID": "0102"},
        "events": list(events),
        "vantage_point": {"name": "aioquic", "type": "server"},
    }


def whole(*traces: object) -> str:
    """A contained file."""
    return json.dumps({"qlog_format": "JSON", "qlog_version": "0.3", "traces": traces})


PICOQUIC = """{ "qlog_version": "draft-00", "title": "picoquic", "traces": [
{ "vantage_point": { "name": "backend-67", "type": "client" },
"title": "picoquic", "description": "0102","event_fields": [%s"category", "event", "data"],
"configuration": {"time_units": "us"},
"common_fields": { "protocol_type": "QUIC_HTTP3", "reference_time": "1540094606"},
"events": [
%s]}]}
"""
FIELDS = '"relative_time", '
PICOQUIC_EVENTS = (
    '[1000, "transport", "parameters_set", {\n    "owner": "local",\n    "sni": "test.example.com"}]',
    '[1000, "transport", "parameters_set", {"owner": "local", "active_connection_id_limit" : 8,'
    ' "handshake_connection_id": "bb", "disable_migration": ""}]',
    '[1500, "transport", "packet_sent", { "packet_type": "initial", "header": { "packet_number": 3,'
    ' "dcid": "0102" }, "frames": [{ \n    "frame_type": "new_connection_id", "sequence_number": 2,'
    ' "retire_before": 1, "connection_id": "beef", "reset_token": "' + TOKEN + '"}, { \n'
    '    "frame_type": "path_challenge", "path_challenge": "0102030405060708"}]}]',
)


def picoquic(*events: str, fields: str = FIELDS) -> str:
    """A file of picoquic's shape."""
    return PICOQUIC % (fields, ",\n".join(events))


def test_aioquic_trace_is_understood(trace_of: Reading) -> None:
    """Description, packets and frames are read; the empty source ID of a short header is absent."""
    trace = trace_of(whole(aioquic(sent(7, ISSUE))))
    assert (trace.dialect, trace.format, trace.stack) == ("aioquic", "contained", "aioquic")
    assert (trace.vantage, trace.original_destination_connection_id) == ("server", b"\x01\x02")
    [packet] = trace.events
    assert isinstance(packet, Packet)
    assert (packet.time, packet.number, packet.destination, packet.source) == (0.0, 7, b"\xaa", ABSENT)
    assert packet.frames == (NewConnectionId(1, 0, 2, b"\xbe\xef", bytes.fromhex(TOKEN)),)


def test_aioquic_never_logs_the_preferred_address(trace_of: Reading) -> None:
    """So its silence says nothing, while that of other parameters says that they are absent."""
    data = {"owner": "remote", "active_connection_id_limit": 8}
    event = {"data": data, "name": "transport:parameters_set", "time": 1.0}
    [parameters] = trace_of(whole(aioquic(event))).events
    assert isinstance(parameters, Parameters)
    assert parameters.preferred_address_connection_id is NOT_LOGGED
    assert parameters.stateless_reset_token is ABSENT


def test_a_file_can_hold_several_traces(tmp_path: Path) -> None:
    """Each has its own events, and offsets that point into the one file."""
    content = whole(aioquic(sent(1), sent(1)), aioquic(), aioquic(sent(1)))
    path = tmp_path / "many"
    path.write_text(content)
    traces = read(path)
    offsets = [[e.position.offset for e in trace.events] for trace in traces]
    assert [len(o) for o in offsets] == [2, 0, 1]
    flat = [offset for o in offsets for offset in o]
    assert flat == sorted(set(flat))
    assert all(content[offset : offset + 8] == '{"data":' for offset in flat)


def test_picoquic_trace_is_understood(trace_of: Reading) -> None:
    """Arrays, microseconds, draft names, IDs of zero length that are left out."""
    trace = trace_of(picoquic(*PICOQUIC_EVENTS))
    assert (trace.dialect, trace.format, trace.vantage) == ("picoquic", "draft-00", "client")
    assert trace.original_destination_connection_id == b"\x01\x02"
    parameters, packet = trace.events
    assert isinstance(parameters, Parameters)
    assert (parameters.active_connection_id_limit, parameters.initial_source_connection_id) == (8, b"\xbb")
    assert parameters.disable_active_migration is True
    assert isinstance(packet, Packet)
    assert (packet.time, packet.type, packet.number) == (0.5, "initial", 3)
    assert (packet.destination, packet.source) == (b"\x01\x02", b"")
    issue = NewConnectionId(2, 1, 2, b"\xbe\xef", bytes.fromhex(TOKEN))
    assert packet.frames == (issue, PathChallenge(bytes(range(1, 9))))
    assert trace.unknown == {"transport:parameters_set": 1}


def test_event_fields_say_where_the_parts_are(trace_of: Reading) -> None:
    """With a path ID between time and category all is found where it is."""
    events = [event.replace(", ", ", 0, ", 1) for event in PICOQUIC_EVENTS]
    trace = trace_of(picoquic(*events, fields=FIELDS + '"path_id", '))
    assert [type(e) for e in trace.events] == [Parameters, Packet]


def test_an_event_with_too_few_fields_is_a_gap(trace_of: Reading) -> None:
    """The gap names the part that is missing."""
    [gap] = trace_of(picoquic('[1, "transport", "packet_sent"]')).events
    assert isinstance(gap, Gap)
    assert gap.reason.startswith("data: missing")


@pytest.mark.parametrize("content", [whole(aioquic(*map(sent, range(5)))), picoquic(*PICOQUIC_EVENTS)])
def test_any_cut_keeps_what_was_whole_and_ends_in_a_gap(trace_of: Reading, content: str) -> None:
    """Every event before the cut is read as in the whole file; then comes one gap, and nothing else."""
    expected = list(trace_of(content).events)
    first = content.index('"events"') + 12
    counts = []
    for cut in range(first, len(content.rstrip()) - 1):
        *events, gap = trace_of(content[:cut]).events
        assert isinstance(gap, Gap)
        assert "\n" not in gap.reason
        assert events == expected[: len(events)]
        counts.append(len(events))
    assert counts == sorted(counts)
    assert counts[-1] == len(expected)


def test_a_cut_does_not_lose_who_wrote_the_trace(trace_of: Reading) -> None:
    """aioquic names itself and its side at the end; without it the parameters show the side."""
    data = {"owner": "local", "original_destination_connection_id": "0102"}
    parameters = {"data": data, "name": "transport:parameters_set", "time": 1.0}
    content = whole(aioquic(parameters, sent(1), sent(2)))
    trace = trace_of(content[: content.index('"packet_number": 2')])
    assert (trace.dialect, trace.stack, trace.vantage) == ("aioquic", "", "server")
    assert [type(e) for e in trace.events] == [Parameters, Packet, Gap]


def test_a_cut_in_the_second_trace_keeps_the_first(tmp_path: Path) -> None:
    """All traces that began are there, each with what was whole of it."""
    content = whole(aioquic(sent(1), sent(2)), aioquic(sent(3), sent(4)))
    path = tmp_path / "cut"
    path.write_text(content[: content.index('"packet_number": 4')])
    assert [[type(e) for e in trace.events] for trace in read(path)] == [[Packet, Packet], [Packet, Gap]]


def test_reading_goes_on_behind_an_event_that_breaks_the_json(trace_of: Reading) -> None:
    """picoquic writes a preferred address without its opening brace: one gap, and all the rest."""
    broken = '[1200, "transport", "parameters_set", {"owner": "remote", "a": "ip_v4": "1.2.3.4"}}]'
    trace = trace_of(picoquic(*PICOQUIC_EVENTS[:2], broken, *PICOQUIC_EVENTS[2:]))
    assert [type(e) for e in trace.events] == [Parameters, Gap, Packet]


def test_every_iteration_gives_the_same(trace_of: Reading) -> None:
    """Events can be read again, of whole and of cut files."""
    content = picoquic(*PICOQUIC_EVENTS)
    for text in (content, content[:-20]):
        trace = trace_of(text)
        assert list(trace.events) == list(trace.events)
