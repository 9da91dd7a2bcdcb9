"""Claims fail where they are said to, and mutants are noticed."""

from __future__ import annotations

from typing import Any

import pytest

from pathproof.model.explorer.breaking import breaking
from pathproof.model.mutant import Mutant, applied, find, mutants
from pathproof.model.path_validation import machine, verdicts
from pathproof.model.path_validation.attempts import drop
from pathproof.model.path_validation.bounds import MUTANTS, PICTURE
from pathproof.model.path_validation.phases import phase
from pathproof.model.path_validation.state import DISCARDED, NO_VIABLE_PATH, Parameters, PathValidation
from pathproof.model.path_validation.verdicts import receive_response
from pathproof.model.vocabulary import add, discard, get

RULE_RECEIVE = receive_response


KILLED = {
    "timer_has_no_floor": "a_failure_takes_three_ptos",
    "timer_takes_the_wrong_pto": "a_failure_takes_three_ptos",
    "timer_starts_before_the_challenge": "a_failure_takes_three_ptos",
    "attempts_have_no_timer": "no_attempt_outlives_its_timer",
    "former_path_has_no_timer": "no_attempt_outlives_its_timer",
    "tries_are_counted_not_time": "a_failure_takes_three_ptos",
    "acknowledgment_disarms_the_timer": "an_attempt_ends_by_a_verdict",
    "challenges_follow_at_once": "challenges_keep_their_distance",
    "challenges_are_not_repeated": "a_failure_takes_two_challenges",
    "paths_are_unbounded": "probed_paths_are_bounded",
    "former_validations_go_on": "a_move_ends_other_validations",
    "moves_are_not_validated": "a_move_is_validated",
    "repeated_challenges_share_data": "every_challenge_has_data_of_its_own",
    "pending_challenge_goes_elsewhere": "one_datum_names_one_path",
    "challenges_are_not_expanded": "challenges_fill_1200_bytes",
    "challenges_pass_the_limit": "challenges_stay_within_the_limit",
    "challenges_starve": "what_is_wanted_begins",
    "challenges_count_as_sent_unwritten": "what_is_wanted_is_not_forgotten",
    "answers_count_on_their_path_only": "the_answer_in_time_validates",
    "only_the_last_challenge_is_remembered": "the_answer_in_time_validates",
    "small_challenges_validate_the_mtu": "a_validated_mtu_was_carried",
    "no_second_validation_follows": "a_small_validation_is_followed_up",
    "acknowledgments_validate_the_mtu": "a_validated_path_reached_the_peer",
    "answers_take_the_path_in_use": "responses_leave_on_the_path_of_the_challenge",
    "challenges_elsewhere_are_ignored": "a_lone_challenge_is_answered",
    "answers_hold_zeros": "responses_echo_the_challenge",
    "answers_are_repeated": "a_challenge_is_answered_once",
    "answers_are_not_expanded": "responses_fill_1200_bytes",
    "each_datagram_has_a_limit_of_its_own": "responses_fill_1200_bytes",
    "answers_pass_the_limit": "responses_stay_within_the_limit",
    "every_answer_is_queued": "waiting_responses_are_bounded",
    "answers_that_do_not_fit_are_lost": "what_is_owed_is_kept_until_it_leaves",
    "answers_wait": "responses_are_not_delayed",
    "answers_leave_under_a_retired_id": "no_response_bears_a_retired_connection_id",
    "a_removed_path_is_promoted": "nobody_goes_on_over_a_path_that_has_gone",
    "a_late_answer_leaves_the_path_failed": "an_answer_brings_a_failed_path_back",
    "challenges_cost_nothing": "challenges_stay_within_the_limit",
    "answers_cost_nothing": "responses_stay_within_the_limit",
    "challenges_count_twice": "responses_stay_within_the_limit",
    "answers_have_no_limit": "responses_stay_within_the_limit",
}
"""The claim that each mutant breaks."""


@pytest.mark.thorough
@pytest.mark.parametrize("name", mutants(machine))
def test_every_mutant_is_killed(name: str) -> None:
    """Each recreated bug breaks the claim that is about it, and is made under its settings."""
    mutant = find(machine, name)
    parameters = machine.setting({**MUTANTS, **mutant.settings})
    claim = machine.claims[KILLED[name]]
    assert claim.is_made(parameters)
    with applied(machine, mutant):
        assert breaking(machine, parameters, [claim]) is not None


def close_on_late(s: PathValidation, p: Parameters, data: int, arrived_on: int) -> None:
    """The connection is closed over a response to a challenge that is forgotten."""
    if data < s.drawn and not verdicts.is_current(s, data):
        s.error = "PROTOCOL_VIOLATION"
    else:
        RULE_RECEIVE(s, p, data, arrived_on)


def close_on_failure(s: PathValidation, path: int) -> None:
    """The first path that fails ends the connection."""
    drop(s, path)
    s.error = DISCARDED


def signal_on_failure(s: PathValidation, path: int) -> None:
    """The first path that fails is met by NO_VIABLE_PATH, although nothing says it is too narrow."""
    drop(s, path)
    s.error = NO_VIABLE_PATH


