"""Every mutant is killed by a claim, every claim can be broken, and every expected failure fails.

The runs are shortest ones, as exploration finds them. A claim about endless runs is checked on small bounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import pytest
from tests.model.preferred_address.replay import (
    BEGUN,
    BOTH_PROBED,
    COPIED_EARLY,
    FAILED,
    MOVED,
    PROBED,
    VICTIM_SPARED,
    holds,
)

from pathproof.model.explorer.liveness import check
from pathproof.model.machine import SAFETY
from pathproof.model.mutant import applied, find
from pathproof.model.preferred_address import bounds, machine
from pathproof.model.preferred_address.bounds import FAILURES
from pathproof.model.preferred_address.mutants import MUTANTS

# Mutant, claim, and a run of the changed machine that breaks it.
KILLS = (
    ("length_is_not_checked", "a_malformed_parameter_meets_its_error", "state_empty_connection_id"),
    ("only_empty_ones_are_refused", "a_malformed_parameter_meets_its_error", "state_long_connection_id"),
    (
        "the_servers_own_choice_is_not_looked_at",
        "a_malformed_parameter_meets_its_error",
        "state_despite_empty_connection_id",
    ),
    ("the_error_is_another", "a_malformed_parameter_meets_its_error", "state_empty_connection_id"),
    ("the_end_is_not_looked_for", "a_malformed_parameter_meets_its_error", "state_short_parameter"),
    ("one_family_is_refused", "honest_peers_are_never_closed_on", "receive_parameters"),
    ("the_parameter_is_ignored", "number_one_comes_with_the_parameter", "receive_parameters"),
    ("it_is_number_zero", "number_one_is_at_hand", "receive_parameters"),
    (
        "a_second_number_one_is_accepted",
        "number_one_comes_with_the_parameter",
        "receive_parameters send_number_one_again",
    ),
    (
        "the_first_number_one_is_overwritten",
        "number_one_comes_with_the_parameter",
        "receive_parameters send_number_one_again",
    ),
    ("a_clients_parameter_is_ignored", "a_clients_parameter_meets_its_error", "state_as_client"),
    ("the_former_address_is_remembered", "the_address_is_of_this_handshake", "receive_parameters"),
    (
        "it_is_offered_despite_zero_length",
        "a_server_without_connection_ids_offers_nothing",
        "receive_parameters",
    ),
    (
        "it_answers_without_a_spare",
        "one_connection_id_serves_one_path",
        BEGUN + "probe_preferred:1,1 copy_as_client:1 deliver_challenge:2",
    ),
    ("one_serves_all_paths", "one_connection_id_serves_one_path", BEGUN + "probe_preferred:0,0"),
    ("only_the_last_is_remembered", "spent_stays_spent", BEGUN + "probe_preferred:0,1"),
    (
        "the_path_keeps_a_retired_one",
        "what_paths_bear_is_active",
        BEGUN + "supply probe_preferred:0,1 probe_preferred:1,2 retire_path:2",
    ),
    (
        "number_one_is_left_for_others",
        "number_one_serves_the_preferred_address",
        BEGUN + "probe_original:1,1",
    ),
    ("too_many_are_supplied", "the_limit_is_kept", "receive_parameters supply"),
    ("number_one_is_taken_back", "number_one_is_at_hand", "receive_parameters supply"),
    (
        "it_begins_before_confirmation",
        "nothing_begins_before_confirmation",
        "receive_parameters probe_preferred:0,1",
    ),
    (
        "it_moves_before_validation",
        "non_probing_packets_wait_for_validation",
        "name_a_victim confirm probe_preferred:0,1",
    ),
    (
        "a_move_changes_the_servers_address",
        "non_probing_packets_wait_for_validation",
        BEGUN + "move_at_original:0",
    ),
    (
        "it_moves_while_the_preferred_one_is_tried",
        "a_client_that_validates_both_waits",
        BOTH_PROBED + "deliver_probe:1 deliver_server_answer:1 move_at_original:1",
    ),
    ("it_moves_after_a_failure", "non_probing_packets_wait_for_validation", FAILED),
    ("it_stays_after_success", "a_valid_preferred_address_is_used", MOVED),
    (
        "the_original_is_probed_on",
        "a_valid_preferred_address_is_used",
        BOTH_PROBED + "deliver_probe:3 deliver_server_answer:3",
    ),
    ("it_breaks_down_on_the_move", "honest_peers_are_never_closed_on", MOVED),
    (
        "an_acknowledgment_validates",
        "non_probing_packets_wait_for_validation",
        BEGUN + "probe_preferred:0,1 deliver_server_answer:2",
    ),
    (
        "it_answers_at_the_old_address",
        "nothing_returns_to_the_original_address",
        BOTH_PROBED + "deliver_probe:1 deliver_probe:3 deliver_server_answer:3 deliver_challenge:1",
    ),
    ("families_are_not_compared", "a_path_joins_addresses_of_one_family", BEGUN + "probe_preferred:1,1"),
    ("it_follows_its_server", "the_server_never_moves_its_client", BEGUN + "send_from_elsewhere"),
    ("it_answers_where_it_has_not_been", "a_client_that_sent_nothing_there_is_left_alone", COPIED_EARLY),
    ("the_bar_is_ignored", "the_bar_holds_until_the_client_has_acted", BEGUN + "probe_original:1,1"),
    (
        "one_probe_lifts_the_bar",
        "the_bar_holds_at_the_original_address",
        BEGUN + "supply probe_preferred:0,1 probe_original:1,2",
    ),
    ("a_change_of_both_ends_passes_the_bar", "the_bar_holds_at_the_original_address", BOTH_PROBED),
    (
        "it_never_gives_up",
        "a_victim_gets_few_probes",
        VICTIM_SPARED + "client_timer:1 client_timer:1 client_timer:1",
    ),
    ("one_pto_is_enough", "a_validation_lasts_three_ptos", BEGUN + "probe_preferred:0,1 client_timer:1"),
    (
        "it_answers_twice",
        "a_victim_gets_one_answer_for_a_challenge",
        (
            "name_a_victim confirm supply probe_preferred:0,1 probe_preferred:1,2 "
            "client_timer:1 client_timer:1 challenge_as_the_victim:0 "
            "challenge_as_the_victim:0 challenge_as_the_victim:0"
        ),
    ),
    ("it_tries_again", "a_failure_is_for_good", FAILED + "probe_preferred:0,1"),
    ("a_later_move_goes_back", "a_valid_preferred_address_is_used", MOVED + "move_at_preferred:0,0"),
    ("the_old_address_is_served_on", "the_move_is_for_good", COPIED_EARLY + "deliver_data:0"),
    (
        "the_bar_reaches_the_preferred_address",
        "what_is_sent_by_right_is_heard",
        BEGUN
        + (
            "supply probe_preferred:0,1 deliver_probe:2 deliver_server_answer:2 "
            "move_at_preferred:1,2 drop_barred_data:2"
        ),
    ),
    ("it_goes_over_unvalidated", "the_server_moves_only_to_who_answers", MOVED + "deliver_data:1"),
    ("any_packet_completes_the_move", "the_server_moves_only_to_who_answers", MOVED + "deliver_data:1"),
    ("any_packet_completes_the_move", "the_first_path_from_there_was_answered", MOVED + "deliver_data:1"),
    (
        "it_waits_after_the_move",
        "the_servers_packets_follow_at_once",
        BEGUN
        + (
            "supply probe_preferred:0,1 deliver_probe:2 deliver_server_answer:2 deliver_challenge:2 "
            "deliver_client_answer:2 deliver_data:1 move_at_preferred:1,2 deliver_data:2"
        ),
    ),
    ("one_connection_id_is_enough", "the_server_has_a_connection_id_for_each_path", PROBED),
    (
        "a_late_supply_is_not_used",
        "a_new_path_is_checked",
        "receive_parameters copy_as_client:1 server_timer:2 copy_as_third let_go_of_path:2",
    ),
    ("a_path_in_use_is_let_go", "the_server_keeps_what_it_uses", PROBED + "let_go_of_path:2"),
    (
        "validation_alone_moves_it",
        "the_server_waits_for_a_packet",
        PROBED + "deliver_challenge:2 deliver_client_answer:2",
    ),
    (
        "late_ones_are_dropped_too",
        "delayed_packets_are_processed",
        MOVED + ("deliver_data:1 deliver_challenge:2 deliver_client_answer:2 drop_overtaken_data:0"),
    ),
    (
        "a_stranger_gets_all",
        "a_stranger_gets_three_times_what_it_sent",
        "receive_parameters copy_as_third send_to_third send_to_third send_to_third",
    ),
    (
        "what_a_stranger_gets_is_not_counted",
        "a_stranger_gets_three_times_what_it_sent",
        "receive_parameters copy_as_third send_to_third send_to_third send_to_third",
    ),
    ("a_new_source_is_trusted", "a_stranger_is_never_settled_on", "receive_parameters copy_as_third"),
    ("no_path_is_probed", "a_probe_is_answered_and_returned", PROBED),
    ("a_probe_is_only_answered", "a_probe_is_answered_and_returned", PROBED),
    (
        "every_packet_moves_it",
        "only_the_highest_non_probing_packet_moves_it",
        BEGUN
        + (
            "supply probe_preferred:0,1 deliver_probe:2 deliver_server_answer:2 "
            "move_at_preferred:1,2 deliver_data:2 deliver_overtaken_data:1"
        ),
    ),
    (
        "the_last_number_is_remembered",
        "an_older_packet_moves_nothing",
        MOVED + "deliver_data:1 deliver_overtaken_data:0",
    ),
    ("it_does_not_go_back", "a_new_path_is_checked", MOVED + "deliver_data:1 server_timer:2"),
    (
        "only_connection_ids_are_counted",
        "a_stranger_gets_three_times_what_it_sent",
        "receive_parameters copy_as_third send_to_third send_to_third send_to_third",
    ),
    (
        "it_drops_what_it_means_to_follow",
        "delayed_packets_are_processed",
        COPIED_EARLY + "drop_overtaken_data:0",
    ),
    (
        "validation_alone_moves_it",
        "the_server_waits_for_a_packet",
        PROBED + "deliver_challenge:2 deliver_client_answer:2",
    ),
    (
        "validation_alone_moves_it",
        "the_server_follows_its_client",
        PROBED + "deliver_challenge:2 deliver_client_answer:2",
    ),
    ("no_path_is_probed", "a_new_path_is_checked", MOVED + "deliver_data:1"),
    (
        "it_moves_before_validation",
        "nothing_but_probes_reaches_a_victim",
        "name_a_victim confirm probe_preferred:0,1",
    ),
    ("it_moves_after_a_failure", "a_failed_attempt_leaves_the_original_address", FAILED),
    ("it_stays_after_success", "a_valid_preferred_address_is_used", MOVED),
    ("one_serves_all_paths", "one_connection_id_serves_one_path", BEGUN + "probe_preferred:0,0"),
    (
        "a_second_number_one_is_accepted",
        "a_second_number_one_meets_its_error",
        "receive_parameters send_number_one_again",
    ),
    ("it_is_number_zero", "number_one_comes_with_the_parameter", "receive_parameters"),
)

# Runs that break the claims of `FAILURES` about states and steps, in the same order.
RUNS = (
    COPIED_EARLY,
    BEGUN + ("probe_preferred:0,1 copy_as_client:1 deliver_challenge:2 deliver_client_answer:2"),
    BEGUN
    + ("probe_preferred:0,1 copy_as_client:1 deliver_challenge:2 deliver_client_answer:2 drop_newer_data:0"),
    COPIED_EARLY + "deliver_data:0",
    BEGUN + "supply probe_preferred:0,1 probe_original:1,2",
    BEGUN
    + (
        "supply probe_preferred:0,1 client_timer:1 client_timer:1 client_timer:1 "
        "move_unprobed:1,2 drop_barred_data:1"
    ),
    VICTIM_SPARED + ("probe_preferred:0,1 client_timer:1 client_timer:1 client_timer:1 probe_preferred:0,1"),
    (
        "name_a_victim confirm supply probe_preferred:0,1 probe_preferred:1,2 "
        "client_timer:1 client_timer:1 challenge_as_the_victim:0 "
        "challenge_as_the_victim:0 challenge_as_the_victim:0"
    ),
    VICTIM_SPARED + ("probe_preferred:0,1 client_timer:1 client_timer:1 client_timer:1 probe_preferred:0,1"),
    "receive_parameters withdraw",
    BOTH_PROBED + "deliver_probe:1 deliver_probe:3 deliver_server_answer:3 deliver_challenge:1",
    MOVED + ("deliver_data:1 deliver_challenge:2 deliver_client_answer:2 drop_overtaken_data:0"),
    BEGUN + "probe_original:1,1",
    FAILED + "probe_preferred:0,1",
    "receive_parameters send_number_one_again",
)

SMALL = {"cids": 2, "generations": 2}
Engine = Literal["compiled", "plain"]

# Claim about endless runs, mutant or none, small settings, and the engine that is faster there.
ENDLESS: tuple[tuple[str, str, Mapping[str, Any], Engine], ...] = (
    ("the_attempt_ends", "it_never_gives_up", SMALL, "plain"),
    ("both_ends_use_one_path", "no_path_is_probed", SMALL, "plain"),
    ("a_copied_connection_comes_back", "it_drops_what_it_means_to_follow", SMALL, "compiled"),
    ("the_preferred_address_is_reached", "it_stays_after_success", SMALL, "plain"),
    ("both_addresses_can_be_probed", "a_barred_client_is_not_supplied", bounds.ENDLESS, "plain"),
    ("both_addresses_can_be_probed", "none_is_retired", {}, "plain"),
    ("supplies_without_end_reach_it", "no_path_is_let_go", {}, "compiled"),
    ("a_copied_client_that_tries_comes_back", "it_stays_after_success", bounds.COPIED_ENDLESS, "plain"),
    ("both_ends_use_one_path", "", {"attacker": "copier", "limit": 2, **SMALL}, "compiled"),
    ("a_copied_connection_comes_back", "", {"attacker": "copier", "limit": 2, **SMALL}, "compiled"),
    (
        "a_copied_connection_comes_back",
        "",
        {
            "attacker": "copier",
            "limit": 2,
            "server_migration": "discard",
            "preferred_retry": "for_good",
            **SMALL,
        },
        "compiled",
    ),
    (
        "a_copied_client_that_tries_comes_back",
        "",
        {**bounds.COPIED_ENDLESS, "preferred_retry": "for_good"},
        "plain",
    ),
    (
        "a_copied_client_that_tries_comes_back",
        "",
        {**bounds.COPIED_ENDLESS, "preferred_retry": "for_good", "server_migration": "discard"},
        "plain",
    ),
    (
        "both_ends_use_one_path",
        "",
        {"disabled": "yes", "challenge_when_disabled": "drop", "unprobed_move": "may", "limit": 2},
        "compiled",
    ),
    ("both_addresses_can_be_probed", "", {**bounds.ENDLESS, "limit": 2}, "plain"),
    ("both_addresses_can_be_probed", "", {"offered": "ipv6", "generations": 2}, "plain"),
    ("supplies_without_end_reach_it", "", {**bounds.BOTH_ENDLESS, "spares": 0}, "plain"),
    ("supplies_without_end_reach_it", "", {**bounds.BOTH_ENDLESS, "preferred_retry": "for_good"}, "compiled"),
    ("the_preferred_address_is_reached", "", {"preferred_retry": "for_good", "limit": 2, **SMALL}, "plain"),
)
SAFETY_FAILURES = [(claim, settings) for claim, settings in FAILURES if machine.claims[claim].sort in SAFETY]


@pytest.mark.parametrize(("mutant", "claim", "run"), KILLS, ids=[f"{row[0]}-{row[1]}" for row in KILLS])
def test_mutant_is_killed(mutant: str, claim: str, run: str) -> None:
    """The run of the changed machine breaks the claim, which is made under the mutant's settings."""
    found = find(machine, mutant)
    assert machine.claims[claim].is_made(machine.setting(found.settings))
    with applied(machine, found):
        assert not holds(machine.claims[claim], run, **found.settings)


