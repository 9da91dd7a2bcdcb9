"""What the endpoint needs of the machine: a package, and a file for secrets if one is wanted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

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
