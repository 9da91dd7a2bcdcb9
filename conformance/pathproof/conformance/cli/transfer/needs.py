"""What the endpoint needs of the machine: a package, and files for secrets and logs if they are wanted."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathproof.reference.qlog import QlogWriter

RESET_KEY = 32
"""Bytes of the secret from which tokens of stateless resets follow."""
KEY_LOG = "SSLKEYLOGFILE"
"""The variable by which TLS libraries are asked for a key log."""


@contextmanager
def endpoint() -> Iterator[None]:
    """Around imports of the reference endpoint: what is not installed is said in one line."""
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package in ("", "pathproof"):
            raise
        raise click.ClickException(
            f"the package {package} is not installed: pip install 'pathproof[endpoint]'"
        ) from None


@contextmanager
def key_log(file: Path | None) -> Iterator[Callable[[str], None] | None]:
    """What takes lines of secrets: appends them to `file`, else to what SSLKEYLOGFILE names, if anything.

    Raises `click.BadParameter` if that cannot be written.
    """
    chosen = file or (Path(os.environ[KEY_LOG]) if os.environ.get(KEY_LOG) else None)
    if chosen is None:
        yield None
        return
    try:
        log = chosen.open("a", encoding="ascii", buffering=1)
    except OSError as error:
        raise click.BadParameter(f"{chosen}: {error.strerror}") from None
    with log:
        yield lambda line: print(line, file=log)


def reset_key(file: Path) -> bytes:
    """The secret of stateless resets in a file, which is made for its owner alone if there is none (10.3.2).

    Raises `click.BadParameter` if the file cannot be used, or holds something else than 32 bytes.
    """
    try:
        if not file.exists():
            file.touch(0o600, exist_ok=False)
            file.write_bytes(os.urandom(RESET_KEY))
        found = file.read_bytes()
    except OSError as error:
        raise click.BadParameter(f"{file}: {error.strerror}") from None
    if len(found) != RESET_KEY:
        raise click.BadParameter(f"{file}: holds {len(found)} bytes, and no secret of {RESET_KEY}")
    return found


@contextmanager
def qlog(folder: Path | None, vantage: str) -> Iterator[QlogWriter | None]:
    """What logs an endpoint into `folder`, which is made if it is not there; None where none is wanted.

    What is held when the context ends is written then. Raises `click.BadParameter` if nothing can be.
    """
    if folder is None:
        yield None
        return
    with endpoint():
        from pathproof.reference.qlog import QlogWriter
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass  # as root, permissions say nothing
    except OSError as error:
        raise click.BadParameter(f"{folder}: {error.strerror}") from None

    def failed(error: OSError) -> None:
        says = f"pathproof: {folder}: {error.strerror}: nothing more is logged"
        click.echo(" ".join(says.split()), err=True)

    writer = QlogWriter(folder, vantage, datetime.now(UTC).isoformat(timespec="milliseconds"), failed)
    try:
        yield writer
    finally:
        writer.close()


def status(found: int, log: QlogWriter | None) -> int:
    """The exit status: a log that was asked for and is not whole is 1, as everything that did not happen."""
    return found or int(log is not None and log.failure is not None)
