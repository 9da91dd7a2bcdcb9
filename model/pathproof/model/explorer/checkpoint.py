"""A search on disk, so that a long one goes on where it was ended.

The file is one line that says what it is, one line of JSON, the words of all states in the order of their
layers, and a sum of those. It holds no table: that is built anew. A new file replaces the old one at once.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from pathproof.model.explorer.snapshot import CHUNK, Snapshot, Tally
from pathproof.model.explorer.states import States, shaped

FIRST_LINE = b"pathproof checkpoint 1\n"
SUM = 8
"""Bytes of the sum at the end."""


class CheckpointError(ValueError):
    """A file from which this search cannot go on."""


def save(path: Path, key: str, words: int, snapshot: Snapshot) -> None:
    """Write what a search knows; `key` says which search it is."""
    numbers = {name: getattr(snapshot, name) for name in ("layers", "stop", "expanded", "found")}
    told = {"tally": asdict(snapshot.tally), "before": asdict(snapshot.before)}
    beside = path.with_name(path.name + ".part")
    with beside.open("wb") as file:
        file.write(FIRST_LINE)
        file.write(json.dumps({"key": key, "words": words, **numbers, **told}).encode() + b"\n")
        total = 0
        for part in snapshot.parts:
            total = zlib.crc32(part.data.cast("B") if part.size else b"", total)
            part.tofile(file)
        file.write(f"{total:0{SUM}x}".encode())
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def load(path: Path, key: str, words: int) -> Snapshot:
    """What a search knew.

    Raises `CheckpointError` for a file that is none, is of another search, or is cut off. That it is damaged
    shows when the last of its states is read, as the same error.
    """
    try:
        with path.open("rb") as file:
            if file.readline() != FIRST_LINE:
                raise CheckpointError(f"{path} is no checkpoint")
            told = _header(path, file.readline())
            begin = file.tell()
    except OSError as error:
        raise CheckpointError(f"{path} cannot be read: {error.strerror}") from None
    if told["key"] != key:
        raise CheckpointError(f"{path} is a checkpoint of another machine, or of other bounds or claims")
    size = begin + 8 * words * told["found"] + SUM
    if path.stat().st_size != size:
        raise CheckpointError(f"{path} is cut off: it has {path.stat().st_size:,} bytes of {size:,}")
    return Snapshot(
        parts=_parts(path, begin, words, told["found"]),
        layers=told["layers"],
        stop=told["stop"],
        expanded=told["expanded"],
        found=told["found"],
        tally=_tally(told["tally"]),
        before=_tally(told["before"]),
    )


def _header(path: Path, line: bytes) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(line)
    except ValueError:
        raise CheckpointError(f"{path} is cut off in its second line") from None
    return told


def _tally(told: dict[str, Any]) -> Tally:
    return Tally(tuple(told["info"]), told["stuck"], told["deadlock"], told["searching"])


def _parts(path: Path, begin: int, words: int, found: int) -> Iterator[States]:
    """The states, some at a time, and at the end a look at their sum."""
    total = 0
    with path.open("rb") as file:
        file.seek(begin)
        for first in range(0, found, CHUNK):
            part = _read(file, words * min(CHUNK, found - first))
            total = zlib.crc32(part.data.cast("B"), total)
            yield shaped(part, words)
        if file.read(SUM) != f"{total:0{SUM}x}".encode():
            raise CheckpointError(f"{path} is damaged: its states do not have the sum that it says")


def _read(file: BinaryIO, many: int) -> States:
    return np.fromfile(file, np.int64, many)
