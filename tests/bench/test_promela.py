"""The Promela text that the explorer is measured against says what the machine says."""

from __future__ import annotations

from typing import Any

import pytest
from tests.bench import promela, spin
from tests.model.explorer.machines import everything
from tests.model.oracle.quic_cid import ORACLE

from pathproof.model.explorer import explore_plainly
from pathproof.model.machine import Machine


@pytest.mark.skipif(not spin.installed(), reason="SPIN and gcc are not installed")
@pytest.mark.parametrize(
    ("machine", "bounds"),
    [(ORACLE, {"N": 2, "R": 1, "P": 1}), (everything(), {"size": 2, "top": 1})],
)
def test_spin_counts_the_states_and_transitions_of_the_machine(machine: Machine, bounds: Any) -> None:
    """SPIN on the generated text and the plain search on the machine agree."""
    setting = machine.setting(bounds)
    counted, expected = spin.run(promela.model(machine, setting)), explore_plainly(machine, setting)
    assert (counted.states, counted.transitions) == (expected.states, expected.transitions)
