"""A folder with a file, and configurations for tests over real sockets on loopback."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from pathproof.reference.connection import Configuration
from pathproof.reference.handshake import Settings
from pathproof.reference.hq import ALPN
from pathproof.reference.udp import Move, self_signed

HOST = "127.0.0.1"
LIMIT = 20.0
"""Seconds after which a test has failed."""
CERTIFICATE, KEY = self_signed(["localhost", HOST, "::1"])


def folder_with(folder: Path, size: int) -> bytes:
    """Write a file named `file` of so many bytes, and return them."""
    data = random.Random(size).randbytes(size)
    (folder / "file").write_bytes(data)
    return data


def of_server(**more: Any) -> Configuration:
    """A server's configuration."""
    return Configuration(Settings((ALPN,), CERTIFICATE, KEY), **more)


def of_client(**more: Any) -> Configuration:
    """A client's configuration, which trusts whoever answers."""
    return Configuration(Settings((ALPN,), server_name="localhost", verify=False), **more)


def spread(size: int, kinds: str) -> list[Move]:
    """Moves at even distances in a download of `size` bytes: `m` migrates, `r` rebinds."""
    return [
        Move(size * (at + 1) // (len(kinds) + 1), is_rebinding=kind == "r") for at, kind in enumerate(kinds)
    ]
