"""What a step must do, and what no step may do."""

from __future__ import annotations

from pathproof.model.path_validation.actions import machine
from pathproof.model.path_validation.state import Frame, Parameters, Path, PathValidation, is_open
from pathproof.model.path_validation.truth import bytes_with, is_bound
from pathproof.model.vocabulary import count, get, has, is_empty


def leaves_on(s: PathValidation, after: PathValidation, p: Parameters, path: int) -> bool:
    """The step has sent a challenge on this path, by a validator that keeps the rules."""
    return after.drawn != s.drawn and get(after.sent_on, s.drawn) == path and p.rogue != "validator"


def has_moved(s: PathValidation, after: PathValidation) -> bool:
    """The peer's packets come from another address; the responder has processed no challenge in this step."""
    return after.current != s.current and count(after.reached) == count(s.reached)


@machine.step("RFC9000-8.2.1-06", "RFC9000-8.2-05", "RFC9000-8.2.1-08")
def challenges_fill_1200_bytes(s: PathValidation, after: PathValidation, p: Parameters, path: Path) -> bool:
    """A challenge leaves in a smaller datagram only where what really came permits no larger one."""
    if not leaves_on(s, after, p, path) or has(after.expanded, s.drawn):
        return True
    return is_bound(s, p, path) and get(s.true_budget, path) < p.padded


@machine.step("RFC9000-8.2.1-06", "RFC9000-8-01")
def challenges_stay_within_the_limit(
    s: PathValidation, after: PathValidation, p: Parameters, path: Path
) -> bool:
    """With all challenges, no more goes to an unvalidated address than three times what came from it."""
    if not leaves_on(s, after, p, path) or not is_bound(s, p, path):
        return True
    return get(s.true_budget, path) >= bytes_with(after, p, s.drawn)


@machine.step("RFC9000-8.2.1-06")
def nothing_small_leaves_who_waits(
    s: PathValidation, after: PathValidation, p: Parameters, path: Path
) -> bool:
    """Under `padding_budget=wait` no challenge leaves in a datagram that is not expanded."""
    return p.padding_budget != "wait" or not leaves_on(s, after, p, path) or has(after.expanded, s.drawn)


@machine.step("RFC9000-8.2.1-03")
def one_challenge_leaves_at_a_time(s: PathValidation, after: PathValidation, p: Parameters) -> bool:
    """No packet holds two challenges."""
    return after.drawn == s.drawn or after.drawn == s.drawn + 1


@machine.step("RFC9000-8.2.1-04", "RFC9000-9.4-07", "RFC9000-13.3-26")
def challenges_keep_their_distance(
    s: PathValidation, after: PathValidation, p: Parameters, path: Path
) -> bool:
    """A challenge repeats another only after a PTO, and a third one only after two more.

    The first one that fills 1200 bytes repeats none: it begins the second validation (8.2.1-09).
    """
    if not leaves_on(s, after, p, path) or not has(s.validating, path):
        return True
    if has(s.small_only, path) and has(after.expanded, s.drawn):
        return True
    distance = get(s.elapsed, path) - get(s.last, path)
    if get(s.last, path) > 0:
        return distance >= 2 * p.initial_pto
    return distance >= p.initial_pto


@machine.step("RFC9000-8.2.4-01", "RFC9000-8.2.4-03", "RFC9000-13.3-26")
def a_failure_takes_three_ptos(s: PathValidation, after: PathValidation, p: Parameters, path: Path) -> bool:
    """An attempt fails no sooner than after three PTOs, both of the path in use and of a new one."""
    if has(s.failed, path) or not has(after.failed, path):
        return True
    if not has(s.validating, path):
        return False  # no challenge had left
    return get(s.elapsed, path) >= 3 * p.current_pto and get(s.elapsed, path) >= 3 * p.initial_pto


@machine.step("RFC9000-8.2.4-05", "RFC9000-13.3-26", fails_under={"limited": "validator"})
def a_failure_takes_two_challenges(
    s: PathValidation, after: PathValidation, p: Parameters, path: Path
) -> bool:
    """An attempt fails only if a second challenge went unanswered too: the loss of one does not decide."""
    if has(s.failed, path) or not has(after.failed, path) or s.drawn >= p.challenges:
        return True
    both_sizes = not has(s.small_only, path) and not has(s.expanded, get(s.first, path))
    return get(s.last, path) > 0 or both_sizes


@machine.step("RFC9000-8.2.4-01", "RFC9000-8.2.4-09", "RFC9000-8.2.3-06")
def an_attempt_ends_by_a_verdict(s: PathValidation, after: PathValidation, p: Parameters, path: Path) -> bool:
    """An attempt ends by success, by its timer or by being abandoned, and never without a trace."""
    if not has(s.validating, path) or has(after.validating, path):
        return True
    if has(after.failed, path) or has(after.abandoned, path):
        return True
    return has(after.reachable, path) and (has(after.fits, path) or has(after.wanted, path))


