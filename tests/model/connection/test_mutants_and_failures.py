"""Every claim can fail: each mutant is killed, and each known failure happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from pathproof.model.connection import machine
from pathproof.model.connection.bounds import ARTEFACTS, FAILURES, PERSISTENT, REFUSED, TIRED, TOKENLESS
from pathproof.model.connection.mutants import MUTANTS
from pathproof.model.explorer import explore, explore_plainly
from pathproof.model.explorer.liveness import check
from pathproof.model.mutant import Mutant, applied

# What kills each mutant, where a shortest run to it is short enough to be found by the plain engine here.
KILLS = {
    "packets_are_found_by_their_addresses": "what_the_client_holds_is_accepted",
    "an_empty_id_finds_no_connection": "what_the_client_holds_is_accepted",
    "only_the_first_id_is_registered": "what_the_client_holds_is_accepted",
    "any_id_is_taken": "what_was_never_issued_is_not_accepted",
    "paths_keep_what_is_retired": "what_a_path_bears_is_active",
    "an_old_path_keeps_its_id": "no_packet_bears_a_retired_id",
    "ids_are_computed_from_the_first": "nothing_shown_is_of_this_connection_alone",
    "ids_are_taken_over_from_the_peer": "no_id_is_made_from_one_of_the_peers",
    "the_length_tells_the_connection": "nothing_shown_is_of_this_connection_alone",
    "appended_octets_name_the_server": "nothing_shown_tells_the_server",
    "a_client_moves_under_an_empty_id": "an_empty_id_is_on_one_path",
    "an_empty_id_goes_to_a_second_address": "an_empty_id_is_on_one_path",
    "probes_share_the_id_in_use": "the_client_links_no_paths",
    "the_old_path_gets_the_new_id": "the_server_links_no_paths",
    "a_challenge_without_spare_bears_the_old_id": "the_server_links_no_paths",
    "an_old_path_keeps_its_id_for_ever": "retirements_agree",
    "the_id_in_use_is_retired_with_the_path": "what_a_path_bears_is_active",
    "a_late_id_serves_no_path": "what_is_spare_is_unused",
    "a_forgotten_address_stays_unlimited": "what_is_unlimited_is_validated",
    "challenges_are_not_limited": "the_limit_covers_packets_of_all_kinds",
    "an_unknown_address_is_an_error": "nobody_without_keys_ends_it",
    "a_close_is_ignored": "who_hears_of_a_close_is_not_open",
    "who_hears_of_a_close_answers_on": "who_hears_of_a_close_falls_silent",
    "closing_lasts_no_time": "an_end_lingers_before_it_is_over",
    "closing_is_forgotten": "who_sends_a_close_is_not_open",
    "frames_of_supply_are_not_limited": "the_limit_covers_packets_of_all_kinds",
    "nothing_is_charged": "the_limit_covers_packets_of_all_kinds",
    "a_validated_address_stays_limited": "what_is_validated_is_unlimited",
    "who_closes_drains_at_once": "only_who_hears_of_it_drains",
    "closes_are_not_limited": "the_limit_covers_packets_of_all_kinds",
    "one_pto_is_silence_enough": "no_end_is_idle_before_three_ptos",
    "what_comes_restarts_no_idle_timer": "no_end_is_idle_before_three_ptos",
    "what_is_sent_restarts_no_idle_timer": "no_end_is_idle_before_three_ptos",
    "the_idle_timer_overtakes_a_validation": "a_validation_fails_before_the_server_is_idle",
    "a_closing_server_goes_on": "a_server_that_ends_does_nothing_more",
    "tokens_outlive_their_ids": "tokens_count_exactly_for_ids_in_use",
    "no_token_is_zeros": "nobody_without_keys_ends_it",
    "a_later_initial_packet_is_followed": "the_first_id_stands",
    "a_client_follows_every_long_header": "the_first_id_stands",
    "parameters_are_not_compared": "other_ids_meet_an_error",
    "early_frames_are_processed": "no_early_frame_out_of_place_counts",
    "small_packets_are_negotiated_about": "nothing_small_is_negotiated_about",
    "closes_are_in_handshake_packets_only": "a_close_can_be_read",
    "closes_never_leave_the_handshake": "a_confirmed_server_closes_in_one_type",
}
# What endless runs kill, and the claims that fail then.
ENDLESSLY = {
    "no_timer_runs_for_the_old_path": ("a_download_survives_every_move",),
    "a_new_address_is_taken_without_validation": (
        "a_connection_dragged_away_comes_back",
        "no_attacker_holds_it_for_ever",
    ),
    "a_server_closes_for_ever": ("every_ending_comes_to_its_end",),
    "a_server_without_state_is_silent": ("the_peer_of_a_server_without_state_learns_of_it",),
    "a_retirement_waits_for_its_path": ("a_retirement_reaches_the_client",),
}
LONGER = {"the_client_speaks_under_anything"}


def test_every_mutant_is_accounted_for() -> None:
    """A mutant is killed here, by a longer run, or by a claim about endless runs."""
    assert {mutant.name for mutant in MUTANTS} == set(KILLS) | set(ENDLESSLY) | LONGER


@pytest.mark.thorough
@pytest.mark.parametrize("mutant", [one for one in MUTANTS if one.name in KILLS], ids=lambda one: one.name)
def test_a_mutant_is_killed(mutant: Mutant) -> None:
    """The claim that the mutant breaks is found to fail."""
    parameters = machine.setting(mutant.settings)
    with applied(machine, mutant):
        found = explore_plainly(machine, parameters, [machine.claims[KILLS[mutant.name]]])
    assert found.violation is not None


SAFE = [
    (claim, settings)
    for claim, settings in (*FAILURES, *ARTEFACTS)
    if settings != PERSISTENT and machine.claims[claim].sort != "eventually"
]


@pytest.mark.thorough
@pytest.mark.parametrize(("claim", "settings"), SAFE, ids=[claim for claim, _ in SAFE])
def test_a_known_failure_happens(claim: str, settings: Mapping[str, Any]) -> None:
    """The claim is not made under these settings, and a run shows why."""
    parameters = machine.setting(settings)
    assert not machine.claims[claim].is_made(parameters)
    search = explore if claim == "the_client_links_no_paths" else explore_plainly  # whose run is the longest
    assert search(machine, parameters, [machine.claims[claim]]).violation is not None


@pytest.mark.thorough
@pytest.mark.parametrize(
    "settings",
    [TIRED, REFUSED, TOKENLESS, {**TOKENLESS, "zero_length": "both"}],
    ids=["numbers that end", "a move refused", "no token", "no token, and none of the client"],
)
def test_a_known_failure_for_ever_happens(settings: Mapping[str, Any]) -> None:
    """Where numbers end, a move is refused for want of an ID, or no token is given out, nothing goes on."""
    claims = [machine.claims[claim] for claim, known in (*FAILURES, *ARTEFACTS) if known == settings]
    failed = check(machine, machine.setting(settings), claims).failed
    assert sorted(set(failed)) == sorted(claim.name for claim in claims)


def test_every_claim_about_endless_runs_can_fail() -> None:
    """For each of them there is a mutant that breaks it."""
    assert {claim.name for claim in machine.of("eventually")} == {
        c for broken in ENDLESSLY.values() for c in broken
    }


@pytest.mark.parametrize("kept", ["the_client_goes_on_sending", "resets_arrive"])
def test_no_client_learns_of_a_loss_by_itself(kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a client that sends nothing, or with no reset, it stays open at a server without state."""
    name, parameters = "the_peer_of_a_server_without_state_learns_of_it", machine.setting(QUICKLY)
    claim = machine.claims[name]
    assert not check(machine, parameters, [claim])
    weaker = replace(claim, given=(kept, "closing_takes_its_time"))
    monkeypatch.setitem(machine.claims, name, weaker)
    assert set(check(machine, parameters, [weaker]).failed) == {name}


QUICKLY = {"parts": "supply and reset"}
QUICK = "a_server_without_state_is_silent"


@pytest.mark.parametrize(
    "name",
    [name if name == QUICK else pytest.param(name, marks=pytest.mark.thorough) for name in ENDLESSLY],
)
def test_an_endless_run_kills_a_mutant(name: str) -> None:
    """The claims hold of the rule under the mutant's settings, and fail where the mutant is in its place."""
    mutant = next(one for one in MUTANTS if one.name == name)
    claims = [machine.claims[claim] for claim in ENDLESSLY[name]]
    parameters = machine.setting(mutant.settings)
    assert all(claim.is_made(parameters) for claim in claims)
    assert not check(machine, parameters, claims)
    with applied(machine, mutant):
        assert set(check(machine, parameters, claims).failed) == set(ENDLESSLY[name])
