"""What the text leaves open has its run, and every recreated bug is seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pathproof.model.execute import initial, successors
from pathproof.model.explorer.checks import first_violated
from pathproof.model.explorer.liveness import check
from pathproof.model.explorer.search import explore
from pathproof.model.machine import SAFETY
from pathproof.model.migration import machine
from pathproof.model.migration.bounds import ARTEFACTS, CONFIGURATIONS, FAILURES, PICTURE
from pathproof.model.migration.mutants import MUTANTS
from pathproof.model.migration.phases import phase
from pathproof.model.mutant import Mutant, applied, find

SEARCHED = 700
"""States in which CPython looks for a violation before anything is compiled."""


def found_at_once(parameters: Any, claims: list[Any]) -> bool:
    """One of the first states, or a step from it, violates a claim."""
    waiting, seen = [initial(machine, parameters)], set()
    for state in waiting:
        if first_violated(claims, parameters, state):
            return True
        for _, _, after in successors(machine, state, parameters):
            if first_violated(claims, parameters, state, after):
                return True
            if repr(after) not in seen and len(seen) < SEARCHED:
                seen.add(repr(after))
                waiting.append(after)
    return False


def is_seen(settings: Any, claims: list[Any]) -> bool:
    """One of the claims fails: about a state or a step, or about a fair run where runs are endless."""
    parameters = machine.setting(settings)
    safety = [one for one in claims if one.sort in SAFETY]
    if parameters.numbering == "goes on" or not safety:
        return bool(check(machine, parameters, claims))
    if found_at_once(parameters, safety) or explore(machine, parameters, safety).violation is not None:
        return True
    endless = [one for one in claims if one.sort == "eventually"]
    return bool(endless and check(machine, parameters, endless))


@pytest.mark.thorough
@pytest.mark.parametrize(("claim", "settings"), FAILURES + ARTEFACTS)
def test_a_claim_fails_where_it_is_not_made(claim: str, settings: Any) -> None:
    """Each reading and option under which a claim is not made has a run that shows why."""
    assert not machine.claims[claim].is_made(machine.setting(settings))
    assert is_seen(settings, [machine.claims[claim]])


COPIER, RELAY, MOVES, RAISES = (
    "connection IDs without end, data, a copier",
    "connection IDs without end, the attacker relays both ways, and other readings",
    "connection IDs without end, the client moves",
    "a copier, and Retire Prior To is raised",
)
REVERTS = "connection IDs without end, failed_elsewhere=reverts"
# Claim about endless runs, a mutant, and a published configuration in which the mutant breaks the claim.
PUBLISHED = (
    ("every_validation_ends", "the_former_path_has_no_timer", COPIER),
    ("a_migration_completes", "answers_go_to_the_dead_port", MOVES),
    ("a_connection_dragged_away_comes_back", "only_the_first_move_is_followed", RELAY),
    ("no_copier_holds_a_connection_for_ever", "it_stays_where_nobody_answers", COPIER),
    ("no_hopping_copier_holds_a_connection_for_ever", "it_stays_where_nobody_answers", REVERTS),
    ("no_copy_silences_the_server", "supply_counts_on_known_paths_alone", RAISES),
    ("every_challenge_that_is_due_goes_out", "the_challenge_of_the_former_path_is_put_off", COPIER),
    ("a_challenge_on_the_active_path_is_followed_by_a_packet", "it_waits_for_something_to_say", COPIER),
    ("data_reaches_the_client", "old_packets_are_never_lost", COPIER),
    ("an_address_left_is_forgotten", "old_paths_are_kept", MOVES),
    ("a_retirement_reaches_the_client", "a_retirement_goes_to_the_former_path", MOVES),
    ("the_server_has_a_spare_connection_id", "old_paths_are_kept", MOVES),
    ("every_answer_owed_goes_out", "answers_leave_on_the_path_in_use_alone", MOVES),
    ("a_client_that_keeps_trying_is_answered", "challenges_beside_other_frames_get_no_answer", MOVES),
)
FEW_PATHS, DATA = "2 paths are kept", "data, and marked packets vanish"
FIRST = "connection IDs without end, data_first=yes"
# The same for claims about states and steps.
KILLED = (
    ("every_challenge_taken_in_is_owed_an_answer", "challenges_beside_other_frames_get_no_answer", FEW_PATHS),
    ("every_challenge_taken_in_is_owed_an_answer", "overtaken_packets_get_no_answer", FEW_PATHS),
    ("every_challenge_taken_in_is_owed_an_answer", "an_answer_is_forgotten_with_its_path", FEW_PATHS),
    ("every_challenge_taken_in_is_owed_an_answer", "answers_wait_until_the_path_has_failed", FEW_PATHS),
    ("what_is_learnt_of_a_path_is_its_own", "a_return_takes_the_window_along", DATA),
    ("data_leaves_room_for_a_challenge", "data_goes_before_the_challenge", FIRST),
)


@pytest.mark.thorough
@pytest.mark.parametrize(("claim", "mutant", "row"), PUBLISHED)
def test_a_claim_about_endless_runs_can_fail_where_it_is_published(claim: str, mutant: str, row: str) -> None:
    """No bound exempts the configuration from the claim: a bug shows there."""
    assert machine.claims[claim].is_made(machine.setting(CONFIGURATIONS[row]))
    assert not is_seen(CONFIGURATIONS[row], [machine.claims[claim]])
    with applied(machine, find(machine, mutant)):
        assert is_seen(CONFIGURATIONS[row], [machine.claims[claim]])


@pytest.mark.thorough
@pytest.mark.parametrize(("claim", "mutant", "row"), KILLED)
def test_a_claim_about_steps_can_fail_where_it_is_published(claim: str, mutant: str, row: str) -> None:
    """The bug shows in a published configuration, and not with settings of its own alone."""
    parameters, claims = machine.setting(CONFIGURATIONS[row]), [machine.claims[claim]]
    assert claims[0].is_made(parameters)
    with applied(machine, find(machine, mutant)):
        assert explore(machine, parameters, claims, jobs=1, haste=True).violation is not None


def test_a_copy_silences_the_server_for_a_while() -> None:
    """The claim about it is not empty: the configuration in which it is published has the server silenced."""
    row = machine.setting(CONFIGURATIONS[RAISES])
    claim = machine.claims["no_copy_silences_the_server"]
    assert claim.is_made(row)
    assert explore(machine, row, [replace(claim, sort="always", given=())], jobs=1).violation is not None


def test_every_claim_about_endless_runs_is_published_with_a_bug() -> None:
    """None is left out above."""
    assert {claim for claim, _, _ in PUBLISHED} == {claim.name for claim in machine.of("eventually")}


@pytest.mark.thorough
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_is_killed(mutant: Mutant) -> None:
    """A claim that is made sees the bug."""
    with applied(machine, mutant):
        assert is_seen(mutant.settings, machine.made(machine.setting(mutant.settings)))


def test_phases_are_few() -> None:
    """A run of the picture's size goes through phases that a reader can tell apart."""
    parameters = machine.setting(PICTURE)
    found, seen = [initial(machine, parameters)], set()
    for state in found:
        for _, _, after in successors(machine, state, parameters):
            if repr(after) not in seen:
                seen.add(repr(after))
                found.append(after)
    assert 4 <= len({phase(state, parameters) for state in found}) <= 25
    assert len(found) < 2000
