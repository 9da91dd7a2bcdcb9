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
    "a_timeout_brings_a_ping_only": "the_handshake_ends",
    "no_challenge_leaves": "a_client_that_moved_is_served",
    "a_lost_challenge_is_not_repeated": "a_client_that_moved_is_served",
    "the_second_challenge_never_leaves": "the_second_validation_ends",
    "no_response_leaves_below_1200_bytes": "every_challenge_is_answered",
    "a_challenge_takes_what_the_response_needs": "every_challenge_is_answered",
}
# The row of `bounds` in which each is published: it fails there, too, and not at bounds of its own alone.
PUBLISHED = {
    "the_client_waits_for_the_server": "the handshake, and what follows",
    "a_timeout_brings_a_ping_only": "the handshake, and what follows",
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
    """A claim about endless runs fails once the mutant is in place, and holds without it, where published."""
    parameters = machine.setting(CONFIGURATIONS[PUBLISHED.get(name, "an established connection")])
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


def test_every_claim_about_endless_runs_has_a_mutant() -> None:
    """None of them holds whatever the ends do."""
    assert set(LIVENESS.values()) == {claim.name for claim in machine.of("eventually")}


@pytest.mark.parametrize("name", ["no_challenge_leaves", "the_second_challenge_never_leaves"])
def test_server_that_may_send_and_does_not_is_noticed(name: str) -> None:
    """No count of bytes that is full excuses a server: the lasso is found where nobody spoofs."""
    parameters = machine.setting({"attackers": "none", "padded": 2, "close": 1, "most": 1, "volume": 5})
    with applied(machine, MUTANTS[name]):
        lassos = check(machine, parameters, [machine.claims[LIVENESS[name]]], engine="plain")
    assert [lasso.claim for lasso in lassos] == [LIVENESS[name]]
    assert not check(machine, parameters, [machine.claims[LIVENESS[name]]], engine="plain")


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
