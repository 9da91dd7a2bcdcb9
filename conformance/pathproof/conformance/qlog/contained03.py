"""Events of contained JSON as objects, as qlog 0.3 has them: with `time`, `name` and `data` (aioquic)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import msgspec

from pathproof.conformance.events import Event
from pathproof.conformance.qlog.dialects import Dialect
from pathproof.conformance.qlog.errors import UNREADABLE
from pathproof.conformance.qlog.interpret import Interpreter
from pathproof.conformance.qlog.records import TraceRecord, event_decoder


def events(
    file: str,
    record: TraceRecord,
    locate: Callable[[], Iterator[tuple[int, msgspec.Raw | bytes, str]]],
    dialect: Dialect,
    unknown: Counter[str],
) -> Iterator[Event]:
    """Yield the events of one trace; `locate` yields offset, text and problem of each.

    Times are in milliseconds; with the time format `delta` each counts from the event before it.
    """
    common = record.common_fields
    relative = bool(common and common.time_format == "delta")
    interpreter = Interpreter(file, dialect, unknown, relative=relative)
    for number, (offset, text, problem) in enumerate(locate()):
        if problem:
            yield interpreter.gap(problem, offset, number)
            continue
        try:
            decoded = event_decoder.decode(text)
        except UNREADABLE as error:
            yield interpreter.gap(error, offset, number)
            continue
        name, time, data = decoded.name, decoded.time, decoded.data
        found = interpreter.event(name, time, data, offset, number, decoded.tuple_id)
        if isinstance(found, tuple):
            yield from found
        elif found is not None:
            yield found
