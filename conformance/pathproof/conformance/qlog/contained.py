"""Contained files: one JSON object with all traces and events, whole or cut off (aioquic, picoquic, others).

The whole file is held in memory, plus about 100 bytes for each event. Which of the two event shapes a trace
has (objects, or arrays as in draft-00) is decided by its first event.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice

import msgspec

from pathproof.conformance.events import Trace
from pathproof.conformance.qlog import contained03, draft00
from pathproof.conformance.qlog.assemble import assemble
from pathproof.conformance.qlog.elements import arrays, elements
from pathproof.conformance.qlog.errors import UNREADABLE, NotQlog, one_line
from pathproof.conformance.qlog.records import (
    CommonRecord,
    ConfigurationRecord,
    FileRecord,
    TraceRecord,
    VantageRecord,
    file_decoder,
)

Located = tuple[int, msgspec.Raw | bytes, str]
"""One event: its offset in bytes, its JSON text, and what is wrong with it ("" if nothing is)."""


def read_contained(file: str, data: bytes) -> list[Trace]:
    """Return the traces of a contained file's content. Raises `NotQlog` if it has none.

    Content that is no JSON is searched for arrays of events, provided that it says it is a qlog.
    """
    try:
        record = file_decoder.decode(data)
    except UNREADABLE as error:
        return _salvage(file, data, one_line(error))
    if not record.is_qlog:
        raise NotQlog(file, "JSON without qlog_version, qlog_format or a qlog file_schema")
    if record.traces is None:
        raise NotQlog(file, "qlog without traces")
    return list(_whole(file, data, record))


def _whole(file: str, data: bytes, record: FileRecord) -> Iterator[Trace]:
    """Yield the traces of a file that is correct JSON."""
    cursor = 0
    for trace in record.traces or ():
        raws = trace.events or []
        trace.events = None
        yield _trace(file, trace, record.title, partial(_located, data, raws, cursor))
        for raw in raws:
            cursor = data.find(raw, cursor) + len(memoryview(raw))


def _located(data: bytes, raws: Sequence[msgspec.Raw], cursor: int) -> Iterator[Located]:
    """Yield the events with their offsets: in order, each is the first match behind the one before it."""
    for raw in raws:
        offset = data.find(raw, cursor)
        cursor = offset + len(memoryview(raw))
        yield offset, raw, ""


def _trace(
    file: str, record: TraceRecord, title: str | None, locate: Callable[[], Iterator[Located]]
) -> Trace:
    """Return one trace, with the reader for the shape of its first event."""
    first = next((bytes(text) for _, text, _ in islice(locate(), 1)), b"")
    if first.lstrip().startswith(b"["):
        return assemble(file, "draft-00", record, title, partial(draft00.events, file, record, locate))
    return assemble(file, "contained", record, title, partial(contained03.events, file, record, locate))


MARK = re.compile(r'"(?:qlog_version|qlog_format|file_schema)"\s*:')


def _salvage(file: str, data: bytes, problem: str) -> list[Trace]:
    """Return the traces that can be found in broken JSON. Raises `NotQlog`."""
    text = data.decode("latin-1")  # one character a byte, and never an error
    if not MARK.search(text):
        raise NotQlog(file, f"no qlog, and no JSON: {problem}")
    found = list(arrays(text))
    if not found:
        raise NotQlog(file, f"qlog without a readable array of events: {problem}")
    ending = f"JSON breaks behind the events: {problem}" if all(sound for _, _, sound in found) else ""
    traces = []
    for start, first, _ in found:
        record = _description(text, start, first)
        cut = partial(_cut, data, text, first, ending if first == found[-1][1] else "")
        traces.append(_trace(file, record, None, cut))
    return traces


def _cut(data: bytes, text: str, first: int, ending: str) -> Iterator[Located]:
    """Yield the events of broken JSON, gaps, and one more gap where `ending` says why there may be more."""
    at = first
    for element in elements(text, first):
        yield element.start, b"" if element.problem else data[element.start : element.end], element.problem
        at = element.end
    if ending:
        yield at, b"", ending


DESCRIBED = 4096
"""Characters before an array of events that are searched for the trace's description."""


def _description(text: str, start: int, end: int) -> TraceRecord:
    """Return what the text before an array of events says about its trace."""
    before = text[max(start, end - DESCRIBED) : end]

    def last(member: str) -> str | None:
        """Return the last string that a member of this name has."""
        found = re.findall(rf'"{member}"\s*:\s*"([^"\\]*)"', before)
        return found[-1] if found else None

    fields = re.findall(r'"event_fields"\s*:\s*\[([^\]]*)\]', before)
    return TraceRecord(
        title=last("title"),
        vantage_point=VantageRecord(last("name"), last("type")),
        common_fields=CommonRecord(last("ODCID"), last("group_id"), last("time_format")),
        configuration=ConfigurationRecord(last("time_units")),
        event_fields=re.findall(r'"([^"\\]*)"', fields[-1]) if fields else None,
    )
