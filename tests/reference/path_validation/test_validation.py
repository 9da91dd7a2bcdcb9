"""Challenges and responses: what validates a path, when it fails, and what is owed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from pathproof.reference.path_validation import FULL_SIZE, Responses, Validation
from pathproof.reference.path_validation.challenges import MOST_OUTSTANDING
from pathproof.reference.path_validation.responses import MOST_OWED


def random_bytes() -> Callable[[int], bytes]:
    """Bytes that never repeat."""
    numbers = count()
    return lambda size: next(numbers).to_bytes(size)


def test_any_challenge_of_the_attempt_may_be_answered() -> None:
    """The answer to an earlier challenge counts as well, and an answer to none does not (8.2.3-01)."""
    attempt, draw = Validation(0.0, 0.1, 1.0), random_bytes()
    first = attempt.challenge(0.0, draw)
    attempt.sent(first.data, 400)
    attempt.sent(attempt.challenge(1.0, draw).data, FULL_SIZE)
    assert attempt.answer(first.data)
    assert not attempt.is_of_full_size  # 8.2.3-03
    assert not attempt.answer(b"guessed!")


def test_challenges_slow_down_and_end() -> None:
    """Challenges wait as Initial packets do, and three go before the attempt is over (8.2.1-04, 8.2.4-03)."""
    attempt, draw = Validation(5.0, pto=1.1, initial_pto=1.0), random_bytes()
    for due in (5.0, 6.0, 8.0):
        assert not attempt.is_due(due - 0.01)
        assert attempt.is_due(due)
        attempt.challenge(due, draw)
    assert abs(attempt.ends_at - 8.3) < 1e-9
    assert attempt.has_failed(8.4)
    assert not attempt.is_due(12.0)


@given(st.integers(0, 3), st.integers(21, FULL_SIZE))
def test_room_is_kept_for_the_challenges_to_come(gone: int, size: int) -> None:
    """As much as those take that still fit into the attempt, if each is as large as the last (8.2.1)."""
    attempt, draw = Validation(0.0, pto=1.1, initial_pto=1.0), random_bytes()
    for at in (0.0, 1.0, 3.0)[:gone]:
        attempt.sent(attempt.challenge(at, draw).data, size)
    assert attempt.reserve() == (size * (3 - gone) if gone else 0)


@given(st.integers(1, 100))
def test_outstanding_challenges_are_bounded(challenges: int) -> None:
    """However often a challenge is sent, few are kept, the newest ones."""
    attempt, draw = Validation(0.0, 1.0, 1.0), random_bytes()
    sent = [attempt.challenge(float(at), draw).data for at in range(challenges)]
    assert list(attempt.outstanding) == sent[-MOST_OUTSTANDING:]


@given(st.lists(st.binary(min_size=8, max_size=8), max_size=60))
def test_each_challenge_is_answered_once_and_a_flood_is_bounded(challenges: list[bytes]) -> None:
    """The latest challenges are answered, in their order, each once (8.2.2-01, 8.2.2-07)."""
    owed = Responses()
    for data in challenges:
        owed.challenged(data)
    answered = []
    while response := owed.take():
        answered.append(response.data)
    assert answered == challenges[-MOST_OWED:]
