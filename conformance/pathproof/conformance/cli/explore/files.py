"""Files that are written at the end of a search, and so are looked at before it."""

from __future__ import annotations

from pathlib import Path

import click

from pathproof.model.explorer.checkpoint import FIRST_LINE


def needs_ending(path: Path, *endings: str) -> None:
    """Refuse a name whose ending says that something else than what is written would be in the file.

    Raises `click.UsageError` for it.
    """
    if path.suffix not in endings:
        raise click.UsageError(f"{path} does not end in {' or '.join(filter(None, endings))}")


def writable(path: Path) -> None:
    """Make sure that a file can be written, without touching what is in it or leaving an empty one.

    Raises `click.FileError` where it cannot.
    """
    was_there = path.exists()
    _write(path, "", "a")
    if not was_there:
        path.unlink()


def folder_writable(path: Path) -> None:
    """Make the folder of a file if there is none, and make sure that the file can be written.

    Raises `click.FileError` where it cannot.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.FileError(str(path), error.strerror or str(error)) from None
    writable(path)


def checkpoint_writable(path: Path) -> None:
    """Make sure that a checkpoint can be written: beside the file, which it replaces at the end.

    Raises `click.UsageError` for a file that is no checkpoint, and `click.FileError` for one that cannot be
    written.
    """
    if path.exists():
        writable(path)
        if path.is_file() and _begin(path) not in (b"", FIRST_LINE):
            raise click.UsageError(f"{path} is there and no checkpoint: it would be replaced")
    try:
        writable(path.with_name(path.name + ".part"))
    except click.FileError as error:
        raise click.FileError(str(path), error.message) from None


def _begin(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(FIRST_LINE))
    except OSError as error:
        raise click.FileError(str(path), error.strerror or str(error)) from None


def write(path: Path, text: str) -> None:
    """Write a file.

    Raises `click.FileError` where it cannot be written.
    """
    _write(path, text, "w")


def _write(path: Path, text: str, mode: str) -> None:
    try:
        with path.open(mode, encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise click.FileError(str(path), error.strerror or str(error)) from None
