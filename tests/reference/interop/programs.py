"""Programs that a test starts, and ends by their process id."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOUSE = Path(__file__).parents[3]
BINARIES = os.pathsep.join(
    [
        os.environ.get("PATH", ""),
        "/usr/sbin",
        str(Path(sys.executable).parent),
        str(HOUSE / ".stacks/node_modules/.bin"),
    ]
)
"""Where programs are: Debian keeps servers in sbin, pip beside Python, npm where `make stacks` put it."""
END = 5.0
"""Seconds that a program may take to end after it was told to."""


class NotStarted(Exception):
    """The program ended, or did not listen in time; the text has what it said."""


@contextmanager
def running(command: list[str], scratch: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program that ends with the block; what it says goes to `said` in its folder."""
    found = program(command[0])
    if found is None:
        raise NotStarted(f"{command[0]} is not installed")
    homes = {name: str(scratch) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "DENO_DIR")}
    homes["DENO_NO_UPDATE_CHECK"] = "1"
    with (scratch / "said").open("wb") as said:
        process = subprocess.Popen(
            [found, *command[1:]], cwd=HOUSE, env={**os.environ, **homes}, stdout=said, stderr=said
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(END)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


async def ended(process: subprocess.Popen[bytes], limit: float) -> int:
    """The exit status of a program, while the loop goes on.

    Raises
    ------
    TimeoutError
        If it takes longer than `limit` seconds.
    """
    until = time.monotonic() + limit
    while (status := process.poll()) is None:
        if time.monotonic() > until:
            raise TimeoutError(f"{process.args!r} goes on after {limit} s")
        await asyncio.sleep(0.01)
    return status


def program(name: str) -> str | None:
    """Where a program is, if it is there."""
    return shutil.which(name, path=BINARIES)
