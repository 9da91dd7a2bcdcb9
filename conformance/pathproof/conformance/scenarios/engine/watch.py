"""What an endpoint saw at its boundary: qlog, a file for each connection, written as it happens.

Nothing is held back, so that the files tell all there was of a process that is killed.
"""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

import msgspec

from pathproof.conformance.events import Event, Gap, Trace
from pathproof.conformance.qlog import read as read_qlog
from pathproof.conformance.qlog.sequential import SEPARATOR, records
from pathproof.conformance.scenarios.engine.child import say
from pathproof.conformance.watched import Watched
from pathproof.reference.connection import Connection
from pathproof.reference.observer import EndSeen, PacketDropped, PathSeen, Sight
from pathproof.reference.qlog.connection_log import ConnectionLog
from pathproof.reference.qlog.file import RecordFile
from pathproof.reference.qlog.schema import head

NOBODY = -1
"""The number of no connection: what was answered without one."""
NAMED = re.compile(r"connection(-?\d+)\.sqlog", re.ASCII)


class Watch:
    """Writes what one endpoint sees, and says what happens to paths; call it as the endpoint's observer."""

    def __init__(self, folder: Path, vantage: str) -> None:
        """Write into a folder, which is made."""
        folder.mkdir()
        self._folder, self._vantage = folder, vantage
        self._logs: dict[int, ConnectionLog] = {}
        self._numbers: dict[int, int] = {}
        self._kept: list[Connection] = []  # so that no two have one identity

    def __call__(self, sight: Sight) -> None:
        """Take in what was seen."""
        number = self._number(sight.connection)
        self._log(number).take(sight)
        match sight:
            case PathSeen(what=what, path=path):
                say("path", what=what, local=list(path.local), remote=list(path.remote), connection=number)
            case EndSeen(ended=ended):
                say("ended", outcome=ended.cause, connection=number, why=ended.says)
            case PacketDropped(why=why):
                say("dropped", why=why, connection=number)

    def _number(self, connection: Connection | None) -> int:
        if connection is None:
            return NOBODY
        if id(connection) not in self._numbers:
            self._numbers[id(connection)] = len(self._kept)
            self._kept.append(connection)
        return self._numbers[id(connection)]

    def _log(self, number: int) -> ConnectionLog:
        if number not in self._logs:
            first = head(self._vantage)
            file = RecordFile(self._folder, f"connection{number}", first, patience=0.0)
            self._logs[number] = ConnectionLog(file)
        return self._logs[number]


def read(folder: Path) -> dict[int, Trace]:
    """The traces of an endpoint by the number of their connection; `NOBODY` has what belonged to none.

    Times are in milliseconds from the machine's clock, which all processes of a run share.
    """
    found = {}
    for file in sorted(folder.glob("*.sqlog")):
        named = NAMED.fullmatch(file.name)
        if named is not None:
            found[int(named[1])] = _absolute(read_qlog(str(file))[0], _begin(file))
    return dict(sorted(found.items()))


def _begin(file: Path) -> float:
    """The time of the first event, in milliseconds."""
    for _, text, _ in islice(records(str(file), SEPARATOR), 1, 2):
        time: float = msgspec.json.decode(text or b"{}")["time"]
        return time
    return 0.0


def _absolute(trace: Trace, begin: float) -> Trace:
    shifted: list[Event] = [
        event if isinstance(event, Gap) else msgspec.structs.replace(event, time=event.time + begin)
        for event in trace.events
    ]
    return trace_of(shifted, trace.vantage)


def trace_of(events: list[Event], vantage: str) -> Trace:
    """Events as a trace that a judge takes.

    >>> trace_of([], "client").vantage
    'client'
    """
    watched = Watched(vantage)
    watched.events = events
    return watched.trace()