@pytest.mark.parametrize(("claim", "mutant", "settings", "engine"), ENDLESS)
def test_endless_run_breaks_it(claim: str, mutant: str, settings: Mapping[str, Any], engine: Engine) -> None:
    """A fair endless run never comes back to where the claim holds."""
    changed = find(machine, mutant) if mutant else None
    with applied(machine, changed):
        parameters = machine.setting({**(changed.settings if changed else {}), **settings})
        assert check(machine, parameters, [machine.claims[claim]], engine=engine)


def test_every_mutant_has_its_kill() -> None:
    """No mutant is left out."""
    killed = {mutant for mutant, _, _ in KILLS} | {mutant for _, mutant, _, _ in ENDLESS if mutant}
    assert killed == {mutant.name for mutant in MUTANTS}


def test_every_claim_can_be_broken() -> None:
    """Each claim is broken by the run of some mutant."""
    broken = {claim for claim, mutant, _, _ in ENDLESS if mutant}
    for mutant, _, run in KILLS:
        found = find(machine, mutant)
        with applied(machine, found):
            safety = [
                claim for claim in machine.made(machine.setting(found.settings)) if claim.sort in SAFETY
            ]
            broken |= {claim.name for claim in safety if not holds(claim, run, **found.settings)}
    assert broken >= {claim.name for claim in machine.claims.values() if claim.sort != "sometimes"}


