"""A search on disk, so that a long one goes on where it was ended.

The file is one line that says what it is, one line of JSON, the words of all states in the order of their
layers, and a sum of those. It holds no table: that is built anew. A new file replaces the old one at once.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, BinaryIO

import msgspec
import numpy as np

from pathproof.model.explorer.snapshot import CHUNK, Snapshot, Tally
from pathproof.model.explorer.states import States, shaped

FIRST_LINE = b"pathproof checkpoint 1\n"
SUM = 8
"""Bytes of the sum at the end."""


Place = Annotated[int, msgspec.Meta(ge=0, lt=2**48)]
"""Where a state is among all, or how many there are."""


class CheckpointError(ValueError):
    """A file from which this search cannot go on."""


class Header(msgspec.Struct, frozen=True):
    """The second line: which search it is, and what it knows beside its states."""

    key: str
    words: int
    layers: list[Place]
    stop: Place
    expanded: Place
    found: Place
    tally: Tally
    before: Tally


def save(path: Path, key: str, words: int, snapshot: Snapshot) -> None:
    """Write what a search knows; `key` says which search it is."""
    known = {name: getattr(snapshot, name) for name in Header.__struct_fields__[2:]}
    beside = path.with_name(path.name + ".part")
    with beside.open("wb") as file:
        file.write(FIRST_LINE)
        file.write(msgspec.json.encode(Header(key, words, **known)) + b"\n")
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
    if told.key != key:
        raise CheckpointError(f"{path} is a checkpoint of another machine, or of other bounds or claims")
    size = begin + 8 * words * told.found + SUM
    if path.stat().st_size != size:
        raise CheckpointError(f"{path} is cut off: it has {path.stat().st_size:,} bytes of {size:,}")
    return Snapshot(
        parts=_parts(path, begin, words, told.found),
        layers=told.layers,
        stop=told.stop,
        expanded=told.expanded,
        found=told.found,
        tally=told.tally,
        before=told.before,
    )


def _header(path: Path, line: bytes) -> Header:
    """What the second line says."""
    try:
        return msgspec.json.decode(line, type=Header)
    except msgspec.ValidationError as error:
        raise CheckpointError(f"{path} is damaged in its second line: {error}") from None
    except msgspec.DecodeError:
        raise CheckpointError(f"{path} is cut off in its second line") from None


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
