"""The serving side of a connection: requests are heard, and files are read as they are acknowledged."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from pathproof.reference.hq.names import MOST_AT_ONCE, REFUSED, Refused, file_of
from pathproof.reference.stream import SendingStopped, StreamData, StreamEvent, StreamReset
from pathproof.reference.streams import Streams

LONGEST_REQUEST: Final = 4096
CHUNK: Final = 1 << 18
LOW: Final = 1 << 20
"""While fewer bytes of a file are unacknowledged, more are read, so that a large file is never held whole."""


@dataclass(slots=True)
class _Answer:
    """A file on its way out."""

    stream: int
    name: str
    file: BinaryIO
    size: int = 0


@dataclass(slots=True)
class Responder:
    """The serving side of one connection: call `work` whenever something may have come or gone.

    Attributes
    ----------
    served
        Bytes of files that were handed to streams.
    on_served
        Hears which file was handed over whole, and its size.
    """

    root: Path
    streams: Streams
    on_served: Callable[[str, int], None] = lambda name, size: None
    served: int = 0
    _requests: dict[int, bytearray] = field(default_factory=dict)  # those that are not whole yet
    _asked: set[int] = field(default_factory=set)  # streams with a whole request, of which more may come
    _queue: deque[tuple[int, bytes]] = field(default_factory=deque)
    _answers: dict[int, _Answer] = field(default_factory=dict)

    def work(self) -> None:
        """Hear requests, and go on with the answers."""
        for event in self.streams.read():
            self._hear(event)
        while self._queue and len(self._answers) < MOST_AT_ONCE:
            self._begin(*self._queue.popleft())
        for answer in list(self._answers.values()):
            self._go_on(answer)

    def close(self) -> None:
        """The connection is over."""
        for answer in self._answers.values():
            answer.file.close()
        self._answers.clear()

    def _hear(self, event: StreamEvent) -> None:
        if isinstance(event, SendingStopped):
            self._drop(event.stream)
        elif event.stream & 3:
            pass  # requests come on bidirectional streams of the client, and nothing is said on others
        elif isinstance(event, StreamReset):
            self._asked.discard(event.stream)
            if self._requests.pop(event.stream, None) is not None:
                self.streams.reset(event.stream, REFUSED)
        else:
            if event.stream not in self._asked:
                self._collect(event)
            if event.fin:
                self._asked.discard(event.stream)

    def _collect(self, event: StreamData) -> None:
        """Bytes of a request; what follows its first line is of no interest."""
        request = self._requests.setdefault(event.stream, bytearray())
        request += event.data[: LONGEST_REQUEST + 1 - len(request)]
        line, end, _ = request.partition(b"\n")
        if end or event.fin or len(request) > LONGEST_REQUEST:
            del self._requests[event.stream]
            self._asked.add(event.stream)
            self._queue.append((event.stream, bytes(line)))

    def _begin(self, stream: int, request: bytes) -> None:
        try:
            found = file_of(self.root, request)
            descriptor = os.open(found, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        except (Refused, OSError):
            self.streams.reset(stream, REFUSED)
            return
        self._answers[stream] = _Answer(stream, found.name, os.fdopen(descriptor, "rb", buffering=0))

    def _go_on(self, answer: _Answer) -> None:
        """Read more of a file while little of it waits."""
        while self.streams.unacknowledged(answer.stream) < LOW:
            try:
                chunk = answer.file.read(CHUNK) or b""
            except OSError:
                self.streams.reset(answer.stream, REFUSED)
                self._drop(answer.stream)
                return
            self.streams.write(answer.stream, chunk, not chunk)
            self.served += len(chunk)
            answer.size += len(chunk)
            if not chunk:
                self.on_served(answer.name, answer.size)
                self._drop(answer.stream)
                return

    def _drop(self, stream: int) -> None:
        answer = self._answers.pop(stream, None)
        if answer is not None:
            answer.file.close()
