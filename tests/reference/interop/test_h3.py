"""HTTP/3 between a fetcher and a responder of hq, over streams in memory."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from tests.reference.interop.h3 import H3Broken, H3Streams, fetcher

from pathproof.reference.hq import Fetcher, Responder
from pathproof.reference.streams import Streams
from pathproof.reference.transport_parameters import TransportParameters

LIMITS = TransportParameters(
    initial_max_data=1 << 24,
    initial_max_stream_data_bidi_local=1 << 22,
    initial_max_stream_data_bidi_remote=1 << 22,
    initial_max_stream_data_uni=1 << 22,
    initial_max_streams_bidi=8,
    initial_max_streams_uni=3,
)


def both_ends() -> tuple[Streams, Streams]:
    """Streams of a client and of a server, each with the limits of the other."""
    ends = Streams(True, LIMITS), Streams(False, LIMITS)
    for end in ends:
        end.state_limits(LIMITS)
    return ends


def carry(sender: Streams, receiver: Streams) -> None:
    """Everything that may be sent arrives."""
    while frames := list(sender.frames(room=1200)):
        for frame in frames:
            receiver.receive(frame)
            sender.acked(frame)


def run(client: Streams, server: Streams, asks: Fetcher, root: Path) -> None:
    """Serve until all has come, or nothing goes on."""
    responder = Responder(root, cast(Streams, H3Streams(server, False)))
    for _ in range(10):
        asks.work()
        carry(client, server)
        responder.work()
        carry(server, client)
    responder.close()


def test_files_come_and_absent_ones_are_refused(tmp_path: Path) -> None:
    """Two files, one of them empty, and one that is not there."""
    (tmp_path / "file").write_bytes(b"some bytes" * 1000)
    (tmp_path / "empty").touch()
    client, server = both_ends()
    asks = fetcher(client, ["/file", "/empty", "/absent"], tmp_path / "out")
    run(client, server, asks, tmp_path)
    assert asks.is_done
    assert [one.is_complete for one in asks.files] == [True, True, False]
    assert (tmp_path / "out" / "file").read_bytes() == (tmp_path / "file").read_bytes()
    assert asks.files[2].cause.startswith("refused with code")


def test_a_status_that_is_no_success_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes with it is not the file."""
    (tmp_path / "file").write_bytes(b"some bytes")
    client, server = both_ends()
    asks = fetcher(client, ["/file"], tmp_path / "out")
    responder = Responder(tmp_path, cast(Streams, H3Streams(server, False)))
    asks.work()
    carry(client, server)
    monkeypatch.setattr("tests.reference.interop.h3.FOUND", b"404")
    responder.work()
    monkeypatch.undo()
    carry(server, client)
    asks.work()
    assert (asks.files[0].is_complete, asks.files[0].cause) == (False, "refused with code 404")
    assert not (tmp_path / "out" / "file").exists()


def test_a_peer_that_breaks_the_rules_is_found_out(tmp_path: Path) -> None:
    """A control stream that begins with DATA, where SETTINGS must come first (RFC 9114 6.2.1)."""
    client, server = both_ends()
    asks = fetcher(client, ["/file"], tmp_path)
    stream = server.open(bidirectional=False)
    assert stream is not None
    server.write(stream, b"\x00\x00\x01x")
    carry(server, client)
    with pytest.raises(H3Broken, match="H3_MISSING_SETTINGS"):
        asks.work()
