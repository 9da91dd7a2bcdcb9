"""What the reference writes comes back: the events of a file are those that a watcher collects in process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.reference.qlog.logged import Logged
from tests.reference.simulation import machine
from tests.reference.simulation.world import PREFERRED, PREFERRED_6

from pathproof.conformance.events import ConnectionClosed, Datagram, Dropped, Event, Gap, Packet, Trace
from pathproof.conformance.judge import judge
from pathproof.conformance.qlog import read
from pathproof.conformance.watched import Watched

RUNS = settings(
    max_examples=12,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
THOROUGH = settings(RUNS, max_examples=200, stateful_step_count=40, derandomize=False)
CLOSE = 1e-5
"""Milliseconds by which times may differ: the file has six digits behind the point."""
TRIGGERS = {
    "closed": {"application"},
    "error": {"error"},
    "peer": {"application", "error", "unspecified"},
    "reset": {"stateless_reset"},
    "idle": {"idle_timeout"},
    "no path": {"aborted"},
    "version": {"version_mismatch"},
}
"""What qlog may call the causes that the reference tells."""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> None:
    """Where runs are logged."""
    Logged.parent = tmp_path


def trace_of(world: Logged, watched: Watched) -> Trace:
    """The file of the connection that was watched."""
    assert watched.connection is not None
    declared = watched.connection.local.original_destination_connection_id
    original = watched.connection.original if declared is None else declared
    [trace] = read(world.folder / watched.vantage / f"{original.hex()}_{watched.vantage}.sqlog")
    assert (trace.vantage, trace.dialect, trace.stack) == (watched.vantage, "pathproof", "pathproof")
    assert trace.original_destination_connection_id == original
    return trace


def compare(world: Logged) -> int:
    """Insist that each file tells what was watched; return how many events that were."""
    world.written()
    for watched in world.watches.values():
        trace, expected = trace_of(world, watched), watched.events
        told = list(trace.events)
        assert not any(isinstance(event, Gap) for event in told)
        assert len(told) == len(expected)
        for one, other in zip(told, expected, strict=True):
            same(one, other, expected[0])
        assert trace.capabilities == watched.trace().capabilities
    return sum(len(watched.events) for watched in world.watches.values())


def same(told: Event, expected: Event, first: Event) -> None:
    """Insist that two events are equal, but for where they stand and from when their times count."""
    assert not isinstance(expected, Gap) and not isinstance(told, Gap) and not isinstance(first, Gap)
    assert abs(told.time - (expected.time - first.time)) < CLOSE
    if isinstance(told, ConnectionClosed) and isinstance(expected, ConnectionClosed):
        assert told.trigger in TRIGGERS[str(expected.trigger)]
        told = msgspec.structs.replace(told, trigger=expected.trigger)
    placed = {"time": 0.0, "position": expected.position}
    assert msgspec.structs.replace(told, **placed) == msgspec.structs.replace(expected, **placed)


class RoundTrip(machine.TwoEndpoints):
    """Whatever happens, the files tell it."""

    def teardown(self) -> None:
        """Read the files."""
        if hasattr(self, "world"):
            assert isinstance(self.world, Logged)
            assert compare(self.world) > 20


def test_whatever_happens_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loss, rebinding, migration, attackers, lost state: packets, datagrams, addresses and parameters."""
    monkeypatch.setattr(machine, "World", Logged)
    run_state_machine_as_test(RoundTrip, settings=RUNS)


