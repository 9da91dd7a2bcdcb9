"""Bugs of timers and of the books of attempts: what never ends, ends too soon, or never begins."""

from __future__ import annotations

from pathproof.model.mutant import Recreated
from pathproof.model.path_validation import attempts
from pathproof.model.path_validation.state import PATIENCE, Parameters, PathValidation
from pathproof.model.vocabulary import discard, get, has

recreates = Recreated()
RULE_TIMER = attempts.timer_is_due  # kept from before any mutant is in place


@recreates(
    "NX-12", replaces="patience", cites=("RFC9000-8.2.4-03",), at="validator", initial_pto=2, horizon=7
)
def timer_has_no_floor(p: Parameters) -> int:
    """The attempt is given up after three PTOs of the path in use, although the new path is slower."""
    return PATIENCE * p.current_pto


@recreates(
    "QN-39", replaces="patience", cites=("RFC9000-8.2.4-03",), at="validator", current_pto=2, horizon=7
)
def timer_takes_the_wrong_pto(p: Parameters) -> int:
    """The attempt is given up after three PTOs from kInitialRtt, although the path in use is slower."""
    return PATIENCE * p.initial_pto


@recreates("S2-13", replaces="clock_runs", cites=("RFC9000-8.2.4-03",), at="validator", limited="validator")
def timer_starts_before_the_challenge(s: PathValidation, path: int) -> bool:
    """The clock runs from the decision to validate, while the challenge cannot leave."""
    return has(s.validating, path) or has(s.wanted, path)


@recreates("MS-10", replaces="timer_is_due", cites=("RFC9000-8.2.4-02",), at="validator")
def attempts_have_no_timer(s: PathValidation, p: Parameters, path: int) -> bool:
    """An attempt that draws no response goes on for ever."""
    return False


@recreates("NO-01", replaces="timer_is_due", cites=("RFC9000-8.2.4-02",), at="validator", moves="yes")
def former_path_has_no_timer(s: PathValidation, p: Parameters, path: int) -> bool:
    """Only the path in use has a timer: a challenge on a former path is sent and forgotten."""
    return path == s.current and RULE_TIMER(s, p, path)


@recreates("GM-02", replaces="timer_is_due", cites=("RFC9000-8.2.4-03",), at="validator")
def tries_are_counted_not_time(s: PathValidation, p: Parameters, path: int) -> bool:
    """The attempt is given up when a fixed number of challenges has left, without waiting."""
    return has(s.validating, path) and get(s.last, path) > 0


@recreates("MS-03", replaces="receive_acknowledgment", cites=("RFC9000-8.2.3-06",), at="validator")
def acknowledgment_disarms_the_timer(s: PathValidation, path: int) -> None:
    """A challenge that was acknowledged is waited for no longer: the attempt comes to nothing."""
    s.validating = discard(s.validating, path)


@recreates("LX-23", replaces="interval", cites=("RFC9000-8.2.1-04", "RFC9000-9.4-07"), at="validator")
def challenges_follow_at_once(s: PathValidation, p: Parameters, path: int) -> int:
    """A challenge is repeated without waiting for a PTO."""
    return 0


@recreates("QG-31", replaces="repetition_is_due", cites=("RFC9000-13.3-26",), at="validator")
def challenges_are_not_repeated(s: PathValidation, p: Parameters, path: int) -> bool:
    """The loss of one challenge fails the attempt."""
    return False


@recreates("S2-10", replaces="may_probe", cites=("RFC9000-8.2-09",), at="validator", paths=3, spares=1)
def paths_are_unbounded(s: PathValidation, p: Parameters, path: int) -> bool:
    """State is made for every address that turns up."""
    return True


@recreates(
    "GQ-29",
    replaces="end_other_validations",
    cites=("RFC9000-9.3.2-03",),
    at="validator",
    moves="yes",
    validation_failure="abandon",
    paths=3,
)
def former_validations_go_on(s: PathValidation, p: Parameters, path: int) -> None:
    """A new move does not cancel the validation of the address before the last."""


@recreates(replaces="follow", cites=("RFC9000-9.3-02", "RFC9000-9-04"), at="validator", moves="yes")
def moves_are_not_validated(s: PathValidation, path: int) -> None:
    """Packets go to the new address, and no challenge does."""
    s.current = path
