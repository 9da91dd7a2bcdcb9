"""The chart of a run tells every step in words, and what each end then holds."""

from __future__ import annotations

from collections import deque
from typing import Any

import pytest

from pathproof.conformance.chart import render_svg, render_text
from pathproof.conformance.cid_supply.run_chart import chart_of
from pathproof.model.cid_supply import machine
from pathproof.model.cid_supply.bounds import FAILURES
from pathproof.model.execute import initial, successors
from pathproof.model.explorer.result import Run, Step
from pathproof.model.explorer.search import explore
from pathproof.model.machine import SAFETY, Claim


def shortest(claim: Claim, **chosen: Any) -> Any:
    """The shortest run that breaks a claim."""
    return explore(machine, machine.setting(chosen), [claim]).violation


SAFE = [(name, chosen) for name, chosen in FAILURES if machine.claims[name].sort in SAFETY]


@pytest.mark.parametrize(("name", "chosen"), SAFE)
def test_every_known_failure_is_drawn(name: str, chosen: dict[str, Any]) -> None:
    """Text and SVG say what happened, up to the claim that does not hold."""
    run = shortest(machine.claims[name], **chosen)
    chart = chart_of(run)
    assert machine.claims[name].says.split()[0] in render_text(chart)
    assert "does not hold" in render_svg(chart)


@pytest.mark.parametrize("name", machine.actions)
def test_every_action_has_a_row(name: str) -> None:
    """Wherever an action is first possible, its step is drawn, and attacks as attacks."""
    parameters = machine.setting(
        {"cids": 3, "zero_length": "yes" if "zero_length" in name else "no", "unserved": "closes"}
    )
    waiting = deque([Run("limit_is_kept", initial(machine, parameters))])
    while waiting:
        run = waiting.popleft()
        for action, arguments, after in successors(machine, run.end, parameters):
            longer = Run(run.claim, run.start, (*run.steps, Step(action.name, arguments, run.end, after)))
            if action.name == name:
                text = render_text(chart_of(longer))
                assert ("sent by an attacker, or against the rules" in text) == (action.kind == "attacker")
                return
            if action.kind != "attacker":
                waiting.append(longer)
    pytest.fail(f"{name} is never possible")
