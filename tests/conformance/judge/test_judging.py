"""The judge as a whole: sample traces, reports, merging, bounded memory."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from pathproof.conformance.events import (
    ABSENT,
    NOT_LOGGED,
    ConnectionClose,
    Gap,
    NewConnectionId,
    OtherFrame,
    Packet,
    Position,
    Trace,
)
from pathproof.conformance.judge import Report, judge, judged_clauses, merge, rules, summary, to_json
from pathproof.conformance.judge.from_run import events_of_run
from pathproof.conformance.qlog import read
from pathproof.model.cid_supply import machine
from pathproof.model.execute import initial, step
from pathproof.spec.clauses import clause

SAMPLES = sorted(Path(str(files("pathproof.conformance") / "samples")).glob("*qlog"))


def broken() -> Report:
    """A report with one violation: an issuer that raises Retire Prior To above its number."""
    p = machine.setting()
    start = initial(machine, p)
    arguments = {"number": 1, "prior": 2}
    after = step(machine.actions["raise_prior_above_number"], start, p, arguments)
    return judge(events_of_run(machine, p, [("raise_prior_above_number", arguments, start, after)], "issuer"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_samples_of_real_stacks_break_nothing(sample: Path) -> None:
    """Traces of stacks that are known to keep the rules are judged so, and much of them is decided."""
    for trace in read(sample):
        report = judge(trace)
        assert report.violated == ()
        assert sum(verdict.status == "holds" for verdict in report.verdicts) > 10


def test_a_report_answers_for_every_clause_and_side() -> None:
    """No clause is left out, whatever the trace shows."""
    report = broken()
    assert {(verdict.clause, verdict.subject) for verdict in report.verdicts} == {
        (name, subject) for name in judged_clauses() for subject in ("local", "peer")
    }
    with pytest.raises(KeyError, match="no rule decides RFC9000-1-01"):
        report.verdict("RFC9000-1-01")


def test_rules_cite_clauses_and_readings_on_record() -> None:
    """Each rule says what it does in one line, and what it decides."""
    from pathproof.conformance.judge.settings import JUDGED

    for rule in rules():
        assert rule.clauses and all(clause(name) for name in rule.clauses)
        assert set(rule.readings) <= set(JUDGED)
        assert rule.says.endswith(".") or rule.says.endswith(")")
    assert len({rule.name for rule in rules()}) == len(rules())


@pytest.mark.clause("RFC9000-19.15-09")
def test_a_report_is_plain_data() -> None:
    """A report survives JSON, with the evidence of each finding."""
    plain = json.loads(json.dumps(to_json(broken())))
    [verdict] = [v for v in plain["verdicts"] if v["status"] == "violated"]
    assert (verdict["clause"], verdict["subject"]) == ("RFC9000-19.15-09", "local")
    assert verdict["findings"][0]["position"] == {"file": "run", "offset": -1, "event": 2}


@pytest.mark.clause("RFC9000-18.2-58", "RFC9000-19.15-09")
def test_reports_are_merged_by_the_weightiest_status() -> None:
    """A violation in one trace outweighs what holds in others; what was exercised adds up."""
    sound = judge(events_of_run(machine, machine.setting(), [], "issuer"))
    lines = {(line.clause, line.subject): line for line in merge([sound, broken(), broken()])}
    line = lines["RFC9000-19.15-09", "local"]
    assert (line.status, line.exercised, line.files) == ("violated", 2, ("run", "run"))
    assert lines["RFC9000-18.2-58", "peer"].status == "holds"


@pytest.mark.clause("RFC9000-19.15-09")
def test_a_summary_names_every_finding() -> None:
    """One line for each, and one with the counts."""
    first, *_, last = summary([broken()]).splitlines()
    assert "violation of RFC9000-19.15-09: The server sent NEW_CONNECTION_ID 1" in first
    assert last.startswith("1 trace: 1 violations")


def made(*events: object) -> Trace:
    return Trace("made", "made", "other", "", "client", NOT_LOGGED, list(events))  # type: ignore[arg-type]


def packet(number: int, *frames: object, sent: bool = True, kind: str = "1RTT") -> Packet:
    at = Position("made", 10 * number, number)
    return Packet(0.0, sent, kind, number, b"to", ABSENT, frames, at)  # type: ignore[arg-type]


def test_an_empty_trace_breaks_nothing() -> None:
    """Nothing was seen, so nothing was broken and nothing holds."""
    report = judge(made())
    assert {verdict.status for verdict in report.verdicts} <= {"not exercised", "not observable"}


@pytest.mark.clause("RFC9000-19.15-13")
def test_frames_that_are_not_logged_hide_what_was_done() -> None:
    """An endpoint is not held to what a packet without logged frames may have done."""
    skip = packet(0, NewConnectionId(2, 0, 1, b"2", b"t" * 16))
    close = packet(9, ConnectionClose(0, "application", ""))
    report = judge(made(packet(0, kind="initial"), skip, packet(1), packet(2, OtherFrame("ping")), close))
    assert report.violated == ()
    assert report.verdict("RFC9000-19.15-13").missing == ("frames of packets",)


def test_a_partial_trace_is_said_to_be_partial() -> None:
    """What was readable is judged, and the report has the reason of each gap."""
    report = judge(made(packet(0, kind="initial"), Gap("cut off", Position("made", 77, 3))))
    assert report.partial == ("made: byte 77, event 3: cut off",)


def test_a_hostile_trace_costs_bounded_memory() -> None:
    """Every frame breaks rules, every packet retires: findings, duties and frames in flight stay few."""
    frames = [NewConnectionId(n, n, 1, n.to_bytes(4, "big"), n.to_bytes(16, "big")) for n in range(1, 3000)]
    events = [packet(0, kind="initial"), *(packet(n, f, sent=False) for n, f in enumerate(frames))]
    report = judge(made(*events))
    assert all(len(verdict.findings) <= 10 for verdict in report.verdicts)
    assert report.partial[-1].startswith("more than 1024 connection IDs were active at once")
