"""Charts of runs: whatever happens in whatever machine is told, on the lanes of those who take part."""

from __future__ import annotations

import importlib
from collections import Counter
from typing import Any

import pytest
from tests.conformance.run_stories import story, stroll

from pathproof.conformance.chart import Chart, Divider, Message, State, Step, render_svg, render_text
from pathproof.conformance.run_charts import chart_of_lasso, chart_of_run
from pathproof.model.bounds import bounds
from pathproof.model.explorer.liveness import Lasso
from pathproof.model.explorer.result import Run
from pathproof.model.machine import Machine
from pathproof.model.machines import NAMES, find

STEPS = 20


@pytest.mark.parametrize("name", NAMES)
def test_every_action_has_rows_of_its_own(name: str) -> None:
    """No action is told in the words of its docstring alone, and no row is of an action that is gone."""
    module = importlib.import_module(f"pathproof.conformance.{name}.run_chart")
    assert frozenset(find(name).actions) == module.KNOWN


@pytest.mark.parametrize("name", NAMES)
def test_random_runs_are_drawn(name: str) -> None:
    """Under all bounds a run becomes text and picture: nothing is empty, and no attack is made up."""
    machine, taken = find(name), Counter[str]()
    for seed, chosen in enumerate(bounds(name).configurations.values()):
        run = stroll(machine, chosen, taken, STEPS, seed)
        chart = chart_of_run(machine, run)
        assert all(row.text for row in chart.rows if isinstance(row, State))
        assert all(row.label for row in chart.rows if isinstance(row, Message | Step))
        assert is_attacked(chart) <= any(machine.actions[one.action].kind == "attacker" for one in run.steps)
        assert "does not hold" in render_text(chart, 24 * len(chart.lanes))
        assert render_svg(chart).startswith("<svg")


def is_attacked(chart: Chart) -> bool:
    """Something in the chart is drawn as an attack."""
    return any(row.kind == "attack" for row in chart.rows if isinstance(row, Message | Step))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("knot", [0, 3, 8])
def test_an_endless_run_says_where_it_goes_round(name: str, knot: int) -> None:
    """The line stands between the rows of the way to the cycle and those of the cycle, or at the end."""
    machine = find(name)
    run = stroll(machine, {}, Counter(), 8, 1)
    claim = next(iter(machine.claims))
    lasso = Lasso(claim, {}, (), run.start, run.steps[:knot], run.steps[knot:])
    rows = chart_of_lasso(machine, lasso).rows
    line = next(place for place, row in enumerate(rows) if isinstance(row, Divider))
    before = chart_of_run(machine, Run(claim, run.start, run.steps[:knot])).rows[:-1]
    assert rows[:line] == before
    assert ("nothing happens" in rows[line].text) == (knot >= len(run.steps))  # type: ignore[union-attr]
    assert isinstance(rows[-1], Divider)
    assert rows[-1].kind == "violation"


def messages(machine: Machine, run: Run) -> list[Message]:
    """The messages of a run's chart."""
    return [row for row in chart_of_run(machine, run).rows if isinstance(row, Message)]


def test_a_packet_waits_on_its_path() -> None:
    """It leaves for the lane of its path and arrives from there; a copy comes from the attacker."""
    machine = find("migration")
    sent, copied = ("send", {}), ("copy_packet", {"number": 0, "address": 1})
    left, copy, challenge = messages(machine, story(machine, {}, sent, copied, ("challenge", {"address": 1})))
    assert (left.source, left.via, left.arrives) == ("client", "address A", False)
    assert (copy.source, copy.target, copy.via, copy.kind) == ("attacker", "server", "address B", "attack")
    assert (challenge.source, challenge.via, challenge.arrives) == ("server", "address B", False)
    _, late = messages(machine, story(machine, {}, sent, ("deliver", {"number": 0})))
    assert (late.via, late.sent_at) == ("address A", 1)


def test_a_victim_gets_what_is_sent_to_it() -> None:
    """What a server sends to a spoofed source ends at the lane of that address."""
    machine = find("anti_amplification")
    spoofed, data = ("spoof_packet", {"path": 1, "size": 1}), ("send_challenge", {"path": 1})
    spoof, challenge = messages(machine, story(machine, {}, spoofed, data))
    assert (spoof.source, spoof.target, spoof.via, spoof.kind) == (
        "attacker",
        "server",
        "address 1",
        "attack",
    )
    assert (challenge.source, challenge.target, challenge.arrives) == ("server", "address 1", True)


def test_a_reset_from_another_node_comes_to_whoever_steered_the_packet_there() -> None:
    """An oracle's reset goes to the attacker, and from its hands to the consumer, in whole arrows."""
    machine = find("stateless_reset")
    steered = ("send_seen_connection_id", {"number": 0})
    calls = (steered, ("answer_elsewhere", {"beyond": 3}), ("arrive", {"attributed": 0}))
    found = messages(machine, story(machine, {"cluster": "answering_by_address"}, *calls))
    ends = [(row.source, row.target) for row in found]
    assert ends == [
        ("attacker", "another instance"),
        ("another instance", "attacker"),
        ("attacker", "consumer"),
    ]
    assert all(row.arrives for row in found)


def test_closing_says_on_which_path_and_under_which_connection_id() -> None:
    """CONNECTION_CLOSE leaves on the path in use, under a connection ID, and arrives on that path."""
    machine = find("connection")
    calls: tuple[Any, ...] = (("server_closes", {"sends": 1}), ("close_arrives_at_client", {"sends": 0}))
    left, came = messages(machine, story(machine, {"ends": "closes"}, *calls))
    assert (left.via, left.arrives, came.via, came.sent_at) == ("address A", False, "address A", 2)
    assert "connection ID C0" in left.detail
