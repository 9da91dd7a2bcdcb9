"""Sequential files: one JSON text a record, the first of which describes the trace (quic-go, ngtcp2, others).

Records start with the separator 0x1E (JSON text sequences, RFC 7464), or are lines. A file of any length is
followed in bounded memory: at most `BLOCK` and one record are held.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pathproof.conformance.events import Event, Trace
from pathproof.conformance.qlog.assemble import assemble
from pathproof.conformance.qlog.dialects import Dialect
from pathproof.conformance.qlog.errors import UNREADABLE, NotQlog, one_line
from pathproof.conformance.qlog.interpret import Interpreter
from pathproof.conformance.qlog.records import FileRecord, TraceRecord, event_decoder, file_decoder

SEPARATOR = b"\x1e"
"""What starts a record (RFC 7464, Section 2.1)."""
NEWLINE = b"\n"
"""What ends a record in files without separators."""
BLOCK = 1 << 20
"""Bytes that are read at a time."""
LONGEST_RECORD = 16 << 20
"""Bytes that one record can have; a longer one becomes a gap."""


def records(file: str, separator: bytes) -> Iterator[tuple[int, bytes | None, bool]]:
    """Yield each record's offset, its text (None if it is too long), and whether it is the file's last.

    Records of nothing but blanks are left out. Raises `NotQlog` if the file cannot be read.
    """
    offset = 0
    rest = b""
    skipping = False
    try:
        with Path(file).open("rb") as stream:
            while block := stream.read(BLOCK):
                parts = (rest + block).split(separator)
                rest = parts.pop()
                for part in parts:
                    if not skipping and part and not part.isspace():
                        yield offset, part, False
                    offset += len(part) + 1
                    skipping = False
                if len(rest) > LONGEST_RECORD and not skipping:
                    yield offset, None, False
                    skipping = True
                if skipping:
                    offset += len(rest)
                    rest = b""
    except OSError as error:
        raise NotQlog(file, error.strerror or "cannot be read") from error
    if rest and not skipping and not rest.isspace():
        yield offset, rest, True


def describes(text: bytes) -> FileRecord | None:
    """Return a file's first record if the text is one, else None.

    >>> describes(b'{"qlog_version":"0.3","trace":{}}') is not None, describes(b'{"traces":[]}')
    (True, None)
    """
    try:
        record = file_decoder.decode(text)
    except UNREADABLE:
        return None
    sequential = "SEQ" in (record.qlog_format or "") or "NDJSON" in (record.qlog_format or "")
    sequential = sequential or (record.file_schema or "").endswith("sequential") or record.trace is not None
    return record if record.is_qlog and sequential and record.traces is None else None


def read_sequential(file: str, separator: bytes) -> list[Trace]:
    """Return the one trace of a sequential file. Raises `NotQlog` if its first record describes none."""
    _, text, cut = next(records(file, separator), (0, b"", False))
    head = describes(text or b"")
    if head is None:
        problem = _problem(text or b"")
        what = "cut off" if cut and "truncated" in problem else "no qlog header"
        raise NotQlog(file, f"first record is {what}{problem}")
    record = head.trace or TraceRecord()
    record.events = None
    return [assemble(file, "sequential", record, head.title, partial(events, file, separator, record))]


def _problem(text: bytes) -> str:
    """Return what is wrong with the first record's JSON, if that is what is wrong with it."""
    try:
        file_decoder.decode(text)
    except UNREADABLE as error:
        return f": {one_line(error)}"
    return ""


def events(
    file: str, separator: bytes, record: TraceRecord, dialect: Dialect, unknown: Counter[str]
) -> Iterator[Event]:
    """Yield the events of a sequential file, with a gap for each record that cannot be read.

    Times are in milliseconds; with the time format `delta` each counts from the event before it.
    """
    common = record.common_fields
    relative = bool(common and common.time_format == "delta")
    interpreter = Interpreter(file, dialect, unknown, relative=relative)
    decode, interpret = event_decoder.decode, interpreter.event
    for number, (offset, text, last) in enumerate(records(file, separator), start=-1):
        if number < 0:
            continue
        try:
            if text is None:
                yield interpreter.gap(f"record is longer than {LONGEST_RECORD} bytes", offset, number)
                continue
            decoded = decode(text)
        except UNREADABLE as error:
            reason = f"last record is cut off: {one_line(error)}" if last else one_line(error)
            yield interpreter.gap(reason, offset, number)
            continue
        found = interpret(decoded.name, decoded.time, decoded.data, offset, number, decoded.tuple_id)
        if isinstance(found, tuple):
            yield from found
        elif found is not None:
            yield found
