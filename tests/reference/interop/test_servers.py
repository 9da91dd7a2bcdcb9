"""The reference as client of other stacks' servers: programs that the test starts on loopback.

A file of 2 MB arrives byte for byte equal, whatever the client does to its address meanwhile. The judge
watches our end and finds no breach of ours; breaches of the other side are shown at the end of the run.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.reference.interop import facts
from tests.reference.interop.fetching import Fetching, fetch, moves_of
from tests.reference.interop.judged import judged, linked, theirs
from tests.reference.interop.stacks import NGTCP2, QUIC_GO, STACKS, Stack, serving
from tests.reference.udp.transfer import HOST, folder_with

from pathproof.conformance.events import NewConnectionId, Packet, Parameters, RetireConnectionId
from pathproof.reference.migration import Address
from pathproof.spec.names import ErrorCode

SIZE = 2_000_000
QUIET = 5.0
"""Seconds after which a download that stalls is given up."""
KINDS = {"steady": "", "migrations": "mah", "rebindings": "rr", "mix": "mrarh"}


@pytest.fixture(params=STACKS, ids=lambda stack: stack.name)
def stack(request: pytest.FixtureRequest) -> Stack:
    """Each stack that is installed."""
    found: Stack = request.param
    if found.missing:
        pytest.skip(found.missing)
    return found


@pytest.fixture
def server(stack: Stack, tmp_path: Path, host: str) -> Iterator[Address]:
    """Its server, with the files of the test's folder."""
    with serving(stack, tmp_path, tmp_path / "server", host) as address:
        yield address


@pytest.fixture
def host() -> str:
    """Where servers listen, unless a test says otherwise."""
    return HOST


def told(stack: Stack, kinds: str, got: Fetching, record: facts.Record) -> None:
    """Our side keeps every rule; what the other did is shown."""
    breaches = theirs(judged(got.watched)) or "none"
    facts.tell(
        record,
        f"{stack.name:8} server, moves {kinds or 'none':6}: {got.result.moves} made,"
        f" {got.result.path_events['validated']} paths validated by us, {len(got.challenged)} by it,"
        f" one ID came to {linked(got.watched)} addresses, breaches: {breaches}",
    )


@pytest.mark.parametrize("kinds", KINDS.values(), ids=KINDS)
def test_a_file_survives_moves(
    stack: Stack, server: Address, kinds: str, tmp_path: Path, record_property: facts.Record
) -> None:
    """The server follows every migration and rebinding, as far as it can, and validates each new address."""
    data, kinds = folder_with(tmp_path, SIZE), kinds[: stack.most]
    got = asyncio.run(fetch(stack, server, tmp_path / "out", moves_of(SIZE, kinds)))
    result = got.result
    assert (result.is_complete, result.moves, result.not_made) == (True, len(kinds), []), result
    assert (tmp_path / "out" / "file").read_bytes() == data
    migrations = len(kinds) - kinds.count("r")
    assert (len(result.paths), result.path_events["validated"]) == (1 + migrations, migrations)
    assert got.challenged == set(range(1, len(kinds) + 1))
    told(stack, kinds, got, record_property)


@pytest.mark.parametrize("host", ["::1"])
def test_ipv6(stack: Stack, server: Address, tmp_path: Path, record_property: facts.Record) -> None:
    """The same goes for IPv6."""
    data = folder_with(tmp_path, SIZE)
    got = asyncio.run(fetch(stack, server, tmp_path / "out", moves_of(SIZE, "mr")))
    assert (tmp_path / "out" / "file").read_bytes() == data
    assert got.result.moves == 2 and got.challenged == {1, 2}
    told(stack, "mr v6", got, record_property)


@pytest.mark.skipif(bool(QUIC_GO.missing), reason=QUIC_GO.missing)
@pytest.mark.parametrize(("kinds", "is_complete"), [("mmmm", True), ("rrrr", False)])
def test_a_server_that_follows_no_further(
    kinds: str, is_complete: bool, tmp_path: Path, record_property: facts.Record
) -> None:
    """quic-go follows to three addresses in a row, then has no connection ID to answer with (9.5-09).

    A client that migrates hears it at its former address until the new path is validated: the file is whole.
    One that is behind a NAT hears nothing any more, and asks in vain; the connection does not end over it.
    """
    data = folder_with(tmp_path, SIZE)
    with serving(QUIC_GO, tmp_path, tmp_path / "server") as server:
        moves = moves_of(SIZE, kinds)
        got = asyncio.run(
            fetch(QUIC_GO, server, tmp_path / "out", moves, limit=20.0 if is_complete else QUIET, settled=0.0)
        )
    assert (got.result.moves, got.result.ended, got.result.is_complete) == (4, None, is_complete)
    assert got.result.path_events["validated"] == (3 if is_complete else 0)
    assert got.challenged == {1, 2, 3} and QUIC_GO.most == 3
    if is_complete:
        assert (tmp_path / "out" / "file").read_bytes() == data
    told(QUIC_GO, kinds, got, record_property)


@pytest.mark.skipif(bool(NGTCP2.missing), reason=NGTCP2.missing)
def test_a_server_that_holds_fewer_connection_ids_than_it_says(
    tmp_path: Path, record_property: facts.Record
) -> None:
    """ngtcp2 gets as many as it declares and never more (5.1.1-13); whether it closes is its own affair.

    Version 0.12 does, with CONNECTION_ID_LIMIT_ERROR, which 5.1.1-15 has for more than it declares.
    """
    folder_with(tmp_path, SIZE)
    with serving(NGTCP2, tmp_path, tmp_path / "server") as server:
        full = replace(NGTCP2, connection_ids=8)
        got = asyncio.run(fetch(full, server, tmp_path / "out", moves_of(SIZE, "mrmrm")))
    (limit, most), ended = supply(got), got.result.ended
    assert most == limit
    assert got.result.is_complete or (ended and ended.error_code == ErrorCode.CONNECTION_ID_LIMIT_ERROR)
    how = "goes on" if got.result.is_complete else "closes with CONNECTION_ID_LIMIT_ERROR"
    judged(got.watched)
    facts.tell(record_property, f"ngtcp2   server, {most} of our connection IDs active, limit {limit}: {how}")


def supply(got: Fetching) -> tuple[int, int]:
    """The peer's limit, and how many connection IDs of ours were active at most, as we saw it."""
    limit, active, most = 0, {0}, 1
    for event in got.watched.events:
        if isinstance(event, Parameters) and event.owner == "remote":
            limit = int(str(event.active_connection_id_limit))
        if isinstance(event, Packet):
            given = (one for one in event.frames if event.sent and isinstance(one, NewConnectionId))
            back = (one for one in event.frames if not event.sent and isinstance(one, RetireConnectionId))
            active = (active | {one.sequence_number for one in given}) - {one.sequence_number for one in back}
        most = max(most, len(active))
    return limit, most
