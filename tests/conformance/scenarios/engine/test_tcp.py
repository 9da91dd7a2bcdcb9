"""The download over TCP, over loopback: what is measured of one that finishes, is cut off, or breaks."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pathproof.conformance.scenarios.engine.flow import measured
from pathproof.conformance.scenarios.engine.processes import PACKAGE, Process, ProcessFailed

HOST, SIZE, LIMIT = "127.0.0.1", 1_000_000, 10.0


@contextmanager
def process(**asked: Any) -> Iterator[Process]:
    """A process of the module, heard and ended."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", f"{PACKAGE}.tcp", json.dumps(asked)]
    made = Process("tcp", subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True))
    made.listen()
    try:
        yield made
    finally:
        if made.running.poll() is None:
            made.end()
        else:
            made.join()


@pytest.fixture
def served(tmp_path: Path) -> dict[str, Any]:
    """What a server is asked to be."""
    with socket.socket() as asking:
        asking.bind((HOST, 0))
        port = asking.getsockname()[1]
    (tmp_path / "file").write_bytes(bytes(SIZE))
    return {"hosts": [HOST], "port": port, "file": str(tmp_path / "file"), "forgets": False}


def test_a_download_that_finishes(served: dict[str, Any]) -> None:
    """All bytes are counted, also of a second one on the same connection."""
    with process(**served) as server, process(host=HOST, port=served["port"]) as client:
        server.wait_for("ready")
        for number in (1, 2):
            client.order("fetch", size=SIZE)
            assert client.until(lambda number=number: len(client.said("fetched")) == number, LIMIT)
        assert len(client.said("connected")) == 1
    began = client.said("ready")[0]["at"]
    flow = measured(client.lines, began, began + LIMIT, 2 * SIZE)
    assert (flow.outcome, flow.received, client.running.returncode) == ("finished", 2 * SIZE, 0)


@pytest.mark.parametrize(("forgets", "outcome"), [(False, "closed"), (True, "reset")])
def test_a_server_that_is_killed(served: dict[str, Any], forgets: bool, outcome: str) -> None:
    """The kernel closes its connections; if they are to be forgotten, it resets them."""
    with (
        process(**served | {"forgets": forgets}) as server,
        process(host=HOST, port=served["port"]) as client,
    ):
        server.wait_for("ready")
        client.order("fetch", size=SIZE // 2)
        client.wait_for("fetched", LIMIT)
        client.is_expected_to_end = True
        server.kill()
        client.order("fetch", size=SIZE)
        client.running.wait(LIMIT)
    (ended,) = client.said("ended")
    assert ended["outcome"] in (outcome, "reset") and ended["bytes"] == SIZE // 2


def test_a_server_that_is_not_there(served: dict[str, Any]) -> None:
    """A connection that is refused is one that was reset."""
    with process(host=HOST, port=served["port"]) as client:
        client.wait_for("ready")
        client.is_expected_to_end = True
        client.order("fetch", size=SIZE)
        client.running.wait(LIMIT)
    assert client.said("ended")[0]["outcome"] == "reset"


def test_what_is_never_said_is_missed(served: dict[str, Any]) -> None:
    """A wait is bounded, and a process that has ended is not waited for."""
    with process(host=HOST, port=served["port"]) as client:
        client.wait_for("ready")
        with pytest.raises(ProcessFailed, match=r"tcp said no fetched in 0\.05 s"):
            client.wait_for("fetched", 0.05)
    with process() as broken, pytest.raises(ProcessFailed, match=r"tcp ended with status 1: .*KeyError"):
        broken.wait_for("ready")
