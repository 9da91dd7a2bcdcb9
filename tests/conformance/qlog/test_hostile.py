"""Content that is no qlog, or was made to do harm: one clear line, quickly, whatever the bytes."""

import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathproof.conformance.events import Gap, Packet, Trace
from pathproof.conformance.qlog import NotQlog, read

Reading = Callable[[str | bytes], Trace]

SAMPLES = files("pathproof.conformance") / "samples"
SECONDS = 5.0
"""No test input here may take longer, on a slow machine."""

EVENT = '{"time":1,"name":"transport:packet_sent","data":{"header":{"packet_type":"1RTT","dcid":"aa"}}}'
CONTAINED = '{"qlog_version":"0.3","title":"x","traces":[{"events":[' + EVENT + ", " + EVENT + "]}]}"
SEQUENTIAL = '\x1e{"qlog_version":"0.3","trace":{}}\n\x1e' + EVENT + "\n\x1e" + EVENT + "\n"
SEEDS = (
    CONTAINED.encode(),
    SEQUENTIAL.encode(),
    SEQUENTIAL.replace("\x1e", "").encode(),
    (SAMPLES / "aioquic-steady-client.qlog").read_bytes()[:6000],
    (SAMPLES / "aioquic-rotate-server.qlog").read_bytes(),
)


def exhaust(content: bytes) -> None:
    """Read content to its end; only NotQlog may be raised, with one line, and only in time."""
    with TemporaryDirectory() as directory:
        path = Path(directory) / "content"
        path.write_bytes(content)
        started = time.monotonic()
        try:
            for trace in read(path):
                for event in trace.events:
                    assert not isinstance(event, Gap) or "\n" not in event.reason
        except NotQlog as error:
            assert len(str(error).splitlines()) == 1
        assert time.monotonic() - started < SECONDS


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\t", "blanks"),
        (b"\x00\x01\x02\x03", "no qlog"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\xd4\xc3\xb2\xa1\x02\x00", "no qlog"),
        (b"hello", "no qlog"),
        (b"[1, 2]", "no qlog"),
        (b"{}", "without qlog_version"),
        (b'{"traces": []', "no JSON"),
        (b'{"qlog_version":"0.3"}', "without traces"),
        (b'{"qlog_version":"0.3","traces":[{"ev', "without a readable array"),
        (b'{"qlog_version":5,"traces":[]}', "without a readable array"),
        (b"\x1e", "no qlog header"),
        (b"\x1e{}\n", "no qlog header"),
        (b'\x1e{"qlog_version":"0.3","tr', "cut off"),
        (b"\x1e\xff\xfe\n", "no qlog header"),
    ],
)
def test_what_is_no_qlog_is_named_in_one_line(tmp_path: Path, content: bytes, reason: str) -> None:
    """The line holds path and cause."""
    path = tmp_path / "trace.qlog"
    path.write_bytes(content)
    with pytest.raises(NotQlog) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert reason in caught.value.reason
    assert "\n" not in str(caught.value)


def test_paths_that_are_no_files_are_named_too(tmp_path: Path) -> None:
    """Directories, missing files, devices and impossible paths."""
    for path in (tmp_path, tmp_path / "missing", Path("/dev/zero"), "a\0b"):
        with pytest.raises(NotQlog):
            read(path)


def test_a_file_that_goes_away_is_named_while_it_is_read(tmp_path: Path) -> None:
    """Sequential files are read again at each iteration."""
    path = tmp_path / "trace"
    path.write_text(SEQUENTIAL)
    [trace] = read(path)
    path.unlink()
    with pytest.raises(NotQlog):
        list(trace.events)


@pytest.mark.parametrize("bomb", ["[" * 10**6, '{"a":' * 10**6, "[" * 10**5 + "]" * 10**5])
def test_deep_nesting_is_a_gap_where_it_is(trace_of: Reading, bomb: str) -> None:
    """In a record, in an event, in an event's data, and instead of a file."""
    exhaust(bomb.encode())
    exhaust(('{"qlog_version":' + bomb).encode())
    nested = EVENT.replace('"aa"', bomb)
    trace = trace_of(SEQUENTIAL + "\x1e" + nested + "\n\x1e" + EVENT + "\n")
    assert [type(e) for e in trace.events] == [Packet, Packet, Gap, Packet]
    trace = trace_of(CONTAINED.replace("]}]}", ", " + nested))
    assert [type(e) for e in trace.events] == [Packet, Packet, Gap]


@pytest.mark.parametrize(
    "piece", [",\n[", ',\n["', ",\n{", '"events":[', '{"events":[[', '\\"', " ", ",", "0,"]
)
def test_repetition_does_not_take_quadratic_time(piece: str) -> None:
    """Half a megabyte of what salvage looks for is salvaged in seconds."""
    head = '{"qlog_version":"0.3","traces":[{"events":['
    for start in (head, head + EVENT, head + '["'):
        exhaust((start + piece * (500_000 // len(piece))).encode())


def test_names_of_unknown_events_are_counted_in_bounded_memory(trace_of: Reading) -> None:
    """However many names there are, the counter stays small and its total right."""
    records = "".join(f'\x1e{{"time":1,"name":"{n}"}}\n' for n in range(5000))
    trace = trace_of(SEQUENTIAL + records)
    assert len(list(trace.events)) == 2
    assert trace.unknown.total() == 5000
    assert len(trace.unknown) < 1100


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Arbitrary bytes raise nothing but NotQlog."""
    exhaust(content)


@given(st.sampled_from(["", "\x1e"]), st.text(max_size=300))
def test_any_text_behind_a_header_is_read(separator: str, text: str) -> None:
    """Arbitrary text after a good header raises nothing but NotQlog."""
    exhaust(f'{separator}{{"qlog_version":"0.3","trace":{{}}}}\n{separator}{text}'.encode(errors="replace"))


TOKENS = (b'"', b"{", b"]", b"-1", b"\x1e", b"null", b"1e999", b"\\u")


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_any_mutation_of_a_trace_is_read_or_refused(data: st.DataObject) -> None:
    """Bytes replaced, inserted, removed and cut raise nothing but NotQlog."""
    content = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content)))
        length = data.draw(st.sampled_from([0, 1, 2, 5, 40]))
        content[at : at + length] = data.draw(
            st.one_of(
                st.binary(max_size=6), st.sampled_from([b'"', b"{", b"]", b"-1", b"\x1e", b"null", b"1e999"])
            )
        )
    exhaust(bytes(content[: data.draw(st.integers(0, len(content)))]))
