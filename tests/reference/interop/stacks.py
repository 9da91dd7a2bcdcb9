"""QUIC stacks of others, as programs that a test starts on loopback and ends by their process id.

Each is a program that some package installs; one that is not there says so, and `make stacks` brings it.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.reference.interop import h3
from tests.reference.interop.programs import NotStarted, program, running
from tests.reference.udp.transfer import CERTIFICATE, HOST, KEY

from pathproof.reference.hq import ALPN as HQ
from pathproof.reference.migration import Address

START = 15.0
"""Seconds that a program may take until it listens."""


@dataclass(frozen=True)
class Place:
    """Where a server of a test runs: files below `root`, its own files below `scratch`."""

    root: Path
    scratch: Path
    host: str
    port: int

    @property
    def certificate(self) -> str:
        """File of the certificate, in PEM."""
        return self._written("certificate.pem", CERTIFICATE)

    @property
    def key(self) -> str:
        """File of its private key, in PEM."""
        return self._written("key.pem", KEY)

    def _written(self, name: str, text: bytes) -> str:
        (self.scratch / name).write_bytes(text)
        return str(self.scratch / name)


@dataclass(frozen=True)
class Stack:
    """One stack: the program that has to be there, the package that brings it, and how its server is started.

    `connection_ids` is how many of ours it can hold at a time, `most` is the number of moves that its server
    follows in a row, if there is such a number.
    """

    name: str
    program: str
    package: str
    alpn: str
    command: Callable[[Place], list[str]]
    connection_ids: int = 8
    most: int | None = None

    @property
    def missing(self) -> str:
        """Why it cannot be started, or nothing."""
        is_there = program(self.program) is not None
        return "" if is_there else f"{self.program} is not installed: {self.package}"


def _aioquic(place: Place) -> list[str]:
    module = "tests.reference.interop.aioquic_side"
    where = [str(place.root), place.host, str(place.port)]
    return [sys.executable, "-m", module, "serve", *where, place.certificate, place.key]


def _pathproof(place: Place) -> list[str]:
    host = f"[{place.host}]" if ":" in place.host else place.host
    files = ["--cert", place.certificate, "--key", place.key]
    return ["pathproof", "server", str(place.root), "--listen", f"{host}:{place.port}", *files]


def _ngtcp2(place: Place) -> list[str]:
    return [
        "gtlsserver",
        "-q",
        "-d",
        str(place.root),
        place.host,
        str(place.port),
        place.key,
        place.certificate,
    ]


def _quic_go(place: Place) -> list[str]:
    host = f"[{place.host}]" if ":" in place.host else place.host
    (place.scratch / "Caddyfile").write_text(
        "{\n admin off\n auto_https off\n default_sni localhost\n skip_install_trust\n"
        " servers {\n  protocols h3\n }\n"
        f" storage file_system {place.scratch}\n}}\n"
        f"https://localhost:{place.port} {{\n bind {host}\n tls {place.certificate} {place.key}\n"
        f" root * {place.root}\n file_server\n}}\n"
    )
    return ["caddy", "run", "--config", str(place.scratch / "Caddyfile"), "--adapter", "caddyfile"]


def _quinn(place: Place) -> list[str]:
    script = str(Path(__file__).with_name("quinn_server.ts"))
    where = [str(place.root), place.host, str(place.port)]
    return ["deno", "run", "-A", "--no-lock", "--unstable-net", script, *where, place.certificate, place.key]


# ngtcp2 0.12 declares a limit of 7. After moves of both kinds it closes with CONNECTION_ID_LIMIT_ERROR on the
# ID that replaces one which its own RETIRE_CONNECTION_ID has given up (5.1.1-16), though only 7 are active.
# quic-go 0.63 challenges each new address under an ID of its own, and keeps it, against 5.1.2-06: of the four
# that it declares, none is left for a fourth address, where it can then say nothing (9.5-09). All else goes
# to each address under one ID (9.5-04).
AIOQUIC = Stack("aioquic", sys.executable, "pip install aioquic", HQ, _aioquic)
NGTCP2 = Stack("ngtcp2", "gtlsserver", "apt-get install ngtcp2-server", h3.ALPN, _ngtcp2, connection_ids=6)
QUIC_GO = Stack("quic-go", "caddy", "pip install '.[interop]'", h3.ALPN, _quic_go, most=3)
QUINN = Stack("quinn", "deno", "npm install deno", HQ, _quinn)
ITSELF = Stack("pathproof", "pathproof", "pip install '.[endpoint]'", HQ, _pathproof)
STACKS = (AIOQUIC, NGTCP2, QUIC_GO, QUINN)


@contextmanager
def serving(stack: Stack, root: Path, scratch: Path, host: str = HOST) -> Iterator[Address]:
    """The server of a stack, at a free port, with the files below `root`."""
    scratch.mkdir()
    place = Place(root, scratch, host, free_port(host))
    with running(stack.command(place), scratch) as process:
        _wait_until_it_listens(process, place)
        yield host, place.port


def free_port(host: str) -> int:
    """A UDP port that nothing listens at."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as asking:
        asking.bind((host, 0))
        port: int = asking.getsockname()[1]
        return port


def _wait_until_it_listens(process: subprocess.Popen[bytes], place: Place) -> None:
    until = time.monotonic() + START
    while not _is_bound(place.port):
        if process.poll() is not None or time.monotonic() > until:
            raise NotStarted((place.scratch / "said").read_text("utf-8", "replace"))
        time.sleep(0.01)


def _is_bound(port: int) -> bool:
    """Whether a UDP socket has this port: the kernel's table is read, as a datagram would be an event."""
    tables = (Path("/proc/net/udp"), Path("/proc/net/udp6"))
    lines = (line for table in tables for line in table.read_text("ascii").splitlines()[1:])
    return any(line.split()[1].endswith(f":{port:04X}") for line in lines)
