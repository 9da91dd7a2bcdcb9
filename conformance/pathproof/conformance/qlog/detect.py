"""Telling the formats apart by their content, never by a file's name."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from pathproof.conformance.events import Trace
from pathproof.conformance.qlog.contained import read_contained
from pathproof.conformance.qlog.errors import NotQlog
from pathproof.conformance.qlog.sequential import NEWLINE, SEPARATOR, describes, read_sequential

HEAD = 1 << 16
"""Bytes that are looked at to tell the formats apart."""


def read(path: str | os.PathLike[str]) -> list[Trace]:
    """Return the traces of a qlog file, in the order of the file, with at least their first events checked.

    Parameters
    ----------
    path
        A regular file: contained JSON, whole or cut off, or a sequence of JSON texts. Its name plays no part.

    Returns
    -------
    list of Trace
        One for each connection and endpoint; at least one. Iterating a trace's events reads a sequential file
        again, so it must stay where it is.

    Raises
    ------
    NotQlog
        With one clear line, if the path is no readable file or its content no qlog. Nothing else is raised.

    Examples
    --------
    >>> from importlib.resources import files
    >>> sample = files("pathproof.conformance") / "samples" / "aioquic-steady-client.qlog"
    >>> [trace] = read(str(sample))
    >>> trace.dialect, trace.vantage, "dcid" in trace.capabilities
    ('aioquic', 'client', True)
    """
    file = os.fspath(path)
    head = _head(file)
    start = head.lstrip()[:1]
    if start == SEPARATOR:
        return read_sequential(file, SEPARATOR)
    if start != b"{":
        raise NotQlog(file, _what(head))
    if describes(head.lstrip().partition(NEWLINE)[0]) is not None:
        return read_sequential(file, NEWLINE)
    try:
        return read_contained(file, Path(file).read_bytes())
    except OSError as error:
        raise NotQlog(file, error.strerror or "cannot be read") from error
    except MemoryError as error:
        raise NotQlog(file, "contained JSON is too large for memory") from error


def _head(file: str) -> bytes:
    """Return the first bytes of a regular file. Raises `NotQlog`."""
    try:
        mode = Path(file).stat().st_mode
        if not stat.S_ISREG(mode):
            raise NotQlog(file, "is a directory" if stat.S_ISDIR(mode) else "is no regular file")
        with Path(file).open("rb") as stream:
            head = stream.read(HEAD)
    except OSError as error:
        raise NotQlog(file, error.strerror or "cannot be read") from error
    except ValueError as error:  # a null byte in the path
        raise NotQlog(file.replace("\0", "\\0"), "is no path") from error
    if not head:
        raise NotQlog(file, "the file is empty")
    return head


def _what(head: bytes) -> str:
    """Return in words what content is that starts neither like JSON nor like a sequence.

    >>> _what(b"\\x1f\\x8b\\x08")
    'content is compressed with gzip: decompress it first'
    """
    if head.startswith(b"\x1f\x8b"):
        return "content is compressed with gzip: decompress it first"
    if not head.strip():
        return "the file holds nothing but blanks"
    return f"content is no qlog: it starts with {head.lstrip()[:8]!r}, not with '{{' or the separator 0x1E"
