"""`pathproof server --reset-key` and `pathproof client --follow`, as a user runs them."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest

from pathproof.conformance.cli.transfer import needs

RUN = [sys.executable, "-c", "from pathproof.conformance.cli.main import main; main()"]
LIMIT = 20.0


def test_a_key_is_made_once_and_kept(tmp_path: Path) -> None:
    """For its owner alone, and the same at the next start."""
    file = tmp_path / "key"
    made = needs.reset_key(file)
    assert len(made) == 32 and made == needs.reset_key(file) == file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("content", "says"), [(b"short", "holds 5 bytes"), (None, "No such file")])
def test_what_is_no_key_is_refused(tmp_path: Path, content: bytes | None, says: str) -> None:
    """A file of another size, or a folder that is not there."""
    file = tmp_path / "key" if content else tmp_path / "missing" / "key"
    if content:
        file.write_bytes(content)
    with pytest.raises(click.BadParameter, match=says):
        needs.reset_key(file)


@contextmanager
def serving(folder: Path, port: int, key: Path) -> Iterator[subprocess.Popen[str]]:
    """A server that keeps its key in a file."""
    options = ["--listen", f"127.0.0.1:{port}", "--reset-key", str(key)]
    command = [*RUN, "server", str(folder), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None and "listening" in process.stdout.readline()
            yield process
        finally:
            process.kill()


@pytest.mark.thorough
def test_a_client_learns_that_its_server_was_killed(tmp_path: Path) -> None:
    """The server is killed during a download, and starts again at its port with its key (10.3)."""
    (tmp_path / "file").write_bytes(bytes(200_000_000))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.bind(("127.0.0.1", 0))
        port = asking.getsockname()[1]
    key = tmp_path / "key"
    options = ["--insecure", "--follow", "--json", "--out", str(tmp_path / "out")]
    part = tmp_path / "out" / "file.part"
    command = [*RUN, "client", f"127.0.0.1:{port}", "file", *options]
    with serving(tmp_path, port, key) as first:
        client = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            while client.poll() is None and not (part.exists() and part.stat().st_size > 10_000):
                time.sleep(0.005)
            first.send_signal(signal.SIGKILL)
            first.wait()
            with serving(tmp_path, port, key):
                out, _ = client.communicate(timeout=LIMIT)
        finally:
            client.kill()
            client.communicate()
    assert (client.returncode, json.loads(out)["ended"]["cause"]) == (1, "reset")
