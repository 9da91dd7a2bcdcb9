"""Every mutant is killed by a claim, and every expected failure fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from pathproof.model.explorer import unsound
from pathproof.model.explorer.breaking import breaking
from pathproof.model.explorer.liveness import check
from pathproof.model.explorer.plain_search import explore_plainly
from pathproof.model.machine import SAFETY, Claim
from pathproof.model.mutant import Mutant, applied, mutants
from pathproof.model.stateless_reset import machine
from pathproof.model.stateless_reset.bounds import CONFIGURATIONS, FAILURES
from pathproof.model.stateless_reset.mutants import MUTANTS

# Claim about endless runs -> a mutant that breaks it and a row of `bounds` in which it is published.
ENDLESS = {
    "the_peer_of_a_lost_instance_learns_of_it": ("connection_ids_differ_in_length", "2 connection IDs"),
    "the_peer_of_an_unreachable_instance_learns_of_it": (
        "nobody_answers_for_what_is_out_of_reach",
        "routing has changed",
    ),
    "what_is_out_of_reach_times_out": ("the_consumer_waits_for_ever", "2 connection IDs"),
    "no_exchange_of_resets_goes_on_for_ever": (
        "the_state_against_loops_is_forgotten",
        "state against loops, sizes up to 63 bytes",
    ),
}
# Mutants that rows of `bounds` once let live, each with a row in which it is noticed, and by which claim.
NOTICED = {
    "a_later_packet_is_enough": ("2 connection IDs", "every_due_reset_is_recognized"),
    "a_later_packet_does_not_count": (
        "token_scope=any, undecryptable_first=skip",
        "a_processed_packet_spares_the_comparison",
    ),
    "resets_are_not_counted": ("sizes up to 45 bytes", "resets_are_rationed"),
    "a_reset_leaves_nothing": ("2 connection IDs", "a_reset_begins_the_draining_period"),
    "tokens_are_taken_for_those_of_their_issuer": ("token_reuse=ignore", "only_tokens_that_were_given_end"),
    "a_token_goes_with_its_first_connection_id": ("token_reuse=ignore", "every_due_reset_is_recognized"),
}


def is_broken(parameters: Any, claims: list[Claim]) -> bool:
    """Some run, short or endless, breaks one of the claims."""
    safety = [claim for claim in claims if claim.sort in SAFETY]
    if safety and explore_plainly(machine, parameters, safety).violation is not None:
        return True
    endless = [claim for claim in claims if claim.sort == "eventually"]
    return bool(endless) and bool(list(check(machine, parameters, endless, engine="plain")))


@pytest.mark.thorough
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_mutant_is_killed(mutant: Mutant) -> None:
    """A claim that the machine keeps is broken by the mutant."""
    parameters = machine.setting(mutant.settings)
    with applied(machine, mutant):
        assert is_broken(parameters, machine.made(parameters))


@pytest.mark.thorough
@pytest.mark.parametrize(("name", "row", "claim"), [(name, *found) for name, found in NOTICED.items()])
def test_mutant_is_noticed_where_verify_looks(name: str, row: str, claim: str) -> None:
    """The claim breaks first at bounds that are published."""
    with applied(machine, mutants(machine)[name]):
        broken = breaking(machine, machine.setting(CONFIGURATIONS[row]))
    assert broken is not None and broken.claim == claim


def test_every_claim_about_endless_runs_has_a_mutant() -> None:
    """None of them holds whatever the ends do."""
    assert set(ENDLESS) == {claim.name for claim in machine.of("eventually")}


@pytest.mark.thorough
@pytest.mark.parametrize("claim", ENDLESS)
def test_claim_about_endless_runs_can_fail_where_it_is_published(claim: str) -> None:
    """At the bounds of `verify` it holds, and does not with the mutant in place."""
    name, row = ENDLESS[claim]
    parameters = machine.setting(CONFIGURATIONS[row])
    assert not check(machine, parameters, [machine.claims[claim]])
    with applied(machine, mutants(machine)[name]):
        assert check(machine, parameters, [machine.claims[claim]])


@pytest.mark.thorough
@pytest.mark.parametrize(
    "settings",
    [
        {"cids": 2, "beyond": 3, "rogue_issuer": "yes", "token_reuse": "ignore"},
        {"cids": 2, "beyond": 2, "connections": 2},
    ],
)
def test_what_is_forgotten_hides_no_failure(settings: Mapping[str, Any]) -> None:
    """Claims that fail are broken by runs of the same length, whatever is kept."""
    assert unsound(machine, machine.setting({"attacker": "nobody", **settings})) == []


@pytest.mark.thorough
@pytest.mark.parametrize(("claim", "settings"), FAILURES)
def test_failure_fails(claim: str, settings: Mapping[str, Any]) -> None:
    """A claim that is not made under a reading or an option is broken there."""
    found = machine.claims[claim]
    parameters = machine.setting(settings)
    assert not found.is_made(parameters)
    assert is_broken(parameters, [found])


def test_every_claim_has_a_mutant_that_cites_what_it_asks_for() -> None:
    """Each clause that a mutant breaks is cited by a claim."""
    cited = {clause for claim in machine.claims.values() for clause in claim.cites}
    assert {clause for mutant in MUTANTS for clause in mutant.cites} <= cited


def test_long_packets_are_enough_for_long_only() -> None:
    """A consumer whose own packets have 42 bytes or more learns of a lost instance by `long_only` too."""
    claim = machine.claims["the_peer_of_a_lost_instance_learns_of_it"]
    settings = {"reset_size": "long_only", "cids": 1, "beyond": 23, "length": 20, "attacker": "nobody"}
    assert not list(check(machine, machine.setting(settings), [claim], engine="plain"))
