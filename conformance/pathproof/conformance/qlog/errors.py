"""What can go wrong while a file is read: the file is no qlog, or one event of it makes no sense."""

from __future__ import annotations

import msgspec


class NotQlog(Exception):
    """The file holds no qlog that can be read at all. `path` and `reason` are one line together.

    >>> str(NotQlog("a.bin", "the file is empty"))
    'a.bin: the file is empty'
    """

    def __init__(self, path: str, reason: str) -> None:
        """Keep the path as given and the reason as one line without a final stop."""
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        """Return path and reason as one line."""
        return f"{self.path}: {self.reason}"


class Malformed(Exception):
    """One known event contradicts itself or its format; the text names the field. Becomes a `Gap`."""


UNREADABLE = (Malformed, msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""All that decoding one event can raise: bad values, bad JSON, bad UTF-8, nesting without end."""

LONGEST_REASON = 200
"""Characters of a reason that are kept; the rest may quote hostile input."""


def one_line(error: Exception) -> str:
    """Return what an error says, on one line of bounded length.

    >>> one_line(Malformed("connection_id: not\\nhex"))
    'connection_id: not hex'
    """
    if isinstance(error, RecursionError):
        return "JSON is nested too deeply"
    if isinstance(error, UnicodeDecodeError):
        return f"text is not UTF-8: {error.reason}"
    return " ".join(str(error).split())[:LONGEST_REASON]
