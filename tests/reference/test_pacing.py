"""A pacer spreads packets over the round trip (RFC 9002 7.7)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pathproof.reference.pacing import GAIN, Pacer

WINDOW, SMOOTHED = 24000, 0.1


@given(st.lists(st.tuples(st.integers(20, 1500), st.floats(0, 0.05)), max_size=50))
def test_no_more_goes_than_a_burst_and_the_rate(sends: list[tuple[int, float]]) -> None:
    """A sender that asks when it may send keeps to the rate over every stretch that begins with the first."""
    pacer, now, sent = Pacer(burst=12000), 0.0, 0
    for size, pause in sends:
        now = pacer.when(size, now + pause, WINDOW, SMOOTHED)
        assert pacer.when(size, now + 1e-9, WINDOW, SMOOTHED) <= now + 1e-8
        pacer.sent(size, now, WINDOW, SMOOTHED)
        sent += size
        assert sent <= 12000 + now * GAIN * WINDOW / SMOOTHED + 1


def test_a_path_without_delay_is_not_paced() -> None:
    """There is no rate to keep to when a round trip takes no time."""
    pacer = Pacer(burst=3000)
    pacer.sent(9000, 1.0, WINDOW, 0.0)
    assert pacer.when(1200, 1.0, WINDOW, 0.0) == 1.0


def test_a_probe_leaves_a_debt() -> None:
    """What goes regardless is waited for afterwards."""
    pacer = Pacer(burst=1200)
    pacer.sent(1200, 0.0, WINDOW, SMOOTHED)
    pacer.sent(1200, 0.0, WINDOW, SMOOTHED)
    assert abs(pacer.when(1200, 0.0, WINDOW, SMOOTHED) - 2400 * SMOOTHED / (GAIN * WINDOW)) < 1e-9


def test_the_burst_grows_with_what_falls_due_within_a_tick() -> None:
    """At 250 MB a second, 250 kB go at a time: the timer comes once in a millisecond."""
    pacer, sent = Pacer(burst=12000), 0
    while pacer.when(1200, 1.0, 10_000_000, 0.05) == 1.0:
        pacer.sent(1200, 1.0, 10_000_000, 0.05)
        sent += 1200
    assert 249_000 <= sent <= 250_000
