"""What every process of a run does: it says what happens, and hears orders.

Both are lines of JSON, on standard output and standard input. Times are those of the monotonic clock, which
all processes of a machine share.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

Line = dict[str, Any]


def say(event: str, **more: Any) -> None:
    """Tell whoever runs this process what has happened, and when."""
    print(json.dumps({"event": event, "at": time.monotonic(), **more}), flush=True)


def plan() -> Line:
    """What this process was asked to be: the JSON object that is its last argument."""
    asked: Line = json.loads(sys.argv[-1])
    return asked


class Orders:
    r"""Orders as they come on a file descriptor, without ever waiting for them.

    Examples
    --------
    >>> reading, writing = os.pipe()
    >>> orders = Orders(reading)
    >>> orders.take()
    []
    >>> os.write(writing, b'{"do": "go"}\n{"do')
    17
    >>> orders.take(), orders.is_over
    ([{'do': 'go'}], False)
    >>> os.close(writing)
    >>> orders.take(), orders.is_over
    ([], True)
    >>> os.close(reading)
    """

    def __init__(self, source: int | None = None) -> None:
        """Hear orders from this file descriptor; standard input by default."""
        self.source = sys.stdin.fileno() if source is None else source
        self.is_over = False  # nobody can order anything any more: the process is to end
        self._rest = b""
        os.set_blocking(self.source, False)

    def take(self) -> list[Line]:
        """The orders that have come since the last time."""
        try:
            data = os.read(self.source, 65536)
        except BlockingIOError:
            return []
        self.is_over = not data
        *lines, self._rest = (self._rest + data).split(b"\n")
        return [json.loads(line) for line in lines if line]
