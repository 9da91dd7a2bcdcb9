"""Every mutant is killed by a claim, and every expected failure of a claim is one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from pathproof.model.anti_amplification import machine
from pathproof.model.anti_amplification.bounds import CONFIGURATIONS, FAILURES
from pathproof.model.explorer.liveness import check
from pathproof.model.explorer.plain_search import explore_plainly
from pathproof.model.machine import SAFETY
from pathproof.model.mutant import Mutant, applied, mutants

MUTANTS = mutants(machine)
# Killed by a claim about endless runs alone.
LIVENESS = {
    "the_client_waits_for_the_server": "the_handshake_ends",
    "a_challenge_takes_what_the_response_needs": "every_challenge_is_answered",
}


@pytest.mark.thorough
@pytest.mark.parametrize(
    "mutant", [m for m in MUTANTS.values() if m.name not in LIVENESS], ids=lambda m: m.name
)
def test_mutant_is_killed(mutant: Mutant) -> None:
    """A claim about states or steps fails once the mutant is in place."""
    parameters = machine.setting(mutant.settings)
    claims = [claim for claim in machine.made(parameters) if claim.sort in SAFETY]
    with applied(machine, mutant):
        found = explore_plainly(machine, parameters, claims)
    assert found.violation is not None


@pytest.mark.thorough
@pytest.mark.parametrize("name", LIVENESS)
def test_mutant_is_killed_by_an_endless_run(name: str) -> None:
    """A claim about endless runs fails once the mutant is in place, and holds without it."""
    parameters = machine.setting(MUTANTS[name].settings)
    claim = machine.claims[LIVENESS[name]]
    assert not check(machine, parameters, [claim])
    with applied(machine, MUTANTS[name]):
        assert check(machine, parameters, [claim])


@pytest.mark.thorough
@pytest.mark.parametrize(("name", "chosen"), [f for f in FAILURES if machine.claims[f[0]].sort in SAFETY])
def test_failure_fails(name: str, chosen: Mapping[str, Any]) -> None:
    """A claim that is not made under a reading or an option has a run that breaks it there."""
    found = explore_plainly(machine, machine.setting(chosen), [machine.claims[name]])
    assert found.violation is not None


def test_a_client_that_listens_may_starve() -> None:
    """Nothing makes a client unblock a server after a migration, where each challenge is lost."""
    parameters = machine.setting({"after_move": "listens", "attackers": "none", "most": 2, "volume": 10})
    lassos = check(machine, parameters, [machine.claims["a_client_that_moved_is_served"]], engine="plain")
    assert [lasso.claim for lasso in lassos] == ["a_client_that_moved_is_served"]


@pytest.mark.parametrize("chosen", CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_counts_have_room_for_a_violation(chosen: Mapping[str, Any]) -> None:
    """`volume` never cuts a run short: it holds three times what comes, and a datagram that is too much."""
    p = machine.setting(chosen)
    assert p.volume >= 3 * p.most + p.padded
