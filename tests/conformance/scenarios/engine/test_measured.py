"""What is made of what was seen: flows, moments, the timeline and the picture, without any run."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest

from pathproof.conformance.events import Datagram, Position
from pathproof.conformance.scenarios.engine import timeline
from pathproof.conformance.scenarios.engine.expectation import Answer, expect
from pathproof.conformance.scenarios.engine.flow import Flow, measured
from pathproof.conformance.scenarios.engine.judged import Judged
from pathproof.conformance.scenarios.engine.moments import moments, stays
from pathproof.conformance.scenarios.engine.picture import render_svg
from pathproof.conformance.scenarios.engine.running import Result, Scenario, answers
from pathproof.conformance.scenarios.engine.seen import Mark, Seen
from pathproof.conformance.scenarios.engine.watch import trace_of

POINTS = tuple((number / 10, number * 100) for number in range(11))


def path(at: float, what: str, port: int) -> dict[str, object]:
    """A server's line about a path to the client's port."""
    return {
        "event": "path", "at": 10 + at, "what": what, "connection": 0,
        "local": ["10.9.0.2", 443], "remote": ["10.1.0.2", port],
    }  # fmt: skip


def seen(*paths: dict[str, object], marks: tuple[Mark, ...] = ()) -> Seen:
    """A run of two seconds: QUIC came in one, TCP stalled after half of it."""
    quic = Flow(POINTS, "finished", 1000, 1.0)
    tcp = Flow(POINTS[:6], "stalled", 1000, 2.0)
    first = Datagram(10_000.0, False, 0, "10.9.0.2:443", "10.1.0.2:1", 1200, Position("", -1, 0))
    made = Seen(10.0, 2.0, quic, tcp, Judged(5, 2, ()), list(marks))
    made.lines = {"quic-client": [], "quic-server": list(paths)}
    made.traces = {"server": {0: trace_of([first], "server")}}
    return made


def result(of: Seen) -> Result:
    """A scenario with one claim that holds and one that does not."""
    good = expect("It holds", "9.3-01")(lambda seen: Answer(True, "so it is"))
    bad = expect("It fails", "9.3-02")(lambda seen: Answer(False, "so it is not"))
    scenario = Scenario("toy", "A toy", lambda world: of, (good, bad))
    return Result(scenario, 1, of, answers(scenario, of))


def lines_of(of: Seen, ascii_only: bool = False) -> list[str]:
    """The timeline as plain text."""
    return [line.plain for line in timeline.drawn(result(of), 80, ascii_only)]


@pytest.mark.parametrize(
    ("event", "outcome"),
    [({"event": "ended", "outcome": "reset"}, "reset"), ({"event": "fetched", "bytes": 900}, "finished")],
    ids=["ended", "fetched"],
)
def test_a_flow_is_measured_until_it_ends(event: dict[str, object], outcome: str) -> None:
    """What comes after the end counts no more."""
    lines = [
        {"event": "progress", "at": 6.0, "bytes": 500},
        event | {"at": 7.0},
        {"event": "progress", "at": 8.0, "bytes": 9999},
    ]
    flow = measured(lines, 5.0, 9.0, 900)
    assert (flow.outcome, flow.until, flow.received <= 900) == (outcome, 2.0, True)


def test_a_pause_that_nobody_asked_in_is_no_stall() -> None:
    """Where the story asked for nothing, nothing was due."""
    points = ((0.0, 0), (0.1, 10), (2.1, 20))
    assert Flow(points, "finished", 20, 2.1).stalled == 2.0
    assert Flow(points, "finished", 20, 2.1, pauses=((0.2, 2.0),)).stalled == 0.0


def test_bytes_are_spread_over_the_time_in_which_they_came() -> None:
    """All are counted, also where lines and parts do not fall together."""
    bins = Flow(((0.0, 0), (0.03, 0), (0.1, 70), (0.22, 190)), "finished", 190, 0.22).in_bins(10, 0.25)
    assert sum(bins) == pytest.approx(190, abs=5) and max(bins) <= 26


def test_moments_are_in_their_order_and_a_storm_is_told_once() -> None:
    """Marks and paths have letters; many moves in a row have one."""
    of = seen(
        *(path(0.5 + at / 100, "moved", at) for at in range(9)), marks=(Mark(0.4, "attacker", "copies"),)
    )
    told = [(one.letter, one.text) for one in moments(of)]
    assert told == [
        ("a", "attacker: copies"),
        ("b", "server: moves to 9 paths within 0.08 s, last 10.1.0.2:8"),
    ]


def test_stays_follow_the_moves() -> None:
    """From the handshake's address on, until the run is over."""
    of = seen(path(0.5, "moved", 2), path(0.6, "validated", 2), path(1.5, "reverted", 1))
    assert [(one.start, one.end, one.address) for one in stays(of, "server")] == [
        (0.0, 0.5, "10.1.0.2:1"),
        (0.5, 1.5, "10.1.0.2:2"),
        (1.5, 2.0, "10.1.0.2:1"),
    ]


def test_the_timeline_shows_both_downloads_on_one_axis() -> None:
    """Bars where bytes came, another mark where something was due, nothing after the end."""
    shown = {
        line[:10].strip(): line[11:] for line in lines_of(seen(path(0.5, "moved", 2))) if line[:10].strip()
    }
    assert shown["TCP"].startswith("500 of 1,000 bytes, stalled")
    bars = [line[11:] for line in lines_of(seen()) if line.startswith(("QUIC", "TCP"))]
    quic, tcp = bars[:2]
    assert "╌" not in quic and quic.rstrip() == quic[: len(quic) // 2 + 1].rstrip()
    assert set(tcp[len(tcp) // 2 :]) == {"╌"}


def test_a_poor_terminal_gets_plain_characters() -> None:
    """Nothing beyond ASCII."""
    assert all(line.isascii() for line in lines_of(seen(path(0.5, "moved", 2)), ascii_only=True))


@pytest.mark.parametrize("width", [20, 80, 400])
def test_no_bar_is_wider_than_the_terminal(width: int) -> None:
    """From a narrow terminal, which gets what can be read, to the widest that is filled."""
    drawn = timeline.drawn(result(seen()), width)
    assert max(len(line.plain) for line in drawn[1:8]) <= max(41, min(width, timeline.WIDEST))


def test_verdicts_are_words_with_clauses_and_evidence() -> None:
    """Held and FAILED, not a colour alone."""
    told = [line.plain for line in timeline.verdicts(result(seen()).answers)]
    assert told[:4] == [
        "held   It holds (9.3-01)",
        "       so it is",
        "FAILED It fails (9.3-02)",
        "       so it is not",
    ]


def test_the_picture_is_a_document_with_all_of_it() -> None:
    """Title, letters, stalls and verdicts are in it, and it is well-formed."""
    picture = render_svg(
        result(seen(path(0.5, "moved", 2), marks=(Mark(0.4, "network", "wlan0 goes <down>"),)))
    )
    root = ElementTree.fromstring(picture)
    texts = ["".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")]
    for wanted in ("A toy", "QUIC", "TCP", "nothing for 1.50 s", "held", "FAILED", "a", "10.1.0.2:2"):
        assert wanted in texts
