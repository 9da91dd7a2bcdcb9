"""Every machine, driven by Hypothesis with real objects: the claims hold on every run."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.model.stateful import replayed, stateful

from pathproof.model import mutant as mutation
from pathproof.model.bounds import bounds
from pathproof.model.explorer.breaking import breaking
from pathproof.model.explorer.result import Run
from pathproof.model.machine import SAFETY
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
    """A recreated bug of each machine is noticed on its shortest run, which is told with real objects."""
    machine = find(name)
    for mutant in mutation.mutants(machine).values():
        chosen = machine.setting({**bounds(name).mutants, **mutant.settings})
        with applied(machine, mutant):
            safety = [claim for claim in machine.made(chosen) if claim.sort in SAFETY]
            broken = breaking(machine, chosen, safety)
            if isinstance(broken, Run):
                with pytest.raises(AssertionError, match=f"{broken.claim} does not hold"):
                    replayed(stateful(machine, chosen), broken.steps)
                return
    pytest.fail("no mutant was noticed")


def test_a_search_finds_a_mutant() -> None:
    """A bug that any few steps show is found by chance as well."""
    machine = find("cid_supply")
    mutant = mutation.find(machine, "consumer_retires_its_destination")
    more = settings(RUNS, max_examples=300, derandomize=True, report_multiple_bugs=False)
    with applied(machine, mutant):
        chosen = machine.setting({**bounds("cid_supply").mutants, **mutant.settings})
        with pytest.raises(AssertionError, match="does not hold"):
            run_state_machine_as_test(stateful(machine, chosen), settings=more)
