"""The asking side of a connection: files are asked for, a few at a time, and written as they come."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pathproof.reference.hq.names import MOST_AT_ONCE, Refused, target_of
from pathproof.reference.stream import StreamData, StreamReset
from pathproof.reference.streams import Streams


@dataclass(slots=True)
class Fetched:
    """One file that is asked for; `cause` says why it did not come."""

    path: str
    size: int = 0
    is_complete: bool = False
    cause: str = ""
    target: Path | None = None
    file: BinaryIO | None = None


class Fetcher:
    """The asking side of one connection: call `work` whenever something may have come.

    Files are written below a folder under the names that they are asked for by, or counted and dropped where
    there is none. A file has its name once it is whole, and `.part` behind it before.

    Raises
    ------
    Refused
        If a path would lead out of the folder, or two to one file.
    """

    def __init__(self, streams: Streams, paths: Iterable[str], out: Path | None = None) -> None:
        self.streams = streams
        self.files = [Fetched(path, target=out and target_of(out, path)) for path in paths]
        targets = [fetched.target for fetched in self.files if fetched.target is not None]
        twice = [target for at, target in enumerate(targets) if target in targets[:at]]
        if twice:
            raise Refused(f"{twice[0]} would be written twice")
        self.received = 0
        self._waiting = deque(self.files)
        self._open: dict[int, Fetched] = {}

    @property
    def is_done(self) -> bool:
        """Whether every file has come, or will not."""
        return not self._waiting and not self._open

    def work(self) -> None:
        """Take what has come, and ask for more."""
        for event in self.streams.read():
            fetched = self._open.get(event.stream)
            if isinstance(event, StreamData) and fetched is not None:
                self._take(event, fetched)
            elif isinstance(event, StreamReset) and fetched is not None:
                self._end(event.stream, f"refused with code {event.error_code}")
        while self._waiting and len(self._open) < MOST_AT_ONCE:
            stream = self.streams.open()
            if stream is None:
                return
            fetched = self._open[stream] = self._waiting.popleft()
            self.streams.write(stream, f"GET {fetched.path}\r\n".encode(), fin=True)
            if fetched.target is not None:
                fetched.target.parent.mkdir(parents=True, exist_ok=True)
                fetched.file = _part(fetched.target).open("wb")

    def close(self, cause: str) -> None:
        """The connection is over: what has not come will not."""
        for stream in list(self._open):
            self._end(stream, cause)
        for fetched in self._waiting:
            fetched.cause = cause
        self._waiting.clear()

    def _take(self, event: StreamData, fetched: Fetched) -> None:
        fetched.size += len(event.data)
        self.received += len(event.data)
        if fetched.file is not None:
            fetched.file.write(event.data)
        if event.fin:
            self._end(event.stream, "")

    def _end(self, stream: int, cause: str) -> None:
        fetched = self._open.pop(stream)
        fetched.is_complete, fetched.cause = not cause, cause
        if fetched.file is not None and fetched.target is not None:
            fetched.file.close()
            part = _part(fetched.target)
            part.unlink() if cause else part.replace(fetched.target)


def _part(target: Path) -> Path:
    return target.with_name(target.name + ".part")
