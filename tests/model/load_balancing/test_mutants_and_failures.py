"""Every expected failure fails, every mutant is killed, and every claim has a mutant that breaks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from pathproof.conformance.load_balancing.run_chart import DESCRIBE, chart_of
from pathproof.model.explorer import asymmetry
from pathproof.model.explorer.breaking import breaking
from pathproof.model.explorer.liveness import check
from pathproof.model.explorer.plain_search import explore_plainly
from pathproof.model.explorer.search import explore
from pathproof.model.load_balancing import machine
from pathproof.model.load_balancing.bounds import CONFIGURATIONS, FAILURES, MUTANTS
from pathproof.model.machine import SAFETY, Claim
from pathproof.model.mutant import Mutant, applied, mutants

ALL = mutants(machine)
# Claims that some other claim is quicker than: the mutant that breaks this one, too.
SHALLOW = 8
BREAKS = {
    "the_balancer_knows_every_configuration_in_time": "servers_are_configured_first",
    "an_unroutable_id_keeps_its_server_on_its_4_tuple": "nothing_is_noted",
    "an_id_names_a_configuration_of_its_server": "a_codepoint_is_guessed",
    "no_unroutable_ids_tell_the_server": "the_configuration_is_not_used",
}
# Mutants that a row of `bounds` once let live, each with the row in which it is noticed.
NOTICED = {
    "retire_prior_to_is_ignored": "one rotation, with a key",
    "retired_ids_are_not_replaced": "4 connection IDs, nonces for all of them",
    "the_4_tuple_is_looked_up_first": "servers without configuration, a neighbour, table of IDs",
    "ids_that_it_cannot_read_are_reset": "servers without configuration, a neighbour, table of IDs",
}


def fails(claim: Claim, settings: Mapping[str, Any]) -> bool:
    """Whether a run shows that the claim does not hold."""
    parameters = machine.setting(settings)
    if claim.sort in SAFETY:
        return explore_plainly(machine, parameters, [claim]).violation is not None
    return bool(check(machine, parameters, [claim]))


@pytest.mark.thorough
@pytest.mark.parametrize(("name", "settings"), FAILURES)
def test_expected_failures_fail(name: str, settings: Mapping[str, Any]) -> None:
    """The claim is not made under these settings, and a run shows why."""
    claim = machine.claims[name]
    assert not claim.is_made(machine.setting(settings))
    assert fails(claim, settings)


@pytest.mark.thorough
@pytest.mark.parametrize("mutant", ALL.values(), ids=ALL)
def test_mutants_are_killed(mutant: Mutant) -> None:
    """A safety claim breaks within a few steps, or else a fair run does."""
    parameters = machine.setting({**MUTANTS, **mutant.settings})
    made = machine.made(parameters)
    safety = [claim for claim in made if claim.sort in SAFETY]
    with applied(machine, mutant):
        found = explore_plainly(machine, parameters, safety, max_depth=SHALLOW)
        if found.violation is None:
            found = explore(machine, parameters, safety)
        if found.violation is None:
            assert check(machine, parameters, [claim for claim in made if claim.sort == "eventually"])
        else:
            assert chart_of(found.violation).rows


@pytest.mark.thorough
@pytest.mark.parametrize(
    "settings", {str(mutant.settings): mutant.settings for mutant in ALL.values()}.values()
)
def test_no_mutant_is_killed_where_the_machine_fails(settings: Mapping[str, Any]) -> None:
    """Where mutants are explored, the machine without them keeps every claim that it makes."""
    assert breaking(machine, machine.setting({**MUTANTS, **settings})) is None


@pytest.mark.thorough
@pytest.mark.parametrize(("mutant", "row"), NOTICED.items())
def test_mutants_are_noticed_where_verify_looks(mutant: str, row: str) -> None:
    """A claim breaks at bounds that are published."""
    with applied(machine, ALL[mutant]):
        assert breaking(machine, machine.setting(CONFIGURATIONS[row])) is not None


@pytest.mark.thorough
@pytest.mark.parametrize(("claim", "mutant"), BREAKS.items())
def test_slower_claims_break_too(claim: str, mutant: str) -> None:
    """A mutant that one claim kills is killed by this one as well."""
    with applied(machine, ALL[mutant]):
        assert fails(machine.claims[claim], {**MUTANTS, **ALL[mutant].settings})


def test_every_action_has_its_row() -> None:
    """No action is without words in a chart."""
    assert set(DESCRIBE) == set(machine.actions)


@pytest.mark.parametrize(
    "settings",
    [{"cids": 2}, {"cids": 2, "pool": "changes"}, {"cids": 2, "start": "unconfigured", "resets": "any"}],
    ids=["configured", "a pool that changes", "unconfigured"],
)
def test_servers_are_alike(settings: Mapping[str, Any]) -> None:
    """No action and no claim tells one server from another, so that what holds of one holds of each."""
    symmetric = replace(machine, symmetric=("server",))
    assert asymmetry(symmetric, machine.setting(settings), range(15), only_reached=True) is None
