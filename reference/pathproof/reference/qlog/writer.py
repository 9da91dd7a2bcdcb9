"""The observer that writes: which sight goes into which file, and what happens if it cannot be written."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pathproof.reference.observer import Sight
from pathproof.reference.qlog.connection_log import ConnectionLog
from pathproof.reference.qlog.file import RecordFile
from pathproof.reference.qlog.schema import head

if TYPE_CHECKING:
    from pathproof.reference.connection import Connection

ENDPOINT = "endpoint"
"""The name of the file for what belongs to no connection."""


class QlogWriter:
    """Logs what an endpoint tells, for as long as that can be written; the endpoint never notices.

    A connection has a file `<original destination connection ID>_<client or server>.sqlog`. What belongs to
    none (Retry, Version Negotiation, stateless resets that are sent, datagrams that are dropped) goes to
    `endpoint.sqlog`. A file that is there already is left alone: the new one has a number behind its name.
    At most 64 KiB and about a second of a connection are held before they are written.

    Parameters
    ----------
    folder
        Where files are made; it is there.
    vantage
        `client` or `server`.
    began
        The time of day, as RFC 3339 has it.
    on_failure
        Hears once why nothing is logged any more.

    Attributes
    ----------
    failure
        Why nothing is logged any more, or None.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from pathproof.reference.observer import Boundary
    >>> with TemporaryDirectory() as folder:
    ...     writer = QlogWriter(Path(folder), "server")
    ...     number = Boundary(writer).datagram(None, 0.5, False, ("10.0.0.1", 1), ("10.0.0.2", 2), 1200)
    ...     writer.close()
    ...     [file.name for file in Path(folder).iterdir()]
    ['endpoint.sqlog']
    """

    def __init__(
        self,
        folder: Path,
        vantage: str,
        began: str = "",
        on_failure: Callable[[OSError], None] = lambda error: None,
    ) -> None:
        self.folder, self.vantage, self.began, self.on_failure = folder, vantage, began, on_failure
        self.failure: OSError | None = None
        self._logs: weakref.WeakKeyDictionary[Connection, ConnectionLog] = weakref.WeakKeyDictionary()
        self._endpoint: ConnectionLog | None = None

    def __call__(self, sight: Sight) -> None:
        """Log what was seen."""
        if self.failure is None:
            self._guarded(lambda: self._log_of(sight.connection).take(sight))

    def close(self) -> None:
        """Write what is held."""
        for log in [*self._logs.values(), *([self._endpoint] if self._endpoint else [])]:
            if self.failure is None:
                self._guarded(log.file.flush)

    def _guarded(self, does: Callable[[], None]) -> None:
        """A disk that is full is no error of the connection."""
        try:
            does()
        except OSError as error:
            self.failure = error
            self.on_failure(error)

    def _log_of(self, connection: Connection | None) -> ConnectionLog:
        if connection is None:
            if self._endpoint is None:
                self._endpoint = self._begin(ENDPOINT, "")
            return self._endpoint
        log = self._logs.get(connection)
        if log is None:
            # Of a server, `original` is what the Initial keys follow from: after Retry, that is another.
            declared = connection.local.original_destination_connection_id
            group = (connection.original if declared is None else declared).hex()
            log = self._logs[connection] = self._begin(f"{group}_{self.vantage}", group)
            weakref.finalize(connection, self._forgotten, log)
        return log

    def _begin(self, name: str, group: str) -> ConnectionLog:
        return ConnectionLog(RecordFile(self.folder, name, head(self.vantage, group, self.began)))

    def _forgotten(self, log: ConnectionLog) -> None:
        """The endpoint holds a connection no longer, which may never have been told to be over."""
        if self.failure is None:
            self._guarded(log.file.flush)