@machine.step("RFC9000-8.2.1-01", "RFC9000-13.3-26")
def what_is_wanted_is_not_forgotten(
    s: PathValidation, after: PathValidation, p: Parameters, path: Path
) -> bool:
    """A challenge that could not leave yet is still to be sent, until it leaves or is needed no more."""
    if not has(s.wanted, path) or has(after.wanted, path):
        return True
    return has(after.validating, path) or has(after.fits, path) or has(after.abandoned, path)


@machine.step("RFC9000-8.2.4-05", "RFC9000-8.2.3-01", "MULTIPATH-3.1-14")
def a_failed_path_comes_back_by_an_answer(
    s: PathValidation, after: PathValidation, p: Parameters, path: Path
) -> bool:
    """A path that was given up is used again only when a response has arrived."""
    if not has(s.failed, path) or has(after.failed, path):
        return True
    return has(after.reachable, path) and (p.late_response == "validates" or has(s.validating, path))


@machine.step("RFC9000-8.2.3-01", "RFC9000-8.2.4-05")
def an_answer_brings_a_failed_path_back(
    s: PathValidation, after: PathValidation, p: Parameters, frame: Frame
) -> bool:
    """The first response with its data that counts, in time or late, leaves its path failed no longer."""
    if has(s.heard, frame) or not has(after.heard, frame) or has(s.answered, get(s.data, frame)):
        return True
    path = get(s.sent_on, frame)
    in_time = has(s.validating, path) and get(s.data, frame) >= get(s.first, path)
    return not has(after.failed, path) or (p.late_response == "void" and not in_time)


@machine.step("RFC9000-8.2.4-05", "RFC9000-8.2.3-01")
def only_a_running_attempt_validates(
    s: PathValidation, after: PathValidation, p: Parameters, path: Path
) -> bool:
    """Under `late_response=void` a path is validated only while an attempt is running."""
    if p.late_response != "void" or has(s.reachable, path) or not has(after.reachable, path):
        return True
    return has(s.validating, path)


@machine.step("RFC9000-8.2.3-01", "RFC9000-8.2.2-04", "RFC9000-8.2.3-02")
def the_answer_in_time_validates(
    s: PathValidation, after: PathValidation, p: Parameters, frame: Frame
) -> bool:
    """A response to a challenge of a running attempt validates the challenged path, whatever path it took."""
    if has(s.heard, frame) or not has(after.heard, frame) or not is_open(after):
        return True
    path = get(s.sent_on, frame)
    if not has(s.validating, path) or get(s.data, frame) < get(s.first, path):
        return True
    return has(after.reachable, path)


@machine.step("RFC9000-8.2.2-01", "RFC9000-8.2.2-08")
def a_lone_challenge_is_answered(
    s: PathValidation, after: PathValidation, p: Parameters, frame: Frame
) -> bool:
    """A challenge that arrives while no other waits is answered under every reading."""
    if has(s.reached, frame) or not has(after.reached, frame) or not is_empty(s.owed):
        return True
    return not is_empty(after.owed)


@machine.step("RFC9000-8.2.2-01", "RFC9000-8.2.2-02")
def what_is_owed_is_kept_until_it_leaves(
    s: PathValidation, after: PathValidation, p: Parameters, frame: Frame
) -> bool:
    """A response that is owed is given up for nothing but its leaving."""
    return not has(s.owed, frame) or has(after.owed, frame) or has(after.responses, frame)


@machine.step("RFC9000-5.1.2-10", "RFC9000-9.5-09", "RFC9000-9.3-02")
def nobody_goes_on_over_a_path_that_has_gone(s: PathValidation, after: PathValidation, p: Parameters) -> bool:
    """A packet that takes away a path's only connection ID does not make it the path in use."""
    if after.current == s.current or has_moved(s, after):
        return True
    return has(after.equipped, after.current)


@machine.step("RFC9000-9-04", "RFC9000-9.3-02", "MULTIPATH-5.1-03")
def a_move_is_validated(s: PathValidation, after: PathValidation, p: Parameters, path: Path) -> bool:
    """A change of the peer's address leads to a validation, unless the address is validated already."""
    if not has_moved(s, after) or path != after.current:
        return True
    return has(after.reachable, path) or has(after.wanted, path) or has(after.validating, path)


@machine.step("RFC9000-9.3-07", "RFC9000-9.3.2-03", "RFC9000-8.2.4-09")
def a_move_ends_other_validations(
    s: PathValidation, after: PathValidation, p: Parameters, path: Path
) -> bool:
    """Under `validation_failure=abandon` a move leaves attempts for the new and the former path alone."""
    if p.validation_failure != "abandon" or not has_moved(s, after):
        return True
    if path == s.current or path == after.current:
        return True
    return not has(after.validating, path) and not has(after.wanted, path)