def forgive_on_acknowledgment(s: PathValidation, path: int) -> None:
    """An acknowledgment brings a failed path back."""
    s.failed = discard(s.failed, path)


def fit_on_acknowledgment(s: PathValidation, path: int) -> None:
    """An acknowledgment counts as proof of the MTU alone."""
    s.fits = add(s.fits, path)


def count_at_any_time(s: PathValidation, p: Parameters, data: int) -> bool:
    """A response counts after its attempt, whatever the reading."""
    return True


def send_two(s: PathValidation, p: Parameters, path: int, size: int, data: int) -> None:
    """Two challenges leave in one packet."""
    if s.drawn + 2 <= p.challenges:
        s.data = s.data._put(s.drawn, s.drawn)._put(s.drawn + 1, s.drawn + 1)
        s.sent_on = s.sent_on._put(s.drawn, path)._put(s.drawn + 1, path)
        s.drawn = s.drawn + 2


def lose_answers(s: PathValidation, p: Parameters, data: int, arrived_on: int) -> None:
    """A response to an attempt that is over is dropped, although it counts."""
    if get(s.first, get(s.sent_on, data)) == data:
        RULE_RECEIVE(s, p, data, arrived_on)


def small_always(s: PathValidation, p: Parameters, path: int) -> int:
    """No datagram is expanded."""
    return p.small


def lose_what_waits(s: PathValidation, frame: int) -> None:
    """A response that cannot leave is forgotten."""
    s.owed = discard(s.owed, frame)


def never(s: PathValidation, p: Parameters, path: int) -> bool:
    """No timer fires."""
    return False


def never_there(s: PathValidation, path: int) -> bool:
    """The responder finds no connection ID for any path."""
    return False


def ignore_challenges(s: PathValidation, p: Parameters, frame: int, path: int) -> None:
    """No challenge is answered."""


CHANGES = {
    "honest_peers_are_never_closed_on": ("receive_response", close_on_late, {}),
    "a_failure_ends_no_connection_with_another_path": ("fail", close_on_failure, {}),
    "no_viable_path_tells_of_an_mtu": ("fail", signal_on_failure, {}),
    "a_failed_path_comes_back_by_an_answer": ("receive_acknowledgment", forgive_on_acknowledgment, {}),
    "an_mtu_is_that_of_a_validated_path": ("receive_acknowledgment", fit_on_acknowledgment, {}),
    "only_a_running_attempt_validates": ("counts", count_at_any_time, {"late_response": "void"}),
    "one_challenge_leaves_at_a_time": ("send", send_two, {}),
    "every_answer_counts": ("receive_response", lose_answers, {}),
    "nothing_small_leaves_who_waits": (
        "challenge_size",
        small_always,
        {"limited": "validator", "padding_budget": "wait"},
    ),
    "every_challenge_is_answered": ("hold", lose_what_waits, {"congestion": "yes"}),
    "validation_ends": ("timer_is_due", never, {"challenges": 1}),
    "what_is_owed_is_sent": ("is_reachable", never_there, {"challenges": 1}),
    "a_working_path_is_validated": ("receive_challenge", ignore_challenges, {"challenges": 1}),
}


@pytest.mark.parametrize("claim", CHANGES)
def test_claims_without_a_public_bug_can_fail(claim: str) -> None:
    """A change that nobody is known to have made breaks each claim that no public bug breaks."""
    replaces, function, settings = CHANGES[claim]
    mutant = Mutant(claim, replaces, function, (), (), "validator")
    parameters = machine.setting({**MUTANTS, **settings})
    with applied(machine, mutant):
        assert breaking(machine, parameters, [machine.claims[claim]]) is not None


def nothing_after_the_last(s: PathValidation, p: Parameters, path: int) -> int:
    """Once all challenges of a run have left, the limit has room for none."""
    return p.padded if s.drawn < p.challenges else 0


@pytest.mark.parametrize("claim", ["what_is_wanted_begins", "a_working_path_is_validated"])
def test_the_bound_on_challenges_excuses_nothing_else(claim: str) -> None:
    """A run that has sent all its challenges is held to the claims: only that bound may keep the next one."""
    mutant = Mutant(claim, "challenge_size", nothing_after_the_last, (), (), "validator")
    parameters = machine.setting({**MUTANTS, "moves": "yes", "challenges": 1})
    assert breaking(machine, parameters, [machine.claims[claim]]) is None
    with applied(machine, mutant):
        assert breaking(machine, parameters, [machine.claims[claim]]) is not None


def test_a_picture_has_a_few_kinds_of_states(story: Any) -> None:
    """The labels of a run tell its course."""
    run = story(**PICTURE)
    labels = [phase(run.s, run.p)]
    for name, arguments in (
        ("want_validation", {"path": 1}),
        ("send_challenge", {"path": 1}),
        ("deliver_challenge", {"frame": 0}),
        ("send_response", {"frame": 0}),
        ("deliver_response", {"frame": 0}),
    ):
        labels.append(phase(run.do(name, **arguments).s, run.p))
    assert labels == [
        "quiet, one path usable",
        "challenge to send, one path usable",
        *["validating, one path usable"] * 3,
        "quiet, two paths usable",
    ]
