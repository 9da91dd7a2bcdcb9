"""One file of records: JSON texts, each after the separator 0x1E (RFC 7464)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

HELD = 1 << 16
"""Bytes that are held at most before they are written."""
PATIENCE = 1.0
"""Seconds after which what is held is written with the next record."""
MOST_COPIES = 1000
"""Files of one name, told apart by a number: a client may choose the same connection ID again and again."""

_encoder = msgspec.json.Encoder()


class RecordFile:
    """A file that is made when there is something to write, and that is open only then.

    So a server of many connections needs no more open files than one.

    Parameters
    ----------
    folder
        Where it is made.
    name
        Its name without `.sqlog`; if there is such a file, a number follows the name.
    first
        The record that describes the others.
    patience
        Seconds after which what is held is written with the next record.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = RecordFile(Path(folder), "c0ffee_client", {"title": "x"})
    ...     file.add({"time": 0.0}, 0.0)
    ...     file.flush()
    ...     (Path(folder) / "c0ffee_client.sqlog").read_bytes()
    b'\\x1e{"title":"x"}\\n\\x1e{"time":0.0}\\n'
    """

    def __init__(self, folder: Path, name: str, first: dict[str, Any], patience: float = PATIENCE) -> None:
        """Hold the first record."""
        self.path: Path | None = None
        self._folder, self._name, self._patience = folder, name, patience
        self._held: list[bytes] = []
        self._size, self._since = 0, float("-inf")  # so that the first record shows whether it can be done
        self._append(first)

    def add(self, record: dict[str, Any], now: float) -> None:
        """Add a record, at a time in seconds.

        Raises
        ------
        OSError
            If what is held cannot be written.
        """
        self._append(record)
        if self._size >= HELD or now - self._since >= self._patience:
            self.flush()
            self._since = now

    def flush(self) -> None:
        """Write what is held.

        Raises
        ------
        OSError
            If that cannot be done; what was held is gone then.
        """
        held, self._held, self._size = b"".join(self._held), [], 0
        if held and self.path is None:
            self.path = self._make()
        if held and self.path is not None:
            with self.path.open("ab", buffering=0) as stream:
                _write(stream, held)

    def _append(self, record: dict[str, Any]) -> None:
        text = b"\x1e" + _encoder.encode(record) + b"\n"
        self._held.append(text)
        self._size += len(text)

    def _make(self) -> Path:
        """An empty file that was not there before."""
        for copy in range(1, MOST_COPIES + 1):
            path = self._folder / f"{self._name}{f'-{copy}' if copy > 1 else ''}.sqlog"
            try:
                path.touch(exist_ok=False)
            except FileExistsError:
                continue
            return path
        raise FileExistsError(17, f"there are {MOST_COPIES} files of the name {self._name}")


def _write(stream: Any, data: bytes) -> None:
    """Write all of it: a disk that is nearly full takes a part at first."""
    left = memoryview(data)
    while left:
        left = left[stream.write(left) :]
