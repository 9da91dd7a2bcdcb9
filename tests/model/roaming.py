"""Runs of a machine under all settings that are published for it: each of its rows, and of its mutants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, run_state_machine_as_test
from tests.model.stateful import Driven, stateful

from pathproof.model import mutant as mutation
from pathproof.model.bounds import bounds
from pathproof.model.machine import Machine

RUNS = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    report_multiple_bugs=False,
    print_blob=True,
)


class Roaming(Driven):
    """One run under settings that are drawn; where nothing is enabled it begins again."""

    settings_by_name: Mapping[str, Mapping[str, Any]]

    @initialize(under=st.runner().flatmap(lambda run: st.sampled_from(list(run.settings_by_name))))
    def begins(self, under: str) -> None:
        """The run begins under the settings of this name."""
        self.begin(self.machine.setting(self.settings_by_name[under]))

    def ended(self) -> None:
        """Begin again."""
        super().ended()
        self.begin(self.parameters)


def named(under: Mapping[str, Any]) -> str:
    """Settings in one line.

    >>> named({"cids": 3, "rogue": "nobody"})
    'cids=3, rogue=nobody'
    """
    return ", ".join(f"{name}={value}" for name, value in under.items()) or "the defaults"


def roaming(machine: Machine, *under: Mapping[str, Any]) -> type[Driven]:
    """The state machine of a machine under any of these settings."""
    base = type("Roaming", (Roaming,), {"settings_by_name": {named(one): one for one in under}})
    return stateful(machine, machine.setting(under[0]), base)


def published(machine: Machine) -> list[Mapping[str, Any]]:
    """The settings of the rows that are explored, and of the mutants, each once."""
    known = bounds(machine.name)
    found = list(known.configurations.values())
    for one in mutation.mutants(machine).values():
        its_own = {**known.mutants, **one.settings}
        if its_own not in found:
            found.append(its_own)
    return found


def search(driven: type[Driven], examples: int, steps: int, shrinks: bool = True) -> None:
    """Look for a run that breaks a claim, and make it short; every search of these sizes is the same."""
    phases = (Phase.generate, Phase.shrink) if shrinks else (Phase.generate,)
    chosen = settings(RUNS, max_examples=examples, stateful_step_count=steps, phases=phases)
    run_state_machine_as_test(driven, settings=chosen)
