"""`--qlog` of `pathproof server` and `client`: files that `pathproof check` judges, whatever happens."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.conformance.cli.test_transfer import LIMIT, command, serving

from pathproof.conformance.cli.main import main
from pathproof.conformance.events import ConnectionClosed, Datagram, Gap, Packet
from pathproof.conformance.qlog import read

SIZE = 1_500_000
LARGE = 200_000_000
"""Bytes of a file that does not arrive while a test waits."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file, and with a large one that takes no place."""
    made = tmp_path_factory.mktemp("www")
    (made / "file").write_bytes(bytes(SIZE))
    with (made / "large").open("wb") as large:
        large.truncate(LARGE)
    return made


def checked(files: list[Path], capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    """What `pathproof check` says of files in which nothing is violated."""
    with pytest.raises(SystemExit) as ended:
        main(["check", "--json", *map(str, files)])
    said = capsys.readouterr()
    assert (ended.value.code, said.err) == (0, "")
    found: dict[str, object] = json.loads(said.out)
    return found


def wait(done: Callable[[], bool]) -> None:
    """Until something is so."""
    end = time.monotonic() + LIMIT
    while not done():
        assert time.monotonic() < end, "too late"
        time.sleep(0.02)


def test_a_download_that_moves_is_logged_by_both_ends(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each end shows every datagram with its addresses, the judge finds no violation, keys are logged too."""
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    logs = tmp_path / "made" / "here"
    moves = ["--migrate-after", "500k", "--rebind-after", "1M"]
    with serving(folder, "--retry", "--qlog", str(logs)) as server:
        arguments = command("client", server.at, "file", "--insecure", "--qlog", str(logs), *moves)
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=LIMIT, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        server.stop(signal.SIGTERM)
    client_file, server_file = sorted(logs.glob("*_*.sqlog"))
    assert re.fullmatch(r"[0-9a-f]{16}_client\.sqlog", client_file.name)
    assert server_file.name == client_file.name.replace("client", "server")
    assert {path.name for path in logs.iterdir()} == {client_file.name, server_file.name, "endpoint.sqlog"}
    said = checked([client_file, server_file], capsys)
    reports = said["reports"]
    assert isinstance(reports, list)
    assert [one["vantage"] for one in reports] == ["client", "server"]
    for path, addresses in ((client_file, 2), (server_file, 3)):
        [trace] = read(path)
        events = list(trace.events)
        datagrams = [one for one in events if isinstance(one, Datagram)]
        assert len({(one.local, one.remote) for one in datagrams}) == addresses
        assert {one.datagram for one in events if isinstance(one, Packet)} <= {
            one.number for one in datagrams
        }
        assert not any(isinstance(one, Gap) for one in events)
        assert [one.error_code for one in events if isinstance(one, ConnectionClosed)] == [0]
    labels = [line.split()[0] for line in (tmp_path / "keys").read_text().splitlines()]
    assert sorted(labels) == sorted(2 * set_of_keys())


def set_of_keys() -> list[str]:
    """The secrets of one connection, as key logs name them."""
    return [
        f"{side}_{what}"
        for side in ("CLIENT", "SERVER")
        for what in ("HANDSHAKE_TRAFFIC_SECRET", "TRAFFIC_SECRET_0")
    ]


@pytest.fixture(autouse=True)
def interruptible() -> Iterator[None]:
    """A process that is begun here hears SIGINT, also where these tests run in the background."""
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, former)


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)], ids=["SIGTERM", "SIGINT"]
)
def test_whoever_is_stopped_writes_what_is_held(
    number: int, status: int, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A client in the middle of a download closes, and its file is whole up to that; so is the server's."""
    with serving(folder, "--qlog", str(tmp_path)) as server:
        arguments = command("client", server.at, "large", "--insecure", "--qlog", str(tmp_path))
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as client:
            wait(lambda: sum(path.stat().st_size for path in tmp_path.glob("*_client.sqlog")) > 300_000)
            client.send_signal(number)
            _, error = client.communicate(timeout=LIMIT)
            assert client.returncode == status
        assert "Traceback" not in error
        server.stop(number)
    for path in tmp_path.glob("*.sqlog"):
        *_, end = (one for one in read(path)[0].events if not isinstance(one, Datagram | Packet))
        assert isinstance(end, ConnectionClosed)
    checked(sorted(tmp_path.glob("*.sqlog")), capsys)


def test_a_disk_that_is_full_is_told_once(folder: Path, tmp_path: Path) -> None:
    """The file arrives; a line says why the log is not whole, and so does the status."""
    with serving(folder) as server:
        arguments = command("client", server.at, "file", "--insecure", "--qlog", str(tmp_path), "--json")
        done = subprocess.run(
            ["sh", "-c", 'ulimit -f 100; exec "$@"', "sh", *arguments],
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )
    assert (done.returncode, json.loads(done.stdout)["bytes"]) == (1, SIZE)
    assert done.stderr == f"pathproof: {tmp_path}: File too large: nothing more is logged\n"
    [path] = tmp_path.iterdir()
    *events, last = read(path)[0].events
    assert isinstance(last, Gap) and len(events) > 50


@pytest.mark.parametrize("name", ["a-file", "a-file/below", "x" * 300])
def test_a_folder_that_cannot_be_written(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    """One line and status 2, before anything is sent or listened for."""
    (tmp_path / "a-file").touch()
    log = ["--qlog", str(tmp_path / name)]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", 0))
        other.setblocking(False)
        where = f"127.0.0.1:{other.getsockname()[1]}"
        for arguments in (
            ["client", where, "file", "--insecure"],
            ["server", str(folder), "--listen", where],
        ):
            with pytest.raises(SystemExit) as ended:
                main([*arguments, *log])
            said = capsys.readouterr()
            assert (ended.value.code, said.out) == (2, "")
            assert said.err.startswith("pathproof: ") and said.err.count("\n") == 1
            assert str(tmp_path / name)[:50] in said.err
        with pytest.raises(BlockingIOError):
            other.recv(1)
