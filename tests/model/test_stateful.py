"""Every machine, driven by Hypothesis with real objects: the claims hold on every run."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.model.stateful import stateful

from pathproof.model import mutant as mutation
from pathproof.model.bounds import bounds
from pathproof.model.machines import NAMES, find
from pathproof.model.mutant import applied

RUNS = settings(
    max_examples=40, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.parametrize("name", NAMES)
def test_claims_hold_on_every_run(name: str) -> None:
    """At the default bounds, with everything that may happen, no run breaks a claim."""
    machine = find(name)
    run_state_machine_as_test(stateful(machine, machine.setting()), settings=RUNS)


@pytest.mark.parametrize("name", NAMES)
def test_a_mutant_is_noticed(name: str) -> None:
    """Some recreated bug of each machine breaks a claim in such a run, which is told with real objects."""
    machine = find(name)
    more = settings(RUNS, max_examples=150, derandomize=True, report_multiple_bugs=False)
    for mutant in mutation.mutants(machine).values():
        with applied(machine, mutant):
            chosen = machine.setting({**bounds(name).mutants, **mutant.settings})
            try:
                run_state_machine_as_test(stateful(machine, chosen), settings=more)
            except AssertionError as error:
                assert "does not hold" in str(error)
                return
    pytest.fail("no mutant was noticed")
