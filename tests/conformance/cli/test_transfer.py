"""`pathproof server` and `pathproof client` as a user runs them: exit status, lines, JSON, bad input."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from pathproof.conformance.cli.main import main
from pathproof.reference.udp import fingerprint, self_signed

LIMIT = 20.0
"""Seconds after which a process has failed."""
SIZE = 1_000_000


def command(*arguments: str) -> list[str]:
    """The command line of a process."""
    return [sys.executable, "-c", "from pathproof.conformance.cli.main import main; main()", *arguments]


@dataclass
class Serving:
    """A server that runs, and where it is."""

    process: subprocess.Popen[str]
    first: str

    @property
    def at(self) -> str:
        """Its address."""
        found = re.search(r"127\.0\.0\.1:[0-9]+", self.first)
        assert found is not None
        return found[0]

    def stop(self, how: int) -> list[str]:
        """Stop it, and return what it has said since it began."""
        self.process.send_signal(how)
        said, error = self.process.communicate(timeout=LIMIT)
        assert (self.process.returncode, error) == (0, "")
        return said.splitlines()


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Serving]:
    """A server of a folder on a free port, in a process of its own."""
    arguments = command("server", str(folder), "--listen", "127.0.0.1:0", *options)
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield Serving(process, process.stdout.readline())
        finally:
            process.kill()


@dataclass
class Ran:
    """What a command that ran in this process printed, and its status."""

    status: int
    out: str
    error: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run a command in this process."""

    def ran(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        said = capsys.readouterr()
        return Ran(int(ended.value.code or 0), said.out, said.err)

    return ran


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file."""
    made = tmp_path_factory.mktemp("www")
    (made / "file").write_bytes(random.Random(1).randbytes(SIZE))
    return made


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Serving]:
    """A server for all tests here."""
    with serving(folder) as made:
        yield made


def test_a_file_arrives_through_all_moves(folder: Path, tmp_path: Path) -> None:
    """Client and server, each a process, say the same of it; both append what they share to a key log."""
    keys, out = tmp_path / "keys", tmp_path / "out"
    moves = ["--migrate-after", "200k", "--rebind-after", "400k", "--migrate-after", "600k:127.0.0.2"]
    with serving(folder, "--retry", "--json") as server:
        arguments = ["client", server.at, "file", "--insecure", "--out", str(out), *moves, "--json"]
        done = subprocess.run(
            command(*arguments),
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
            env={**os.environ, "SSLKEYLOGFILE": str(keys)},
        )
        events = [json.loads(line) for line in server.stop(signal.SIGTERM)]
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert (out / "file").read_bytes() == (folder / "file").read_bytes()
    assert (said["bytes"], said["moves"], said["not_made"], said["ended"]) == (SIZE, 3, [], None)
    assert said["files"] == [{"path": "/file", "bytes": SIZE, "complete": True, "cause": ""}]
    assert len(said["paths"]) == 3 and said["paths"][2].startswith("127.0.0.2:")
    moved = [one["path"] for one in events if one["event"] == "moved"]
    assert len(moved) == len(set(moved)) == 3
    assert [one["bytes"] for one in events if one["event"] == "stopped"] == [SIZE]
    assert [one["cause"] for one in events if one["event"] == "ended"] == ["peer"]
    assert len(keys.read_text().splitlines()) == 4


def test_the_server_speaks_to_people(folder: Path, tmp_path: Path, run: Callable[..., Ran]) -> None:
    """It prints a line for what happens; a client that trusts its certificate asks for its name, too."""
    files = tmp_path / "cert.pem", tmp_path / "key.pem"
    for file, content in zip(files, self_signed(["127.0.0.1"]), strict=True):
        file.write_bytes(content)
    cert, key = map(str, files)
    with serving(folder, "--cert", cert, "--key", key) as server:
        trusted = run("client", server.at, "file", "--ca", cert, "--rebind-after", "1k")
        misnamed = run("client", server.at.replace("127.0.0.1", "localhost"), "file", "--ca", cert)
        said = server.stop(signal.SIGINT)
    assert f"certificate given, sha256 {fingerprint(files[0].read_bytes())}" in server.first
    assert (trusted.status, misnamed.status) == (0, 1)
    assert "doesn't match" in misnamed.error
    kinds = sorted(line.split(": ")[0].split(" ")[-1] for line in said)
    assert kinds == ["connected", "ended", "moved", "served", "stopped", "validated"]


def test_the_summary_is_one_line(server: Serving, tmp_path: Path, run: Callable[..., Ran]) -> None:
    """Bytes, seconds, rate, moves and paths; a key log may be named as an option, too."""
    keys = tmp_path / "keys"
    done = run("client", server.at, "/file", "--insecure", "--migrate-after", "1k", "--key-log", str(keys))
    assert (done.status, done.error) == (0, "")
    assert done.out.startswith(f"1 of 1 file, {SIZE} bytes in ")
    assert done.out.endswith(" MB/s, 1 move, 2 paths\n")
    assert done.out.count("\n") == 1
    assert len(keys.read_text().splitlines()) == 4


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nothing", "--insecure"], "/nothing: refused with code 1"),
        (
            ["--insecure", "--migrate-after", "1G"],
            "not made, for too few bytes came: migrate after 1000000000 bytes",
        ),
        (
            ["--insecure", "--migrate-after", "1:192.0.2.1"],
            "not made: migrate to 192.0.2.1 after 1 bytes: Cannot assign requested address",
        ),
        ([], "the connection ended with code 0x12a: TLS: self-signed certificate"),
    ],
    ids=["no file", "too late", "no address", "nobody vouches"],
)
def test_what_did_not_happen_has_status_1(
    server: Serving, tmp_path: Path, run: Callable[..., Ran], arguments: list[str], says: str
) -> None:
    """A line says what was asked for and did not happen; what came is there."""
    done = run("client", server.at, "file", *arguments, "--out", str(tmp_path / "out"))
    assert done.status == 1
    assert done.error.splitlines()[-1] == f"pathproof: {says}"
    came = [path.name for path in (tmp_path / "out").iterdir()] if (tmp_path / "out").exists() else []
    assert came == (["file"] if arguments else [])


HERE = ["--listen", "127.0.0.1:0"]
BAD: list[list[str]] = [
    ["server"],
    ["server", "."],
    ["server", "no-such-folder", *HERE],
    ["server", ".", "--listen", "127.0.0.1"],
    ["server", ".", "--listen", "127.0.0.1:65536"],
    ["server", ".", "--listen", "::1:443"],
    ["server", ".", "--listen", "192.0.2.1:0"],
    ["server", ".", "--listen", "no-such-host.invalid:1"],
    ["server", ".", *HERE, "--cert", __file__],
    ["server", ".", *HERE, "--cert", __file__, "--key", __file__],
    ["server", ".", *HERE, "--preferred", "127.0.0.1:0"],
    ["server", ".", *HERE, "--preferred", "0.0.0.0:443"],
    ["server", ".", *HERE, "--preferred", "127.0.0.1:1", "--preferred", "127.0.0.2:1"],
    ["client"],
    ["client", "127.0.0.1:1"],
    ["client", "127.0.0.1", "file"],
    ["client", "127.0.0.1:0", "file"],
    ["client", "127.0.0.1:1", "file", "--insecure", "--ca", __file__],
    ["client", "127.0.0.1:1", "file", "--ca", "no-such-file"],
    ["client", "127.0.0.1:1", "file", "--ca", __file__],
    ["client", "127.0.0.1:1", "../file", "--out", "nowhere"],
    ["client", "127.0.0.1:1", "file", "/file", "--out", "nowhere"],
    ["client", "127.0.0.1:1", "file", "--migrate-after", "soon"],
    ["client", "127.0.0.1:1", "file", "--migrate-after", "1k:"],
    ["client", "127.0.0.1:1", "file", "--migrate-after", "1k:[::1]"],
    ["client", "127.0.0.1:1", "file", "--rebind-after", "-1"],
    ["client", "127.0.0.1:1", "file", "--rebind-after", "1k:127.0.0.2"],
    ["client", "127.0.0.1:1", "file", "--key-log", "no-such-folder/keys"],
]


@pytest.mark.parametrize(
    "arguments", BAD, ids=lambda arguments: " ".join(arguments).replace(__file__, "TEST")
)
def test_bad_input_gets_one_line_and_status_2(arguments: list[str], run: Callable[..., Ran]) -> None:
    """Whatever is wrong is said in one line on standard error, before anything is sent."""
    done = run(*arguments)
    assert (done.status, done.out) == (2, "")
    assert done.error.startswith("pathproof: ")
    assert done.error.count("\n") == 1
    assert not Path("nowhere").exists()


def test_a_port_that_is_taken(tmp_path: Path, run: Callable[..., Ran]) -> None:
    """The server says which, and why not."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", 0))
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        done = run("server", str(tmp_path), "--listen", taken)
    assert (done.status, done.error) == (2, f"pathproof: cannot listen at {taken}: Address already in use\n")


def test_without_aioquic_the_line_says_what_to_install() -> None:
    """The package is an extra; the other commands do without it."""
    program = "import sys; sys.modules['aioquic'] = None\nfrom pathproof.conformance.cli.main import main"
    for arguments in (["server", ".", *HERE], ["client", "127.0.0.1:1", "file"]):
        program += f"\ntry: main({arguments})\nexcept SystemExit as ended: print(ended.code)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=LIMIT, check=False
    )
    says = "pathproof: the package aioquic is not installed: pip install 'pathproof[endpoint]'\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, "2\n2\n", 2 * says)
