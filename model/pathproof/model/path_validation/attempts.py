"""The validator's attempts: when one may begin, when it repeats a challenge, and when it is given up.

Time is counted for each path from the first challenge of its attempt, in ticks. The validator acts when a
timer fires, before time goes on: `tick` waits for it.
"""

from __future__ import annotations

from pathproof.model.path_validation.state import Parameters, PathValidation, patience
from pathproof.model.vocabulary import add, count, discard, get, has, put


def may_probe(s: PathValidation, p: Parameters, path: int) -> bool:
    """There is a connection ID for the path: each new one takes an unused one (8.2-07, 8.2-09)."""
    return has(s.probed, path) or count(s.probed) < 1 + p.spares


def want(s: PathValidation, path: int) -> None:
    """The path is to be validated, again if it was before (8.2-03); what came of earlier attempts is over."""
    s.wanted = add(s.wanted, path)
    s.probed = add(s.probed, path)
    s.abandoned = discard(s.abandoned, path)


def begin_attempt(s: PathValidation, path: int) -> None:
    """The first challenge has left, and the clock of the attempt starts (8.2.1-01)."""
    s.wanted = discard(s.wanted, path)
    s.validating = add(s.validating, path)
    s.first = put(s.first, path, s.drawn)
    s.elapsed = put(s.elapsed, path, 0)
    s.last = put(s.last, path, 0)


def end_attempt(s: PathValidation, path: int) -> None:
    """The attempt is over, whatever it has come to, and its timers with it."""
    s.validating = discard(s.validating, path)
    s.small_only = discard(s.small_only, path)
    s.first = put(s.first, path, 0)
    s.elapsed = put(s.elapsed, path, 0)
    s.last = put(s.last, path, 0)


def interval(s: PathValidation, p: Parameters, path: int) -> int:
    """Ticks from the last challenge to the next: a PTO of a new path, then two, then four (9.4-07)."""
    if get(s.last, path) == 0:
        return p.initial_pto
    if get(s.last, path) < 3 * p.initial_pto:
        return 2 * p.initial_pto
    return 4 * p.initial_pto


def repetition_is_due(s: PathValidation, p: Parameters, path: int) -> bool:
    """No answer has come for so long that the path may be challenged once more (8.2.1-04, 13.3-26)."""
    return has(s.validating, path) and get(s.elapsed, path) >= get(s.last, path) + interval(s, p, path)


def clock_runs(s: PathValidation, path: int) -> bool:
    """Time counts for an attempt from its first challenge, and does not while that has not left."""
    return has(s.validating, path)


def timer_is_due(s: PathValidation, p: Parameters, path: int) -> bool:
    """The attempt has lasted for three times the larger PTO (8.2.4-02, 8.2.4-03)."""
    return clock_runs(s, path) and get(s.elapsed, path) >= patience(p)


def fail(s: PathValidation, path: int) -> None:
    """The attempt is given up by its timer, and the path counts as unusable (8.2.4-01, 8.2.4-05)."""
    end_attempt(s, path)
    s.wanted = discard(s.wanted, path)
    s.failed = add(s.failed, path)


def drop(s: PathValidation, path: int) -> None:
    """The attempt is given up for another reason than failure (8.2.4-09)."""
    end_attempt(s, path)
    s.wanted = discard(s.wanted, path)
    s.abandoned = add(s.abandoned, path)
