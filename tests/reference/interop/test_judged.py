"""The checks of the runs against other stacks notice what they are there for."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from msgspec import structs
from tests.reference.interop.fetching import fetch, sha256
from tests.reference.interop.judged import OurBreach, judged, linked, theirs
from tests.reference.interop.programs import NotStarted, running
from tests.reference.interop.stacks import AIOQUIC, Stack, serving
from tests.reference.udp.transfer import HOST, folder_with

from pathproof.conformance.events import Datagram, NewConnectionId, Packet
from pathproof.conformance.watched import Watched


def watched_run(folder: Path) -> Watched:
    """A download of a few bytes."""
    folder_with(folder, 1000)
    with serving(AIOQUIC, folder, folder / "server") as server:
        return asyncio.run(fetch(AIOQUIC, server, folder / "out")).watched


def with_a_breach(watched: Watched, sent: bool) -> Watched:
    """The run, with a NEW_CONNECTION_ID frame whose Retire Prior To is above its number (19.15-09)."""
    frame = NewConnectionId(40, 41, 8, b"n" * 8, b"t" * 16)
    events = list(watched.events)
    at = next(
        n for n, e in enumerate(events) if isinstance(e, Packet) and e.type == "1RTT" and e.sent == sent
    )
    events[at] = structs.replace(events[at], frames=(frame,))
    again = Watched(watched.vantage, watched.connection)
    again.events = events
    return again


def test_a_breach_of_ours_fails_and_one_of_theirs_is_told(tmp_path: Path) -> None:
    """The same frame, sent by us and by the other side."""
    watched = watched_run(tmp_path)
    assert theirs(judged(watched)) == ""
    with pytest.raises(OurBreach, match=r"RFC9000-19\.15"):
        judged(with_a_breach(watched, sent=True))
    assert "RFC9000-19.15" in theirs(judged(with_a_breach(watched, sent=False)))


def test_one_id_at_several_addresses_is_counted(tmp_path: Path) -> None:
    """A server that goes on with the same connection ID after our move, and one that does not."""
    watched = watched_run(tmp_path)
    assert (linked(watched), linked(Watched("client"))) == (1, 0)
    last = next(e for e in reversed(watched.events) if isinstance(e, Packet) and not e.sent)
    elsewhere = Datagram(last.time, False, 10_000, "127.0.0.2:1", "127.0.0.1:2", 100, last.position)
    watched.events += [elsewhere, structs.replace(last, datagram=10_000)]
    assert linked(watched) == 2


def test_nothing_seen_is_no_success() -> None:
    """A run that nobody watched does not pass for one without a breach."""
    with pytest.raises(OurBreach, match="nothing was seen"):
        judged(Watched("client"))


def test_a_server_that_does_not_answer_gives_no_file(tmp_path: Path) -> None:
    """A download that does not end in time is not complete."""
    got = asyncio.run(fetch(AIOQUIC, (HOST, 9), tmp_path / "out", limit=0.2, settled=0.0))
    assert (got.result.is_complete, got.result.received) == (False, 0)


def test_a_program_that_ends_says_why(tmp_path: Path) -> None:
    """A server that cannot be started is an error with its words, and so is one that is not there."""
    broken = Stack(
        "broken", AIOQUIC.program, "", "", lambda place: [AIOQUIC.program, "-c", "raise SystemExit('no')"]
    )
    with pytest.raises(NotStarted, match="no"), serving(broken, tmp_path, tmp_path / "server"):
        pass
    with pytest.raises(NotStarted, match="not installed"), running(["no-such-program"], tmp_path):
        pass
    assert Stack("absent", "no-such-program", "by nobody", "", broken.command).missing.endswith("by nobody")


def test_a_digest_tells_files_apart(tmp_path: Path) -> None:
    """One byte more is another file."""
    (tmp_path / "one").write_bytes(b"a")
    (tmp_path / "other").write_bytes(b"ab")
    assert sha256(tmp_path / "one") != sha256(tmp_path / "other")