@pytest.mark.parametrize(("failure", "run"), list(zip(SAFETY_FAILURES, RUNS, strict=True)))
def test_expected_failure(failure: tuple[str, Mapping[str, Any]], run: str) -> None:
    """A claim that is not made under some values does fail there."""
    claim, settings = failure
    assert not machine.claims[claim].is_made(machine.setting(settings))
    assert not holds(machine.claims[claim], run, **settings)


def test_every_endless_failure_is_checked() -> None:
    """The failures that take an endless run are those of the table above."""
    expected = {claim for claim, _ in FAILURES if machine.claims[claim].sort == "eventually"}
    assert expected == {claim for claim, mutant, _, _ in ENDLESS if not mutant}


CUT_OFF = (("preferred_known", "may_retry", 5), ("discard", "may_retry", 9), ("discard", "for_good", 9))


@pytest.mark.parametrize(("migration", "retry", "steps"), CUT_OFF)
def test_a_copy_cuts_off_a_client_that_stays(migration: str, retry: str, steps: int) -> None:
    """Whether the client heeds 9.6-03 or not, a server that heeds 9.6.2-06 hears it no more, if it stays."""
    known = {"server_migration": migration, "preferred_retry": retry}
    settings = {"attacker": "copier", "limit": 2, **known, **SMALL}
    claim = machine.claims["a_copied_connection_comes_back"]
    [lasso] = check(machine, machine.setting(settings), [claim])
    assert len(lasso.prefix) == steps and lasso.knot.dropped == "nothing"
    follows = machine.setting({**settings, "old_address": "follows"})
    assert claim.is_made(follows) and not check(machine, follows, [claim])