@pytest.mark.thorough
def test_whatever_happens_comes_back_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, other runs each time."""
    monkeypatch.setattr(machine, "World", Logged)
    run_state_machine_as_test(RoundTrip, settings=THOROUGH)


def moved(seed: int = 1, **options: Any) -> Logged:
    """A run with a migration, a rebinding and some datagrams that come twice."""
    world = Logged(seed, duplication=0.2, **options)
    world.established().application.request(100, 60_000)
    world.run(0.5)
    world.migrate(1)
    world.run(0.5)
    world.rebind()
    world.application.request(100, 30_000)
    world.run(2.0)
    return world


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"server": {"retries": True}},
        {"server": {"preferred_ipv4": PREFERRED, "preferred_ipv6": PREFERRED_6}},
        {"family": 6},
        {"client": {"empty_connection_id": True}},
        {"loss": 0.1, "jitter": 0.02},
    ],
    ids=["plain", "retry", "preferred", "ipv6", "empty IDs", "lossy"],
)
def test_a_run_with_moves_comes_back(options: dict[str, Any]) -> None:
    """Each kind of event is there, each datagram with its addresses, and nothing is violated."""
    world = moved(**options)
    assert compare(world) > 200
    for watched in world.watches.values():
        trace = trace_of(world, watched)
        kinds = {type(event) for event in trace.events}
        assert {Packet, Datagram, Dropped} <= kinds
        assert {"datagrams", "addresses", "frames", "limit"} <= trace.capabilities
        paths = {(one.local, one.remote) for one in trace.events if isinstance(one, Datagram)}
        assert len(paths) >= (2 if watched.vantage == "client" else 3)
        assert judge(trace).violated == ()


def test_the_judge_says_the_same_of_a_file() -> None:
    """Clause by clause, as of what was watched in process."""
    world = moved(seed=3)
    world.written()
    for watched in world.watches.values():
        of_file, in_process = judge(trace_of(world, watched)), judge(watched.trace())
        assert [(one.clause, one.subject, one.status, one.exercised) for one in of_file.verdicts] == [
            (one.clause, one.subject, one.status, one.exercised) for one in in_process.verdicts
        ]
        assert any(one.exercised for one in of_file.verdicts)


@pytest.mark.parametrize(
    ("place", "name", "mutant"),
    [
        ("connection_log", "datagram", lambda words: {**words, "raw": [{"length": 1}]}),
        ("connection_log", "packet", lambda words: {**words, "datagram_id": 0}),
        ("connection_log", "packet", lambda words: {**words, "raw": {"length": 1}}),
        ("connection_log", "dropped", lambda words: {**words, "trigger": "general"}),
        ("connection_log", "end", lambda words: {**words, **dict.fromkeys(words, 7)}),
        ("connection_log", "parameters", lambda words: {**words, "active_connection_id_limit": 3}),
        ("packets", "frame", lambda words: {**words, "frame_type": "ping"}),
    ],
    ids=["datagram size", "datagram number", "packet size", "trigger", "address", "limit", "frame"],
)
def test_a_wrong_writer_is_noticed(
    place: str, name: str, mutant: Callable[[Any], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the comparison is for: one thing is written otherwise than it was seen."""
    module = f"pathproof.reference.qlog.{place}"
    right = getattr(__import__(module, fromlist=[name]), name)
    monkeypatch.setattr(f"{module}.{name}", lambda *given: mutant(right(*given)))
    with pytest.raises(AssertionError):
        compare(moved(seed=2))


def of_client(world: Logged) -> Path:
    """The client's file."""
    return next(path for path in world.written() if path.parent.name == "client")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.99])
def test_a_file_that_is_cut_off_is_judged_in_part(share: float) -> None:
    """What is before the cut is read and judged, and the report says that more is missing."""
    path = of_client(moved(seed=4))
    text = path.read_bytes()
    cut = text.rindex(b"\x1e", 0, int(len(text) * share)) + 20
    path.write_bytes(text[:cut])
    [trace] = read(path)
    *events, last = trace.events
    assert isinstance(last, Gap) and "cut off" in last.reason and len(events) > 50
    report = judge(trace)
    assert report.partial and report.packets > 20 and report.violated == ()


def test_a_seeded_violation_is_caught() -> None:
    """One connection ID more than the peer's limit, in an otherwise right file (5.1.1-13)."""
    path = of_client(moved(seed=5))
    text = path.read_bytes()
    limit = b'"active_connection_id_limit":8'
    assert text.count(limit) == 2
    path.write_bytes(text.replace(limit, limit.replace(b"8", b"4")))
    [trace] = read(path)
    assert "RFC9000-5.1.1-13" in {verdict.clause for verdict in judge(trace).violated}
