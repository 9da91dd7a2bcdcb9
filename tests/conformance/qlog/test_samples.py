"""The sample traces that are shipped, and the program that makes them."""

from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from pathproof.conformance.events import (
    Event,
    Gap,
    NewConnectionId,
    Packet,
    Parameters,
    RetireConnectionId,
)
from pathproof.conformance.make_samples import SCENARIOS, main, make
from pathproof.conformance.qlog import read

SHIPPED = Path(str(files("pathproof.conformance") / "samples"))


def sent_numbers(events: list[Event], kind: type[NewConnectionId] | type[RetireConnectionId]) -> Counter[int]:
    """How often the endpoint sent each sequence number in frames of one kind."""
    packets = [event for event in events if isinstance(event, Packet) and event.sent]
    return Counter(f.sequence_number for p in packets for f in p.frames if isinstance(f, kind))


def check(directory: Path, scenario: str) -> None:
    """Insist that both ends' logs are complete and show what the scenario is for."""
    again = 0
    for role in ("client", "server"):
        [trace] = read(directory / f"aioquic-{scenario}-{role}.qlog")
        events = list(trace.events)
        assert (trace.dialect, trace.vantage) == ("aioquic", role)
        assert not any(isinstance(event, Gap) for event in events)
        assert {e.owner for e in events if isinstance(e, Parameters)} == {"local", "remote"}
        issued = sent_numbers(events, NewConnectionId)
        assert len(issued) >= 7
        again += sum(count > 1 for count in issued.values())
        rotations = next(s.rotations for s in SCENARIOS if s.name == scenario)
        assert len(sent_numbers(events, RetireConnectionId)) == rotations
    assert (again > 0) == (scenario == "lossy")


@pytest.mark.parametrize("scenario", [s.name for s in SCENARIOS])
def test_shipped_samples_show_what_they_are_for(scenario: str) -> None:
    """Both ends issue, `rotate` retires on both ends, `lossy` issues some connection IDs again."""
    check(SHIPPED, scenario)


def test_shipped_samples_are_small_and_name_no_machine() -> None:
    """Each is below 100 KB and holds no path."""
    paths = sorted(SHIPPED.glob("*.qlog"))
    assert len(paths) == 2 * len(SCENARIOS)
    for path in paths:
        assert path.stat().st_size < 100_000
        assert not any(part in path.read_text() for part in ("/home", "/tmp", "/root", "/work", "/Users"))


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)
def test_fresh_samples_are_like_the_shipped_ones(tmp_path: Path, scenario: object) -> None:
    """A run over real sockets ends in time and writes both logs."""
    chosen = next(s for s in SCENARIOS if s is scenario)
    make(chosen, tmp_path)
    check(tmp_path, chosen.name)


def test_the_program_asks_for_a_directory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without one it says how it is used, and exits with status 2."""
    assert main([]) == 2
    assert main([str(tmp_path / "missing")]) == 2
    assert capsys.readouterr().err.startswith("usage: ")