@pytest.mark.parametrize("reading", ["preferred_known", "discard"])
def test_a_client_that_tries_again_and_again_comes_back(reading: str) -> None:
    """What 9.6.1-03 advises, done again and again, brings it to its server; one failure for good does not."""
    claim = machine.claims["a_copied_client_that_tries_comes_back"]
    settings = {**bounds.COPIED_ENDLESS, "server_migration": reading}
    assert not check(machine, machine.setting(settings), [claim], engine="plain")
    for_good = machine.setting({**settings, "preferred_retry": "for_good"})
    [lasso] = check(machine, for_good, [claim], engine="plain")
    assert len(lasso.prefix) == 12 and lasso.knot.attempt == "failed" and not lasso.cycle


@pytest.mark.parametrize("spares", [0, 1])
def test_the_server_never_sends_without_a_connection_id(spares: int) -> None:
    """The claim notices whether the first connection ID is missing or the second."""
    claim = machine.claims["the_server_has_a_connection_id_for_each_path"]
    run = BEGUN + "probe_preferred:0,1 deliver_probe:2 probe_preferred:1,2 deliver_probe:3"
    with applied(machine, find(machine, "one_connection_id_is_enough")):
        assert not holds(claim, run.replace("confirm", "confirm supply"), spares=spares)
