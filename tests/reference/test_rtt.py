"""The estimate of the round-trip time, by the lines of RFC 9002 5.3 and A.7."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from pathproof.reference.rtt import GRANULARITY, RoundTrip

SECONDS = st.floats(0.0, 10.0)


def test_the_second_sample_moves_the_estimate_by_an_eighth() -> None:
    """The peer's delay is subtracted, and the deviation moves by a quarter."""
    path = RoundTrip()
    path.sample(0.1, delay=0.0, now=1.0)
    path.sample(0.2, delay=0.02, now=2.0)
    assert math.isclose(path.smoothed, 7 / 8 * 0.1 + 1 / 8 * 0.18)
    assert math.isclose(path.variation, 3 / 4 * 0.05 + 1 / 4 * 0.08)
    assert (path.latest, path.least, path.first_sample) == (0.2, 0.1, 1.0)


def test_a_delay_never_takes_a_sample_below_the_least() -> None:
    """A peer that exaggerates its delay is not believed (RFC 9002 5.3)."""
    path = RoundTrip()
    path.sample(0.1, delay=0.0, now=1.0)
    path.sample(0.11, delay=0.09, now=2.0)
    assert math.isclose(path.smoothed, 7 / 8 * 0.1 + 1 / 8 * 0.11)


def test_the_least_restarts_after_persistent_congestion() -> None:
    """It is the newest sample, though a smaller one was seen (RFC 9002 5.2)."""
    path = RoundTrip()
    path.sample(0.1, delay=0.0, now=1.0)
    path.sample(0.4, delay=0.0, now=2.0)
    path.restart_least()
    assert path.least == 0.4


@given(st.lists(st.tuples(SECONDS, SECONDS)), SECONDS)
def test_estimates_stay_among_the_samples(samples: list[tuple[float, float]], delay: float) -> None:
    """The smoothed value lies among the samples, and no timeout is below granularity."""
    path = RoundTrip()
    for now, (latest, held) in enumerate(samples):
        path.sample(latest, held, float(now))
    seen = [latest for latest, _ in samples] or [path.initial]
    assert min(seen) - 1e-9 <= path.smoothed <= max(seen) + 1e-9
    assert path.variation >= 0
    assert path.pto(delay) >= path.smoothed + delay + GRANULARITY
    assert path.loss_delay() >= max(GRANULARITY, path.smoothed)
