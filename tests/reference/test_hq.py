"""hq-interop without a network: what is served, what is refused, and how much of a file is held."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from pathproof.reference.hq import (
    CHUNK,
    LONGEST_REQUEST,
    LOW,
    MOST_AT_ONCE,
    REFUSED,
    Fetcher,
    Refused,
    Responder,
    file_of,
    target_of,
)
from pathproof.reference.stream import StreamData, StreamReset
from pathproof.reference.streams import Streams
from pathproof.reference.transport_parameters import TransportParameters

LIMITS = TransportParameters(
    initial_max_data=1 << 24,
    initial_max_stream_data_bidi_local=1 << 22,
    initial_max_stream_data_bidi_remote=1 << 22,
    initial_max_streams_bidi=16,
)


def pair() -> tuple[Streams, Streams]:
    """The streams of a client and of a server, each with the other's limits."""
    both = Streams(True, LIMITS), Streams(False, LIMITS)
    for one in both:
        one.state_limits(LIMITS)
    return both


def carry(source: Streams, target: Streams) -> None:
    """Move what waits, and acknowledge it."""
    for frame in list(source.frames(1 << 16)):
        target.receive(frame)
        source.acked(frame)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder to serve, with something beside it that must not be served."""
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "root-too").mkdir()
    (tmp_path / "root-too" / "secret").write_text("secret")
    made = tmp_path / "root"
    (made / "below").mkdir(parents=True)
    (made / "below" / "file").write_text("file")
    (made / "inside").symlink_to("below/file")
    (made / "out").symlink_to("../secret")
    (made / "up").symlink_to("..")
    (made / "loop").symlink_to("loop")
    os.mkfifo(made / "pipe")
    return made


@pytest.mark.parametrize("name", ["/below/file", "/inside", "/below/../inside", "/./below//file"])
def test_files_below_the_folder_are_found(name: str, root: Path) -> None:
    """Links and dots are followed as long as they stay below the folder."""
    assert file_of(root, f"GET {name}\r".encode()).read_text() == "file"


@pytest.mark.parametrize(
    "request_line",
    [
        b"",
        b"GET",
        b"GET ",
        b"GET /",
        b"GET below/file",
        b"POST /below/file",
        b"GET /below",
        b"GET /nothing",
        b"GET /../secret",
        b"GET /../root-too/secret",
        b"GET /below/../../secret",
        b"GET //etc/passwd",
        b"GET /out",
        b"GET /up/secret",
        b"GET /up/root-too/secret",
        b"GET /loop",
        b"GET /pipe",
        b"GET /below/file\0",
        b"GET /\xff\xfe",
        b"GET /" + b"a" * 300,
        b"GET /" + b"a/" * 2000,
    ],
)
def test_nothing_else_is_served(request_line: bytes, root: Path) -> None:
    """No path leads out of the folder, and only regular files are served."""
    with pytest.raises(Refused):
        file_of(root, request_line)


def test_a_large_file_is_never_held_whole(tmp_path: Path) -> None:
    """Little more than the low mark waits at the server, and all of it arrives."""
    data = random.Random(1).randbytes(3 * LOW)
    (tmp_path / "file").write_bytes(data)
    client, server = pair()
    responder = Responder(tmp_path, server)
    fetcher = Fetcher(client, ["/file"], tmp_path / "out")
    held = 0
    while not fetcher.is_done:
        for work, source, target in ((fetcher.work, client, server), (responder.work, server, client)):
            work()
            held = max(held, server.unacknowledged(0))
            carry(source, target)
    assert (tmp_path / "out" / "file").read_bytes() == data
    assert (responder.served, fetcher.received) == (len(data), len(data))
    assert held <= LOW + CHUNK


def test_many_files_take_turns(root: Path) -> None:
    """However many are asked for, few are open at a time, and all are answered."""
    client, server = pair()
    names = [f"/{'below/file' if at % 3 else 'nothing'}" for at in range(50)]
    fetcher, responder = Fetcher(client, names), Responder(root, server)
    most = 0
    while not fetcher.is_done:
        fetcher.work()
        carry(client, server)
        responder.work()
        most = max(most, len(responder._answers))
        carry(server, client)
    assert most <= MOST_AT_ONCE
    assert [one.is_complete for one in fetcher.files] == [bool(at % 3) for at in range(50)]
    assert {one.cause for one in fetcher.files if not one.is_complete} == {f"refused with code {REFUSED}"}
    assert not responder._asked and not responder._requests


def asked(root: Path, *pieces: bytes, fin: bool = True) -> list[object]:
    """What a client hears that writes these pieces on a stream."""
    client, server = pair()
    responder, stream = Responder(root, server), client.open()
    assert stream is not None
    for at, piece in enumerate(pieces):
        client.write(stream, piece, fin and at == len(pieces) - 1)
        carry(client, server)
        responder.work()
    carry(server, client)
    return list(client.read())


def test_a_request_may_come_in_pieces(root: Path) -> None:
    """It is answered once its line is whole, and what follows the line is of no interest."""
    answer = StreamData(0, b"file", True)
    assert asked(root, b"GET /below", b"/file\r", b"\n") == [answer]
    assert asked(root, b"GET /below/file\n", b"GET /nothing\n", b"more") == [answer]
    assert asked(root, b"GET /below/file") == [answer]
    assert asked(root, b"GET /below/file\r\n", fin=False) == [answer]
    assert asked(root, b"GET /below/file", fin=False) == []


def test_a_request_without_end_is_refused(root: Path) -> None:
    """A line is at most so long."""
    assert asked(root, b"GET /", b"a" * LONGEST_REQUEST, fin=False) == [StreamReset(0, REFUSED)]


def test_a_client_that_wants_nothing_more_costs_nothing(root: Path) -> None:
    """STOP_SENDING closes the file."""
    (root / "large").write_bytes(bytes(4 * LOW))
    client, server = pair()
    responder, stream = Responder(root, server), client.open()
    assert stream is not None
    client.write(stream, b"GET /large\r\n", True)
    carry(client, server)
    responder.work()
    assert responder._answers
    client.stop(stream, 7)
    carry(client, server)
    responder.work()
    assert not responder._answers


def test_names_of_files_stay_below_the_folder(tmp_path: Path) -> None:
    """A client, too, writes nowhere else, and no file twice."""
    assert target_of(tmp_path, "//etc/passwd") == tmp_path / "etc" / "passwd"
    for path in ("", "/", "..", "/a/../../b"):
        with pytest.raises(Refused, match="no name for a file"):
            target_of(tmp_path, path)
    with pytest.raises(Refused, match="written twice"):
        Fetcher(pair()[0], ["/a", "a"], tmp_path)


def test_what_is_not_whole_does_not_get_the_name(root: Path, tmp_path: Path) -> None:
    """A file that was given up leaves nothing behind."""
    client, _ = pair()
    fetcher = Fetcher(client, ["/below/file"], tmp_path / "out")
    fetcher.work()
    assert [path.name for path in (tmp_path / "out" / "below").iterdir()] == ["file.part"]
    fetcher.close("it was given up")
    assert list((tmp_path / "out" / "below").iterdir()) == []
    assert [(one.is_complete, one.cause) for one in fetcher.files] == [(False, "it was given up")]
