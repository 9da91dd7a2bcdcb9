"""Names: of the protocol, and of the files on either side, of which none leads out of its folder."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Final

ALPN: Final = "hq-interop"
REFUSED: Final = 1
"""Our code of a stream that is reset because there is no such file; hq-interop defines none."""
MOST_AT_ONCE: Final = 8
"""Files that are moved at a time on a connection; the others wait."""


class Refused(Exception):
    """There is no such file to be had."""


def file_of(root: Path, request: bytes) -> Path:
    """The file that a request names, below `root`; links are followed as long as they stay there.

    Raises
    ------
    Refused
        If the request is of another kind, or names no regular file below `root`.

    Examples
    --------
    >>> file_of(Path("/srv"), b"GET /../etc/passwd")
    Traceback (most recent call last):
    pathproof.reference.hq.names.Refused: /../etc/passwd
    """
    verb, _, rest = request.decode("utf-8", "replace").partition(" ")
    name = rest.strip()
    if verb != "GET" or not name.startswith("/") or "\0" in name:
        raise Refused(name)
    try:
        top = root.resolve()
        found = (top / name[1:]).resolve()
        is_there = found.is_relative_to(top) and found.is_file()
    except (OSError, RuntimeError):  # a loop of links, or a name that is too long
        is_there = False
    if not is_there:
        raise Refused(name)
    return found


def target_of(out: Path, path: str) -> Path:
    """Where a file that is asked for is written, below `out`.

    Raises
    ------
    Refused
        If that is no file, or none below `out`.

    Examples
    --------
    >>> target_of(Path("here"), "/a/b.bin").as_posix()
    'here/a/b.bin'
    """
    parts = PurePosixPath(path.lstrip("/")).parts
    if not parts or ".." in parts:
        raise Refused(f"{path} is no name for a file below {out}")
    return out.joinpath(*parts)
