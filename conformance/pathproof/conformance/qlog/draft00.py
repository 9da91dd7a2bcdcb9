"""Events of contained JSON as arrays, as qlog draft-00 has them (picoquic).

`event_fields` says what the elements of each array are; picoquic writes `relative_time`, `category`, `event`,
`data`, and for multipath connections `path_id` behind the time. Times are in the unit that the trace's
configuration names, `us` or `ms`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import msgspec

from pathproof.conformance.events import Event
from pathproof.conformance.qlog.dialects import Dialect
from pathproof.conformance.qlog.errors import UNREADABLE, Malformed
from pathproof.conformance.qlog.interpret import Interpreter
from pathproof.conformance.qlog.records import (
    TraceRecord,
    fields_decoder,
    number_decoder,
    string_decoder,
)

DEFAULT_FIELDS = ["relative_time", "category", "event", "data"]
"""The elements of an event where the trace does not say."""

NAMES = {
    "time": ("relative_time", "time", "delta_time", "reference_time"),
    "category": ("category",),
    "event": ("event", "event_type", "name"),
    "data": ("data",),
}
"""The names in `event_fields` for each of the four parts that are read."""


def events(
    file: str,
    record: TraceRecord,
    locate: Callable[[], Iterator[tuple[int, msgspec.Raw | bytes, str]]],
    dialect: Dialect,
    unknown: Counter[str],
) -> Iterator[Event]:
    """Yield the events of one trace; `locate` yields offset, text and problem of each."""
    fields = record.event_fields or DEFAULT_FIELDS
    unit = 0.001 if record.configuration and record.configuration.time_units == "us" else 1.0
    interpreter = Interpreter(file, dialect, unknown, unit=unit, relative="delta_time" in fields)
    columns = {part: _column(fields, part) for part in NAMES}
    for number, (offset, text, problem) in enumerate(locate()):
        if problem:
            yield interpreter.gap(problem, offset, number)
            continue
        try:
            name, time, data = _parts(text, columns)
        except UNREADABLE as error:
            yield interpreter.gap(error, offset, number)
            continue
        found = interpreter.event(name, time, data, offset, number)
        if isinstance(found, tuple):
            yield from found
        elif found is not None:
            yield found


def _column(fields: list[str], part: str) -> int:
    """Return the index of a part among the fields, or an index that no event has."""
    return next((fields.index(name) for name in NAMES[part] if name in fields), len(fields) + 1000)


def _parts(text: msgspec.Raw | bytes, columns: dict[str, int]) -> tuple[str, float, msgspec.Raw]:
    """Return name, time and data of an event. Raises `Malformed` or what decoding raises."""
    values = fields_decoder.decode(text)
    for part, column in columns.items():
        if column >= len(values):
            raise Malformed(f"{part}: missing in an event of {len(values)} fields")
    category = string_decoder.decode(values[columns["category"]])
    event = string_decoder.decode(values[columns["event"]])
    time = number_decoder.decode(values[columns["time"]])
    return f"{category}:{event}".lower(), time, values[columns["data"]]
